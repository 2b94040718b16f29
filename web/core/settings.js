/** What a user chose, kept in this browser. */
import { effect, signal, unowned } from './signal.js';

const prefix = 'wardflux.';
const defaults = { theme: 'system', zone: '', keys: true, token: '', density: 'normal', columns: {} };
const choices = { theme: ['system', 'light', 'dark'], density: ['normal', 'dense'] };

/** The settings, each a signal. `zone` is an IANA name, '' for the browser's; `columns` maps a list's path to its columns' ids. */
export const settings = Object.fromEntries(Object.keys(defaults).map(name => [name, kept(name)]));

function kept(name) {
  const held = signal(read(name));
  unowned(() => effect(() => write(name, held.value)));
  return held;
}

// What is stored and cannot be read, or is none of the choices, counts as not set.
function read(name) {
  const usual = defaults[name];
  try {
    const value = JSON.parse(localStorage.getItem(prefix + name));
    return choices[name]?.includes(value) ?? (value !== null && typeof value === typeof usual) ? value : usual;
  } catch {
    return usual; // storage may be forbidden, or hold something else
  }
}

function write(name, value) {
  try {
    if (value === defaults[name]) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // it then holds for this page only
  }
}

/** Follows what other tabs set. */
export function followOtherTabs() {
  addEventListener('storage', ({ key }) => {
    const name = key?.startsWith(prefix) ? key.slice(prefix.length) : '';
    if (name in settings) settings[name].value = read(name);
  });
}

/** Shows the theme (`light` or `dark`) and density chosen, as data of <html>, now and whenever they change. */
export function followLook() {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = signal(system.matches);
  system.addEventListener('change', () => (isDark.value = system.matches));
  effect(() => {
    const { dataset } = document.documentElement;
    const theme = settings.theme.value;
    dataset.theme = theme === 'system' ? (isDark.value ? 'dark' : 'light') : theme;
    dataset.density = settings.density.value;
  });
}
