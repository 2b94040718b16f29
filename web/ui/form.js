/** Fields of forms. */
import { html } from '../core/html.js';

/**
 * A field with its label, hint and error. `kind`: 'text', 'password', 'number', 'search', 'date', 'datetime-local', 'textarea', 'choice'
 * (or 'select'), 'flag', 'file'. `choices`: texts or `{value, title}`. `onInput(value, event)`: text, boolean for a flag, File for a file.
 */
export function field({
  label, name, kind = 'text', value = '', hint = null, error = null, required = false, choices = [], onInput = null,
  placeholder = null, rows = 3, autocomplete = 'off', min = null, max = null, disabled = false, accept = null, list = null,
}) {
  const id = `field-${name}`;
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || null;
  const more = { id, name, kind, value, required, choices, onInput, placeholder, rows, autocomplete, min, max, disabled, accept, described,
    isWrong: Boolean(error), list };
  const control = (controls[kind] ?? inputControl)(more);
  const said = html`${hint ? html`<p class="field-hint" id="${id}-hint">${hint}</p>` : null}
    ${error ? html`<p class="field-error" id="${id}-error">${error}</p>` : null}`;
  if (kind === 'flag') return html`<div class="field field-flag">${control}<label for=${id}>${label}</label>${said}</div>`;
  return html`<div class="field"><label for=${id}>${label}${required
    ? html` <span class="field-required">needed</span>`
    : null}</label>${control}${said}</div>`;
}

function inputControl(one) {
  return html`<input class="input" id=${one.id} name=${one.name} type=${one.kind} .value=${one.value} placeholder=${one.placeholder}
    autocomplete=${one.autocomplete}
    min=${one.min} max=${one.max} list=${one.list} step=${one.kind === 'number' ? 'any' : null} spellcheck="false" ?required=${one.required}
    ?disabled=${one.disabled} aria-describedby=${one.described} aria-invalid=${one.isWrong ? 'true' : null}
    @input=${event => one.onInput?.(event.target.value, event)}>`;
}

function textControl(one) {
  return html`<textarea class="input" id=${one.id} name=${one.name} rows=${one.rows} .value=${one.value} placeholder=${one.placeholder}
    spellcheck="false"
    ?required=${one.required} ?disabled=${one.disabled} aria-describedby=${one.described} aria-invalid=${one.isWrong ? 'true' : null}
    @input=${event => one.onInput?.(event.target.value, event)}></textarea>`;
}

function choiceControl(one) {
  const chosen = String(one.value ?? '');
  return html`<select class="input" id=${one.id} name=${one.name} ?required=${one.required} ?disabled=${one.disabled}
    aria-describedby=${one.described}
    aria-invalid=${one.isWrong ? 'true' : null} @change=${event => one.onInput?.(event.target.value, event)}>
    ${choicesOf(one.choices).map(choice =>
      html`<option .value=${choice.value} .selected=${choice.value === chosen}>${choice.title}</option>`)}</select>`;
}

function flagControl(one) {
  return html`<input type="checkbox" id=${one.id} name=${one.name} .checked=${Boolean(one.value)} ?disabled=${one.disabled}
    aria-describedby=${one.described}
    aria-invalid=${one.isWrong ? 'true' : null} @change=${event => one.onInput?.(event.target.checked, event)}>`;
}

function fileControl(one) {
  return html`<input class="input" type="file" id=${one.id} name=${one.name} accept=${one.accept} ?required=${one.required}
    ?disabled=${one.disabled} aria-describedby=${one.described} aria-invalid=${one.isWrong ? 'true' : null}
    @change=${event => one.onInput?.(event.target.files[0] ?? null, event)}>`;
}

const controls = { textarea: textControl, choice: choiceControl, select: choiceControl, flag: flagControl, file: fileControl };

/** Choices as `{value, title}` with text values, however they were given. */
export function choicesOf(choices) {
  return choices.map(one => (one !== null && typeof one === 'object'
    ? { ...one, value: String(one.value ?? ''), title: one.title ?? one.value }
    : { value: String(one), title: String(one).replaceAll('_', ' ') }));
}

/** The messages of an error by the name of the field each is about: a Map. */
export function errorsOf(error) {
  const messages = new Map();
  for (const one of error?.errors ?? []) {
    const name = fieldOf(one);
    const text = one.message ?? one.detail ?? one.reason ?? '';
    if (name) messages.set(name, messages.has(name) ? `${messages.get(name)} ${text}` : text);
  }
  return messages;
}

/**
 * The name of the field that one of the errors of a problem is about; null for none. A path is that of its head: `matchers.0.value` is of
 * `matchers`.
 */
export function fieldOf(one) {
  const path = one.field ?? one.name ?? one.parameter ?? one.column ?? null;
  return path === null ? null : String(path).replace(/^[#/]+/, '').split(/[./[]/)[0];
}
