/**
 * The wall: the overview for a big screen, read from metres away. Nothing on it can be clicked, nothing scrolls,
 * and what does not fit is counted rather than left out.
 */
import { now, zoneLabel } from '../../core/clock.js';
import { ago, bitsShort, count, isoZone, moment, momentShort, sigma } from '../../core/format.js';
import { html, keyed } from '../../core/html.js';
import { sparkline } from '../../chart/sparkline.js';
import { meter, status, statusMark, statusOf } from '../../ui/parts.js';
import { inOrder } from '../alerts/order.js';
import { rateText } from '../anomalies/rates.js';
import { byProvider, isUp, pollHealth, shortMessage, totals, withoutEchoes } from './figures.js';

/** Rows that can be read from metres away on a screen of any size: type grows with the screen. */
const ALERTS = 7;
const ANOMALIES = 6;
const UPLINKS = 9;

/** Figures are old when two polls were missed, or a reading of the overview failed. */
const MISSED_POLLS = 2;

/**
 * The whole screen.
 * @param {object} overview as GET /overview answers
 * @param {Error|null} error why the latest reading failed
 */
export function wall(overview, error) {
  return html`<div class="overview-wall ${error ? 'stale' : ''}" role="region" aria-label="Wall" tabindex="0">
    ${head(overview, error)}
    <div class="overview-wall-figures">${keyed(wallFigures(overview), figure => figure.title, bigFigure)}</div>
    <div class="overview-wall-body">
      <section aria-label="ISP uplinks"><h2>ISP uplinks <small>in / out, bit/s</small></h2>${uplinks(overview.uplinks)}</section>
      <section aria-label="Alerts"><h2>Critical alerts</h2>${alerts(overview)}
        <h2>Anomalies of the last 24 h</h2>${anomalies(overview)}</section>
    </div>
    <p class="overview-wall-totals">${totals(overview).map(figure =>
      html`<span>${figure.title} <strong>${figure.value}</strong></span>`)}</p>
  </div>`;
}

function head(overview, error) {
  const health = pollHealth(overview.polling);
  return html`<header class="overview-wall-head">
    <span>${status(health.status, health.text)}</span>
    <span class="${isOld(overview) || error ? 'overview-wall-old' : ''}">${error ? 'Connection lost, figures of' : 'Read'}
      ${ago(overview.at)}</span>
    <time datetime="${isoZone(now.value)}">${moment(now.value)} <small>${zoneLabel()}</small></time>
  </header>`;
}

function isOld({ at, polling }) {
  return now.value - Date.parse(at) > MISSED_POLLS * polling.interval_seconds * 1000;
}

/** What must be seen first; a figure that is not zero and should be stands out. */
function wallFigures({ alerts: counts, uplinks: rows, devices, anomalies: found }) {
  const down = rows.filter(row => statusOf(row) === 'down').length;
  return [
    { title: 'critical alerts', value: counts.critical, kind: 'critical' },
    { title: 'other alerts', value: counts.high + counts.medium + counts.low, kind: 'warning' },
    { title: `uplinks down of ${count(rows.length)}`, value: down, kind: 'critical' },
    { title: `devices silent of ${count(devices.total)}`, value: devices.down, kind: 'critical' },
    { title: 'anomalies, 24 h', value: found.last_24h, kind: 'info' },
  ];
}

function bigFigure({ title, value, kind }) {
  return html`<div class="overview-wall-figure ${value > 0 ? kind : 'calm'}"><strong>${count(value)}</strong> <span>${title}</span></div>`;
}

/** Those that are not up, then the busiest of all providers by their share of the line. */
function uplinks(rows) {
  const busiest = row => Math.max(row.in_percent ?? 0, row.out_percent ?? 0);
  const order = [...rows].sort((a, b) => Number(isUp(a)) - Number(isUp(b)) || busiest(b) - busiest(a));
  const shown = order.slice(0, UPLINKS);
  return html`<p class="overview-wall-providers">${byProvider(rows).map(group => html`<span>
      <strong>${group.provider ?? 'other'}</strong> ${bitsShort(group.in_bps)} / ${bitsShort(group.out_bps)}, ${group.up} of
      ${group.rows.length} up</span>`)}</p>
    <ul class="overview-wall-list">${keyed(shown, row => row.id, uplink)}</ul>${left(rows.length - shown.length,
      'uplinks, all less busy')}`;
}

function uplink(row) {
  const max = Math.max(row.max_in_bps ?? 0, row.max_out_bps ?? 0) || null;
  return html`<li class="overview-wall-uplink">
    ${status(statusOf(row))}
    <span class="overview-grow">${row.provider} <small>${row.device_name} ${row.if_name}</small></span>
    <span class="overview-wall-rate">${bitsShort(row.in_bps)} / ${bitsShort(row.out_bps)}</span>
    ${meter(row.in_percent, row.out_percent)}
    ${sparkline(row.trend_in, { title: `${row.device_name} ${row.if_name}, in, 24 h`, max, kind: 'in' })}
  </li>`;
}

function alerts({ alerts: counts, critical_alerts: critical }) {
  const rows = inOrder(critical);
  if (rows.length === 0) return html`<p class="overview-wall-calm">${status('up', 'none')}</p>`;
  const shown = rows.slice(0, ALERTS);
  return html`<ul class="overview-wall-list">${keyed(shown, alert => alert.id, alert => html`<li>
      ${statusMark(alert.severity)} <span class="overview-grow">${shortMessage(alert)}</span>
      <span>${ago(alert.started_at)}</span></li>`)}</ul>
    ${left(counts.critical - shown.length, 'critical alerts')}`;
}

function anomalies({ recent_anomalies: recent }) {
  const rows = withoutEchoes(recent);
  if (rows.length === 0) return html`<p class="overview-wall-calm">${status('up', 'none')}</p>`;
  const shown = rows.slice(0, ANOMALIES);
  return html`<ul class="overview-wall-list">${keyed(shown, anomaly => anomaly.id, anomaly => html`<li>
      <strong>${sigma(anomaly.score)} at ${momentShort(anomaly.peak_at)}</strong>
      <span class="overview-grow">${anomaly.device_name} ${anomaly.if_name}
        <small>${rateText(anomaly.actual, anomaly.measure)} ${anomaly.direction}, expected
          ${rateText(anomaly.expected, anomaly.measure)}</small></span>
      <span>${anomaly.is_over ? '' : 'goes on'}</span></li>`)}</ul>`;
}

function left(number, of) {
  return number > 0 ? html`<p class="overview-wall-left">and ${count(number)} more ${of}</p>` : null;
}
