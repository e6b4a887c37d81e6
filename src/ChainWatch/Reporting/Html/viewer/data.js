// The report's data, as the writer put them into the page. Nodes, transfers and exposures name each other by number.
const data = JSON.parse(document.getElementById("chainwatch-data").textContent);
const run = JSON.parse(document.getElementById("chainwatch-run").textContent);

data.nodes.forEach((node, i) => {
  node.id = i;
  node.short = shortAddress(node.address);
  node.exposures = [];
  node.incoming = [];
  node.outgoing = [];
});
data.transfers.forEach((transfer, i) => {
  transfer.id = i;
  transfer.value = BigInt(transfer.units);
  data.nodes[transfer.from].outgoing.push(transfer);
  data.nodes[transfer.to].incoming.push(transfer);
});
data.exposures.forEach(exposure => data.nodes[exposure.node].exposures.push(exposure));
const nodeOfAddress = new Map(data.nodes.map(node => [node.address.toLowerCase(), node]));

function shortAddress(address) {
  return address.length <= 13 ? address : `${address.slice(0, 6)}…${address.slice(-4)}`;
}

// Why the trace ends at an address, as the graph marks it; the first that applies.
function markOf(node) {
  if (node.seed) return "seed";
  if (node.kind) return node.kind;
  if (node.exposures.some(e => e.stop === "degree" || e.stop.startsWith("opaque"))) return "opaque";
  return node.exposures.some(e => e.stop === "hop-limit" || e.stop === "dust") ? "limit" : "plain";
}

// The text for a place with little room: the name that a label gives, else the short address.
function nameOf(node) {
  return node.name ? (node.name.length > 16 ? `${node.name.slice(0, 15)}…` : node.name) : node.short;
}

function hopOf(column) {
  return column === 0 ? "Seeds" : `Hop ${Math.abs(column)}${column < 0 ? " (sent)" : ""}`;
}

function count(number, singular, plural) {
  return `${grouped(String(number))} ${number === 1 ? singular : plural}`;
}

function grouped(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

// An exact amount with few digits, for the graph alone: cut, never rounded up; "≈" tells where digits were cut.
function briefAmount(asset, units) {
  const { name, decimals } = data.assets[asset];
  if (decimals === null) return `${grouped(units.toString())} base units of ${name}`;
  const digits = units.toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "");
  const keep = whole.length > 3 ? 0 : whole === "0" ? Math.max(2, fraction.search(/[1-9]/) + 2) : 2;
  const kept = fraction.slice(0, keep).replace(/0+$/, "");
  return `${kept.length < fraction.length ? "≈ " : ""}${grouped(whole)}${kept ? `.${kept}` : ""} ${name}`;
}

// The sums of some transfers, one for each asset, briefly. A lead is no path: its amounts count only where there is nothing else.
function briefSums(transfers, assetsMax) {
  const sums = new Map();
  const followed = transfers.filter(t => !t.lead);
  for (const t of followed.length > 0 ? followed : transfers) sums.set(t.asset, (sums.get(t.asset) ?? 0n) + t.value);
  const all = [...sums].sort((a, b) => a[0] - b[0]);
  const shown = all.slice(0, assetsMax).map(([asset, units]) => briefAmount(asset, units));
  return all.length > assetsMax ? [...shown, `${all.length - assetsMax} more`] : shown;
}

function briefSum(transfers) {
  return briefSums(transfers, 1).join(" + ");
}

function timeText(time) {
  return time ? time.replace("T", " ").replace("Z", " UTC") : "time not given";
}

// How long funds rested, in its two largest units.
function duration(seconds) {
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first < 0) return "the same second";
  return units.slice(first, first + 2)
    .map(([name, size], i) => [Math.floor((i === 0 ? seconds : seconds % units[first][1]) / size), name])
    .filter(([n]) => n > 0)
    .map(([n, name]) => count(n, name, `${name}s`)).join(" ");
}

function groupBy(list, key) {
  const groups = new Map();
  for (const item of list) {
    const k = key(item);
    if (!groups.has(k)) groups.set(k, []);
    groups.get(k).push(item);
  }
  return groups;
}
