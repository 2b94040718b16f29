/** Short messages at the edge of the page. */
import { html, keyed, render } from '../core/html.js';
import { signal } from '../core/signal.js';

const shown = signal([]);
let made = 0;

/**
 * Says something for a few seconds. `kind`: 'info', 'success', 'warning', 'critical'; `undo`: takes it back; `lasts`: seconds.
 * Errors stay until they are closed. Answers a function that closes it.
 */
export function toast(text, { kind = 'info', undo = null, lasts = undo ? 10 : 5 } = {}) {
  const id = (made += 1);
  const isTrouble = kind === 'critical';
  const close = () => {
    shown.value = shown.peek().filter(one => one.id !== id);
  };
  shown.value = [...shown.peek().slice(-3), { id, text, kind, undo, close, isTrouble }];
  if (!isTrouble) setTimeout(() => closeUnlessUsed(id, close), lasts * 1000);
  return close;
}

/** Says why something failed and what to do about it; `about` is what it was done to. */
export function toastError(error, about = '') {
  const said = [error.detail || error.title || error.message, error.remedy].filter(Boolean).join(' ');
  toast(about ? `${about}: ${said}` : said, { kind: 'critical' });
}

// What somebody is about to use does not go away under their hands.
function closeUnlessUsed(id, close) {
  const element = document.getElementById(`toast-${id}`);
  if (element && element.matches(':hover, :focus-within')) setTimeout(() => closeUnlessUsed(id, close), 2000);
  else close();
}

/** Shows what is to be said now in `element`, a live region. */
export function showToasts(element) {
  render(keyed(shown.value, one => one.id, toastOf), element);
}

function toastOf(one) {
  return html`<div class="toast toast-${one.kind}" id="toast-${one.id}">
    <span class="toast-text">${one.text}</span>
    ${one.undo ? html`<button type="button" class="button" @click=${() => takeBack(one)}>Undo</button>` : null}
    <button type="button" class="button icon" aria-label="Close" @click=${one.close}>×</button></div>`;
}

async function takeBack(one) {
  one.close();
  try {
    await one.undo();
  } catch (error) {
    toastError(error);
  }
}
