import { signal } from '../../core/signal.js';
import { errorsOf } from '../../ui/form.js';
import { failed } from '../../ui/parts.js';

/**
 * What a form holds while it is filled in: {values, problems: signals; bind(name), set(changes), need(messages), send(request)}.
 * `initial` has a value for each field; `prefix` sets fields apart from those of another form of the page.
 */
export function formState(initial, prefix = '') {
  const values = signal({ ...initial });
  const problems = signal({});

  function set(changes) {
    values.value = { ...values.peek(), ...changes };
    const rest = { ...problems.peek() };
    for (const name of Object.keys(changes)) delete rest[name];
    problems.value = rest;
  }

  /** What `field` takes of one field. */
  function bind(name) {
    return {
      name: prefix + name, value: values.value[name], error: problems.value[name] ?? null,
      onInput: value => set({ [name]: value }),
    };
  }

  /** Whether all of some fields are filled in; says so at those that are not. `messages` by the name of the field. */
  function need(messages) {
    const lacking = Object.entries(messages).filter(([name]) => !String(values.peek()[name]).trim());
    problems.value = Object.fromEntries(lacking);
    if (lacking.length) focusWrong();
    return lacking.length === 0;
  }

  /** Sends the values; what is wrong with them is shown at the fields, and thrown on for the rest. */
  async function send(request) {
    problems.value = {};
    try {
      return await request(values.peek());
    } catch (error) {
      problems.value = Object.fromEntries(errorsOf(error));
      focusWrong();
      throw error;
    }
  }

  return { values, problems, bind, set, need, send };
}

/** Why a form was refused, above it; what is wrong with a field stands at the field. Nothing where `error` is null. */
export function refusal(error) {
  if (!error) return null;
  if (errorsOf(error).size === 0) return failed(error);
  return failed({ title: error.title, detail: 'Correct what is marked below.' });
}

/** Brings the keyboard to the first field that something is wrong with, once it is marked. */
function focusWrong() {
  requestAnimationFrame(() => {
    const within = document.querySelector('dialog[open]') ?? document.getElementById('main');
    /** @type {HTMLElement|null} */ (within.querySelector('[aria-invalid="true"]'))?.focus();
  });
}
