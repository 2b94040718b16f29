/** /jobs: what ran and runs, with the schedules above. */
import { get } from '../core/api.js';
import { html, render } from '../core/html.js';
import { resource } from '../core/resource.js';
import { listPage } from '../ui/list.js';
import { section } from '../ui/parts.js';
import { draw, shown } from '../ui/shown.js';
import { RUN } from './jobs/columns.js';
import { confirmCancel, isActive, RUN_STATES, runProgress } from './jobs/run.js';
import { scheduleTable } from './jobs/schedules.js';
import { SEARCH } from './shared/filters.js';

const COLUMNS = [
  RUN.due, RUN.job, RUN.subject(), RUN.state,
  { ...RUN.progress, sortable: false, render: (run) => html`${runProgress(run)} ${cancelButton(run)}` },
  RUN.took, { ...RUN.outcome, title: 'Message', sortable: false },
  { id: 'trigger', title: 'Started by', isShown: false, render: (run) => run.trigger },
].map((column) => ({ sortable: true, ...column }));

const FILTERS = [
  SEARCH,
  { name: 'state', title: 'State', kind: 'choice', choices: RUN_STATES, multiple: true },
  { name: 'job', title: 'Job', kind: 'text' },
  { name: 'trigger', title: 'Started by', kind: 'choice', choices: ['schedule', 'startup', 'manual'] },
];

const runs = listPage({
  path: '/jobs', title: 'Runs', columns: COLUMNS, filters: FILTERS, defaults: { sort: '-scheduled_at' },
  rowHref: (run) => `/jobs/${run.id}`, csvName: 'wardflux-runs', events: ['job'],
  emptyState: { title: 'No run', text: 'Runs are kept for 30 days.' },
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
  return html`<details class="job-fold"><summary>When jobs are due</summary>
    ${shown(schedules, (page) => scheduleTable(page.items), 8)}</details>`;
}

function cancelButton(run) {
  if (!isActive(run)) return null;
  return html`<button type="button" class="button" @click=${() => confirmCancel(run)}
    aria-label="Cancel ${run.job}">Cancel…</button>`;
}
