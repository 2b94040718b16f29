/**
 * Templates that become part of the page and are patched in place, so that focus, selection and scroll survive.
 * Values are only ever text nodes, attributes, properties and listeners: there is no way to pass markup.
 */
import { batch } from './signal.js';
import { KeyedList } from './lists.js';
import { bindAttribute } from './attributes.js';
import { nodesIn, planOf } from './template.js';

/** A template: what `html` and `svg` answer. */
class Template {
  constructor(strings, values, isSVG) {
    this.strings = strings;
    this.values = values;
    this.isSVG = isSVG;
  }
}

/** A list whose rows are known by a key. */
class Keyed {
  constructor(items, keyOf, templateOf) {
    this.items = items;
    this.keyOf = keyOf;
    this.templateOf = templateOf;
  }
}

/** A template of HTML. */
export function html(strings, ...values) {
  return new Template(strings, values, false);
}

/** A template of what stands inside an <svg>. */
export function svg(strings, ...values) {
  return new Template(strings, values, true);
}

/**
 * A list whose nodes follow their item: moved, not rewritten. `keyOf(item)` -> unique text or number, `templateOf(item, index)` ->
 * template.
 */
export function keyed(items, keyOf, templateOf) {
  return new Keyed([...items], keyOf, templateOf);
}

const roots = new WeakMap();

/** Shows a template (or text, list, Node, null) in `element`; the next time only what differs is changed. */
export function render(value, element) {
  if (!roots.has(element)) {
    element.replaceChildren('');
    roots.set(element, newPart(element.firstChild));
  }
  batch(() => roots.get(element).set(value));
}

/** One copy of a template: its nodes in `root` until they are put into the page. */
function copyOf({ strings, values, isSVG }) {
  const { content, holes } = planOf(strings, isSVG);
  const root = document.importNode(content, true);
  const nodes = nodesIn(root);
  const bindings = holes.map(hole => bind(nodes[hole.node], hole));
  const set = next => bindings.forEach(one => one.set(next.values));
  set({ values });
  return { root, set, dispose: () => bindings.forEach(one => one.dispose?.()) };
}

function bind(node, hole) {
  if (hole.kind !== 'child') return bindAttribute(node, hole);
  const part = new Part(node, node.nextSibling);
  return { set: values => part.set(values[hole.at]), dispose: () => part.dispose() };
}

function textOf(value) {
  const root = document.createTextNode(value);
  return { root, set: next => root.data !== String(next) && (root.data = next) };
}

/** A place between two comments that holds one value of any kind. */
class Part {
  #kind = null;
  #held = null;

  constructor(start, end) {
    this.start = start;
    this.end = end;
  }

  set(value) {
    if (value == null || typeof value === 'boolean' || value === '') this.#empty();
    else if (value instanceof Template) this.#show(value.strings, value, () => copyOf(value));
    else if (value instanceof Keyed) this.#show(Keyed, value, () => this.#listOf(value));
    else if (Array.isArray(value)) this.set(new Keyed(value, (_, i) => i, one => one));
    else if (value instanceof Node) this.#show(value, value, () => this.#nodeOf(value));
    else this.#show(String, value, () => textOf(value));
  }

  // What is of the same kind as before is changed in place.
  #show(kind, value, make) {
    if (kind === this.#kind) return this.#held.set(value);
    this.#empty();
    this.#kind = kind;
    this.#held = make();
    if (this.#held.root) this.end.before(this.#held.root);
  }

  #nodeOf(root) {
    return { root, set: () => root.nextSibling === this.end || this.end.before(root) };
  }

  #listOf(value) {
    const list = new KeyedList(this.end, newPart);
    list.set(value);
    return list;
  }

  #empty() {
    if (!this.#kind) return;
    this.dispose();
    while (this.start.nextSibling !== this.end) this.start.nextSibling.remove();
    this.#kind = this.#held = null;
  }

  /** Tells what is held that it goes, so that `ref` clean-ups run. */
  dispose() {
    this.#held?.dispose?.();
  }

  /** Takes the part itself out of the page. */
  remove() {
    this.#empty();
    this.start.remove();
    this.end.remove();
  }
}

function newPart(before) {
  const [start, end] = [document.createComment(''), document.createComment('')];
  before.before(start, end);
  return new Part(start, end);
}
