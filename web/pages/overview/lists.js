/** The short lists of the overview: critical alerts, anomalies of the last day, top talkers, how polling goes. */
import { ago, count, moment, momentShort, percent, seconds, sigma } from '../../core/format.js';
import { html, keyed } from '../../core/html.js';
import { deviceLink, facts, interfaceLink, section, status } from '../../ui/parts.js';
import { inOrder } from '../alerts/order.js';
import { rateText } from '../anomalies/rates.js';
import { PATTERNS } from '../anomalies/words.js';
import { pollHealth, shortMessage, withoutEchoes } from './figures.js';
import { rate } from './rate.js';

/** Alerts that are shown: more of them are a list, and that has a page. */
const SHOWN = 8;
const SHOWN_ANOMALIES = 5;

/** The counts of other alerts, the gravest first. */
const COUNTED = ['high', 'medium', 'low', 'acknowledged', 'held'];

/**
 * Critical alerts that are told, and how many others there are. What one of them explains is on its page, not here.
 * @param {{alerts: Record<string, number>, critical_alerts: object[]}} overview
 */
export function alertsSection({ alerts, critical_alerts: rows }) {
  const shown = inOrder(rows).slice(0, SHOWN);
  const left = alerts.critical - shown.length;
  const body = shown.length === 0
    ? html`<p class="overview-none">${status('up', 'No critical alert')}</p>`
    : html`<ul class="overview-list">${keyed(shown, alert => alert.id, alertRow)}</ul>`;
  return section({ title: 'Critical alerts', id: 'alerts', actions: html`<a href="/alerts">All alerts</a>` }, html`${body}
    <p class="overview-muted">${left > 0
      ? html`<a href="/alerts?severity=critical">${count(left)} more critical</a> · ` : null}${othersThan(alerts)}</p>`);
}

function othersThan(alerts) {
  const told = COUNTED.filter(name => alerts[name] > 0);
  return told.map(name => `${count(alerts[name])} ${name === 'held' ? 'held back' : name}`).join(' · ');
}

function alertRow(alert) {
  return html`<li data-alert="${alert.id}">
    ${status(alert.severity)}
    <a class="overview-grow" href="/alerts/${alert.id}">${shortMessage(alert)}</a>
    ${alert.explains > 0 ? html`<span class="overview-muted">explains ${count(alert.explains)}</span>` : null}
    ${alert.state === 'acknowledged' ? status('acknowledged') : null}
    <time class="overview-muted" datetime="${alert.started_at}" title="${moment(alert.started_at)}">${ago(alert.started_at)}</time>
  </li>`;
}

/**
 * What was out of the usual in the last 24 hours: `6.2σ at 14:23`.
 * @param {{anomalies: {active: number, last_24h: number}, recent_anomalies: object[]}} overview
 */
export function anomaliesSection({ anomalies, recent_anomalies: recent }) {
  const rows = withoutEchoes(recent).slice(0, SHOWN_ANOMALIES);
  const actions = html`<a href="/anomalies?from=-24h">All ${count(anomalies.last_24h)}</a>`;
  const body = rows.length === 0
    ? html`<p class="overview-none">Nothing was out of the usual.</p>`
    : html`<ul class="overview-list overview-anomaly-list">${keyed(rows, anomaly => anomaly.id, anomalyRow)}</ul>`;
  return section({ title: 'Anomalies of the last 24 h', id: 'anomalies', actions }, body);
}

function anomalyRow(anomaly) {
  return html`<li data-anomaly="${anomaly.id}">
    ${status(anomaly.severity)}
    <a class="overview-sigma" href="/anomalies/${anomaly.id}">${sigma(anomaly.score)} at ${momentShort(anomaly.peak_at)}</a>
    <span class="overview-grow">${deviceLink(anomaly.device_id, anomaly.device_name)}
      ${interfaceLink(anomaly.interface_id, null, anomaly.if_name)}
      <span class="overview-muted">${PATTERNS[anomaly.pattern] ?? anomaly.pattern} ${anomaly.direction}:
        ${rateText(anomaly.actual, anomaly.measure)}, expected ${rateText(anomaly.expected, anomaly.measure)}</span></span>
    ${anomaly.is_over ? null : html`<span class="overview-now">goes on</span>`}
  </li>`;
}

/**
 * Who carries the most now.
 * @param {object[]} rows `top` of GET /overview
 */
export function topSection(rows) {
  const body = rows.length === 0 ? html`<p class="overview-none">No traffic was read yet.</p>` : html`<table class="overview-top">
    <thead><tr><th scope="col">Interface</th><th scope="col" class="numeric">In</th><th scope="col" class="numeric">Out</th><th scope="col"
      class="numeric">Of line</th></tr></thead>
    <tbody>${keyed(rows, row => row.interface_id, topRow)}</tbody>
  </table>`;
  return section({ title: 'Top talkers', id: 'top',
    actions: html`<a href="/interfaces?sort=-utilization_percent">By utilisation</a>` }, body);
}

function topRow(row) {
  return html`<tr>
    <td class="overview-name"><span class="overview-name-line">${deviceLink(row.device_id, row.device_name)}
      ${interfaceLink(row.interface_id, null, row.if_name)}</span>
      <span class="overview-muted overview-alias">${row.if_alias}</span></td>
    <td class="numeric">${rate(row.in_bps)}</td><td class="numeric">${rate(row.out_bps)}</td><td
      class="numeric">${percent(row.utilization_percent)}</td>
  </tr>`;
}

/**
 * Whether what is shown is read in time.
 * @param {object} polling of GET /overview; counts of polls are those since the start
 */
export function pollingSection(polling) {
  const health = pollHealth(polling);
  const rows = [
    ['Last cycle', polling.last_at ? `${ago(polling.last_at)} (${moment(polling.last_at)})` : 'none yet'],
    ['Interval', seconds(polling.interval_seconds)],
    ['Devices polled', count(polling.devices)],
    ['Interfaces read late', count(polling.late)],
    ['Polls failed since the start', count(polling.failed_polls)],
    ['Polls missed since the start', count(polling.missed_polls)],
    ['Readings wait for', seconds(polling.lag_seconds)],
  ];
  return section({ title: 'Poll health', id: 'polling', actions: html`<a href="/status">Status</a>` }, html`
    <p class="overview-health">${status(health.status, health.text)}</p>
    ${facts(rows)}`);
}
