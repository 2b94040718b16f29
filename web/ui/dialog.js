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
 * => …}]`:
 * the dialog closes after `run` unless it answers false or fails; the failure is shown inside. Answers a function that closes it.
 */
export function openDialog({ title, body, actions = [], onClose = null, className = '' }) {
  return unowned(() => new Dialog({ title, body, actions, onClose, className }).open());
}

class Dialog {
  constructor(options) {
    this.options = options;
    this.id = `dialog-${(made += 1)}`;
    this.error = signal(null);
    this.busy = signal(false);
    this.element = document.createElement('dialog');
    this.element.className = `dialog ${options.className}`;
    this.element.setAttribute('aria-labelledby', this.id);
  }

  open() {
    this.before = document.activeElement;
    document.body.append(this.element);
    this.stop = effect(() => render(this.view(), this.element));
    this.element.addEventListener('close', () => this.closed());
    this.element.addEventListener('click', event => this.clickedBeside(event));
    this.element.showModal();
    this.focusFirst();
    return () => this.close();
  }

  close() {
    if (this.element.open) this.element.close();
  }

  closed() {
    this.stop();
    this.element.remove();
    if (this.before instanceof HTMLElement && this.before.isConnected) this.before.focus({ preventScroll: true });
    this.options.onClose?.();
  }

  // The backdrop belongs to the dialog: a click on it is outside of the box.
  clickedBeside(event) {
    if (event.target !== this.element) return;
    const box = this.element.getBoundingClientRect();
    const isInside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!isInside && !this.element.querySelector('input, textarea, select')) this.close();
  }

  focusFirst() {
    const wanted = /** @type {HTMLElement|null} */ (this.element.querySelector('[autofocus]')
      ?? this.element.querySelector('.dialog-body :is(input, textarea, select, button, a[href])')
      // What takes something away is not one press of Enter away: there Cancel comes first.
      ?? this.element.querySelector('.dialog-actions .primary') ?? this.element.querySelector('.dialog-actions button'));
    if (wanted) wanted.focus();
  }

  view() {
    const { title, body, actions } = this.options;
    const main = actions.find(action => action.kind) ?? actions[0];
    return html`<form class="dialog-form" method="dialog" novalidate aria-busy=${this.busy.value ? 'true' : null}
      @submit=${event => this.submitted(event, main)}>
      <div class="dialog-head"><h2 id=${this.id}>${title}</h2>
        <button type="button" class="button icon" aria-label="Close" @click=${() => this.close()}>×</button></div>
      <div class="dialog-body">${body()}${this.error.value ? failed(this.error.value) : null}</div>
      ${actions.length ? html`<div class="dialog-actions">
        <button type="button" class="button" @click=${() => this.close()}>Cancel</button>
        ${actions.map(action => html`<button type=${action === main ? 'submit' : 'button'} class="button ${action.kind ?? ''}"
          ?disabled=${this.busy.value}
          @click=${action === main ? null : () => this.run(action)}>${action.title}</button>`)}</div>` : null}</form>`;
  }

  submitted(event, action) {
    event.preventDefault();
    if (action) this.run(action);
  }

  async run(action) {
    if (this.busy.peek()) return;
    batch(() => {
      this.busy.value = true;
      this.error.value = null;
    });
    try {
      if ((await action.run?.()) !== false) this.close();
    } catch (error) {
      this.error.value = unsaid(error, this.element);
      if (error?.name !== 'ApiError') console.error(error);
    } finally {
      this.busy.value = false;
    }
  }
}

/** A failure without what stands at the fields of a dialog already. */
function unsaid(error, dialog) {
  const all = error?.errors ?? [];
  const rest = all.filter(one => !dialog.querySelector(`#${CSS.escape(`field-${fieldOf(one)}-error`)}`));
  if (all.length > 0 && rest.length === 0) return { title: error.title };
  return { title: error?.title, detail: error?.detail || error?.message, remedy: error?.remedy, errors: rest };
}
