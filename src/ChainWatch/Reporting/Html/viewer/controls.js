// Filters, time, search, folding, theme.
function startControls() {
  const asset = byId("asset");
  asset.append(el("option", { value: "" }, "all"), ...data.assets.map((a, i) => el("option", { value: String(i) }, a.name)));
  asset.addEventListener("change", () => {
    state.asset = asset.value === "" ? null : Number(asset.value);
    change("filter");
  });

  const until = byId("until");
  until.max = String(Math.max(0, times.length - 1));
  until.value = until.max;
  until.disabled = times.length < 2;
  const timeless = data.transfers.filter(t => t.time === null).length;
  const showTime = () => {
    const time = times.length ? timeText(times[Number(until.value)]) : "no times given";
    byId("until-text").textContent = time;
    until.setAttribute("aria-valuetext", time);
  };
  until.addEventListener("input", () => {
    state.until = until.value === until.max ? Infinity : Number(until.value);
    showTime();
    change("filter");
  });
  showTime();
  if (timeless) byId("left-out").append(el("p", { class: "quiet" }, `${count(timeless, "transfer has", "transfers have")} no time and ${timeless === 1 ? "is" : "are"} shown whatever the slider says.`));
  byId("left-out").append(...data.left_out.map(text => el("p", {}, text)));

  const find = byId("find");
  byId("find-list").append(...data.nodes.slice(0, 2000).map(node => el("option", { value: node.address }, node.name ?? "")));
  find.addEventListener("change", () => {
    const text = find.value.trim().toLowerCase();
    const found = text && data.nodes.find(n => n.address.toLowerCase() === text || n.name?.toLowerCase() === text)
      || text && data.nodes.find(n => n.address.toLowerCase().includes(text) || n.name?.toLowerCase().includes(text));
    if (found) select({ node: found.id, focus: true }, find);
    else if (text) announce(`No address of the graph holds "${find.value.trim()}".`);
  });

  const fold = byId("fold");
  const showFold = () => {
    fold.textContent = state.open.size ? "Fold rings" : "Open rings";
    fold.hidden = rings.size === 0;
  };
  fold.addEventListener("click", () => {
    if (state.open.size) state.open.clear();
    else rings.forEach((_, column) => state.open.add(column));
    change("rings");
  });
  onChange(what => { if (what === "rings") showFold(); });
  showFold();

  const zoom = factor => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("fit").addEventListener("click", fitGraph);
  // The wheel scrolls the page; with Ctrl it zooms the graph, as it zooms maps.
  byId("graph").addEventListener("wheel", event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const frame = byId("graph").getBoundingClientRect();
    cy.zoom({ level: cy.zoom() * Math.exp(-event.deltaY / 300), renderedPosition: { x: event.clientX - frame.left, y: event.clientY - frame.top } });
  }, { passive: false });
  byId("print").addEventListener("click", () => window.print());
  startTheme();
}

function startTheme() {
  const button = byId("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  const show = () => {
    const isDark = chosen ?? system.matches;
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
    button.textContent = isDark ? "Light" : "Dark";
    button.setAttribute("aria-label", isDark ? "Light colours" : "Dark colours");
    if (cy) cy.style(graphStyle());
    showLegend();
  };
  button.addEventListener("click", () => {
    chosen = !(chosen ?? system.matches);
    show();
  });
  system.addEventListener("change", show);
  show();
}

function showLegend() {
  const marks = new Set(data.nodes.map(markOf));
  const entry = (kind, sign, text) => el("li", {}, el("span", { class: `key ${kind}`, "aria-hidden": "true" }, sign), text);
  byId("legend").replaceChildren(el("ul", { "aria-label": "Legend" }, ...[
    marks.has("seed") ? entry("seed", "●", "seed: a list's own address") : null,
    data.nodes.some(n => n.watched) ? entry("watched", "★", "watched wallet") : null,
    data.nodes.some(n => n.statements.length) ? entry("listed", "", "named by a list") : null,
    marks.has("service") ? entry("service", "■", "service: ask it") : null,
    marks.has("contract") ? entry("contract", "◆", "contract: followed inside one transaction") : null,
    marks.has("opaque") ? entry("opaque", "▲", "opaque: not seen through") : null,
    marks.has("limit") ? entry("limit", "", "ends at a limit of the question") : null,
    entry("plain", "", "other address"),
    data.transfers.some(t => t.lead) ? entry("leadline", "", "lead, no path") : null,
    el("li", { class: "quiet" }, "Money flows to the right. Amounts are cut to few digits (≈); a click shows all of them."),
  ].filter(Boolean)));
}
