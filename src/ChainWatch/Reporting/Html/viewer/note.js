// The case note's blocks. Sub-headings become parts that open; on paper all of them are open.
function noteBlocks(blocks, caption) {
  const top = el("div", {});
  let into = top;
  for (const block of blocks) {
    if (block.heading) {
      into = el("details", {}, el("summary", {}, ...runs(block.heading)));
      top.append(into);
    } else {
      into.append(noteBlock(block, caption));
    }
  }
  return top;
}

function noteBlock(block, caption) {
  if (block.paragraph) return el("p", {}, ...runs(block.paragraph));
  if (block.bullets) return el("ul", {}, ...block.bullets.map(item => el("li", {}, ...runs(item))));
  if (block.steps) return el("ol", {}, ...block.steps.map(item => el("li", {}, ...runs(item))));
  return table(caption, block.columns, block.rows.map(row => ({ cells: row.map(parts => cell(runs(parts), plainText(parts))) })));
}

// Few answers stand as cards, and their table is for paper; what they rest on opens where there is much of it.
const hasCards = data.findings.length > 0 && data.findings.length <= 12;

function answer(blocks) {
  if (!hasCards) return noteBlocks(blocks, "Answer");
  const [first, ...others] = blocks;
  const overview = noteBlock(first, "Answer");
  overview.classList.add("paper");
  const reasons = others.map(block => noteBlock(block, "Answer"));
  return el("div", {}, overview, reasons.length ? el("details", { open: reasons.length <= 4 }, el("summary", {}, "What the answers rest on"), ...reasons) : null);
}

function verdicts() {
  return data.findings.map(finding => {
    const node = finding.node === null ? nodeOfAddress.get(finding.wallet.toLowerCase()) : data.nodes[finding.node];
    return el("div", { class: `verdict ${finding.verdict}` },
      el("p", { class: "answer" }, finding.answer),
      el("p", {}, node ? addressLink(node) : el("code", {}, finding.wallet)),
      el("p", { class: "quiet" }, `${finding.direction === "received" ? "received from" : "sent to"} ${shortName(finding.list)}`));
  });
}

function startNote() {
  document.title = plainText(data.title);
  byId("title").append(...runs(data.title));
  byId("question").append(...data.question.map(block => noteBlock(block, "Question")));
  if (hasCards) byId("verdicts").append(...verdicts());
  for (const part of data.parts) {
    if (part.id === "answer") {
      byId("answer").append(answer(part.blocks));
    } else if (part.blocks.length) {
      const title = part.title || "What lists say of these addresses";
      byId("parts").append(el("section", { id: part.id, "aria-labelledby": `${part.id}-title` }, el("h2", { id: `${part.id}-title` }, title), noteBlocks(part.blocks, title)));
    }
  }
  const asked = run.asked_on ? `Asked on ${run.asked_on}. ` : "";
  const by = run.tool_version ? `Written by ${run.tool_version}; engine: ${run.engine}.` : `Engine: ${run.engine}.`;
  byId("run").append(el("p", {}, asked + by), el("p", { class: "quiet" }, "This page is one file and loads nothing. Its graph is drawn with cytoscape.js (MIT licence, inside)."));
}
