/** Lists in the page, by key: nodes move with their item. */

const canFocus = 'a[href], button, input, select, textarea, [tabindex]';

/** Rows by key: nodes are moved to where their item is now, and the focus stays, or goes to the nearest row that remains. */
export class KeyedList {
  #end;
  #newPart;
  #parts = new Map();

  /** The list before the node `end`; `newPart(parent, before)` makes the place of a row. */
  constructor(end, newPart) {
    this.#end = end;
    this.#newPart = newPart;
  }

  set({ items, keyOf, templateOf }) {
    const keys = uniqueKeys(items, keyOf);
    const focus = this.#focus();
    this.#removeOthers(new Set(keys));
    this.#arrange(keys);
    keys.forEach((key, i) => this.#parts.get(key).set(templateOf(items[i], i)));
    this.#restore(focus);
  }

  #removeOthers(keys) {
    for (const [key, part] of this.#parts) {
      if (keys.has(key)) continue;
      part.remove();
      this.#parts.delete(key);
    }
  }

  #arrange(keys) {
    const arranged = new Map();
    let [cursor] = [...this.#parts.values()].map(part => part.start);
    cursor ??= this.#end;
    for (const key of keys) {
      let part = this.#parts.get(key);
      if (!part) part = this.#newPart(cursor);
      else if (part.start === cursor) cursor = part.end.nextSibling;
      else cursor.before(takenOut(part));
      arranged.set(key, part);
    }
    this.#parts = arranged;
  }

  #focus() {
    const active = document.activeElement;
    if (active === document.body || !this.#end.parentNode.contains(active)) return null;
    const parts = [...this.#parts.values()];
    const at = parts.findIndex(part => holds(part, active));
    return at < 0 ? null : { active, at, place: this.#focusables(parts[at]).indexOf(active) };
  }

  #restore(focus) {
    if (!focus || document.activeElement === focus.active) return;
    const parts = [...this.#parts.values()];
    const near = parts[Math.min(focus.at, parts.length - 1)];
    const choices = near ? this.#focusables(near) : [];
    const next = focus.active.isConnected ? focus.active : choices[Math.min(focus.place, choices.length - 1)];
    next?.focus({ preventScroll: true });
  }

  #focusables(part) {
    return [...this.#end.parentNode.querySelectorAll(canFocus)].filter(element => holds(part, element));
  }

  dispose() {
    for (const part of this.#parts.values()) part.dispose();
  }
}

// The same key twice would make two rows fight for one place: the later ones get a key of their own.
function uniqueKeys(items, keyOf) {
  const seen = new Set();
  return items.map((item, i) => {
    let key = keyOf(item, i);
    if (seen.has(key)) key = `${key}\u0000${i}`;
    seen.add(key);
    return key;
  });
}

function takenOut({ start, end }) {
  const range = document.createRange();
  range.setStartBefore(start);
  range.setEndAfter(end);
  return range.extractContents();
}

function holds({ start, end }, element) {
  return start.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING
    && end.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
}
