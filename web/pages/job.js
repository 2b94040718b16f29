/** /jobs/:id: one run of a job, live while it works. */
import { get } from '../core/api.js';
import { now } from '../core/clock.js';
import { momentFull } from '../core/format.js';
import { html } from '../core/html.js';
import { resource } from '../core/resource.js';
import { href } from '../core/router.js';
import { setTitle } from '../core/title.js';
import { facts, section, status } from '../ui/parts.js';
import { table } from '../ui/table.js';
import { draw } from '../ui/shown.js';
import { RUN } from './jobs/columns.js';
import { confirmCancel, isActive, runDuration, runProgress, runResults, runSubject, startHere,
  subjectNames } from './jobs/run.js';
import { oneShown } from './shared/one.js';

/** How many runs of the same job are shown for comparison. */
const BEFORE = 10;

/** The page of a run. */
export const jobPage = {
  title: () => 'Run',
  mount(root, { params }) {
    const story = resource((signal) => load(params.id, signal), { on: ['job'] });
    return draw(root, () => oneShown(story, { title: 'All runs', href: '/jobs' }, runView), [story]);
  },
};

/** The run, names of what it is about, and the runs of the same job: id -> {run, names, others}. */
async function load(id, signal) {
  const run = await get(`/jobs/${id}`, {}, { signal });
  const [page, names] = await Promise.all([
    get('/jobs', { job: run.job, subject: run.subject, sort: '-scheduled_at', limit: BEFORE }, { signal }),
    subjectNames([run], signal),
  ]);
  setTitle(run.job);
  return { run, names, others: page.items };
}

function runView({ run, names, others }) {
  return html`<div class="job-page">
    <div class="job-head" role="status">${status(run.state)} ${runProgress(run)} ${actions(run)}</div>
    ${run.message ? html`<p class="job-said">${run.message}</p>` : null}
    ${facts([
      ['Job', run.job], ['Subject', runSubject(run, names)], ['Started by', run.trigger],
      ['Due', momentFull(run.scheduled_at)], ['Began', momentFull(run.started_at)], ['Ended', momentFull(run.ended_at)],
      ['Took', runDuration(run, now.value)], ['Process', run.owner ?? '–'],
    ])}
    ${section({ title: 'Results', id: 'results' }, results(run))}
    ${section({ title: 'Runs of this job', id: 'runs' }, otherRuns(run, others))}</div>`;
}

function actions(run) {
  if (isActive(run)) {
    return html`<button type="button" class="button danger" @click=${() => confirmCancel(run)}>Cancel…</button>`;
  }
  const again = () => startHere(`/jobs/${run.job}/run`, run.subject ? { subject: run.subject } : {}, run.job);
  return html`<button type="button" class="button" @click=${again}>Run again</button>`;
}

function results(run) {
  const rows = runResults(run);
  if (rows.length === 0) return html`<p class="job-muted">${isActive(run) ? 'None yet.' : 'It counted nothing.'}</p>`;
  const failedDevices = (run.results.devices_failed ?? 0) > 0;
  return html`${facts(rows)}
    ${failedDevices ? html`<p><a href="/discovery#errors">Devices that could not be read, by cause</a></p>` : null}`;
}

function otherRuns(run, others) {
  return html`${table({
    caption: `The latest runs of ${run.job}`, rows: others, keyOf: (row) => row.id, selected: run.id, open: (row) => `/jobs/${row.id}`,
    columns: [RUN.due, RUN.state, RUN.took, RUN.outcome],
  })}
  <p><a href=${href('/jobs', { job: run.job })}>All runs of ${run.job}</a></p>`;
}
