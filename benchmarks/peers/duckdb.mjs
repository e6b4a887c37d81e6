// DuckDB: rounds over frontiers of earliest arrivals, in SQL over an in-memory table.
//
//   node duckdb.mjs DIR [--hops 5] [--stops none,1000] [--threads 2] [--memory 8GB] [--clustered]
//
// With --clustered the table is sorted by source first, as part of loading; else it stays in chain order, as the files are.
// The package is looked for in $CHAINWATCH_PEER_TOOLS, else in obj/ beside this script:
//   npm install --prefix benchmarks/peers/obj @duckdb/node-api@1.5.6-r.1
import { openSync, readSync, closeSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

const here = import.meta.dirname;
const [folder, ...rest] = process.argv.slice(2);
const option = (name, value) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : value);
const peer = rest.includes("--clustered") ? "duckdb-clustered" : "duckdb";
const never = 4294967295;
const hops = Number(option("--hops", "5"));
const limits = option("--stops", "none,1000").split(",").map((s) => (s === "none" ? null : Number(s)));

let duckdb;
try {
  duckdb = createRequire(join(process.env.CHAINWATCH_PEER_TOOLS ?? join(here, "obj"), "package.json"))("@duckdb/node-api");
} catch (error) {
  if (error.code !== "MODULE_NOT_FOUND") throw error;
  console.log(JSON.stringify({ peer, skipped: "npm package @duckdb/node-api 1.5.6-r.1 is not installed" }));
  process.exit(0);
}

const { DuckDBDataChunk, DuckDBInstance, UINTEGER } = duckdb;
const database = await DuckDBInstance.create(":memory:", {
  threads: option("--threads", "2"),
  memory_limit: option("--memory", "8GB"),
});
const db = await database.connect();
const run = (sql) => db.run(sql);
const rows = async (sql) => (await db.runAndReadAll(sql)).getRows();

// A column of 32-bit numbers, a million at a time.
function* pieces(file) {
  const buffer = Buffer.alloc(4 << 20);
  const handle = openSync(join(folder, file), "r");
  for (let length; (length = readSync(handle, buffer, 0, buffer.length, null)) > 0; ) {
    yield new Uint32Array(buffer.buffer, buffer.byteOffset, length / 4);
  }
  closeSync(handle);
}

// Row numbers are ranks in chain order, from 1, so that 0 is before every transfer.
async function load() {
  await run("CREATE TABLE transfers (rank UINTEGER, source UINTEGER, target UINTEGER)");
  const appender = await db.createAppender("transfers");
  const size = 2048;
  const chunk = DuckDBDataChunk.create([UINTEGER, UINTEGER, UINTEGER], size);
  const targets = pieces("dst.bin");
  let rank = 0;
  for (const source of pieces("src.bin")) {
    const target = targets.next().value;
    for (let at = 0; at < source.length; at += size) {
      const count = Math.min(size, source.length - at);
      chunk.rowCount = count;
      const columns = [0, 1, 2].map((column) => chunk.getColumnVector(column));
      for (let i = 0; i < count; i++) columns[0].items[i] = ++rank;
      columns[1].items.set(source.subarray(at, at + count));
      columns[2].items.set(target.subarray(at, at + count));
      columns.forEach((column) => column.flush());
      appender.appendDataChunk(chunk);
    }
  }
  appender.closeSync();
  if (rest.includes("--clustered")) await run("CREATE OR REPLACE TABLE transfers AS SELECT * FROM transfers ORDER BY source, rank");
  const seeds = readFileSync(join(folder, "seeds.bin"));
  const values = Array.from({ length: seeds.length / 4 }, (_, i) => `(${seeds.readUInt32LE(4 * i)})`);
  await run(`CREATE TABLE seeds AS SELECT address::UINTEGER AS address FROM (VALUES ${values}) v(address)`);
}

// Addresses that are reached and not traced through: more transfers in all than the limit.
const findStops = (limit) => run(`CREATE OR REPLACE TABLE stops AS
  SELECT address FROM (SELECT source AS address FROM transfers UNION ALL SELECT target FROM transfers)
  GROUP BY address HAVING count(*) > ${limit ?? "9e18::BIGINT"}`);

// reached: every address reached so far, its earliest arrival and its least number of hops; new: whether this round brought
// the arrival; before: the arrival that it replaced. Only transfers between the two are opened, so that none is opened twice.
async function countByHops() {
  await run(`CREATE OR REPLACE TABLE reached AS
    SELECT address, 0::UINTEGER AS arrival, 0::UTINYINT AS hops, true AS new, ${never}::UINTEGER AS before FROM seeds`);
  for (let hop = 1; hop <= hops; hop++) {
    await run(`CREATE OR REPLACE TABLE found AS
      SELECT target AS address, min(rank) AS arrival
      FROM transfers t
      JOIN (SELECT * FROM reached ANTI JOIN stops USING (address) WHERE new) f
        ON t.source = f.address AND t.rank > f.arrival AND t.rank < f.before
      GROUP BY target`);
    await run(`CREATE OR REPLACE TABLE reached AS
      SELECT address, least(r.arrival, f.arrival) AS arrival, coalesce(r.hops, ${hop})::UTINYINT AS hops,
        coalesce(f.arrival < coalesce(r.arrival, ${never}), false) AS new, coalesce(r.arrival, ${never})::UINTEGER AS before
      FROM reached r FULL JOIN found f USING (address)`);
  }
  const histogram = new Array(hops + 1).fill(0);
  for (const [hop, addresses] of await rows("SELECT hops, count(*) FROM reached GROUP BY hops")) histogram[hop] = Number(addresses);
  return histogram;
}

const seconds = (since) => (performance.now() - since) / 1000;
const start = performance.now();
await load();
const loadSeconds = seconds(start);
const [[version]] = await rows("SELECT version()");
for (const limit of limits) {
  await findStops(limit);
  const times = [];
  let histogram;
  do {
    const before = performance.now();
    histogram = await countByHops();
    times.push(seconds(before));
  } while (times.length < 5 && times.reduce((a, b) => a + b) < 10);
  times.sort((a, b) => a - b);
  const median = times[times.length >> 1];
  console.log(JSON.stringify({ peer, version: `DuckDB ${version.replace("v", "")}`, transfers: statSync(join(folder, "src.bin")).size / 4, stops: limit, load_seconds: loadSeconds, seconds: median, runs: times.length, histogram }));
}
process.exit(0);
