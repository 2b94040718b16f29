/** What can be done about an alert: see to it, or keep alerts like it quiet. Each asks in a dialog. */
import { del, post } from '../../core/api.js';
import { html } from '../../core/html.js';
import { openDialog, toast, toastError } from '../../ui/dialog.js';
import { draftField, draftWith, saving } from './draft.js';
import { DURATIONS } from './words.js';

/** The server stores at once and tells a moment later; a list read before that shows the old state. */
const SETTLE_MILLISECONDS = 1500;

const UNTIL_OVER = { value: '', title: 'Until it is over' };

/**
 * Asks for a note and a time, then says that somebody sees to an alert.
 * @param {{id: string, message: string}} alert
 * @param {() => void} changed called when it was stored, and again when the state has followed
 */
export function askAcknowledge(alert, changed) {
  const draft = draftWith({ note: '', until: '' });
  openDialog({
    title: 'Acknowledge',
    body: () => html`<p class="alert-said">${alert.message}</p>
      ${draftField(draft, { label: 'Note', name: 'note', kind: 'textarea', hint: 'What you know and do; whoever comes next reads it.' })}
      ${draftField(draft, { label: 'For how long', name: 'until', kind: 'select', choices: [UNTIL_OVER, ...DURATIONS],
        hint: 'Reminders and escalation stop. When the time is over it fires again.' })}`,
    actions: [{ title: 'Acknowledge', kind: 'primary', run: () => saving(draft, () => acknowledge(alert, draft, changed)) }],
  });
}

async function acknowledge(alert, draft, changed) {
  await post(`/alerts/${alert.id}/acknowledge`, { note: draft.note.value || null, until: draft.until.value || null });
  toast('Acknowledged', { undo: () => unacknowledge(alert, changed) });
  settled(changed);
}

/**
 * Says that nobody sees to an alert any more.
 * @param {{id: string}} alert
 * @param {() => void} changed as with askAcknowledge
 */
export async function unacknowledge(alert, changed) {
  try {
    await post(`/alerts/${alert.id}/unacknowledge`, {});
    toast('Nobody sees to it any more');
    settled(changed);
  } catch (error) {
    toastError(error);
  }
}

/**
 * Takes back what is acknowledged, asks to acknowledge what fires; of others there is nothing to be said.
 * @param {{id: string, message: string, state: string}} alert
 * @param {() => void} changed as with askAcknowledge
 */
export function acknowledgeOrNot(alert, changed) {
  if (alert.state === 'acknowledged') unacknowledge(alert, changed);
  else if (alert.state === 'firing') askAcknowledge(alert, changed);
  else toast(`It is ${alert.state}: only what fires can be acknowledged.`);
}

/**
 * Asks for how long and why, then silences alerts like one.
 * @param {{id: string, message: string, labels: Record<string, string>}} alert
 * @param {() => void} changed as with askAcknowledge
 */
export function askSilence(alert, changed) {
  const draft = draftWith({ duration: '4h', comment: '' });
  openDialog({
    title: 'Silence alerts like this one',
    body: () => html`<p class="alert-said">${alert.message}</p>
      <p>Not sent while it lasts, and still shown here:
        ${likeIt(alert.labels).map(text => html`<code class="alert-matcher">${text}</code> `)}</p>
      ${draftField(draft, { label: 'For how long', name: 'duration', kind: 'select', choices: DURATIONS })}
      ${draftField(draft, { label: 'Why', name: 'comment', kind: 'textarea',
        hint: 'A silence without a reason is a riddle to the next shift.' })}`,
    actions: [{ title: 'Silence', kind: 'primary', run: () => saving(draft, () => silence(alert, draft, changed)) }],
  });
}

/** The labels by which the server makes a silence of an alert. */
function likeIt(labels) {
  const names = labels.system ? ['alertname', 'system'] : ['alertname', 'device', 'interface'];
  return names.filter(name => labels[name]).map(name => `${name}="${labels[name]}"`);
}

async function silence(alert, draft, changed) {
  const made = await post(`/alerts/${alert.id}/silence`, { duration: draft.duration.value, comment: draft.comment.value || null });
  toast('Silenced', { undo: async () => { await del(`/silences/${made.id}`); settled(changed); } });
  settled(changed);
}

function settled(changed) {
  changed();
  setTimeout(changed, SETTLE_MILLISECONDS);
}
