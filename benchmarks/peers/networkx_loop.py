"""networkx: rounds over frontiers of earliest arrivals, in Python over a graph whose edge keys are ranks in chain order."""
import time

import peer

try:
    import networkx
except ImportError:
    peer.skip("networkx", "Python package networkx is not installed (Debian: python3-networkx)")

NEVER = 1 << 62


def count_by_hops(graph, seeds, stops, hops):
    """Only transfers between an address's new arrival and the one before are opened, so that none is opened twice."""
    arrivals = dict.fromkeys(seeds, -1)
    counts = [len(arrivals)]
    frontier = {seed: (-1, NEVER) for seed in seeds}
    for _ in range(hops):
        found = {}
        for address, (arrival, before) in frontier.items():
            for _, target, rank in graph.out_edges(address, keys=True):
                if arrival < rank < before and rank < found.get(target, NEVER):
                    found[target] = rank
        frontier = {}
        reached_first = 0
        for address, arrival in found.items():
            before = arrivals.get(address, NEVER)
            if arrival < before:
                reached_first += before == NEVER
                arrivals[address] = arrival
                if address not in stops:
                    frontier[address] = (arrival, before)
        counts.append(reached_first)
    return counts


def main():
    given = peer.arguments()
    start = time.perf_counter()
    sources, targets = peer.column(given.folder, "src.bin"), peer.column(given.folder, "dst.bin")
    seeds = list(peer.column(given.folder, "seeds.bin"))
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(seeds)
    graph.add_edges_from(zip(sources, targets, range(len(sources)), ({} for _ in sources)))
    load_seconds = time.perf_counter() - start
    for limit in given.limits:
        stops = peer.stops(sources, targets, limit)
        peer.report("networkx", f"networkx {networkx.__version__}", len(sources), limit, load_seconds,
                    lambda: count_by_hops(graph, seeds, stops, given.hops))


main()
