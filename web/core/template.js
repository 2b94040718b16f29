/**
 * Reads the fixed text of a template once: where its holes are, and of which kind. What comes out can be copied as often as needed.
 * Device text never passes through here: only what is written in the source is ever parsed as markup.
 */

const mark = '\u0001';
const plans = new WeakMap();

/** The plan of a template: `{content: DocumentFragment, holes: [{node, kind, name, texts, at}]}`; `node` counts in document order. */
export function planOf(strings, isSVG) {
  let plan = plans.get(strings);
  if (!plan) plans.set(strings, (plan = makePlan(strings, isSVG)));
  return plan;
}

function makePlan(strings, isSVG) {
  const { markup, names } = withMarks(strings);
  const template = document.createElement('template');
  template.innerHTML = isSVG ? `<svg>${markup}</svg>` : markup;
  if (isSVG) template.content.firstElementChild.replaceWith(...template.content.firstElementChild.childNodes);
  return { content: template.content, holes: holesIn(template.content, names, strings) };
}

/** The markup with a mark in each hole, and the name of the attribute each hole is in (null: between tags). */
function withMarks(strings) {
  const names = [];
  let [markup, state] = ['', { place: 'text', quote: '' }];
  strings.forEach((text, at) => {
    state = stateAfter(text, state);
    markup += text;
    if (at === strings.length - 1) return;
    names.push(nameOfHole(markup, state, at));
    if (state.place === 'text') markup += `<!--${mark}${at}--><!---->`;
    else markup += state.place === 'value' && state.quote ? mark + at + mark : `"${mark}${at}${mark}"`;
    if (state.place === 'equals') state = { ...state, place: 'tag' };
  });
  return { markup, names };
}

function nameOfHole(markup, state, at) {
  if (state.place === 'text') return null;
  const found = /([^\s"'<>/=]+)\s*=\s*(?:"[^"]*|'[^']*)?$/.exec(markup);
  if (!found) throw new Error(`value ${at} stands where no value can: ${markup.slice(-40)}`);
  kindOf(found[1]); // refuses before anything is parsed
  return found[1];
}

/** Follows the text of a template through tags and quotes. */
function stateAfter(text, from) {
  let { place, quote } = from;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (place === 'text') {
      if (c === '<' && /[a-zA-Z/]/.test(text[i + 1] ?? '')) place = 'tag';
    } else if (place === 'value') {
      if (c === quote) place = 'tag';
    } else if (c === '>') place = 'text';
    else if (c === '=') place = 'equals';
    else if (place === 'equals' && (c === '"' || c === "'")) [place, quote] = ['value', c];
    else if (place === 'equals' && !/\s/.test(c)) place = 'tag';
  }
  return { place, quote: place === 'value' ? quote : '' };
}

function holesIn(content, names, strings) {
  /** @type {any[]} */
  const holes = [];
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
  for (let node = 0; walker.nextNode(); node += 1) {
    const one = walker.currentNode;
    if (one.nodeType === Node.COMMENT_NODE) {
      if (one.nodeValue.startsWith(mark)) holes.push({ node, kind: 'child', at: Number(one.nodeValue.slice(1)) });
    } else holes.push(...attributeHoles(/** @type {Element} */ (one), node, names));
  }
  if (holes.reduce((n, hole) => n + (hole.texts ? hole.texts.length - 1 : 1), 0) !== names.length) {
    throw new Error(`a value stands where the page cannot take it: ${strings.join('${}').slice(0, 120)}`);
  }
  return holes;
}

function attributeHoles(element, node, names) {
  const holes = [];
  for (const attribute of [...element.attributes]) {
    if (!attribute.value.includes(mark)) continue;
    const parts = attribute.value.split(mark);
    const at = Number(parts[1]);
    const texts = parts.filter((_, i) => i % 2 === 0);
    holes.push({ node, at, texts, ...kindOf(names[at]) });
    element.removeAttribute(attribute.name);
  }
  return holes;
}

const kinds = { '@': 'listener', '?': 'flag', '.': 'property' };

/** What a name in a template stands for: `@click` a listener, `?disabled` a flag, `.value` a property, `ref`, else an attribute. */
function kindOf(name) {
  if (name === 'ref') return { kind: 'ref', name };
  const kind = kinds[name[0]];
  if (kind) return { kind, name: name.slice(1) };
  if (/^(on|style$|srcdoc$)/i.test(name)) throw new Error(`the attribute ${name} cannot be set from a template`);
  return { kind: 'attribute', name };
}

const addressed = /^(href|src|action|formaction|xlink:href)$/i;
const allowedScheme = /^(https?|mailto):/i;

/** A value fit for the attribute: null where an address would run or leave by another scheme than http, https or mailto. */
export function safeValue(name, value) {
  if (value == null || !addressed.test(name)) return value;
  const bare = String(value).replace(/[\u0000-\u0020]/g, '');
  return /^[a-z][a-z0-9+.-]*:/i.test(bare) && !allowedScheme.test(bare) ? null : value;
}
