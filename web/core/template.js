/**
 * Reads the fixed text of a template once: where its holes are, and of which kind. What comes out can be copied as often as needed.
 * Device text never passes through here: only what is written in the source is ever parsed as markup.
 */

const mark = '\u0001';
// Before names of attributes with a hole: what reads their values while parsing would stumble over the mark. Of a path's `d` Chromium
// makes a complaint that nobody sees, with a stack, for which it reads the script once more.
const veil = 'hole-';
const plans = new WeakMap();

/**
 * The plan of a template: `{content: DocumentFragment, holes: [{node, kind, name, at, texts}]}`; `node` counts as `nodesIn` does, `at` is
 * the first of its values.
 */
export function planOf(strings, isSVG) {
  if (!plans.has(strings)) plans.set(strings, makePlan(strings, isSVG));
  return plans.get(strings);
}

/** The elements and comments in a fragment, in document order. */
export function nodesIn(fragment) {
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

function makePlan(strings, isSVG) {
  const { markup, names } = withMarks(strings);
  const template = document.createElement('template');
  template.innerHTML = isSVG ? `<svg>${markup}</svg>` : markup;
  const { content } = template;
  if (isSVG) content.firstElementChild.replaceWith(...content.firstElementChild.childNodes);
  const holes = nodesIn(content).flatMap((one, node) => holesOf(one, names).map(hole => ({ node, ...hole })));
  if (holes.reduce((sum, { texts }) => sum + texts.length - 1, 0) !== names.length) refuse(strings.join('${}').slice(0, 120));
  return { content, holes };
}

/** The markup with a mark in each hole, and the name of the attribute each hole is in (null: between tags). */
function withMarks(strings) {
  const names = [];
  const markup = strings.slice(0, -1).reduce((before, text, at) => {
    const now = before + text;
    const tag = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*(?:"[^"]*|'[^']*)?$/i.exec(now);
    names.push(null);
    if (!tag) return `${now}<!--${mark}${at}--><!---->`;
    const [end, written, quote] = /([^\s"'<>/=]+)\s*=\s*("[^"]*|'[^']*)?$/.exec(tag[0]) ?? refuse(now.slice(-40));
    const name = (names[at] = written.replace(veil, ''));
    kindOf(name); // refuses before anything is parsed
    const veiled = name === written ? now.slice(0, -end.length) + veil + end : now;
    return veiled + (quote ? mark + at + mark : `"${mark}${at}${mark}"`);
  }, '');
  return { markup: markup + strings.at(-1), names };
}

/** @returns {any} never */
function refuse(where) {
  throw new Error(`a value stands where no value can: ${where}`);
}

function holesOf(node, names) {
  if (node.nodeType === Node.ELEMENT_NODE) return attributeHoles(node, names);
  return node.data.startsWith(mark) ? [{ kind: 'child', at: Number(node.data.slice(1)), texts: ['', ''] }] : [];
}

function attributeHoles(element, names) {
  return [...element.attributes].filter(({ value }) => value.includes(mark)).map(({ name, value }) => {
    const parts = value.split(mark);
    const at = Number(parts[1]);
    element.removeAttribute(name);
    return { at, texts: parts.filter((_, place) => place % 2 === 0), ...kindOf(names[at]) };
  });
}

const kinds = { '@': 'listener', '?': 'flag', '.': 'property' };

/** What a name in a template stands for: `@click` a listener, `?disabled` a flag, `.value` a property, `ref`, else an attribute. */
function kindOf(name) {
  if (name === 'ref') return { kind: name };
  const kind = kinds[name[0]];
  if (kind) return { kind, name: name.slice(1) };
  if (/^(on|style$|srcdoc$)/i.test(name)) refuse(name);
  return { kind: 'attribute', name };
}

/** A value fit for the attribute: null where an address would run or leave by another scheme than http, https or mailto. */
export function safeValue(name, value) {
  if (value == null || !/^(href|src|action|formaction|xlink:href)$/i.test(name)) return value;
  const bare = String(value).replace(/[\u0000-\u0020]/g, '');
  return /^(?!https?:|mailto:)[a-z][a-z0-9+.-]*:/i.test(bare) ? null : value;
}
