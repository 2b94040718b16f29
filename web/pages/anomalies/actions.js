/** What operators say of an anomaly: expected, the new normal, or mute it. Each can be taken back. */
import { del, post } from '../../core/api.js';
import { html } from '../../core/html.js';
import { openDialog, toast, toastError } from '../../ui/dialog.js';
import { field } from '../../ui/form.js';
import { DURATIONS } from '../alerts/words.js';
import { formState } from '../devices/form-state.js';
import { ACTION_SCOPES, ACTIONS } from './words.js';

const NO_TIME = { value: '', title: 'For what is out of the usual now' };

/**
 * Asks of what it is said, until when and why, then says it.
 * @param {'expected'|'new_normal'|'mute'} kind
 * @param {{id: string, message: string}} anomaly
 * @param {() => void} changed called when it was stored or taken back
 */
export function askAction(kind, anomaly, changed) {
  const { title, needsUntil } = ACTIONS[kind];
  const form = formState({ scope: kind === 'mute' ? 'side' : 'anomaly', until: needsUntil ? '1d' : '', note: '' });
  openDialog({
    title,
    body: () => fields(kind, anomaly, form),
    actions: [{ title, kind: 'primary', run: () => say(kind, anomaly, form, changed) }],
  });
}

/** Of one anomaly alone there is nothing to come that a time could be about, unless it is muted. */
function takesTime({ takesUntil, needsUntil }, scope) {
  return takesUntil && (needsUntil || scope !== 'anomaly');
}

function fields(kind, anomaly, form) {
  const { text, needsUntil } = ACTIONS[kind];
  return html`<p class="alert-said">${anomaly.message}</p><p>${text}</p>
    ${field({ ...form.bind('scope'), label: 'Said of', kind: 'choice', choices: ACTION_SCOPES })}
    ${takesTime(ACTIONS[kind], form.values.value.scope) ? field({ ...form.bind('until'), label: 'For how long', kind: 'choice',
      choices: needsUntil ? DURATIONS : [NO_TIME, ...DURATIONS] }) : null}
    ${field({ ...form.bind('note'), label: 'Note', kind: 'textarea', hint: 'The next shift reads it.' })}`;
}

async function say(kind, anomaly, form, changed) {
  const action = await form.send(({ scope, until, note }) => post(`/anomalies/${anomaly.id}/actions`,
    { kind, scope, note: note || null, ...(until && takesTime(ACTIONS[kind], scope) ? { until } : {}) }));
  toast(`${ACTIONS[kind].title}: stored`, { undo: () => takeBack(action, changed) });
  changed();
}

/**
 * Takes back what was said. What was learnt from it stays learnt.
 * @param {{id: string}} action
 * @param {() => void} changed
 */
export async function takeBack(action, changed) {
  try {
    await del(`/anomalies/actions/${action.id}`);
    toast('Taken back');
    changed();
  } catch (error) {
    toastError(error);
  }
}
