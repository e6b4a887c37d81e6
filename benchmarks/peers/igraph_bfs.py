"""igraph: breadth-first search that ignores time. It answers another question: too many addresses, too near.

One address more, which pays every seed, makes it one search. Stops have no edges that leave them. The search has no hop limit.
"""
import time

import peer

try:
    import igraph
    import numpy
except ImportError:
    peer.skip("igraph", "Python packages igraph and numpy are not installed (Debian: python3-igraph, python3-numpy)")


def count_by_hops(graph, root, hops):
    _, layers, _ = graph.bfs(root, mode="out")
    sizes = [after - before for before, after in zip(layers, layers[1:])]
    # The root is a layer of its own.
    return (sizes[1:] + [0] * (hops + 1))[: hops + 1]


def main():
    given = peer.arguments()
    start = time.perf_counter()
    sources, targets = (numpy.array(peer.column(given.folder, name), dtype=numpy.int64) for name in ("src.bin", "dst.bin"))
    seeds = numpy.array(peer.column(given.folder, "seeds.bin"), dtype=numpy.int64)
    root = int(max(sources.max(), targets.max())) + 1
    degrees = numpy.bincount(sources, minlength=root) + numpy.bincount(targets, minlength=root)
    read_seconds = time.perf_counter() - start
    for limit in given.limits:
        start = time.perf_counter()
        kept = slice(None) if limit is None else degrees[sources] <= limit
        edges = numpy.concatenate([
            numpy.column_stack([sources[kept], targets[kept]]),
            numpy.column_stack([numpy.full(len(seeds), root), seeds]),
        ])
        graph = igraph.Graph(n=root + 1, edges=edges, directed=True)
        load_seconds = read_seconds + time.perf_counter() - start
        peer.report("igraph", f"igraph {igraph.__version__}", len(sources), limit, load_seconds, lambda: count_by_hops(graph, root, given.hops))


main()
