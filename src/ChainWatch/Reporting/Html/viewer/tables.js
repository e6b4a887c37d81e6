// Tables that sort by a click on a column's head and show the rows that hold every word typed.
const filterFrom = 8; // rows, below which a table needs no filter

// A row: { cells: [{ show, text, sort }], onShow } ; sort is a number, a big integer or a text.
function table(caption, columns, rows) {
  const body = el("tbody");
  const counter = el("span", { class: "quiet", role: "status" });
  const heads = columns.map((name, i) => el("th", { scope: "col", "aria-sort": "none" }, name
    ? el("button", { type: "button", onclick: () => sort(i) }, name) : el("span", { class: "sr" }, "Show")));
  rows.forEach(row => {
    row.element = el("tr", {}, ...row.cells.map(cell => el("td", { class: cell.class }, ...[cell.show].flat())));
    row.text = row.cells.map(cell => cell.text).join(" ").toLowerCase();
  });
  body.append(...rows.map(row => row.element));
  let sorted = { column: -1, way: 1 };

  function sort(column) {
    sorted = { column, way: sorted.column === column ? -sorted.way : 1 };
    const ordered = rows.map((row, i) => ({ row, i, key: row.cells[column].sort ?? row.cells[column].text }))
      .sort((a, b) => sorted.way * compare(a.key, b.key) || a.i - b.i);
    body.append(...ordered.map(o => o.row.element));
    heads.forEach((head, i) => head.setAttribute("aria-sort", i === column ? (sorted.way > 0 ? "ascending" : "descending") : "none"));
  }

  function filter(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    rows.forEach(row => {
      row.element.hidden = !words.every(word => row.text.includes(word));
      left += row.element.hidden ? 0 : 1;
    });
    counter.textContent = words.length ? `${left} of ${count(rows.length, "row", "rows")}` : count(rows.length, "row", "rows");
  }

  filter("");
  const search = rows.length >= filterFrom
    ? el("p", { class: "filter" }, el("label", {}, "Filter ", el("input", { type: "search", "aria-label": `Filter ${caption}`, oninput: event => filter(event.target.value) })), " ", counter)
    : null;
  return el("div", { class: "table" }, search, el("div", { class: "scroll", tabindex: rows.length > 12 ? "0" : null, role: "region", "aria-label": caption },
    el("table", {}, el("caption", { class: "sr" }, caption), el("thead", {}, el("tr", {}, ...heads)), body)));
}

function compare(a, b) {
  const [x, y] = [a, b];
  if (typeof x === "string" || typeof y === "string") return String(x).localeCompare(String(y), "en", { numeric: true });
  return x < y ? -1 : x > y ? 1 : 0;
}

function cell(show, text = typeof show === "string" ? show : "", sort = undefined, name = undefined) {
  return { show, text, sort, class: name };
}

function showButton(label, open) {
  const button = el("button", { type: "button", "aria-label": label, onclick: () => {
    open(button);
    byId("graph-part").scrollIntoView({ block: "start" });
  } }, "Show");
  return cell(button, "", "", "act");
}

function addressTable() {
  const rows = data.exposures.map(exposure => {
    const node = data.nodes[exposure.node];
    const largest = node.incoming.reduce((most, t) => t.value > most ? t.value : most, 0n);
    return { cells: [
      showButton(`Show ${node.address}`, button => select({ node: node.id, focus: true }, button)),
      cell(longText(node.address, node.short), node.address),
      cell(node.name ? `${node.name} (${node.category})` : ""),
      cell(longText(exposure.list, shortName(exposure.list)), exposure.list),
      cell(exposure.direction),
      cell(exposure.hops_text, exposure.hops_text, exposure.hops, "line"),
      cell(exposure.stop || "traced on"),
      cell(exposure.total ?? "", exposure.total ?? "", largest, "number"),
      cell(exposure.arrival ? timeText(exposure.arrival) : "", exposure.arrival ?? "", exposure.arrival ?? "", "line"),
      cell(node.statements.map(i => plainText(data.statements[i]).split(". Source:")[0]).join("; ")),
    ] };
  });
  return rows.length ? table("Addresses", ["", "Address", "Label", "List", "Direction", "Hops", "Why the trace ends there", "Funds of the list, at most", "Arrival", "Named by lists"], rows)
    : el("p", {}, "No address was reached.");
}

function transferTable() {
  const rows = data.transfers.map(t => {
    const [from, to] = [data.nodes[t.from], data.nodes[t.to]];
    return { cells: [
      showButton(`Show the transfer of ${t.amount} from ${from.address} to ${to.address}`, button => select({ transfers: [t.id], title: `${nameOf(from)} → ${nameOf(to)}`, focus: true }, button)),
      cell(timeText(t.time), timeText(t.time), undefined, "line"),
      cell(t.tx ? longText(t.tx, `${t.tx.slice(0, 10)}…${t.tx.slice(-6)}`) : "not given", t.tx ?? "not given"),
      cell(longText(from.address, nameOf(from)), `${from.address} ${from.name ?? ""}`),
      cell(longText(to.address, nameOf(to)), `${to.address} ${to.name ?? ""}`),
      cell(t.amount, t.amount, t.value * 10n ** BigInt(36 - Math.min(36, data.assets[t.asset].decimals ?? 0)), "number"),
      cell(data.assets[t.asset].name),
      cell(`${t.block}${t.position === null ? "" : ` / ${t.position}`}`, `${t.block} ${t.position ?? ""}`, t.block * 1e5 + (t.position ?? 0)),
      cell(t.order ?? ""),
      cell(`${t.kind}${t.lead ? ", lead" : ""}; ${t.evidence}`),
    ] };
  });
  return rows.length ? table("Transfers", ["", "Time", "Transaction", "From", "To", "Amount", "Asset", "Block / position", "Order", "Kind"], rows)
    : el("p", {}, "There is no transfer to show.");
}
