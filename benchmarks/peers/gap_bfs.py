"""GAP benchmark suite, breadth-first search in C++: ignores time, and has no hop limit and no histogram.

$CHAINWATCH_GAP_BFS is the path of its program `bfs`, which the user has built (https://github.com/sbeamer/gapbs, make bfs).
One address more, which pays every seed, makes it one search. Stops have no edges that leave them. GAP drops repeated edges
while it reads the graph.
"""
import os
import re
import subprocess
import tempfile
import time

import peer

RUNS = 5


def write_edges(path, sources, targets, seeds, stops):
    root = max(max(sources), max(targets)) + 1
    with open(path, "w", encoding="ascii") as file:
        file.writelines(f"{source} {target}\n" for source, target in zip(sources, targets) if source not in stops)
        file.writelines(f"{root} {seed}\n" for seed in seeds)
    return root


def main():
    given = peer.arguments()
    program = os.environ.get("CHAINWATCH_GAP_BFS")
    if not program or not os.path.exists(program):
        peer.skip("gap", "CHAINWATCH_GAP_BFS does not name a built `bfs` of the GAP benchmark suite")
    sources, targets, seeds = (peer.column(given.folder, name) for name in ("src.bin", "dst.bin", "seeds.bin"))
    for limit in given.limits:
        with tempfile.TemporaryDirectory(prefix="peer-gap-") as folder:
            path = os.path.join(folder, "graph.el")
            root = write_edges(path, sources, targets, seeds, peer.stops(sources, targets, limit))
            start = time.perf_counter()
            output = subprocess.run([program, "-f", path, "-r", str(root), "-n", str(RUNS)], check=True, stdout=subprocess.PIPE, text=True).stdout
            elapsed = time.perf_counter() - start
        times = sorted(float(text) for text in re.findall(r"^Trial Time:\s*([0-9.]+)", output, re.MULTILINE))
        peer.line("gap", "GAP bfs", len(sources), limit, elapsed - sum(times), times, None)


main()
