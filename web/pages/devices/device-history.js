import { ago, seconds } from '../../core/format.js';
import { html } from '../../core/html.js';
import { empty, status } from '../../ui/parts.js';
import { table } from '../../ui/table.js';

const runColumns = [
  { id: 'job', title: 'Job', render: run => html`<a href=${`/jobs/${run.id}`}>${run.job}</a>` },
  { id: 'state', title: 'State', render: run => status(run.state) },
  { id: 'scheduled_at', title: 'When', render: run => ago(run.started_at ?? run.scheduled_at) },
  { id: 'duration_seconds', title: 'Took', numeric: true, render: run => seconds(run.duration_seconds) },
  { id: 'message', title: 'How it ended', className: 'device-said', render: run => run.message ?? '–' },
];

/** The runs of jobs on one device, the latest first. */
export function runTable(runs) {
  if (runs.length === 0) {
    return empty({ title: 'No job ran on this device alone', text: 'The hourly discovery of all devices reads it, too.',
      action: html`<a class="button" href="/jobs">All jobs</a>` });
  }
  return table({ caption: 'Runs on this device', columns: runColumns, rows: runs, keyOf: run => run.id });
}

const alertColumns = [
  { id: 'severity', title: 'Severity', render: alert => status(alert.severity) },
  { id: 'message', title: 'Alert', className: 'device-said', render: alert => html`<a href=${`/alerts/${alert.id}`}>${alert.message}</a>` },
  { id: 'state', title: 'State', render: alert => status(alert.state) },
  { id: 'started_at', title: 'Began', render: alert => ago(alert.started_at) },
  { id: 'hold', title: 'Held back', render: alert => (alert.hold ? alert.hold.replaceAll('_', ' ') : '–') },
];

/** The alerts of a device and its interfaces, those that are not over. */
export function alertTable(alerts) {
  if (alerts.length === 0) return empty({ title: 'Nothing is wrong with it', text: 'No alert of it or its interfaces is open.' });
  return table({ caption: 'Open alerts', columns: alertColumns, rows: alerts, keyOf: alert => alert.id });
}
