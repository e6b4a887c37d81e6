// What is selected, open and filtered. Whoever shows some of it listens.
const state = { selection: null, asset: null, until: Infinity, path: null, open: new Set() };
const listeners = [];
const nodesMax = 200; // beyond it rings are folded, so that the picture stays one that can be read

function onChange(listener) {
  listeners.push(listener);
}

function change(what) {
  listeners.forEach(listener => listener(what));
}

// Times of the slider: each distinct one is a step. Transfers without a time are always shown.
const times = [...new Set(data.transfers.map(t => t.time).filter(Boolean))]
  .sort((a, b) => Date.parse(a) - Date.parse(b) || (a < b ? -1 : 1));
const timeSteps = new Map(times.map((time, i) => [time, i]));

function isShown(transfer) {
  return (state.asset === null || transfer.asset === state.asset)
    && (transfer.time === null || timeSteps.get(transfer.time) <= state.until);
}

let opener = null; // where the focus goes back to

function select(selection, from = null) {
  if (from) opener = from;
  state.selection = selection;
  if (selection?.node !== undefined) {
    const node = data.nodes[selection.node];
    if (ringOf(node) !== null && !state.open.has(node.column)) {
      state.open.add(node.column);
      change("rings");
    }
    const path = pathsTo(node.id)[0];
    if (path) state.path = path;
  }
  change("selection");
}

function closeSelection() {
  if (state.selection === null) return;
  state.selection = null;
  change("selection");
  const back = opener?.isConnected ? opener : byId("graph");
  opener = null;
  back.focus({ preventScroll: true });
}

// Rings: the addresses of one column that stand for nothing by themselves. Watched wallets are never folded away.
const rings = new Map();
for (const node of data.nodes) {
  if (node.watched) continue;
  if (!rings.has(node.column)) rings.set(node.column, []);
  rings.get(node.column).push(node);
}
for (const [column, members] of [...rings]) {
  if (members.length < 2) rings.delete(column);
}
const startsFolded = data.nodes.length > nodesMax;
if (!startsFolded) rings.forEach((_, column) => state.open.add(column));

function ringOf(node) {
  return !node.watched && rings.has(node.column) ? node.column : null;
}

function isFolded(node) {
  const ring = ringOf(node);
  return ring !== null && !state.open.has(ring);
}

function toggleRing(column) {
  if (state.open.has(column)) state.open.delete(column);
  else state.open.add(column);
  change("rings");
  announce(`${hopOf(column)}: ${state.open.has(column) ? "open" : "folded"}`);
}

// Every path there is to show: those of exposures, then leads.
const paths = [
  ...data.exposures.filter(e => e.path.length > 0).map(e => ({ ...e, isLead: false })),
  ...data.leads.map(lead => ({ ...lead, isLead: true })),
];
const pathsByNode = new Map();
paths.forEach((path, i) => {
  path.id = i;
  if (!pathsByNode.has(path.node)) pathsByNode.set(path.node, []);
  pathsByNode.get(path.node).push(path);
});

function pathsTo(node) {
  return pathsByNode.get(node) ?? [];
}
