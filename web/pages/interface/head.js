/** The top of the page: what it is, how it stands, whether now is normal, and the figures of now and of the day. */

import { ago, bits, bitsShort, momentShort, percent } from '../../core/format.js';
import { html } from '../../core/html.js';
import { partsOf, momentOf } from '../../core/zone.js';
import { copyLinkButton, deviceLink, status, statusOf, tile } from '../../ui/parts.js';
import { word } from '../devices/words.js';
import { todayText, usualAt, verdictOf } from './normal.js';
import { decidedBy } from './purpose.js';

/** Status, device, alias and what it is for. */
export function headPart(row, openAlerts) {
  const more = [row.isp_provider, row.is_critical ? 'critical' : ''].filter(Boolean);
  return html`<div class="interface-head">
    ${status(statusOf(row))}
    ${row.missing_since ? html`<span>not seen on the device since ${ago(row.missing_since)}</span>` : null}
    <span>on ${deviceLink(row.device_id, row.device_name)}</span>
    <span class="interface-alias">${row.if_alias || 'no alias'}</span>
    <span class="interface-purpose"><strong>${word(row.interface_type)}</strong>${more.map((text) => ` · ${text}`)}
      <span class="muted">by ${decidedBy(row)}</span></span>
    ${openAlerts > 0 ? html`<a href="#alerts">${openAlerts === 1 ? '1 open alert' : `${openAlerts} open alerts`}</a>` : null}
    <span class="interface-copy">${copyLinkButton()}</span>
  </div>`;
}

const shapes = { normal: '●', unusual: '▲', learning: '◇', reading: '◇', stale: '◇', off: '◇' };

/**
 * Whether now is normal, in a sentence, and how the day was.
 * @param {object} row
 * @param {{summary: object, usual: object | null | undefined, metrics: object | null, expected: object | null, goingOn: object[]}} known
 * @param {string} zone
 */
export function normalPart(row, { summary, usual, metrics, expected, goingOn }, zone) {
  const current = summary?.current ?? null;
  const usualNow = current && usual !== undefined ? usualAt(usual, Date.parse(current.at)) : undefined;
  const { verdict, text } = verdictOf(row, current, usualNow, zone, goingOn.length > 0);
  const today = metrics && expected && current ? dayText(metrics, expected, Date.parse(current.at), zone) : '';
  return html`<p class="interface-normal ${verdict}"><span aria-hidden="true">${shapes[verdict]}</span> ${text} ${today}
    ${goingOn.length > 0 ? goingOnText(goingOn) : null}</p>`;
}

/** Only where the chart has the whole day: half of it would be told as all of it. */
function dayText(metrics, expected, now, zone) {
  const { year, month, day } = partsOf(now, zone);
  const midnight = momentOf(Date.UTC(year, month, day), zone);
  const hasDay = Date.parse(metrics.from) <= midnight && Date.parse(metrics.to) >= now - 2 * metrics.step_seconds * 1000;
  return hasDay ? todayText(metrics.points, expected.points, midnight) : '';
}

/** The worst of what goes on, and how many more there are. */
function goingOnText(anomalies) {
  const [worst] = [...anomalies].sort((a, b) => Math.abs(b.score) - Math.abs(a.score));
  const more = anomalies.length - 1;
  return html`<span class="interface-anomaly">Going on since ${momentShort(worst.started_at)}:
    <a href="/anomalies/${worst.id}">${worst.message}</a>${more > 0 ? html` and <a href="#anomalies">${more} more</a>` : null}.</span>`;
}

function errorText(share) {
  return percent(share, share > 0 ? 3 : 0);
}

/** Figures of now and of the last 24 hours. */
export function tilesPart(row, summary) {
  const current = summary.current;
  const age = current ? `read ${ago(current.at)}` : 'not read yet';
  const mega = (value) => (value === null ? null : value * 1e6);
  return html`<div class="interface-tiles">
    ${tile({ title: 'In now', value: bits(current?.in_bps), detail: age })}
    ${tile({ title: 'Out now', value: bits(current?.out_bps), detail: age })}
    ${tile({ title: 'Utilisation now', value: percent(current?.utilization_percent), detail: row.if_speed
      ? `of ${bits(row.if_speed)}` : 'speed not known' })}
    ${tile({ title: 'In, 24 h', value: bits(mega(summary.avg_in_mbps)), detail: `mean; highest ${bitsShort(mega(summary.max_in_mbps))}` })}
    ${tile({ title: 'Out, 24 h', value: bits(mega(summary.avg_out_mbps)),
      detail: `mean; highest ${bitsShort(mega(summary.max_out_mbps))}` })}
    ${tile({ title: 'Errors now', value: errorText(current?.error_percent), detail: `worst in 24 h ${errorText(summary.max_error_rate)}` })}
  </div>`;
}
