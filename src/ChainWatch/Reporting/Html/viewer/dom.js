// Everything from the data becomes a text node: nothing of it is ever parsed as markup.
function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== ""));
  return element;
}

function byId(id) {
  return document.getElementById(id);
}

// A long name: short on the screen, whole on paper and for whoever copies its title.
function longText(text, short) {
  if (short === text) return el("code", {}, text);
  return el("span", { class: "long", title: text }, el("code", { class: "short", "aria-label": text }, short), el("code", { class: "whole" }, text));
}

// An address that opens its node; plain code where the graph does not hold it.
function addressLink(node, withName = true) {
  const button = el("button", { type: "button", class: "address", title: node.address, onclick: () => select({ node: node.id }, button) },
    longText(node.address, node.short));
  return withName && node.name ? el("span", {}, button, " ", el("span", { class: "tag" }, node.name)) : button;
}

function txText(tx) {
  return tx ? longText(tx, `${tx.slice(0, 10)}…${tx.slice(-6)}`) : el("span", { class: "quiet" }, "not given");
}

// The runs of the note's text: a string, or an object with one key that says how it is set.
function runs(parts) {
  return parts.map(part => {
    if (typeof part === "string") return document.createTextNode(part);
    const [[kind, text]] = Object.entries(part);
    if (kind === "bold") return el("strong", {}, text);
    if (kind === "url") return link(text);
    const node = nodeOfAddress.get(text.toLowerCase());
    if (node) return addressLink(node, false);
    const code = /^(0x)?[0-9a-fA-F]{64}$/.test(text) ? txText(text) : el("code", {}, text);
    return kind === "boldcode" ? el("strong", {}, code) : code;
  });
}

function plainText(parts) {
  return parts.map(part => typeof part === "string" ? part : Object.values(part)[0]).join("");
}

// The page itself opens nothing; a source's address opens when somebody clicks it.
function link(url) {
  return url.startsWith("https://") ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, url) : document.createTextNode(url);
}

function announce(text) {
  byId("announce").textContent = text;
}
