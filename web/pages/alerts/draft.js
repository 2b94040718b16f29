/** Drafts of dialogs: signals for what is typed, and the errors that the server names by field. */
import { signal } from '../../core/signal.js';
import { errorsOf, field } from '../../ui/form.js';

/**
 * A draft: a signal for each field, and `errors`, a signal of messages by field.
 * @param {Record<string, string>} values what the fields begin with
 * @returns {any}
 */
export function draftWith(values) {
  const fields = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, signal(value)]));
  return { ...fields, errors: signal(/** @type {Map<string, string>} */ (new Map())) };
}

/**
 * A field of a draft, named as the API names it.
 * @param {any} draft from draftWith()
 * @param {object & {name: string}} options as of field() in ui/form.js
 */
export function draftField(draft, options) {
  const held = draft[options.name];
  const error = draft.errors.value.get(options.name);
  return field({ ...options, value: held.value, error, onInput: value => { held.value = value; } });
}

/**
 * Runs what a dialog is for. Errors of fields go to the fields; all of it is the dialog's to show.
 * @param {any} draft from draftWith()
 * @param {() => Promise<void>} work
 */
export async function saving(draft, work) {
  try {
    draft.errors.value = new Map();
    await work();
  } catch (error) {
    draft.errors.value = errorsOf(error);
    throw error;
  }
}
