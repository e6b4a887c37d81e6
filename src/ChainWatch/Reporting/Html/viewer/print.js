// Paper gets the graph as it stands, drawn as lines and text: sharp at any size, in light colours.
const svgNamespace = "http://www.w3.org/2000/svg";

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

function printedGraph() {
  const shown = cy.elements(":visible");
  const frame = shown.boundingBox();
  const drawing = svg("svg", { viewBox: `${frame.x1 - 8} ${frame.y1 - 8} ${frame.w + 16} ${frame.h + 16}`, role: "img" });
  shown.edges().forEach(edge => drawing.append(...printedEdge(edge)));
  shown.edges().forEach(edge => drawing.append(...printedAmount(edge)));
  shown.nodes().forEach(node => drawing.append(...printedNode(node)));
  return drawing;
}

function printedEdge(edge) {
  const [from, to] = [edge.sourceEndpoint(), edge.targetEndpoint()];
  const middle = (edge.hasClass("forward") ? edge.segmentPoints() : edge.controlPoints()) ?? [];
  const line = edge.hasClass("forward") || middle.length !== 1
    ? `M${[from, ...middle, to].map(p => `${p.x} ${p.y}`).join("L")}`
    : `M${from.x} ${from.y}Q${middle[0].x} ${middle[0].y} ${to.x} ${to.y}`;
  const before = middle.at(-1) ?? from;
  const turn = Math.atan2(to.y - before.y, to.x - before.x) * 180 / Math.PI;
  const colour = edge.style("line-color");
  return [
    svg("path", { d: line, fill: "none", stroke: colour, "stroke-width": edge.numericStyle("width"), opacity: edge.numericStyle("opacity"), "stroke-dasharray": { dashed: "6 3", dotted: "2 2" }[edge.style("line-style")] ?? "none" }),
    svg("path", { d: "M0 0L-7 -3.5L-7 3.5Z", fill: colour, transform: `translate(${to.x} ${to.y}) rotate(${turn})` }),
  ];
}

function printedAmount(edge) {
  const label = edge.data("label");
  if (!label) return [];
  const at = edge.hasClass("forward") ? { x: edge.targetEndpoint().x - edge.data("offset"), y: edge.targetEndpoint().y } : edge.midpoint();
  const width = label.length * 5.6 + 4;
  return [
    svg("rect", { x: at.x - width / 2, y: at.y - 7, width, height: 14, fill: edge.style("text-background-color") }),
    svg("text", { x: at.x, y: at.y + 4, "text-anchor": "middle", "font-size": 10.5, fill: edge.style("color") }, label),
  ];
}

function printedNode(node) {
  const [w, h] = [node.numericStyle("width"), node.numericStyle("height")];
  const { x, y } = node.position();
  const lines = node.data("label").split("\n");
  const isHead = node.hasClass("head");
  const text = svg("text", { "text-anchor": "middle", "font-size": node.numericStyle("font-size"), "font-family": node.style("font-family"), "font-weight": node.style("font-weight"), fill: node.style("color") },
    ...lines.map((line, i) => svg("tspan", { x, y: y + 4 + (i - (lines.length - 1) / 2) * 18 }, line)));
  return isHead ? [text] : [
    svg("rect", { x: x - w / 2, y: y - h / 2, width: w, height: h, rx: 5, fill: node.style("background-color"), stroke: node.style("border-color"), "stroke-width": node.numericStyle("border-width"), "stroke-dasharray": node.style("border-style") === "dashed" ? "5 3" : "none", opacity: node.numericStyle("opacity") }),
    text,
  ];
}

function startPrint() {
  let opened = [];
  let theme = null;
  window.addEventListener("beforeprint", () => {
    theme = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = "light";
    cy.style(graphStyle());
    byId("printed").replaceChildren(printedGraph());
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach(part => { part.open = true; });
  });
  window.addEventListener("afterprint", () => {
    document.documentElement.dataset.theme = theme;
    cy.style(graphStyle());
    byId("printed").replaceChildren();
    opened.forEach(part => { part.open = false; });
  });
}
