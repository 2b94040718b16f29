/** Columns of tables of runs. */
import { now } from '../../core/clock.js';
import { ago, moment } from '../../core/format.js';
import { html } from '../../core/html.js';
import { status } from '../../ui/parts.js';
import { runDuration, runOutcome, runProgress, runSubject } from './run.js';

/** By name; `subject` takes names by id. */
export const RUN = {
  due: { id: 'scheduled_at', title: 'Due', render: (run) => html`<a href=${`/jobs/${run.id}`}>${moment(run.scheduled_at)}</a>` },
  when: { id: 'scheduled_at', title: 'When', render: (run) => ago(run.started_at ?? run.scheduled_at) },
  job: { id: 'job', title: 'Job', render: (run) => html`<a href=${`/jobs/${run.id}`}>${run.job}</a>` },
  subject: (names) => ({ id: 'subject', title: 'Subject', render: (run) => runSubject(run, names) }),
  state: { id: 'state', title: 'State', render: (run) => status(run.state) },
  progress: { id: 'done', title: 'Progress', render: runProgress },
  took: { id: 'duration_seconds', title: 'Took', numeric: true, render: (run) => runDuration(run, now.value) },
  outcome: { id: 'message', title: 'Outcome', className: 'job-message', render: (run) => run.message ?? runOutcome(run) },
};
