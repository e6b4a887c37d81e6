"""SQLite: rounds over frontiers of earliest arrivals, over a table kept in the order of an index on (source, rank)."""
import sqlite3
import time

import peer

NEVER = 1 << 62


def load(given, db):
    sources, targets = peer.column(given.folder, "src.bin"), peer.column(given.folder, "dst.bin")
    db.execute("CREATE TABLE transfers (source INTEGER, rank INTEGER, target INTEGER, PRIMARY KEY (source, rank)) WITHOUT ROWID")
    # In the order of the key, which is what SQLite likes best; ranks count from 1, so that 0 is before every transfer.
    order = sorted(range(len(sources)), key=sources.__getitem__)
    db.executemany("INSERT INTO transfers VALUES (?, ?, ?)", ((sources[i], i + 1, targets[i]) for i in order))
    db.execute("CREATE TABLE seeds (address INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO seeds VALUES (?)", ((seed,) for seed in peer.column(given.folder, "seeds.bin")))
    db.execute("CREATE TABLE stops (address INTEGER PRIMARY KEY)")
    db.execute("ANALYZE")
    return sources, targets


def count_by_hops(db, hops):
    """Only transfers between an address's new arrival and the one before are opened, so that none is opened twice."""
    for table in ("reached", "frontier", "found"):
        db.execute(f"DROP TABLE IF EXISTS {table}")
    db.execute("CREATE TABLE reached (address INTEGER PRIMARY KEY, arrival INTEGER, hops INTEGER)")
    db.execute("CREATE TABLE frontier (address INTEGER PRIMARY KEY, arrival INTEGER, before INTEGER)")
    db.execute("CREATE TABLE found (address INTEGER PRIMARY KEY, arrival INTEGER)")
    db.execute("INSERT INTO reached SELECT address, 0, 0 FROM seeds")
    db.execute("INSERT INTO frontier SELECT address, 0, ? FROM seeds", (NEVER,))
    for hop in range(1, hops + 1):
        db.execute("DELETE FROM found")
        db.execute("""INSERT INTO found
            SELECT t.target, t.rank
            FROM frontier f CROSS JOIN transfers t ON t.source = f.address AND t.rank > f.arrival AND t.rank < f.before
            WHERE true
            ON CONFLICT (address) DO UPDATE SET arrival = excluded.arrival WHERE excluded.arrival < arrival""")
        db.execute("DELETE FROM frontier")
        db.execute("""INSERT INTO frontier
            SELECT f.address, f.arrival, coalesce(r.arrival, ?)
            FROM found f LEFT JOIN reached r ON r.address = f.address
            WHERE r.arrival IS NULL OR f.arrival < r.arrival""", (NEVER,))
        db.execute("""INSERT INTO reached SELECT address, arrival, ? FROM frontier WHERE true
            ON CONFLICT (address) DO UPDATE SET arrival = excluded.arrival""", (hop,))
        db.execute("DELETE FROM frontier WHERE address IN stops")
    counts = dict(db.execute("SELECT hops, count(*) FROM reached GROUP BY hops"))
    return [counts.get(hop, 0) for hop in range(hops + 1)]


def main():
    given = peer.arguments()
    start = time.perf_counter()
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute("BEGIN")
    sources, targets = load(given, db)
    load_seconds = time.perf_counter() - start
    for limit in given.limits:
        db.execute("DELETE FROM stops")
        db.executemany("INSERT INTO stops VALUES (?)", ((address,) for address in peer.stops(sources, targets, limit)))
        peer.report("sqlite", f"SQLite {sqlite3.sqlite_version}", len(sources), limit, load_seconds, lambda: count_by_hops(db, given.hops))


main()
