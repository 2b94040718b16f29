/** Keys: single ones, one after the other, and with a modifier. */
import { batch, signal } from './signal.js';
import { settings } from './settings.js';

const patience = 1200;
let typed = [];
let typedAt = 0;

/** What is bound now, the latest first: `[{title, bindings: [{keys, does, run, steps}]}]`; followed by the help sheet. */
export const boundKeys = signal([]);

/**
 * Binds keys while a page or part is shown: `[{keys: 'g i' | 'j' | 'ctrl+k', does: 'what it does', run(event)}]`; a `run` that answers
 * false leaves the key to the browser. Answers a function that ends it.
 */
export function bindKeys(title, bindings) {
  const group = { title, bindings: bindings.map(one => ({ ...one, steps: parseKeys(one.keys) })) };
  boundKeys.value = [group, ...boundKeys.peek()];
  return () => {
    boundKeys.value = boundKeys.peek().filter(one => one !== group);
  };
}

/** The steps of keys as written: `parseKeys('g i')` -> `['g', 'i']`; modifiers in the order ctrl, alt, shift: `['ctrl+k']`. */
export function parseKeys(text) {
  return text.trim().split(/\s+/).map(step => {
    const parts = step.split(/\+(?=.)/);
    const key = parts.pop();
    return stepFrom(key, name => parts.some(part => part.toLowerCase() === name));
  });
}

/** The step that a key press is: `j`, `?`, `ctrl+k`, `shift+arrowleft`. */
export function stepOf(event) {
  const key = latin(event);
  const held = { ctrl: event.ctrlKey || event.metaKey, alt: event.altKey, shift: event.shiftKey && key.length > 1 };
  return stepFrom(key, name => held[name]);
}

function stepFrom(key, isHeld) {
  const held = ['ctrl', 'alt', 'shift'].filter(isHeld);
  return [...held, key.length === 1 && !held.length ? key : key.toLowerCase()].join('+');
}

// On a Georgian or Cyrillic layout the key at the place of the letter counts.
function latin({ key, code = '', shiftKey }) {
  if (!/^[^\u0000-\u007f]{1,2}$/.test(key)) return key;
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
  if (!isAllowed(event.target, step)) return;
  typed = event.timeStamp - typedAt > patience ? [step] : [...typed, step].slice(-3);
  typedAt = event.timeStamp;
  const found = bindingFor(typed);
  if (!found) return;
  typed = [];
  // A binding that answers false had nothing to do: the key keeps its usual meaning.
  if (batch(() => found.run(event)) !== false) event.preventDefault();
}

function isAllowed(target, step) {
  if (document.querySelector('dialog[open]')) return false; // it has the keyboard to itself
  // Letters choose in a list of choices: Escape leaves it, and they are shortcuts again.
  if (step === 'escape' && target instanceof HTMLSelectElement) return void target.blur();
  return step.startsWith('ctrl+') || (settings.keys.peek() && !isTyping(target));
}

/** Whether a key typed there is text. */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable
    || target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=range])'));
}

/** The binding of the last steps typed, the most of them first. */
function bindingFor(steps) {
  for (let from = 0; from < steps.length; from += 1) {
    const wanted = steps.slice(from).join();
    const found = boundKeys.peek().flatMap(({ bindings }) => bindings).find(one => one.steps.join() === wanted);
    if (found) return found;
  }
  return null;
}
