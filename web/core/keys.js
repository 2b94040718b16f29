/** Keys: single ones, one after the other, and with a modifier. */
import { batch, signal } from './signal.js';
import { settings } from './settings.js';

const patience = 1200;
const groups = signal([]);
let typed = [];
let typedAt = 0;

/** What is bound now, the latest first: `[{title, bindings: [{keys, does, run}]}]`; followed by the help sheet. */
export const boundKeys = groups;

/**
 * Binds keys while a page or part is shown: `[{keys: 'g i' | 'j' | 'ctrl+k', does: 'what it does', run(event)}]`; a `run` that answers
 * false leaves
 * the key to the browser. Answers a function that ends it.
 */
export function bindKeys(title, bindings) {
  const group = { title, bindings: bindings.map(one => ({ ...one, steps: parseKeys(one.keys) })) };
  groups.value = [group, ...groups.peek()];
  return () => {
    groups.value = groups.peek().filter(one => one !== group);
  };
}

/** The steps of keys as written: `parseKeys('g i')` -> `['g', 'i']`; modifiers in the order ctrl, alt, shift: `['ctrl+k']`. */
export function parseKeys(text) {
  return text.trim().split(/\s+/).map(step => {
    const parts = step === '+' ? ['+'] : step.split(/\+(?=.)/);
    const key = parts.pop();
    const held = ['ctrl', 'alt', 'shift'].filter(name => parts.some(part => part.toLowerCase() === name));
    return [...held, key.length === 1 && held.length === 0 ? key : key.toLowerCase()].join('+');
  });
}

/** The step that a key press is: `j`, `?`, `ctrl+k`, `shift+arrowleft`. */
export function stepOf(event) {
  const key = latin(event);
  const isSign = key.length === 1;
  const held = [];
  if (event.ctrlKey || event.metaKey) held.push('ctrl');
  if (event.altKey) held.push('alt');
  if (event.shiftKey && !isSign) held.push('shift');
  return [...held, isSign && held.length === 0 ? key : key.toLowerCase()].join('+');
}

// On a Georgian or Cyrillic layout the key at the place of the letter counts.
function latin({ key, code = '', shiftKey }) {
  if (!/[^\u0000-\u007f]/.test(key) || key.length > 2) return key;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return shiftKey ? letter : letter.toLowerCase();
  return ({ Slash: shiftKey ? '?' : '/', BracketLeft: '[', BracketRight: ']', Minus: '-', Equal: shiftKey ? '+' : '=' })[code] ?? key;
}

/** Starts listening. */
export function startKeys() {
  document.addEventListener('keydown', press);
}

function press(event) {
  if (event.defaultPrevented || event.isComposing || /^(Shift|Control|Alt|Meta|CapsLock)$/.test(event.key)) return;
  const step = stepOf(event);
  if (!isAllowed(event, step)) return;
  typed = event.timeStamp - typedAt > patience ? [step] : [...typed, step].slice(-3);
  typedAt = event.timeStamp;
  const found = bindingFor(typed);
  if (!found) return;
  typed = [];
  // A binding that answers false had nothing to do: the key keeps its usual meaning.
  if (batch(() => found.run(event)) !== false) event.preventDefault();
}

function isAllowed(event, step) {
  const isCommand = step.startsWith('ctrl+');
  if (!settings.keys.peek() && !isCommand) return false;
  if (document.querySelector('dialog[open]')) return false; // it has the keyboard to itself
  return isCommand || !isTyping(event.target);
}

/** Whether a key typed there is text. */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  return target.matches('input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=range])');
}

function bindingFor(steps) {
  for (let from = 0; from < steps.length; from += 1) {
    const wanted = steps.slice(from).join(' ');
    for (const { bindings } of groups.peek()) {
      const found = bindings.find(one => one.steps.join(' ') === wanted);
      if (found) return found;
    }
  }
  return null;
}
