/**
 * Templates that become part of the page and are patched in place, so that focus, selection and scroll survive.
 * Values are only ever text nodes, attributes, properties and listeners: there is no way to pass markup.
 */
import { batch } from './signal.js';
import { KeyedList, PlainList } from './lists.js';
import { bindAttribute } from './attributes.js';
import { planOf } from './template.js';

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
  let part = roots.get(element);
  if (!part) {
    element.replaceChildren();
    roots.set(element, (part = newPart(element, null)));
  }
  batch(() => part.set(value));
}

/** One copy of a template in the page. */
class Copy {
  constructor(template) {
    const plan = planOf(template.strings, template.isSVG);
    this.strings = template.strings;
    this.fragment = document.importNode(plan.content, true);
    this.parts = this.bind(plan.holes);
    this.set(template.values);
  }

  bind(holes) {
    const walker = document.createTreeWalker(this.fragment, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return holes.map(hole => {
      const node = nodes[hole.node];
      return { hole, binding: hole.kind === 'child' ? new ChildPart(node, node.nextSibling) : bindAttribute(node, hole) };
    });
  }

  set(values) {
    for (const { hole, binding } of this.parts) {
      if (hole.kind === 'child') binding.set(values[hole.at]);
      else binding.set(hole.texts.length === 2
        ? values.slice(hole.at, hole.at + 1)
        : values.slice(hole.at, hole.at + hole.texts.length - 1));
    }
  }

  dispose() {
    for (const { binding } of this.parts) binding.dispose();
  }
}

/** A place between two comments that holds one value of any kind. */
class ChildPart {
  constructor(start, end) {
    this.start = start;
    this.end = end;
    this.kind = 'nothing';
    /** @type {any} */
    this.held = null;
  }

  set(value) {
    if (value == null || value === false || value === true || value === '') return this.toNothing();
    if (value instanceof Template) return this.toTemplate(value);
    if (value instanceof Keyed) return this.toList('keyed', KeyedList, value);
    if (Array.isArray(value)) return this.toList('plain', PlainList, value);
    if (value instanceof Node) return this.toNode(value);
    this.toText(String(value));
  }

  toNothing() {
    if (this.kind === 'nothing') return;
    this.empty();
    this.kind = 'nothing';
  }

  toText(text) {
    if (this.kind !== 'text') {
      this.empty();
      this.held = document.createTextNode(text);
      this.end.before(this.held);
      this.kind = 'text';
    } else if (this.held.data !== text) this.held.data = text;
  }

  toTemplate(template) {
    if (this.kind === 'template' && this.held.strings === template.strings) return this.held.set(template.values);
    this.empty();
    this.held = new Copy(template);
    this.kind = 'template';
    this.end.before(this.held.fragment);
  }

  toList(kind, List, value) {
    if (this.kind !== kind) {
      this.empty();
      this.held = new List(this.end, newPart);
      this.kind = kind;
    }
    this.held.set(value);
  }

  toNode(node) {
    if (this.kind === 'node' && this.held === node && node.nextSibling === this.end) return;
    this.empty();
    this.held = node;
    this.kind = 'node';
    this.end.before(node);
  }

  /** Takes out what is held; the part can be used again. */
  empty() {
    this.dispose();
    while (this.start.nextSibling !== this.end) this.start.nextSibling.remove();
    this.held = null;
    this.kind = 'nothing';
  }

  /** Tells what is held that it goes, so that `ref` clean-ups run. */
  dispose() {
    if (this.held && typeof this.held.dispose === 'function' && !(this.held instanceof Node)) this.held.dispose();
  }

  /** Takes the part itself out of the page. */
  remove() {
    this.empty();
    this.start.remove();
    this.end.remove();
  }
}

function newPart(parent, before) {
  const [start, end] = [document.createComment(''), document.createComment('')];
  parent.insertBefore(start, before);
  parent.insertBefore(end, before);
  return new ChildPart(start, end);
}
