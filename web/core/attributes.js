/** What the holes inside a tag do: attributes, flags, properties, listeners and references. */
import { batch } from './signal.js';
import { safeValue } from './template.js';

/** The binding of a hole in a tag: `set(values)` of the whole template, and `dispose()` where something is to be ended. */
export function bindAttribute(element, hole) {
  return bindings[hole.kind](element, hole);
}

const bindings = {
  attribute(element, { name, at, texts }) {
    let shown;
    return { set(values) {
      const next = safeValue(name, joined(texts, values.slice(at)));
      if (next === shown) return;
      shown = next;
      if (next === null) element.removeAttribute(name);
      else element.setAttribute(name, next);
    } };
  },

  flag: (element, { name, at }) => ({ set: values => element.toggleAttribute(name, Boolean(values[at])) }),

  property(element, { name, at }) {
    let shown;
    return { set(values) {
      const before = shown;
      shown = values[at];
      if (name === 'style') return setStyle(element.style, before ?? {}, shown ?? {});
      // What the user typed is in the property, not in what was set last: compare with that.
      if (name === 'value') setOther(element, name, element.value, String(shown ?? ''));
      else setOther(element, name, name === 'checked' ? element.checked : before, shown);
    } };
  },

  listener(element, { name, at }) {
    let listener;
    element.addEventListener(name, event => listener && batch(() => listener.call(element, event)));
    return { set: values => (listener = values[at]) };
  },

  ref(element, { at }) {
    let end;
    return {
      set(values) {
        if (values[at]) end ??= values[at](element) ?? true;
      },
      dispose: () => typeof end === 'function' && end(),
    };
  },
};

// A lone value may take the attribute away; among other text an absent value is just empty.
function joined(texts, values) {
  const said = value => (value == null || value === false ? '' : String(value));
  if (texts.some(Boolean) || texts.length > 2) return texts.reduce((text, next, i) => text + said(values[i - 1]) + next);
  const [value] = values;
  return value == null || value === false ? null : value === true ? '' : String(value);
}

function setOther(element, name, now, next) {
  if (!Object.is(now, next)) element[name] = next;
}

function setStyle(style, before, next) {
  for (const name in before) if (!(name in next)) style.removeProperty(name);
  for (const name in next) if (before[name] !== next[name]) style.setProperty(name, next[name] ?? '');
}
