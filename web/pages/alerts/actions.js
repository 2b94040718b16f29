/** What can be done about an alert: see to it, or keep alerts like it quiet. Each asks in a dialog. */
import { del, post } from '../../core/api.js';
import { html } from '../../core/html.js';
import { openDialog, toast, toastError } from '../../ui/dialog.js';
import { field } from '../../ui/form.js';
import { formState } from '../devices/form-state.js';
import { DURATIONS, WHY } from './words.js';

/** The server stores at once and tells a moment later; a list read before that shows the old state. */
const SETTLE_MILLISECONDS = 1500;

const UNTIL_OVER = { value: '', title: 'Until it is over' };

/**
 * Asks for a note and a time, then says that somebody sees to an alert.
 * @param {{id: string, message: string}} alert
 * @param {() => void} changed called when it was stored, and again when the state has followed
 */
export function askAcknowledge(alert, changed) {
  const form = formState({ note: '', until: '' });
  openDialog({
    title: 'Acknowledge',
    body: () => html`<p class="alert-said">${alert.message}</p>
      ${field({ ...form.bind('note'), label: 'Note', kind: 'textarea', hint: 'The next shift reads it.' })}
      ${field({ ...form.bind('until'), label: 'For how long', kind: 'choice', choices: [UNTIL_OVER, ...DURATIONS],
        hint: 'Until then no reminders and no escalation.' })}`,
    actions: [{ title: 'Acknowledge', kind: 'primary', run: () => acknowledge(alert, form, changed) }],
  });
}

async function acknowledge(alert, form, changed) {
  await form.send(({ note, until }) => post(`/alerts/${alert.id}/acknowledge`, { note: note || null, until: until || null }));
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
    toast('Acknowledgement taken back');
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
  else toast(`It is ${alert.state}, not firing.`);
}

/**
 * Asks for how long and why, then silences alerts like one.
 * @param {{id: string, message: string, labels: Record<string, string>}} alert
 * @param {() => void} changed as with askAcknowledge
 */
export function askSilence(alert, changed) {
  const form = formState({ duration: '4h', comment: '' });
  openDialog({
    title: 'Silence its like',
    body: () => html`<p class="alert-said">${alert.message}</p>
      <p>Shown, but not sent: ${likeIt(alert.labels).map(text => html`<code class="alert-matcher">${text}</code> `)}</p>
      ${field({ ...form.bind('duration'), label: 'For how long', kind: 'choice', choices: DURATIONS })}
      ${field({ ...form.bind('comment'), ...WHY })}`,
    actions: [{ title: 'Silence', kind: 'primary', run: () => silence(alert, form, changed) }],
  });
}

/** The labels by which the server makes a silence of an alert. */
function likeIt(labels) {
  const names = labels.system ? ['alertname', 'system'] : ['alertname', 'device', 'interface'];
  return names.filter(name => labels[name]).map(name => `${name}="${labels[name]}"`);
}

async function silence(alert, form, changed) {
  const made = await form.send(({ duration, comment }) => post(`/alerts/${alert.id}/silence`, { duration, comment: comment || null }));
  toast('Silenced', { undo: async () => { await del(`/silences/${made.id}`); settled(changed); } });
  settled(changed);
}

function settled(changed) {
  changed();
  setTimeout(changed, SETTLE_MILLISECONDS);
}
