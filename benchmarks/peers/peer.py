"""What the peers written in Python share: arguments, the raw columns, the clock, the line of output."""
import argparse
import array
import json
import os
import sys
import time

RUNS = 5
ENOUGH_SECONDS = 10.0


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", help="a folder with src.bin, dst.bin and seeds.bin")
    parser.add_argument("--hops", type=int, default=5)
    parser.add_argument("--stops", default="none,1000", help="degree limits, 'none' for no stops")
    given = parser.parse_args()
    given.limits = [None if text == "none" else int(text) for text in given.stops.split(",")]
    return given


def skip(peer, reason):
    """Says why there is no figure, and ends well."""
    print(json.dumps({"peer": peer, "skipped": reason}))
    sys.exit(0)


def column(folder, name):
    """A column of 32-bit little-endian numbers."""
    path = os.path.join(folder, name)
    values = array.array("I")
    with open(path, "rb") as file:
        values.fromfile(file, os.path.getsize(path) // values.itemsize)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def stops(sources, targets, limit):
    """Addresses that are reached and not traced through: more transfers in all than the limit."""
    if limit is None:
        return set()
    degrees = [0] * (max(max(sources), max(targets)) + 1)
    for addresses in (sources, targets):
        for address in addresses:
            degrees[address] += 1
    return {address for address, degree in enumerate(degrees) if degree > limit}


def report(peer, version, transfers, limit, load_seconds, query):
    """Asks until five runs or ten seconds, and prints the median. The query returns a histogram, or one and its own seconds."""
    times = []
    while True:
        start = time.perf_counter()
        answer = query()
        seconds = time.perf_counter() - start
        histogram, seconds = answer if isinstance(answer, tuple) else (answer, seconds)
        times.append(seconds)
        if len(times) == RUNS or sum(times) >= ENOUGH_SECONDS:
            break
    line(peer, version, transfers, limit, load_seconds, times, histogram)


def line(peer, version, transfers, limit, load_seconds, times, histogram):
    print(json.dumps({
        "peer": peer, "version": version, "transfers": transfers, "stops": limit, "load_seconds": load_seconds,
        "seconds": sorted(times)[len(times) // 2], "runs": len(times), "histogram": histogram,
    }), flush=True)
