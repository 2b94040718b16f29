/** How the watch over anomalies fares: its checks, budgets and baselines. */
import { get } from '../../core/api.js';
import { ago, count, moment, percent } from '../../core/format.js';
import { html } from '../../core/html.js';
import { resource } from '../../core/resource.js';
import { href } from '../../core/router.js';
import { facts, learning, section, tile } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { draw, shown } from '../../ui/shown.js';
import { numberTable } from './numbers.js';

const CHECKS = {
  samples_of_last_check: ['Rates judged by it.'], interfaces_behind: ['Not all of their readings are judged yet.'],
  classic_interfaces: ['Their samples are kept for the classic method.'], state_octets: ['Of memory.'],
  raised_incidents_this_week: ['Told in seven days.'], held_back_incidents_this_week: ['By a budget, in seven days.'],
  begun_by_method_in_force: ['By the one that raises.'], begun_by_other_method: ['What it would have begun.'],
};

/** Mounts the view: element -> dispose. */
export function mountAnomalyChecks(root) {
  const all = resource(load, { on: ['anomaly'], every: 30_000 });
  return draw(root, () => shown(all, view, 12), [all]);
}

async function load(signal) {
  const [anomalies, baselines] = await Promise.all([get('/anomalies/statistics', {}, { signal }),
    get('/baselines/statistics', {}, { signal })]);
  return { anomalies, baselines };
}

function view({ anomalies, baselines }) {
  const took = anomalies.check_milliseconds == null
    ? 'see its runs'
    : `took ${Math.round(anomalies.check_milliseconds)} ms`;
  return html`
    <div class="status-tiles">
      ${tile({ title: 'Last check', value: anomalies.checked_at ? ago(anomalies.checked_at) : 'none yet', detail: took,
        href: href('/jobs', { job: 'check-anomalies' }) })}
      ${tile({ title: 'Interfaces watched', value: count(anomalies.watched_interfaces) })}
      ${tile({ title: 'Anomalies that go on', value: count(anomalies.open.raised), href: '/anomalies',
        detail: `${count(anomalies.open.held_back)} held back, ${count(anomalies.open.muted)} muted` })}
      ${tile({ title: 'In seven days', value: count(anomalies.last_week.raised),
        detail: `${count(anomalies.incidents_last_week.raised)} incidents` })}
      ${tile({ title: 'Baselines', value: count(baselines.total), detail: `of ${count(baselines.interfaces)} interfaces` })}
      ${tile({ title: 'Confidence', value: percent(100 * baselines.average_confidence, 0), detail: baselines.confidence_word })}
    </div>
    ${section({ title: 'Budgets', id: 'budgets' }, budgetTable(anomalies))}
    ${section({ title: 'Baselines', id: 'baselines' }, baselineFacts(baselines))}
    ${section({ title: 'Checks', id: 'checks' }, numberTable('Numbers of the checks', anomalies.checks, CHECKS))}`;
}

function budgetTable(anomalies) {
  if (anomalies.budgets.length === 0) {
    return html`<p class="status-muted">${anomalies.budget_per_week == null
      ? 'No budget is set.' : 'Nothing was checked yet.'}</p>`;
  }
  return table({
    caption: 'Budgets over the last seven days', rows: anomalies.budgets, keyOf: (row) => row.group ?? '',
    columns: [
      { id: 'group', title: 'Of', render: (row) => row.group ?? 'all interfaces' },
      { id: 'told', title: 'Told', numeric: true, render: (row) => count(row.told) },
      { id: 'per_week', title: 'May be told', numeric: true, render: (row) => count(row.per_week) },
      { id: 'held_back', title: 'Held back', numeric: true, render: (row) => count(row.held_back) },
    ],
  });
}

function baselineFacts(baselines) {
  return html`${baselines.total === 0
    ? learning('Nothing is learnt yet: an hour needs seven samples.')
    : null}
    ${facts([
      ['Learnt last', moment(baselines.last_updated)], ['Learnt next', moment(baselines.next_learning_at)],
      ['Reliable rows', `${count(baselines.reliable)} of ${count(baselines.total)}`], ['Hours by the clocks of', baselines.zone],
      ['Learnt from', `${baselines.look_back_days} days`],
      ['Classic threshold', `${baselines.threshold}σ, ${baselines.young_threshold}σ in the first days`],
      ['Least confidence raised', percent(100 * baselines.minimum_confidence, 0)],
    ])}`;
}
