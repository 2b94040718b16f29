/** The answer of a replay: what became of the alerts, what is other by the rules in force, who would have been told. */
import { count, moment, plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { deviceLink, empty, portLink, section, status, tile } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { lastedOrGoesOn } from '../shared/lasted.js';

/** What becomes of an alert: word of the answer -> what it means. */
const STANDINGS = {
  told: 'would have been told', record_only: 'recorded only', explained: 'explained by another alert',
  maintenance: 'in a maintenance window', silenced: 'silenced', untold: 'no route leads to anybody', pending: 'did not hold long enough',
};

/** The answer of /alerts/replay -> template. */
export function replayView(answer) {
  return html`
    <p class="rules-note">${count(answer.readings)} readings from ${moment(answer.from)} to ${moment(answer.to)}.
      ${answer.damaged_blocks ? `${plural(answer.damaged_blocks, 'damaged block')} left out.` : null}
      ${answer.pauses.length ? pausesText(answer.pauses) : null}</p>
    <div class="rules-tiles">${Object.entries(STANDINGS).filter(([word]) => answer.standings[word] > 0)
      .map(([word, text]) => tile({ title: word.replaceAll('_', ' '), value: count(answer.standings[word]), detail: text }))}</div>
    ${answer.comparison ? comparisonView(answer.comparison) : null}
    ${section({ title: `Alerts: ${count(answer.total)}`, id: 'replayed' },
      alertTable('Alerts there would have been', answer.items, answer.total))}
    ${answer.deliveries.length ? section({ title: 'Who would have been told', id: 'told' }, deliveryTable(answer.deliveries)) : null}`;
}

function pausesText(pauses) {
  const times = pauses.map((pause) => `${moment(pause.from)} to ${moment(pause.to)}`).join('; ');
  return `Nothing was read from ${times}.`;
}

function comparisonView(comparison) {
  const parts = [['new', 'Only by the tried rules'], ['gone', 'Only by the rules in force']];
  return section({ title: 'Against the rules in force', id: 'comparison' }, html`
    <p>${count(comparison.new_total)} new, ${count(comparison.gone_total)} gone, ${count(comparison.changed_total)} changed,
      ${count(comparison.same)} the same.</p>
    ${parts.filter(([name]) => comparison[`${name}_total`] > 0).map(([name, title]) => html`<h3>${title}</h3>
      ${alertTable(title, comparison[name], comparison[`${name}_total`])}`)}
    ${comparison.changed_total > 0 ? html`<h3>Not alike</h3>${changedTable(comparison)}` : null}`);
}

const ENTITY = { id: 'entity', title: 'Of', render: (alert) => entity(alert) };

function alertTable(caption, alerts, total) {
  if (alerts.length === 0) return empty({ title: 'No alert', text: 'None in this time.' });
  return html`${table({
    caption, rows: alerts, keyOf: (alert) => `${alert.id} ${alert.rule}`,
    columns: [
      { id: 'from', title: 'Began', render: (alert) => moment(alert.started_at) },
      { id: 'severity', title: 'Severity', render: (alert) => status(alert.severity) },
      ENTITY,
      { id: 'message', title: 'Alert', className: 'rules-comment', render: (alert) => alert.message },
      { id: 'rule', title: 'Rule', render: (alert) => html`<code>${alert.rule}</code>` },
      { id: 'length', title: 'Lasted', numeric: true, render: lastedOrGoesOn },
      { id: 'standing', title: 'Became', render: (alert) => standing(alert) },
    ],
  })}${total > alerts.length ? html`<p class="rules-note">The first ${count(alerts.length)} of ${count(total)}.</p>` : null}`;
}

function changedTable(comparison) {
  return table({
    caption: 'Alerts that both make', rows: comparison.changed, keyOf: (pair) => pair.after.id,
    columns: [
      { ...ENTITY, render: (pair) => entity(pair.after) },
      { id: 'message', title: 'Alert', render: (pair) => pair.after.message },
      { id: 'differences', title: 'Differs in', render: (pair) => pair.differences.join(', ').replaceAll('_', ' ') },
      { id: 'before', title: 'In force', render: (pair) => sideText(pair.before) },
      { id: 'after', title: 'Tried', render: (pair) => sideText(pair.after) },
    ],
  });
}

function sideText(alert) {
  return `${alert.severity}, ${moment(alert.started_at)}, ${lastedOrGoesOn(alert)}, ${standing(alert)}`;
}

function entity(alert) {
  if (alert.interface_id) return portLink({ ...alert, id: alert.interface_id });
  return alert.device_id ? deviceLink(alert.device_id, alert.device_name) : 'WARD FLUX';
}

function standing(alert) {
  const receivers = alert.receivers.length ? ` ${alert.receivers.join(', ')}` : '';
  return `${alert.standing.replaceAll('_', ' ')}${receivers}${alert.cause ? ` by ${alert.cause}` : ''}`;
}

const TITLES = { deliveries: 'Messages', alerts: 'Alerts', escalations: 'Escalations', reminders: 'Reminders' };

function deliveryTable(deliveries) {
  return table({
    caption: 'Messages by receiver', rows: deliveries, keyOf: (row) => row.receiver,
    columns: [
      { id: 'receiver', title: 'Receiver', render: (row) => row.receiver },
      ...Object.keys(TITLES).map((name) => ({
        id: name, title: TITLES[name], numeric: true, render: (row) => count(row[name]) })),
    ],
  });
}
