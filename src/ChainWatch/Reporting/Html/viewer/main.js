// Everything that is shown, once; then what changes.
startNote();
byId("addresses").append(addressTable());
byId("transfers").append(transferTable());
startControls();
startPaths();
sizeStage();
drawGraph();
startKeys();
startPrint();
onChange(what => {
  if (what === "rings") drawGraph();
  if (what === "filter") showFilters();
  if (what === "selection" || what === "path") showPath();
  if (what === "selection" || what === "filter") showPanel(what);
  if (what !== "rings") showSelection();
});
let size = `${byId("graph").clientWidth} ${byId("graph").clientHeight}`;
new ResizeObserver(() => {
  const now = `${byId("graph").clientWidth} ${byId("graph").clientHeight}`;
  if (now === size || byId("graph").clientWidth === 0) return; // the first call, and paper
  size = now;
  cy.resize();
  drawGraph();
}).observe(byId("graph"));
// For whoever asks more of the graph than the page does, in the browser's own console.
window.chainwatch = { get graph() { return cy; }, data };
