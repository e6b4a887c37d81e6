"""PostgreSQL: rounds over frontiers of earliest arrivals, in a cluster of its own that lives as long as this script.

The cluster listens on a socket in a temporary folder only. Root may not run the server: the account `postgres` does then.
"""
import glob
import json
import os
import shutil
import subprocess
import tempfile
import time

import peer

AS_SERVER = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

# Nothing here must survive a crash, so the server need not wait for the disk.
SETTINGS = {
    "listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal",
    "max_wal_senders": "0", "max_wal_size": "8GB", "autovacuum": "off", "shared_buffers": "1GB", "work_mem": "512MB",
    "maintenance_work_mem": "1GB", "max_parallel_workers_per_gather": "2", "jit": "off",
    "client_min_messages": "warning",
}

# Tables made by CREATE TABLE AS may be filled by parallel workers; EXECUTE plans each round anew, with fresh statistics.
FUNCTION = """
CREATE FUNCTION count_by_hops(hops_max int) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
  start timestamptz := clock_timestamp();
  histogram int[] := '{}';
BEGIN
  DROP TABLE IF EXISTS reached, frontier, found;
  CREATE UNLOGGED TABLE reached AS SELECT address, 0 AS arrival, 0 AS hops FROM seeds;
  ALTER TABLE reached ADD PRIMARY KEY (address);
  CREATE UNLOGGED TABLE frontier AS SELECT address, 0 AS arrival, 2147483647 AS before FROM seeds;
  FOR hop IN 1 .. hops_max LOOP
    EXECUTE 'ANALYZE frontier';
    DROP TABLE IF EXISTS found;
    EXECUTE 'CREATE UNLOGGED TABLE found AS
      SELECT t.target AS address, min(t.rank) AS arrival
      FROM frontier f JOIN transfers t ON t.source = f.address AND t.rank > f.arrival AND t.rank < f.before
      GROUP BY t.target';
    EXECUTE 'ANALYZE found; ANALYZE reached';
    DROP TABLE frontier;
    EXECUTE 'CREATE UNLOGGED TABLE frontier AS
      SELECT f.address, f.arrival, coalesce(r.arrival, 2147483647) AS before
      FROM found f LEFT JOIN reached r USING (address)
      WHERE r.arrival IS NULL OR f.arrival < r.arrival';
    EXECUTE 'INSERT INTO reached SELECT address, arrival, $1 FROM frontier
      ON CONFLICT (address) DO UPDATE SET arrival = excluded.arrival' USING hop;
    DELETE FROM frontier USING stops WHERE stops.address = frontier.address;
  END LOOP;
  FOR hop IN 0 .. hops_max LOOP
    histogram := histogram || (SELECT count(*)::int FROM reached WHERE hops = hop);
  END LOOP;
  RETURN json_build_object('seconds', extract(epoch FROM clock_timestamp() - start), 'histogram', histogram);
END $$
"""


def programs():
    found = shutil.which("pg_ctl")
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_ctl"), key=lambda path: int(path.split("/")[4]))
    path = found or (folders[-1] if folders else None)
    if path is None or shutil.which("psql") is None:
        peer.skip("postgresql", "PostgreSQL's server and psql are not installed (Debian: postgresql)")
    return os.path.dirname(os.path.realpath(path))


class Cluster:
    """A server that is started on entry; stopped, and its files removed, on exit."""

    def __init__(self, folder):
        self.programs = programs()
        self.folder = folder
        self.data = os.path.join(folder, "data")

    def __enter__(self):
        if AS_SERVER:
            shutil.chown(self.folder, "postgres")
        self._server("initdb", "--pgdata", self.data, "--auth", "trust", "--username", "peer", "--no-sync")
        settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
        # A child of this process, so that it goes when the process and its children are stopped from outside.
        command = [*AS_SERVER, os.path.join(self.programs, "postgres"), "-D", self.data, "-k", self.folder, *settings]
        with open(os.path.join(self.folder, "log"), "w", encoding="utf-8") as log:
            self.server = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        try:
            while not self._is_ready():
                time.sleep(0.05)
        except BaseException:
            self.server.terminate()
            raise
        return self

    def __exit__(self, *_):
        self._server("pg_ctl", "--pgdata", self.data, "--mode", "immediate", "--wait", "stop")
        self.server.wait()

    def _is_ready(self):
        if self.server.poll() is not None:
            raise RuntimeError("the server ended at once")
        return subprocess.run([os.path.join(self.programs, "pg_isready"), "-q", "-h", self.folder], check=False).returncode == 0

    def _server(self, program, *arguments):
        subprocess.run([*AS_SERVER, os.path.join(self.programs, program), *arguments], check=True, stdout=subprocess.DEVNULL, cwd=self.folder)

    def _psql(self, sql):
        return ["psql", "-h", self.folder, "-U", "peer", "-d", "postgres", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql]

    def ask(self, sql):
        return subprocess.run(self._psql(sql), check=True, stdout=subprocess.PIPE, text=True).stdout.strip()

    def copy(self, table, lines):
        with subprocess.Popen(self._psql(f"COPY {table} FROM STDIN"), stdin=subprocess.PIPE, text=True) as psql:
            psql.stdin.writelines(lines)
            psql.stdin.close()
            if psql.wait() != 0:
                raise RuntimeError(f"COPY {table} failed")


def load(given, cluster):
    sources, targets = peer.column(given.folder, "src.bin"), peer.column(given.folder, "dst.bin")
    cluster.ask("CREATE UNLOGGED TABLE transfers (rank int, source int, target int)")
    # Ranks count from 1, so that 0 is before every transfer.
    cluster.copy("transfers", (f"{rank}\t{source}\t{target}\n" for rank, (source, target) in enumerate(zip(sources, targets), 1)))
    cluster.ask("CREATE INDEX ON transfers (source, rank) INCLUDE (target)")
    cluster.ask("VACUUM ANALYZE transfers")
    cluster.ask("CREATE UNLOGGED TABLE seeds (address int)")
    cluster.copy("seeds", (f"{seed}\n" for seed in peer.column(given.folder, "seeds.bin")))
    cluster.ask("CREATE UNLOGGED TABLE stops (address int PRIMARY KEY)")
    cluster.ask(FUNCTION)
    return sources, targets


def main():
    given = peer.arguments()
    programs()
    with tempfile.TemporaryDirectory(prefix="peer-postgresql-") as folder, Cluster(folder) as cluster:
        start = time.perf_counter()
        sources, targets = load(given, cluster)
        load_seconds = time.perf_counter() - start
        version = f"PostgreSQL {cluster.ask('SHOW server_version').split(' ')[0]}"

        def query():
            answer = json.loads(cluster.ask(f"SELECT count_by_hops({given.hops})"))
            return answer["histogram"], answer["seconds"]

        for limit in given.limits:
            cluster.ask("TRUNCATE stops")
            cluster.copy("stops", (f"{address}\n" for address in peer.stops(sources, targets, limit)))
            cluster.ask("ANALYZE stops")
            peer.report("postgresql", version, len(sources), limit, load_seconds, query)


main()
