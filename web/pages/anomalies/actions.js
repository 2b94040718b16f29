/** What operators say of an anomaly: expected, the new normal, or mute it. Each can be taken back. */
import { del, post } from '../../core/api.js';
import { html } from '../../core/html.js';
import { openDialog, toast, toastError } from '../../ui/dialog.js';
import { draftField, draftWith, saving } from '../alerts/draft.js';
import { DURATIONS } from '../alerts/words.js';
import { ACTION_SCOPES, ACTIONS } from './words.js';

const NO_TIME = { value: '', title: 'For what is out of the usual now' };

/**
 * Asks of what it is said, until when and why, then says it.
 * @param {'expected'|'new_normal'|'mute'} kind
 * @param {{id: string, message: string}} anomaly
 * @param {() => void} changed called when it was stored or taken back
 */
export function askAction(kind, anomaly, changed) {
  const { title, takesUntil, needsUntil } = ACTIONS[kind];
  const draft = draftWith({ scope: kind === 'mute' ? 'side' : 'anomaly', until: needsUntil ? '1d' : '', note: '' });
  openDialog({
    title,
    body: () => form(kind, anomaly, draft),
    actions: [{ title, kind: 'primary', run: () => saving(draft, () => say(kind, anomaly, { ...draft, takesUntil }, changed)) }],
  });
}

function form(kind, anomaly, draft) {
  const { text, takesUntil, needsUntil } = ACTIONS[kind];
  // Of one anomaly alone there is nothing to come that a time could be about, unless it is muted.
  const asksUntil = takesUntil && (needsUntil || draft.scope.value !== 'anomaly');
  return html`<p class="alert-said">${anomaly.message}</p><p>${text}</p>
    ${draftField(draft, { label: 'Said of', name: 'scope', kind: 'select', choices: ACTION_SCOPES })}
    ${asksUntil ? draftField(draft,
      { label: 'For how long', name: 'until', kind: 'select', choices: needsUntil ? DURATIONS : [NO_TIME, ...DURATIONS] }) : null}
    ${draftField(draft, { label: 'Note', name: 'note', kind: 'textarea', hint: 'Why; it is kept with who said it.' })}`;
}

async function say(kind, anomaly, draft, changed) {
  const scope = draft.scope.peek();
  const sendsUntil = draft.takesUntil && draft.until.peek() !== '' && (kind === 'mute' || scope !== 'anomaly');
  const body = { kind, scope, note: draft.note.peek() || null, ...(sendsUntil ? { until: draft.until.peek() } : {}) };
  const action = await post(`/anomalies/${anomaly.id}/actions`, body);
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
