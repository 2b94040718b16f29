/** Scans: the run at work, how the last one ended, and the runs before. */
import { now } from '../../core/clock.js';
import { ago, count } from '../../core/format.js';
import { html } from '../../core/html.js';
import { empty, status, tile } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { RUN } from '../jobs/columns.js';
import { confirmCancel, isActive, runDuration, runOutcome, runProgress, runSubject } from '../jobs/run.js';

/** Jobs that look at the network for what is there. */
export const SCANS = ['discover-all-interfaces', 'discover-topology', 'discover-device-interfaces', 'discover-device-topology', 'sweep'];

/** Runs at work, each with its progress and a way to end it: [JobRun], names by id -> template. */
export function scansAtWork(runs, names) {
  const active = runs.filter(isActive);
  return html`<div role="status">${active.map((run) => html`<p class="job-head">${status(run.state)}
    <a href=${`/jobs/${run.id}`}>${run.job}</a> ${runSubject(run, names)} ${runProgress(run)}
    <button type="button" class="button" @click=${() => confirmCancel(run)} aria-label="Cancel ${run.job}">Cancel…</button></p>`)}</div>`;
}

/** The last discovery of all interfaces as tiles: [JobRun] -> template. */
export function lastScan(runs) {
  const last = runs.find((run) => run.job === SCANS[0] && run.ended_at);
  if (!last) {
    return empty({ title: 'Nothing was discovered yet', text: 'Add devices, then discover their interfaces.',
      action: html`<a class="button" href="/devices/add">Add devices</a>` });
  }
  const results = last.results ?? {};
  return html`<div class="discovery-tiles">
    ${tile({ title: 'Last discovery', status: last.state, value: last.state,
      detail: `${ago(last.ended_at)}, took ${runDuration(last, now.value)}`, href: `/jobs/${last.id}` })}
    ${tile({ title: 'Devices read', value: count(results.devices_discovered ?? null), detail: partly(results) })}
    ${tile({ title: 'Devices failed', value: count(results.devices_failed ?? null), detail: 'by cause below', href: '#errors' })}
    ${tile({ title: 'Interfaces found', value: count(results.interfaces_discovered ?? null),
      detail: `${count(results.interfaces_new ?? null)} new` })}
    ${tile({ title: 'Interfaces changed', value: count(results.interfaces_changed ?? null),
      detail: `${count(results.interfaces_returned ?? null)} returned` })}
    ${tile({ title: 'Interfaces lost', value: count(results.interfaces_missing ?? null), detail: 'since the scan before', href: '#lost' })}
  </div>`;
}

function partly(results) {
  return results.devices_partial ? `${count(results.devices_partial)} of them in part` : 'all of them completely';
}

/** Runs of all scans, the latest first: [JobRun], names by id -> template. */
export function scanTable(runs, names) {
  return table({
    caption: 'Latest scans', rows: runs, keyOf: (run) => run.id, open: (run) => `/jobs/${run.id}`,
    columns: [RUN.due, RUN.job, RUN.subject(names), RUN.state, RUN.progress, RUN.took,
      { ...RUN.outcome, title: 'Found', render: (run) => runOutcome(run) || run.message }],
  });
}
