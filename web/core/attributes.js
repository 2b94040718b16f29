/** What the holes inside a tag do: attributes, flags, properties, listeners and references. */
import { batch } from './signal.js';
import { safeValue } from './template.js';

/** The binding for a hole in a tag: `set(values)`, `dispose()`. */
export function bindAttribute(element, hole) {
  return new bindings[hole.kind](element, hole);
}

class Attribute {
  constructor(element, hole) {
    this.element = element;
    this.name = hole.name;
    this.texts = hole.texts;
    this.shown = undefined;
  }

  set(values) {
    const whole = safeValue(this.name, this.join(values));
    if (whole === this.shown) return;
    this.shown = whole;
    if (whole == null) this.element.removeAttribute(this.name);
    else this.element.setAttribute(this.name, whole);
  }

  // A lone value may take the attribute away; among other text an absent value is just empty.
  join(values) {
    if (this.texts.length === 2 && !this.texts[0] && !this.texts[1]) {
      const value = values[0];
      return value == null || value === false ? null : value === true ? '' : String(value);
    }
    return this.texts.reduce((text, next, i) => {
      const value = values[i - 1];
      return text + (value == null || value === false ? '' : String(value)) + next;
    });
  }

  dispose() {}
}

class Flag extends Attribute {
  set([value]) {
    this.element.toggleAttribute(this.name, Boolean(value));
  }
}

class Property extends Attribute {
  set([value]) {
    if (this.name === 'style') return this.setStyle(value || {});
    // What the user typed is in the property, not in what was set last: compare with that.
    if (this.name === 'value' || this.name === 'checked') {
      const next = value ?? (this.name === 'value' ? '' : false);
      if (this.element[this.name] !== (this.name === 'value' ? String(next) : next)) this.element[this.name] = next;
    } else if (!Object.is(value, this.shown)) this.element[this.name] = value;
    this.shown = value;
  }

  setStyle(next) {
    const before = this.shown || {};
    for (const name of Object.keys(before)) if (!(name in next)) this.element.style.removeProperty(name);
    for (const [name, value] of Object.entries(next)) {
      if (value == null) this.element.style.removeProperty(name);
      else if (before[name] !== value) this.element.style.setProperty(name, String(value));
    }
    this.shown = next;
  }
}

class Listener extends Attribute {
  set([listener]) {
    if (!this.shown && listener) this.element.addEventListener(this.name, this);
    if (this.shown && !listener) this.element.removeEventListener(this.name, this);
    this.shown = listener;
  }

  handleEvent(event) {
    batch(() => this.shown.call(this.element, event));
  }
}

class Reference extends Attribute {
  set([tell]) {
    if (this.shown || !tell) return;
    this.shown = true;
    this.cleanup = tell(this.element);
  }

  dispose() {
    if (typeof this.cleanup === 'function') this.cleanup();
    this.cleanup = null;
  }
}

const bindings = { attribute: Attribute, flag: Flag, property: Property, listener: Listener, ref: Reference };
