/** What can be done about an alert: see to it, or keep alerts like it quiet. Each asks in a dialog. */
import { del, post } from '../../core/api.js';
import { plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { signal } from '../../core/signal.js';
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
    body: () => html`<p class="alert-said">${alert.message}</p>${acknowledgeFields(form)}`,
    actions: [{ title: 'Acknowledge', kind: 'primary', run: () => acknowledge(alert, form, changed) }],
  });
}

function acknowledgeFields(form) {
  return html`${field({ ...form.bind('note'), label: 'Note', kind: 'textarea', hint: 'The next shift reads it.' })}
    ${field({ ...form.bind('until'), label: 'For how long', kind: 'choice', choices: [UNTIL_OVER, ...DURATIONS],
      hint: 'Until then no reminders and no escalation.' })}`;
}

async function acknowledge(alert, form, changed) {
  await acknowledged(alert, form);
  toast('Acknowledged', { undo: () => unacknowledge(alert, changed) });
  settled(changed);
}

function acknowledged({ id }, form) {
  return form.send(({ note, until }) => post(`/alerts/${id}/acknowledge`, { note: note || null, until: until || null }));
}

/**
 * Asks once for a note and a time, then acknowledges alerts one after another. Those that fail are named in the dialog, which stays for
 * another try with them.
 * @param {{id: string, message: string}[]} alerts
 * @param {{done: (id: string) => void, changed: () => void}} tell `done` of each that was acknowledged; `changed` as with askAcknowledge
 */
export function askAcknowledgeAll(alerts, { done, changed }) {
  const form = formState({ note: '', until: '' });
  const work = signal({ at: 0, left: alerts, failed: [] });
  openDialog({
    title: `Acknowledge ${plural(alerts.length, 'alert')}`,
    body: () => html`${acknowledgeFields(form)}<div role="status">${workView(work.value)}</div>`,
    actions: [{ title: 'Acknowledge', kind: 'primary', run: () => acknowledgeLeft(work, form, done, changed) }],
  });
}

async function acknowledgeLeft(work, form, done, changed) {
  const { left } = work.peek();
  const rest = new Set(left);
  const failed = [];
  try {
    for (const [at, alert] of left.entries()) {
      work.value = { at: at + 1, left, failed };
      const problem = await acknowledged(alert, form).then(() => null, problemOf);
      if (problem) failed.push({ alert, problem });
      else rest.delete(alert) && done(alert.id);
    }
  } finally {
    work.value = { at: 0, left: [...rest], failed };
    settled(changed);
  }
  if (rest.size === 0) toast(`${plural(left.length, 'alert')} acknowledged`);
  return rest.size === 0;
}

/** Why one alert was not acknowledged; what is wrong with the form, or with the way to the server, is so with all of them. */
function problemOf(error) {
  if (error.isOffline || ![404, 409].includes(error.status)) throw error;
  return error.detail || error.message;
}

function workView({ at, left, failed }) {
  if (at > 0) return html`<p>${at} of ${left.length}…</p>`;
  if (failed.length === 0) return null;
  return html`<p>${plural(failed.length, 'alert')} could not be acknowledged:</p>
    <ul>${failed.map(({ alert, problem }) => html`<li class="alert-error">${alert.message}: ${problem}</li>`)}</ul>`;
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
