// Everything that is shown, once; then what changes.
startNote();
byId("addresses").append(addressTable());
byId("transfers").append(transferTable());
startControls();
startPaths();
drawGraph();
startKeys();
startPrint();
onChange(what => {
  if (what === "rings") drawGraph();
  if (what === "filter") showFilters();
  if (what === "selection" || what === "path") showPath();
  if (what === "selection" || what === "filter") showPanel();
  if (what !== "rings") showSelection();
});
let resized = null;
new ResizeObserver(() => {
  clearTimeout(resized);
  resized = setTimeout(() => { cy.resize(); fitGraph(); }, 100);
}).observe(byId("graph"));
// For whoever asks more of the graph than the page does, in the browser's own console.
window.chainwatch = { get graph() { return cy; }, data };
