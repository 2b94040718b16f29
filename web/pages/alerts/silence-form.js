/** The form of a silence, new or there already. */
import { html } from '../../core/html.js';
import { field } from '../../ui/form.js';
import { askForQuiet } from './quiet-form.js';
import { BEGINS, DURATIONS, WHY } from './words.js';

const UNCHANGED = { value: '', title: 'As it is' };

const SILENCE = {
  path: '/silences', titles: ['New silence', 'Change the silence'], said: ['Silenced', 'Silence changed'], action: 'Silence',
  whenEmpty: 'A silence needs a matcher.',
  values: silence => ({ duration: silence ? '' : '4h', starts_at: '', comment: silence?.comment ?? '' }),
  fields, bodyOf,
};

/** Asks for a silence: one of GET /silences to change, or null for a new one; options as of askForQuiet(). */
export const askForSilence = (silence, options) => askForQuiet(silence, SILENCE, options);

function fields(form, silence, matchers) {
  return html`${matchers}
    ${field({ ...form.bind('duration'), label: silence ? 'Goes on, from now, for' : 'For how long', kind: 'choice',
      choices: silence ? [UNCHANGED, ...DURATIONS] : DURATIONS })}
    ${silence ? null : field({ ...form.bind('starts_at'), label: 'Begins', hint: BEGINS })}
    ${field({ ...form.bind('comment'), ...WHY })}`;
}

/** What is left empty stays as it is. */
function bodyOf({ duration, starts_at: begins, comment }) {
  return { comment, ...(duration ? { duration } : {}), ...(begins.trim() ? { starts_at: begins.trim() } : {}) };
}
