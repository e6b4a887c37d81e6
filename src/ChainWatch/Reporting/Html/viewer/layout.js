// Columns by hop, money flowing to the right. In a column the order is that of the payers (barycentre), so that lines cross
// little; a column that is too tall is set in several, each a little lower, so that lines pass between the boxes.
const box = { width: 116, height: 24, row: 34, ringWidth: 194, amount: 96, ringAmount: 118, gap: 46, head: 44 };

function layout(items, links, aspect) {
  const columns = [...groupBy(items, item => item.column)].sort((a, b) => a[0] - b[0]).map(([column, members]) => ({ column, members }));
  order(columns, links);
  let best = null;
  for (let rows = 4; rows <= 80; rows++) {
    const placed = place(columns, rows);
    const fit = Math.min(aspect / placed.width, 1 / placed.height);
    if (best === null || fit > best.fit) best = { ...placed, fit };
  }
  return best;
}

function order(columns, links) {
  const neighbours = new Map();
  const note = (from, to) => {
    if (!neighbours.has(from)) neighbours.set(from, []);
    neighbours.get(from).push(to);
  };
  links.forEach(({ source, target }) => { note(source, target); note(target, source); });
  const columnOf = new Map(columns.flatMap((c, i) => c.members.map(m => [m.id, i])));
  const place = new Map();
  const number = column => column.members.forEach((m, i) => place.set(m.id, (i + 0.5) / column.members.length));
  columns.forEach(c => { c.members.sort((a, b) => b.weight - a.weight || a.rank - b.rank); number(c); });
  const sweep = (c, side) => {
    const score = new Map(columns[c].members.map(m => {
      const near = (neighbours.get(m.id) ?? []).filter(n => Math.sign(columnOf.get(n) - c) === side).map(n => place.get(n));
      return [m.id, near.length ? near.reduce((a, b) => a + b, 0) / near.length : place.get(m.id)];
    }));
    columns[c].members.sort((a, b) => score.get(a.id) - score.get(b.id) || a.rank - b.rank);
    number(columns[c]);
  };
  for (let pass = 0; pass < 4; pass++) {
    for (let c = 1; c < columns.length; c++) sweep(c, -1);
    for (let c = columns.length - 2; c >= 0; c--) sweep(c, 1);
  }
  for (let c = 1; c < columns.length; c++) sweep(c, -1);
}

// What money leaves again stands in the middle of its column, and in its last part: next to where the money goes.
function parts(members, rows) {
  const onward = members.filter(m => m.onward);
  const ends = members.filter(m => !m.onward);
  const number = Math.ceil(members.length / rows);
  const size = Math.ceil(members.length / number);
  const last = Math.max(0, Math.min(ends.length, size - onward.length));
  const before = chunk(ends.slice(0, ends.length - last), size);
  const beside = ends.slice(ends.length - last);
  const half = Math.floor(beside.length / 2);
  return [...before, ...chunk([...beside.slice(0, half), ...onward, ...beside.slice(half)], size)];
}

function place(columns, rows) {
  const positions = new Map();
  const heads = [];
  let x = 0;
  let bottom = 0;
  const amount = columns.some(c => c.members.some(m => m.height > box.height)) ? box.ringAmount : box.amount;
  for (const { column, members } of columns) {
    const width = Math.max(...members.map(m => m.width));
    const tall = members.some(m => m.height > box.height);
    const row = tall ? Math.max(...members.map(m => m.height)) + 14 : box.row;
    const sets = parts(members, rows);
    const longest = Math.max(...sets.map(part => part.length));
    heads.push({ column, x: x + (sets.length * (width + amount) - amount) / 2 });
    sets.forEach((part, p) => {
      // All parts on one grid, each a little lower than the one before.
      const top = -((longest - 1) / 2 - (sets.length > 1 ? p / sets.length - 0.25 : 0)) * row;
      const skipped = Math.floor((longest - part.length) / 2);
      part.forEach((m, i) => positions.set(m.id, { x: x + width / 2, y: top + (i + skipped) * row }));
      bottom = Math.max(bottom, (longest * row) / 2 + row / 2);
      x += width + amount;
    });
    x += box.gap;
  }
  heads.forEach(head => { head.y = -bottom - box.head / 2; });
  return { positions, heads, width: x - box.gap - amount + 40, height: 2 * bottom + box.head + 20 };
}

function chunk(list, size) {
  const parts = [];
  for (let i = 0; i < list.length; i += Math.max(1, size)) parts.push(list.slice(i, i + Math.max(1, size)));
  return parts;
}
