"""graph-tool: breadth-first search that ignores time. It answers another question: too many addresses, too near.

One address more, which pays every seed, makes it one search. Stops have no edges that leave them.
"""
import time

import peer

try:
    import numpy
    # The parts alone: the whole of graph_tool also wants a drawing library.
    import graph_tool
    from graph_tool.topology import shortest_distance
except ImportError:
    peer.skip("graph-tool", "Python package graph_tool is not installed (Debian: python3-graph-tool)")


def count_by_hops(graph, root, hops):
    distances = shortest_distance(graph, source=graph.vertex(root), directed=True, max_dist=hops + 1).a
    # What is not reached is farther than the limit; the root is one hop from the seeds.
    counts = numpy.bincount(numpy.clip(distances, 0, hops + 2), minlength=hops + 3)
    return counts[1 : hops + 2].tolist()


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
        graph = graph_tool.Graph(directed=True)
        graph.add_vertex(root + 1)
        graph.add_edge_list(numpy.column_stack([sources[kept], targets[kept]]))
        graph.add_edge_list(numpy.column_stack([numpy.full(len(seeds), root), seeds]))
        load_seconds = read_seconds + time.perf_counter() - start
        peer.report("graph-tool", f"graph-tool {graph_tool.__version__.split(' ')[0]}", len(sources), limit, load_seconds,
                    lambda: count_by_hops(graph, root, given.hops))


main()
