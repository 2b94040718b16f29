/** What pages show of a run of a job: its state, how far it is, what it is about, how it is started and ended. */
import { html } from '../../core/html.js';
import { get, post } from '../../core/api.js';
import { count, seconds, plural } from '../../core/format.js';
import { toast, toastError } from '../../ui/dialog.js';
import { deviceLink, interfaceLink } from '../../ui/parts.js';
import { confirm } from '../shared/confirm.js';

/** All states of a run, in the order of its life. */
export const RUN_STATES = ['queued', 'running', 'succeeded', 'partial', 'failed', 'cancelled', 'abandoned'];

const IDENTITY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a run waits or works: JobRun -> boolean. */
export function isActive(run) {
  return run.state === 'queued' || run.state === 'running';
}

/** How far a run is, as a bar with numbers; nothing where neither is known: JobRun -> template. */
export function runProgress(run) {
  if (!isActive(run)) return run.total ? `${count(run.done)} of ${count(run.total)}` : null;
  if (!run.total) return html`<progress class="job-progress" aria-label="Progress of ${run.job}"></progress>`;
  return html`<progress class="job-progress" max=${run.total} value=${run.done}
    aria-label="Progress of ${run.job}"></progress> ${count(run.done)} of ${count(run.total)}`;
}

/** How long a run took, or has been at work: JobRun, now in ms -> text. */
export function runDuration(run, now) {
  if (run.duration_seconds != null) return briefly(run.duration_seconds);
  return run.started_at ? briefly(Math.max(0, now - Date.parse(run.started_at)) / 1000) : '–';
}

/** Seconds with tenths where there are few, since most runs take less than a minute: number -> text. */
function briefly(value) {
  if (value < 1) return `${Math.round(value * 1000)} ms`;
  return value < 60 ? `${value < 10 ? value.toFixed(1) : Math.round(value)} s` : seconds(value);
}

/** What a run is about, linked where it is a device or an interface: JobRun, names by id -> template. */
export function runSubject(run, names = new Map()) {
  if (!run.subject) return html`<span class="job-muted">everything</span>`;
  if (!IDENTITY.test(run.subject)) return run.subject;
  const label = names.get(run.subject) ?? `${run.subject.slice(0, 8)}…`;
  return run.job.includes('baselines')
    ? interfaceLink(run.subject, null, label) : deviceLink(run.subject, label);
}

/** Names of the devices that runs are about: runs, AbortSignal -> Map from id to name. */
export async function subjectNames(runs, signal) {
  const ids = [...new Set(runs.map((run) => run.subject).filter((subject) => IDENTITY.test(subject ?? '')))];
  if (ids.length === 0) return new Map();
  const page = await get('/devices', { id: ids.slice(0, 100), limit: 100 }, { signal });
  return new Map(page.items.map((device) => [device.id, device.name]));
}

/** Starts something that answers with a run, and says so with a link to it: path, body, what is started -> run. */
export async function start(path, body, title) {
  const run = await post(path, body);
  toast(html`${title} ${run.state === 'queued' ? 'is queued' : 'is at work'}. <a href=${`/jobs/${run.id}`}>Show the run</a>`);
  return run;
}

/** The same from a button of the page, where a failure has no dialog to be shown in. */
export async function startHere(path, body, title) {
  try {
    await start(path, body, title);
  } catch (error) {
    toastError(error);
  }
}

/** Asks before a run is ended; what it wrote already stays: JobRun. */
export function confirmCancel(run) {
  confirm({
    title: `End this run of ${run.job}?`, text: 'What it wrote stays; it ends within ten seconds.',
    action: 'End the run', kind: 'danger', run: async () => { await post(`/jobs/${run.id}/cancel`); },
  });
}

/** Results as names for people with numbers, nothings left out: JobRun -> [[text, text]]. */
export function runResults(run) {
  return Object.entries(run.results ?? {}).map(([name, value]) => [
    name.replace('_milliseconds', '').replaceAll('_', ' '),
    name.endsWith('_milliseconds') ? briefly(value / 1000) : count(value),
  ]);
}

/** What a run found and changed, in a few words: JobRun -> text. */
export function runOutcome(run) {
  const results = run.results ?? {};
  const told = [
    ['interfaces_new', 'new'], ['interfaces_returned', 'returned'], ['interfaces_changed', 'changed'],
    ['interfaces_missing', 'lost'], ['links_appeared', 'links appeared'], ['links_vanished', 'links vanished'],
  ].filter(([name]) => results[name] > 0).map(([name, word]) => `${count(results[name])} ${word}`);
  if (results.devices_failed > 0) told.push(`${plural(results.devices_failed, 'device')} failed`);
  return told.join(', ');
}
