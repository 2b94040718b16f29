/** What a user chose, kept in this browser. */
import { effect, signal, unowned } from './signal.js';

const prefix = 'wardflux.';

/** A setting that is kept: a signal. What is stored and cannot be read, or is none of `choices`, counts as not set. */
export function kept(name, initial, choices = null) {
  const held = signal(read(name, initial, choices));
  unowned(() => effect(() => write(name, held.value, initial)));
  return held;
}

/** The settings, each a signal. `zone` is an IANA name, '' for the browser's; `columns` maps a list's path to its columns' ids. */
export const settings = {
  theme: kept('theme', 'system', ['system', 'light', 'dark']),
  zone: kept('zone', ''),
  keys: kept('keys', true, [true, false]),
  token: kept('token', ''),
  density: kept('density', 'normal', ['normal', 'dense']),
  columns: kept('columns', {}),
};

function read(name, initial, choices) {
  try {
    const text = localStorage.getItem(prefix + name);
    const value = text === null ? initial : JSON.parse(text);
    if (choices ? !choices.includes(value) : typeof value !== typeof initial || value === null) return initial;
    return value;
  } catch {
    return initial; // storage may be forbidden, or hold something else
  }
}

function write(name, value, initial) {
  try {
    if (value === initial) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // it then holds for this page only
  }
}

/** Follows what other tabs set. */
export function followOtherTabs() {
  addEventListener('storage', event => {
    const name = event.key?.startsWith(prefix) ? event.key.slice(prefix.length) : null;
    if (!name || !(name in settings)) return;
    const held = settings[name];
    try {
      held.value = event.newValue === null ? defaults[name] : JSON.parse(event.newValue);
    } catch {
      // not ours
    }
  });
}

const defaults = { theme: 'system', zone: '', keys: true, token: '', density: 'normal', columns: {} };

/** Shows the theme and density chosen, as attributes of <html>, now and whenever they change. */
export function followLook() {
  effect(() => {
    const root = document.documentElement;
    root.toggleAttribute('data-dense', settings.density.value === 'dense');
    if (settings.theme.value === 'system') root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', settings.theme.value);
  });
}
