// The graph by keyboard: arrows move, Enter or Space opens, Escape closes, plus and minus zoom.
function startKeys() {
  const graph = byId("graph");
  graph.addEventListener("focus", () => setCursor(cursor ? cy.getElementById(cursor) : firstNode()));
  graph.addEventListener("blur", () => cy.nodes().removeClass("cursor"));
  graph.addEventListener("keydown", event => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (way) moveCursor(...way);
    else if (event.key === "Enter" || event.key === " ") openCursor();
    else if (event.key === "Home") setCursor(firstNode());
    else if (event.key === "+" || event.key === "=") byId("zoom-in").click();
    else if (event.key === "-") byId("zoom-out").click();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && state.selection !== null) {
      event.preventDefault();
      closeSelection();
    }
  });
}

function firstNode() {
  const nodes = cy.nodes(".watched").union(cy.nodes(".seed")).union(cy.nodes().not(".head"));
  return nodes.first();
}

function setCursor(node) {
  if (!node || node.empty()) return;
  cy.nodes().removeClass("cursor");
  node.addClass("cursor");
  cursor = node.id();
  bringIntoView(node);
  announce(node.hasClass("ring") || node.hasClass("head") ? node.data("label").replace(/\n/g, ", ") : describe(data.nodes[Number(node.id().slice(1))]));
}

function describe(node) {
  return [node.name, node.address, hopOf(node.column), ...tagsOf(node).map(tag => tag.text), count(node.incoming.length, "transfer in", "transfers in")].filter(Boolean).join(", ");
}

// The nearest one that way; what lies straight ahead is nearer than what lies aside.
function moveCursor(dx, dy) {
  const from = cursor && cy.getElementById(cursor).nonempty() ? cy.getElementById(cursor) : firstNode();
  const at = from.position();
  let best = null;
  cy.nodes().forEach(node => {
    const to = node.position();
    const ahead = (to.x - at.x) * dx + (to.y - at.y) * dy;
    const aside = Math.abs((to.x - at.x) * dy) + Math.abs((to.y - at.y) * dx);
    if (node.id() === from.id() || ahead < 4) return;
    const far = ahead + aside * (dx === 0 ? 4 : 1.5);
    if (best === null || far < best.far) best = { node, far };
  });
  if (best) setCursor(best.node);
}

function openCursor() {
  const node = cursor ? cy.getElementById(cursor) : null;
  if (!node || node.empty()) return;
  const isRing = node.hasClass("ring") || node.hasClass("head");
  if (isRing) {
    openElement(node);
    return;
  }
  select({ node: Number(node.id().slice(1)), focus: true }, byId("graph"));
}
