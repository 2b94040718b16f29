/** The table of schedules: what is due when, and a button for each job that can be run at once. */
import { html } from '../../core/html.js';
import { moment } from '../../core/format.js';
import { href } from '../../core/router.js';
import { openDialog } from '../../ui/dialog.js';
import { field } from '../../ui/form.js';
import { signal } from '../../core/signal.js';
import { table } from '../../ui/table.js';
import { start } from './run.js';
import { chooseDevice } from './device.js';
import { confirm } from '../shared/confirm.js';

/** What jobs are about that cannot be run on everything: name of the job -> how its subject is asked for. */
const SUBJECTS = {
  'collect-device-metrics': 'device', 'discover-device-interfaces': 'device', 'discover-device-topology': 'device',
  sweep: 'ranges',
};

/** Schedules as a table: [JobSchedule], now in ms -> template. */
export function scheduleTable(schedules) {
  return table({
    caption: 'When jobs are due', rows: schedules, keyOf: (row) => row.job,
    columns: [
      { id: 'job', title: 'Job', render: (row) => html`<a href=${href('/jobs', { job: row.job })}>${row.job}</a>` },
      { id: 'schedule', title: 'Due', render: (row) => dueText(row) },
      { id: 'next', title: 'Next run', render: (row) => (row.next_run_at ? moment(row.next_run_at) : '–') },
      { id: 'run', title: 'Run', render: (row) => runButton(row.job) },
    ],
  });
}

function dueText(row) {
  if (!row.schedule) return 'on request';
  return row.enabled ? row.schedule : `${row.schedule} (switched off)`;
}

function runButton(job) {
  return html`<button type="button" class="button" @click=${() => runNow(job)}
    aria-label="Run ${job} now">Run now…</button>`;
}

/** Runs a job, after asking for its subject or for a word of agreement: name of the job. */
function runNow(job) {
  if (SUBJECTS[job] === 'device') return runOnDevice(job);
  if (SUBJECTS[job] === 'ranges') return runOnRanges(job);
  return confirm({ title: `Run ${job} now?`, text: 'It is not started twice.', action: 'Run now',
    run: async () => { await startJob(job, null); } });
}

function runOnDevice(job) {
  return chooseDevice({ title: `Run ${job} on a device`, action: 'Run now', run: (device) => startJob(job, device.id) });
}

function runOnRanges(job) {
  const ranges = signal('');
  return openDialog({
    title: 'Sweep address ranges',
    body: () => field({
      label: 'Ranges', name: 'ranges', kind: 'text', value: ranges.value, required: true,
      hint: '10.0.0.0/24, 10.0.1.1-50; nothing is added.',
      onInput: (value) => { ranges.value = value; },
    }),
    actions: [{ title: 'Sweep', kind: 'primary', run: async () => { await startJob(job, ranges.value.trim()); } }],
  });
}

function startJob(job, subject) {
  return start(`/jobs/${job}/run`, subject ? { subject } : {}, job);
}
