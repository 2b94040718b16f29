/** Lists in the page: by position, or by key with nodes that move with their item. */

const canFocus = 'a[href], button, input, select, textarea, [tabindex]';

/** Rows by position: the n-th row is patched to show the n-th value. */
export class PlainList {
  constructor(end, newPart) {
    this.end = end;
    this.newPart = newPart;
    this.parts = [];
  }

  set(values) {
    while (this.parts.length > values.length) this.parts.pop().remove();
    values.forEach((value, i) => {
      if (!this.parts[i]) this.parts[i] = this.newPart(this.end.parentNode, this.end);
      this.parts[i].set(value);
    });
  }

  dispose() {
    for (const part of this.parts) part.dispose();
  }
}

/** Rows by key: nodes are moved to where their item is now, and the focus stays, or goes to the nearest row that remains. */
export class KeyedList {
  constructor(end, newPart) {
    this.end = end;
    this.newPart = newPart;
    this.parts = new Map();
  }

  set({ items, keyOf, templateOf }) {
    const keys = uniqueKeys(items, keyOf);
    const focus = this.focusNow();
    this.removeOthers(new Set(keys));
    this.arrange(keys);
    keys.forEach((key, i) => this.parts.get(key).set(templateOf(items[i], i)));
    this.restore(focus);
  }

  removeOthers(keys) {
    for (const [key, part] of this.parts) {
      if (keys.has(key)) continue;
      part.remove();
      this.parts.delete(key);
    }
  }

  arrange(keys) {
    const parent = this.end.parentNode;
    const arranged = new Map();
    let cursor = this.parts.size > 0 ? [...this.parts.values()][0].start : this.end;
    for (const key of keys) {
      let part = this.parts.get(key);
      if (!part) part = this.newPart(parent, cursor);
      else if (part.start === cursor) cursor = part.end.nextSibling;
      else move(part, parent, cursor);
      arranged.set(key, part);
    }
    this.parts = arranged;
  }

  focusNow() {
    const active = document.activeElement;
    if (!active || active === document.body || !this.end.parentNode.contains(active)) return null;
    const keys = [...this.parts.keys()];
    const at = keys.findIndex(key => holds(this.parts.get(key), active));
    return at < 0 ? null : { active, at, place: focusables(this.parts.get(keys[at])).indexOf(active) };
  }

  restore(focus) {
    if (!focus || document.activeElement === focus.active) return;
    if (focus.active.isConnected) return focus.active.focus({ preventScroll: true });
    const parts = [...this.parts.values()];
    const near = parts[Math.min(focus.at, parts.length - 1)];
    const choices = near ? focusables(near) : [];
    const next = choices[Math.min(focus.place, choices.length - 1)];
    if (next) next.focus({ preventScroll: true });
  }

  dispose() {
    for (const part of this.parts.values()) part.dispose();
  }
}

// The same key twice would make two rows fight for one place: the later ones get a key of their own.
function uniqueKeys(items, keyOf) {
  const seen = new Set();
  return items.map((item, i) => {
    let key = keyOf(item, i);
    if (seen.has(key)) key = `${String(key)}\u0000${i}`;
    seen.add(key);
    return key;
  });
}

function* nodesOf(part) {
  for (let node = part.start; ; node = node.nextSibling) {
    yield node;
    if (node === part.end) return;
  }
}

function move(part, parent, before) {
  for (const node of [...nodesOf(part)]) parent.insertBefore(node, before);
}

function holds(part, element) {
  for (const node of nodesOf(part)) if (node.contains(element)) return true;
  return false;
}

function focusables(part) {
  const found = [];
  for (const node of nodesOf(part)) {
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    if (node.matches(canFocus)) found.push(node);
    found.push(...node.querySelectorAll(canFocus));
  }
  return found;
}
