/** /jobs: what ran and runs, with the schedules above. */
import { get } from '../core/api.js';
import { now } from '../core/clock.js';
import { moment } from '../core/format.js';
import { html, render } from '../core/html.js';
import { resource } from '../core/resource.js';
import { listPage } from '../ui/list.js';
import { section, status } from '../ui/parts.js';
import { draw, shown } from '../ui/shown.js';
import { confirmCancel, isActive, RUN_STATES, runDuration, runOutcome, runProgress, runSubject } from './jobs/run.js';
import { scheduleTable } from './jobs/schedules.js';

const COLUMNS = [
  { id: 'scheduled_at', title: 'Due', sortable: true, render: (run) => moment(run.scheduled_at) },
  { id: 'job', title: 'Job', sortable: true, render: (run) => html`<a href=${`/jobs/${run.id}`}>${run.job}</a>` },
  { id: 'subject', title: 'Subject', sortable: true, render: (run) => runSubject(run) },
  { id: 'state', title: 'State', sortable: true, render: (run) => status(run.state) },
  { id: 'done', title: 'Progress', render: (run) => html`${runProgress(run)} ${cancelButton(run)}` },
  { id: 'duration_seconds', title: 'Took', numeric: true, sortable: true, render: (run) => runDuration(run, now.value) },
  { id: 'message', title: 'Message', className: 'job-message', render: (run) => run.message ?? runOutcome(run) },
  { id: 'trigger', title: 'Started by', sortable: true, isShown: false, render: (run) => run.trigger },
];

const FILTERS = [
  { name: 'q', title: 'Search', kind: 'search' },
  { name: 'state', title: 'State', kind: 'choice', choices: RUN_STATES, multiple: true },
  { name: 'job', title: 'Job', kind: 'text' },
  { name: 'trigger', title: 'Started by', kind: 'choice', choices: ['schedule', 'startup', 'manual'] },
];

const runs = listPage({
  path: '/jobs', title: 'Runs', columns: COLUMNS, filters: FILTERS, defaults: { sort: '-scheduled_at' },
  rowHref: (run) => `/jobs/${run.id}`, csvName: 'wardflux-runs', events: ['job'],
  emptyState: { title: 'No run', text: 'No run of a job matches. Runs are kept for 30 days.' },
});

/** The page of jobs. */
export const jobsPage = {
  title: () => 'Jobs',
  mount(root) {
    render(html`<div class="job-schedules"></div><div class="job-runs"></div>`, root);
    const schedules = resource((signal) => get('/jobs/schedules', {}, { signal }), { on: ['job'] });
    const [above, below] = root.children;
    const stop = draw(above, () => section({ title: 'Schedules', id: 'schedules' }, foldedSchedules(schedules)), [schedules],
      { hasKeys: false });
    const stopList = runs(below);
    return () => { stop(); stopList?.(); };
  },
};

/** Folded, since what runs is what one mostly comes for. */
function foldedSchedules(schedules) {
  return html`<details class="job-fold"><summary>When each job is due, and buttons to run it now</summary>
    ${shown(schedules, (page) => scheduleTable(page.items), 8)}</details>`;
}

function cancelButton(run) {
  if (!isActive(run)) return null;
  return html`<button type="button" class="button" @click=${() => confirmCancel(run)}
    aria-label="Cancel ${run.job}">Cancel…</button>`;
}
