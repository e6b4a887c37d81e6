// The flow graph. Cytoscape draws it; what stands where is decided in layout.js.
const glyphs = { seed: "● ", service: "■ ", contract: "◆ ", opaque: "▲ ", limit: "", plain: "" };
let cy = null;
let cursor = null; // the element that the keyboard is on

function colours() {
  const style = getComputedStyle(document.documentElement);
  return name => style.getPropertyValue(`--${name}`).trim();
}

function ringText(column, members) {
  const inside = new Set(members.map(m => m.id));
  const brought = members.flatMap(m => column < 0 ? m.outgoing : m.incoming).filter(t => isShown(t) && !(inside.has(t.from) && inside.has(t.to)));
  const named = members.filter(m => m.statements.length > 0).length;
  const services = [...groupBy(members.filter(m => m.kind), m => m.name)].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const shown = services.slice(0, 3).map(([name, some]) => some.length > 1 ? `${name} (${some.length})` : name);
  const sums = brought.length ? briefSums(brought, 2) : [];
  return [
    `${hopOf(column)}: ${count(members.length, "address", "addresses")}`,
    ...sums.map((sum, i) => `${i > 0 ? "" : column < 0 ? "out: " : "in: "}${sum}`),
    named ? `${count(named, "is", "are")} named by lists` : "",
    ...shown,
    services.length > 3 ? `${services.length - 3} more labels` : "",
    "click to open",
  ].filter(Boolean);
}

function itemOf(node) {
  return isFolded(node) ? `r${node.column}` : `n${node.id}`;
}

function boxText(node) {
  return `${node.watched ? "★ " : ""}${glyphs[markOf(node)]}${nameOf(node)}`;
}

function boxWidth(node) {
  return Math.max(box.width, boxText(node).length * 7.9 + (markOf(node) === "opaque" ? 36 : 14));
}

function buildItems() {
  const items = data.nodes.filter(node => !isFolded(node)).map(node => ({
    id: `n${node.id}`, column: node.column, rank: node.id, weight: node.watched ? 1 : 0, width: boxWidth(node), height: box.height,
    onward: node.outgoing.some(t => data.nodes[t.to].column > node.column),
    label: boxText(node),
    classes: [markOf(node), node.watched ? "watched" : "", node.statements.length ? "listed" : ""].join(" "),
  }));
  for (const [column, members] of rings) {
    if (state.open.has(column)) continue;
    const lines = ringText(column, members);
    items.push({
      id: `r${column}`, column, rank: -1, weight: 0, width: box.ringWidth, height: 18 + 19 * lines.length, onward: true, label: lines.join("\n"),
      classes: `ring${members.some(m => m.statements.length) ? " listed" : ""}${members.some(m => m.seed) ? " seeds" : ""}`,
    });
  }
  return items;
}

function buildLinks() {
  const links = new Map();
  for (const transfer of data.transfers) {
    const source = itemOf(data.nodes[transfer.from]);
    const target = itemOf(data.nodes[transfer.to]);
    if (source === target) continue;
    const id = `${source}>${target}`;
    if (!links.has(id)) links.set(id, { id, source, target, transfers: [] });
    links.get(id).transfers.push(transfer);
  }
  return [...links.values()];
}

function linkLabel(link) {
  return briefSum(link.transfers.filter(isShown));
}

// Where the middle of an amount stands, so that it ends just before the arrow's head.
function labelOffset(label) {
  return 13 + label.length * 2.95;
}

function elements() {
  const items = buildItems();
  const links = buildLinks();
  const stage = byId("graph");
  const placed = layout(items, links, Math.max(0.5, stage.clientWidth / Math.max(1, stage.clientHeight)));
  const columnOf = new Map(items.map(item => [item.id, item.column]));
  const order = [...new Set(columnOf.values())].sort((a, b) => a - b);
  const turns = turnsOf(items, links, placed);
  return [
    ...placed.heads.map(({ column, x, y }) => ({
      data: { id: `h${column}`, column, label: headText(column) }, position: { x, y }, classes: `head${rings.has(column) ? " folds" : ""}`, grabbable: false,
    })),
    ...items.map(item => ({
      data: { id: item.id, column: item.column, label: item.label, w: item.width, h: item.height }, position: placed.positions.get(item.id), classes: item.classes,
    })),
    ...links.map(link => {
      const step = order.indexOf(columnOf.get(link.target)) - order.indexOf(columnOf.get(link.source));
      return {
        data: { id: link.id, source: link.source, target: link.target, label: linkLabel(link), offset: labelOffset(linkLabel(link)), turn: turns.get(link.source) ?? 24, transfers: link.transfers.map(t => t.id) },
        classes: [step === 1 ? "forward" : "arc", link.transfers.every(t => t.lead) ? "lead" : ""].join(" "),
      };
    }),
  ];
}

function headText(column) {
  const members = data.nodes.filter(n => n.column === column);
  return `${hopOf(column)} · ${members.length}${rings.has(column) ? (state.open.has(column) ? "  ▾" : "  ▸") : ""}`;
}

// Payers of one column turn their lines at different places, so that two trunks are never one line.
function turnsOf(items, links, placed) {
  const turns = new Map();
  for (const members of groupBy(items.filter(i => links.some(l => l.source === i.id)), i => i.column).values()) {
    const sorted = members.sort((a, b) => placed.positions.get(a.id).y - placed.positions.get(b.id).y);
    sorted.forEach((m, i) => turns.set(m.id, sorted.length === 1 ? 26 : 14 + (i * 44) / (sorted.length - 1)));
  }
  return turns;
}

function graphStyle() {
  const c = colours();
  const fill = (name, line = name) => ({ "background-color": c(name), color: c(`on-${name}`), "border-color": c(line) });
  return [
    { selector: "node", style: { shape: "round-rectangle", width: "data(w)", height: "data(h)", label: "data(label)", "font-family": c("mono"), "font-size": 12.5, "text-valign": "center", "text-halign": "center", "border-width": 1.2, "background-color": c("chip"), color: c("text"), "border-color": c("chip-line") } },
    { selector: "node.limit", style: { "border-style": "dashed", "border-width": 1.6 } },
    { selector: "node.seed", style: fill("seed") },
    { selector: "node.service", style: fill("service") },
    { selector: "node.contract", style: { ...fill("contract"), shape: "cut-rectangle" } },
    { selector: "node.opaque", style: { ...fill("opaque"), shape: "hexagon" } },
    { selector: "node.listed", style: { "border-color": c("listed"), "border-width": 3 } },
    { selector: "node.watched", style: { "border-color": c("watched"), "border-width": 5, "border-style": "double", height: 32, "font-weight": 700 } },
    { selector: "node.ring", style: { shape: "round-rectangle", "background-color": c("ring"), "font-family": c("sans"), "font-size": 14.5, "text-wrap": "wrap", "text-max-width": box.ringWidth - 10, "line-height": 1.2, "border-style": "double", "border-width": 4, "border-color": c("chip-line") } },
    { selector: "node.ring.listed", style: { "border-color": c("listed") } },
    { selector: "node.head", style: { width: box.width + 20, height: 24, "background-opacity": 0, "border-width": 0, "font-family": c("sans"), "font-weight": 700, "font-size": 14, color: c("quiet") } },
    { selector: "edge", style: { width: 1.4, "line-color": c("line"), "target-arrow-color": c("line"), "target-arrow-shape": "triangle", "arrow-scale": 0.8, "font-family": c("sans"), "font-size": 11, color: c("text"), "text-background-color": c("surface"), "text-background-opacity": 1, "text-background-padding": 1.5 } },
    { selector: "edge.forward", style: { "curve-style": "round-taxi", "taxi-direction": "rightward", "taxi-turn": "data(turn)", "taxi-radius": 8, "target-label": "data(label)", "target-text-offset": "data(offset)" } },
    { selector: "edge.arc", style: { "curve-style": "unbundled-bezier", "control-point-distances": [46], "control-point-weights": [0.5], label: "data(label)", "line-style": "dotted", width: 1.6 } },
    { selector: "edge.lead", style: { "line-style": "dashed" } },
    { selector: ".gone", style: { display: "none" } },
    { selector: "node.idle", style: { opacity: 0.3 } },
    { selector: ".off", style: { opacity: 0.22 } },
    { selector: "edge.off", style: { "text-opacity": 0, "text-background-opacity": 0 } },
    { selector: "edge.near", style: { width: 1.8, "line-color": c("accent"), "target-arrow-color": c("accent"), "z-index": 8, opacity: 1 } },
    { selector: "edge.on", style: { width: 3.5, "line-color": c("accent"), "target-arrow-color": c("accent"), "z-index": 9, opacity: 1 } },
    { selector: "node.on", style: { opacity: 1 } },
    { selector: "node.chosen", style: { "outline-color": c("accent"), "outline-width": 4, "outline-offset": 3, opacity: 1 } },
    { selector: "node.cursor", style: { "outline-color": c("focus"), "outline-width": 3, "outline-offset": 3, "outline-style": "solid", opacity: 1 } },
  ];
}

function drawGraph() {
  const made = elements();
  if (cy === null) {
    // Cytoscape would add a style element of its own, which the page's policy forbids; it does not where it finds it there.
    document.querySelector("style").id = "__________cytoscape_stylesheet";
    cy = cytoscape({ container: byId("graph"), elements: made, style: graphStyle(), layout: { name: "preset" }, minZoom: 0.03, maxZoom: 3, autoungrabify: true, boxSelectionEnabled: false, userZoomingEnabled: matchMedia("(pointer: coarse)").matches });
    cy.on("tap", "node", event => openElement(event.target));
    cy.on("tap", "edge", event => openElement(event.target));
    cy.on("tap", event => { if (event.target === cy) closeSelection(); });
    cy.on("mouseover", "node, edge", () => { byId("graph").style.cursor = "pointer"; });
    cy.on("mouseout", "node, edge", () => { byId("graph").style.cursor = ""; });
  } else {
    cy.elements().remove();
    cy.add(made);
  }
  fitGraph();
  showFilters();
  showSelection();
}

// A small graph needs no tall stage.
function sizeStage() {
  if (startsFolded) return;
  const { width, height } = layout(buildItems(), buildLinks(), 2);
  const stage = byId("graph");
  stage.style.height = `${Math.round(Math.max(260, Math.min(stage.clientHeight, 60 + height * Math.min(1.25, stage.clientWidth / width))))}px`;
}

function fitGraph() {
  cy.fit(cy.elements(":visible"), 18);
  if (cy.zoom() > 1.25) {
    cy.zoom(1.25);
    cy.center(cy.elements(":visible"));
  }
}

function openElement(element) {
  if (element.isEdge()) {
    select({ transfers: element.data("transfers").filter(id => isShown(data.transfers[id])), title: `${titleOf(element.source())} → ${titleOf(element.target())}` });
  } else if (element.hasClass("head") || element.hasClass("ring")) {
    if (rings.has(element.data("column"))) toggleRing(element.data("column"));
  } else {
    select({ node: Number(element.id().slice(1)) });
  }
}

function titleOf(element) {
  return element.hasClass("ring") ? hopOf(element.data("column")) : nameOf(data.nodes[Number(element.id().slice(1))]);
}

function showFilters() {
  cy.batch(() => {
    cy.edges().forEach(edge => {
      const shown = edge.data("transfers").map(id => data.transfers[id]).filter(isShown);
      edge.toggleClass("gone", shown.length === 0);
      edge.data({ label: briefSum(shown), offset: labelOffset(briefSum(shown)) });
    });
    cy.nodes(".ring").forEach(ring => ring.data("label", ringText(ring.data("column"), rings.get(ring.data("column"))).join("\n")));
    cy.nodes().not(".head").forEach(node => node.toggleClass("idle", node.connectedEdges().not(".gone").empty() && !node.hasClass("ring")));
  });
}

function showSelection() {
  cy.batch(() => {
    cy.elements().removeClass("on near off chosen");
    const selection = state.selection;
    if (selection === null) return;
    const links = transfers => cy.collection(transfers.map(t => cy.getElementById(`${itemOf(data.nodes[t.from])}>${itemOf(data.nodes[t.to])}`)[0]).filter(Boolean));
    const node = selection.node === undefined ? null : data.nodes[selection.node];
    const on = links(node === null ? selection.transfers.map(id => data.transfers[id])
      : state.path?.node === node.id ? state.path.path.map(step => data.transfers[step.transfer]) : []);
    const near = node === null ? cy.collection() : links([...node.incoming, ...node.outgoing]).difference(on);
    const lit = on.union(near);
    cy.elements().not(".head").not(lit).not(lit.connectedNodes()).addClass("off");
    on.union(lit.connectedNodes()).addClass("on");
    near.addClass("near");
    if (selection.node !== undefined) {
      const chosen = cy.getElementById(itemOf(data.nodes[selection.node]));
      chosen.removeClass("off").addClass("chosen");
      bringIntoView(chosen);
    }
  });
}

// The panel covers the right part of the stage.
function bringIntoView(node) {
  const at = node.renderedPosition();
  const right = cy.width() - (byId("panel").hidden ? 0 : byId("panel").offsetWidth) - 90;
  const dx = at.x > right ? right - at.x : at.x < 90 ? 90 - at.x : 0;
  const dy = at.y > cy.height() - 40 ? cy.height() - 40 - at.y : at.y < 40 ? 40 - at.y : 0;
  if (dx || dy) cy.panBy({ x: dx, y: dy });
}
