/** Dialogs. */
import { html, render } from '../core/html.js';
import { batch, effect, signal, unowned } from '../core/signal.js';
import { fieldOf } from './form.js';
import { failed } from './parts.js';
import { toast, toastError } from './toast.js';

export { toast, toastError };

let made = 0;

/**
 * Opens a dialog. `body()` -> template, followed like an effect; `actions`: `[{title, kind: 'primary'|'danger'|undefined, run: async ()
 * => …}]`: the dialog closes after `run` unless it answers false or fails; the failure is shown inside. Answers a function that closes it.
 */
export function openDialog({ title, body, actions = [], onClose = null, className = '' }) {
  return unowned(() => new Dialog({ title, body, actions, onClose, className }).open());
}

class Dialog {
  #options;
  #id = `dialog-${(made += 1)}`;
  #error = signal(null);
  #isBusy = signal(false);
  #element = document.createElement('dialog');
  #before = document.activeElement;

  constructor(options) {
    this.#options = options;
    this.#element.className = `dialog ${options.className}`;
    this.#element.setAttribute('aria-labelledby', this.#id);
  }

  open() {
    const element = this.#element;
    document.body.append(element);
    const stop = effect(() => render(this.#view(), element));
    element.addEventListener('close', () => {
      stop();
      element.remove();
      if (this.#before instanceof HTMLElement) this.#before.focus({ preventScroll: true });
      this.#options.onClose?.();
    });
    element.addEventListener('click', event => this.#clicked(event));
    element.showModal();
    this.#focusFirst();
    return () => element.close();
  }

  // The backdrop belongs to the dialog: a click on it is outside of the box.
  #clicked({ target, clientX: x, clientY: y }) {
    const { left, right, top, bottom } = this.#element.getBoundingClientRect();
    const isInside = x >= left && x <= right && y >= top && y <= bottom;
    if (target === this.#element && !isInside && !target.querySelector('input, textarea, select')) target.close();
  }

  #focusFirst() {
    const wanted = ['[autofocus]', '.dialog-body :is(input, textarea, select, button, a[href])',
      // What takes something away is not one press of Enter away: there Cancel comes first.
      '.dialog-actions .primary', '.dialog-actions button'].map(one => this.#element.querySelector(one)).find(Boolean);
    /** @type {HTMLElement|undefined} */ (wanted)?.focus();
  }

  #view() {
    const { title, body, actions } = this.#options;
    const main = actions.find(action => action.kind) ?? actions[0];
    const close = () => this.#element.close();
    return html`<form class="dialog-form" method="dialog" novalidate aria-busy=${this.#isBusy.value ? 'true' : null}
      @submit=${event => this.#submitted(event, main)}>
      <div class="dialog-head"><h2 id=${this.#id}>${title}</h2>
        <button type="button" class="button icon" aria-label="Close" @click=${close}>×</button></div>
      <div class="dialog-body">${body()}${this.#error.value && failed(this.#error.value)}</div>
      ${actions.length > 0 && html`<div class="dialog-actions"><button type="button" class="button" @click=${close}>Cancel</button>
        ${actions.map(action => html`<button type=${action === main ? 'submit' : 'button'} class="button ${action.kind}"
          ?disabled=${this.#isBusy.value} @click=${action !== main && (() => this.#run(action))}>${action.title}</button>`)}</div>`}</form>`;
  }

  #submitted(event, action) {
    event.preventDefault();
    if (action) this.#run(action);
  }

  async #run(action) {
    if (this.#isBusy.peek()) return;
    batch(() => {
      this.#isBusy.value = true;
      this.#error.value = null;
    });
    try {
      if ((await action.run?.()) !== false) this.#element.close();
    } catch (error) {
      this.#error.value = unsaid(error, this.#element);
      if (error?.name !== 'ApiError') console.error(error);
    } finally {
      this.#isBusy.value = false;
    }
  }
}

/** A failure without what stands at the fields of a dialog already. */
function unsaid({ title, detail, message, remedy, errors = [] }, dialog) {
  const rest = errors.filter(one => !dialog.querySelector(`#${CSS.escape(`field-${fieldOf(one)}-error`)}`));
  return errors.length && !rest.length ? { title } : { title, detail: detail || message, remedy, errors: rest };
}
