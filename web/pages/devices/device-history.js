import { ago } from '../../core/format.js';
import { html } from '../../core/html.js';
import { empty, status } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { RUN } from '../jobs/columns.js';

const runColumns = [RUN.job, RUN.state, RUN.when, RUN.took, { ...RUN.outcome, className: 'device-said' }];

/** The runs of jobs on one device, the latest first. */
export function runTable(runs) {
  if (runs.length === 0) {
    return empty({ title: 'No job of its own', text: 'The discovery of all reads it, too.',
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
  if (alerts.length === 0) return empty({ title: 'Nothing is wrong with it', text: 'No alert is open.' });
  return table({ caption: 'Open alerts', columns: alertColumns, rows: alerts, keyOf: alert => alert.id });
}
