// The details of what is selected, beside the graph.
function showPanel(what) {
  const panel = byId("panel");
  const selection = state.selection;
  const held = panel.contains(document.activeElement);
  panel.hidden = selection === null;
  panel.replaceChildren();
  if (selection === null) return;
  const title = el("h3", { tabindex: "-1" });
  panel.append(el("button", { type: "button", class: "close", "aria-label": "Close", onclick: closeSelection }, "✕"), title);
  if (selection.node === undefined) {
    title.append(selection.title);
    panel.append(...cards(selection.transfers.map(id => data.transfers[id]), "Transfers"));
  } else {
    nodeDetails(panel, title, data.nodes[selection.node]);
  }
  panel.scrollTop = 0;
  if (what === "selection" && (held || selection.focus || document.activeElement !== byId("graph"))) title.focus({ preventScroll: true });
}

function nodeDetails(panel, title, node) {
  title.append(el("code", {}, node.address));
  panel.append(el("p", { class: "tags" }, ...tagsOf(node).map(tag => el("span", { class: `tag ${tag.kind}` }, tag.text))));
  if (node.name) panel.append(el("p", {}, `${node.name}: ${node.category}, labelled by ${node.label_source}.`));
  panel.append(...node.statements.map(i => el("p", { class: "statement" }, ...runs(data.statements[i]))));
  for (const exposure of node.exposures) {
    panel.append(el("div", { class: "exposure" },
      el("h4", {}, `${exposure.direction === "received" ? "Received from" : "Sent to"} ${shortName(exposure.list)}: ${exposure.hops_text}`),
      exposure.hops > 0 ? el("p", {}, ...runs(exposure.statement)) : null,
      exposure.remarks.length ? el("ul", {}, ...exposure.remarks.map(remark => el("li", {}, ...runs(remark)))) : null,
      exposure.path.length ? el("button", { type: "button", onclick: () => showPathOf(paths.find(p => p.node === node.id && p.list === exposure.list && p.direction === exposure.direction)) }, "Show its witness path") : null));
  }
  panel.append(...cards(node.incoming, "Came in"), ...cards(node.outgoing, "Went out"));
}

function shortName(list) {
  return nodeOfAddress.has(list.toLowerCase()) ? shortAddress(list) : list;
}

function tagsOf(node) {
  const names = { seed: "seed", service: "service: a stop", contract: "contract: a stop", opaque: "opaque: a stop", limit: "a limit ends the trace here" };
  const mark = markOf(node);
  return [
    node.watched ? { kind: "watched", text: "watched wallet" } : null,
    names[mark] ? { kind: mark, text: names[mark] } : null,
    node.statements.length ? { kind: "listed", text: "named by a list" } : null,
    node.contract ? { kind: "plain", text: "a contract" } : null,
    { kind: "plain", text: node.chain },
  ].filter(Boolean);
}

function cards(transfers, title) {
  if (transfers.length === 0) return [];
  const shown = transfers.filter(isShown);
  const hidden = transfers.length - shown.length;
  return [
    el("h4", {}, `${title}: ${count(shown.length, "transfer", "transfers")}${hidden ? `, ${hidden} hidden by the filters` : ""}`),
    el("ol", { class: "cards" }, ...shown.slice(0, 200).map(t => el("li", {}, ...transferCard(t)))),
    ...shown.length > 200 ? [el("p", { class: "quiet" }, `The first 200 are shown here; all ${shown.length} stand in the table of transfers.`)] : [],
  ];
}

function transferCard(t) {
  return [
    el("p", { class: "amount" }, t.amount),
    el("p", {}, addressLink(data.nodes[t.from]), " → ", addressLink(data.nodes[t.to])),
    el("dl", {},
      ...fact("Time", timeText(t.time)),
      ...fact("Transaction", t.tx ? el("code", { class: "tx" }, t.tx) : "not given"),
      ...fact("Block", `${t.block}${t.position === null ? ", position not given" : `, position ${t.position}`}`),
      ...fact("Order", t.order ?? "on no witness path"),
      ...fact("Kind", t.kind),
      ...fact("Rests on", t.evidence)),
  ];
}

function fact(name, value) {
  return [el("dt", {}, name), el("dd", {}, value)];
}
