// A witness path as a timeline: who, how long it rested there, what moved on.
function pathTitle(path) {
  const to = data.nodes[path.node];
  return `${path.isLead ? "Lead: " : ""}${to.name ? `${to.name} ` : ""}${to.short}, ${path.direction === "received" ? "from" : "to"} ${shortName(path.list)}, ${path.hops_text}`;
}

function startPaths() {
  const chooser = byId("path-of");
  if (paths.length === 0) {
    byId("path").append(el("p", {}, "There is no path to show."));
    chooser.parentElement.hidden = true;
    return;
  }
  chooser.append(...paths.map(path => el("option", { value: String(path.id) }, pathTitle(path))));
  chooser.addEventListener("change", () => {
    const path = paths[Number(chooser.value)];
    state.path = path;
    select({ node: path.node });
    state.path = path;
    change("path");
  });
  // First a watched wallet's, then one to a service, then the longest: what there is most to see of.
  const rank = path => [data.nodes[path.node].watched ? 0 : 1, data.nodes[path.node].kind === "service" ? 0 : 1, -path.path.length];
  state.path = [...paths].sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2] || a.id - b.id;
  })[0];
  showPath();
}

function showPathOf(path) {
  state.path = path;
  change("path");
  byId("path-part").scrollIntoView({ block: "start" });
  byId("path-of").focus({ preventScroll: true });
}

function showPath() {
  const path = state.path;
  if (!path) return;
  byId("path-of").value = String(path.id);
  const steps = path.path.map(step => ({ ...step, transfer: data.transfers[step.transfer] }));
  const line = el("ol", { class: "timeline", "aria-label": pathTitle(path) });
  steps.forEach((step, i) => {
    const t = step.transfer;
    line.append(stop(data.nodes[t.from], i === 0 ? null : rested(steps[i - 1].transfer, t)), el("li", { class: `move${t.lead ? " lead" : ""}` },
      el("p", { class: "amount" }, t.amount),
      el("p", {}, timeText(t.time)),
      el("p", {}, "tx ", txText(t.tx)),
      el("p", { class: "quiet" }, `block ${t.block}${t.position === null ? "" : `, position ${t.position}`}; ${step.marks.join("; ")}`)));
  });
  line.append(stop(data.nodes[steps[steps.length - 1].transfer.to], null));
  byId("path").replaceChildren(el("p", {}, pathTitle(path), "."), line,
    ...path.isLead ? [el("p", {}, "A lead and no path: what came out of an opaque stop need not be what went in.")] : [],
    ...path.statement ? [el("p", {}, ...runs(path.statement))] : [],
    ...path.remarks?.length ? [el("ul", {}, ...path.remarks.map(remark => el("li", {}, ...runs(remark))))] : []);
}

function stop(node, rest) {
  const tags = tagsOf(node).filter(tag => tag.kind !== "plain");
  return el("li", { class: `stop ${markOf(node)}` }, addressLink(node), ...tags.map(tag => el("span", { class: `tag ${tag.kind}` }, tag.text)), rest ? el("p", { class: "rest" }, rest) : null);
}

function rested(before, after) {
  if (!before.time || !after.time) return "time not given";
  const seconds = Math.round((Date.parse(after.time) - Date.parse(before.time)) / 1000);
  return seconds <= 0 ? "left at the same moment" : `left ${duration(seconds)} later`;
}
