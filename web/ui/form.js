/** Fields of forms. */
import { html } from '../core/html.js';

/**
 * A field with its label, hint and error: `{label, name, kind, value, hint, error, required, choices, onInput, placeholder, rows,
 * autocomplete, min, max, disabled, accept, list}`. `kind`: 'text', 'password', 'number', 'search', 'date', 'datetime-local', 'textarea',
 * 'choice' (or 'select'), 'flag', 'file'. `choices`: texts or `{value, title}`. `onInput(value, event)`: text, boolean for a flag, File for
 * a file.
 * @param {any} options
 */
export function field(options) {
  const { label, name, kind = 'text', hint, error, required } = options;
  const id = `field-${name}`;
  const control = (controls[kind] ?? inputControl)({
    ...options, id, kind,
    described: [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || null,
    invalid: error ? 'true' : null,
    tell: of => event => options.onInput?.(of(event.target), event),
  });
  const said = html`${hint && html`<p class="muted" id="${id}-hint">${hint}</p>`}
    ${error && html`<p class="field-error" id="${id}-error">${error}</p>`}`;
  if (kind === 'flag') return html`<div class="field field-flag">${control}<label for=${id}>${label}</label>${said}</div>`;
  return html`<div class="field"><label for=${id}>${label}${required && html` <span class="field-required">needed</span>`}</label>
    ${control}${said}</div>`;
}

const valueIn = target => target.value;

function inputControl(one) {
  return html`<input class="input" id=${one.id} name=${one.name} type=${one.kind} .value=${one.value} placeholder=${one.placeholder}
    autocomplete=${one.autocomplete ?? 'off'} min=${one.min} max=${one.max} list=${one.list} step=${one.kind === 'number' ? 'any' : null}
    spellcheck="false" ?required=${one.required} ?disabled=${one.disabled} aria-describedby=${one.described}
    aria-invalid=${one.invalid} @input=${one.tell(valueIn)}>`;
}

function textControl(one) {
  return html`<textarea class="input" id=${one.id} name=${one.name} rows=${one.rows ?? 3} .value=${one.value}
    placeholder=${one.placeholder} spellcheck="false" ?required=${one.required} ?disabled=${one.disabled}
    aria-describedby=${one.described} aria-invalid=${one.invalid} @input=${one.tell(valueIn)}></textarea>`;
}

function choiceControl(one) {
  const chosen = String(one.value ?? '');
  return html`<select class="input" id=${one.id} name=${one.name} ?required=${one.required} ?disabled=${one.disabled}
    aria-describedby=${one.described} aria-invalid=${one.invalid} @change=${one.tell(valueIn)}>${choicesOf(one.choices ?? []).map(choice =>
      html`<option .value=${choice.value} .selected=${choice.value === chosen}>${choice.title}</option>`)}</select>`;
}

function flagControl(one) {
  return html`<input type="checkbox" id=${one.id} name=${one.name} .checked=${Boolean(one.value)} ?disabled=${one.disabled}
    aria-describedby=${one.described} aria-invalid=${one.invalid} @change=${one.tell(target => target.checked)}>`;
}

function fileControl(one) {
  return html`<input class="input" type="file" id=${one.id} name=${one.name} accept=${one.accept} ?required=${one.required}
    ?disabled=${one.disabled} aria-describedby=${one.described} aria-invalid=${one.invalid}
    @change=${one.tell(target => target.files[0] ?? null)}>`;
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
    if (name) messages.set(name, [messages.get(name), messageOf(one)].filter(Boolean).join(' '));
  }
  return messages;
}

/** What one of the errors of a problem says. */
export function messageOf(one) {
  return one.message ?? one.detail ?? one.reason ?? '';
}

/** What one of the errors of a problem is about, as the server names it; null for none. */
export function placeOf(one) {
  return one.field ?? one.name ?? one.parameter ?? one.column ?? null;
}

/** The name of the field that one of the errors is about; null for none. A path is that of its head: `matchers.0.value` is of `matchers`. */
export function fieldOf(one) {
  return String(placeOf(one) ?? '').replace(/^[#/]+/, '').split(/[./[]/)[0] || null;
}
