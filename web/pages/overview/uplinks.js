/** The uplinks to providers on the overview: what goes over each now, and whether that is much. */
import { bits, bitsShort, percent } from '../../core/format.js';
import { html, keyed } from '../../core/html.js';
import { href } from '../../core/router.js';
import { sparkline } from '../../chart/sparkline.js';
import { dataAge, deviceLink, interfaceLink, meter, section, status, statusOf } from '../../ui/parts.js';
import { byProvider, shownOf } from './figures.js';
import { rate } from './rate.js';

/** Rows of a provider that are shown where there are many uplinks; a bank has hundreds, an overview has not the room. */
const ROWS_OF_MANY = 3;
const FEW = 30;

/**
 * Uplinks by provider, busiest first.
 * @param {object[]} uplinks rows of GET /overview
 */
export function uplinksSection(uplinks) {
  const room = uplinks.length > FEW ? ROWS_OF_MANY : FEW;
  const actions = html`<a href="/uplinks">Month by month</a> <a href="${href('/interfaces', { role: 'isp' })}">All ${uplinks.length}</a>`;
  return section({ title: 'ISP uplinks', id: 'uplinks', actions }, uplinks.length === 0 ? none() : list(uplinks, room));
}

function none() {
  return html`<p class="overview-none">No interface is classified as an uplink yet. <a href="/rules">See the rules</a> that decide.</p>`;
}

function list(uplinks, room) {
  return html`<div class="overview-scroll" tabindex="0" role="region" aria-label="Table of ISP uplinks">
    <table class="overview-uplinks">
      <thead><tr>
        <th scope="col">Status</th><th scope="col">Uplink</th>
        <th scope="col" class="numeric">In now</th><th scope="col" class="numeric">Out now</th>
        <th scope="col" class="numeric overview-wide">24 h average in / out</th>
        <th scope="col">Utilisation in / out</th>
        <th scope="col" class="numeric overview-wide">Errors</th>
        <th scope="col" class="overview-wide">Last 24 h in, out</th><th scope="col" class="overview-wide">Read</th>
      </tr></thead>
      ${keyed(byProvider(uplinks), group => group.provider ?? '', group => provider(group, room))}
    </table>
  </div>`;
}

function provider(group, room) {
  const shown = shownOf(group.rows, room);
  return html`<tbody data-provider="${group.provider}">
    <tr class="overview-provider">
      <th scope="rowgroup" colspan="2">
        <a href="${href('/interfaces', { role: 'isp', provider: group.provider })}">${group.provider ?? 'Provider not known'}</a>
        <span class="overview-muted">${group.up} of ${group.rows.length} up</span>
      </th>
      <td class="numeric">${rate(group.in_bps)}</td><td class="numeric">${rate(group.out_bps)}</td>
      <td class="numeric overview-wide overview-muted" colspan="5">${capacity(group)}${rest(group.rows.length - shown.length)}</td>
    </tr>
    ${keyed(shown, row => row.id, uplink)}
  </tbody>`;
}

function capacity(group) {
  return group.capacity === null ? 'capacity not known' : `of ${bits(group.capacity)} in all`;
}

function rest(hidden) {
  return hidden > 0 ? `; ${hidden} less busy ones, all up` : '';
}

function uplink(row) {
  return html`<tr data-uplink="${row.id}">
    <td>${status(statusOf(row))}</td>
    <td class="overview-name">
      <span class="overview-name-line">${deviceLink(row.device_id, row.device_name)} ${interfaceLink(row.id, null, row.if_name)}</span>
      <span class="overview-muted overview-alias" title="${row.if_alias}">${row.if_alias}</span>
    </td>
    <td class="numeric">${rate(row.in_bps)}</td>
    <td class="numeric">${rate(row.out_bps)}</td>
    <td class="numeric overview-wide">${bitsShort(row.avg_in_bps)} / ${bitsShort(row.avg_out_bps)}</td>
    <td><span class="overview-use">${meter(row.in_percent, row.out_percent)}
      <span>${percent(row.in_percent, 0)} / ${percent(row.out_percent, 0)}</span></span></td>
    <td class="numeric overview-wide ${row.error_percent >= 0.1 ? 'overview-bad' : ''}">${percent(row.error_percent, 2)}</td>
    <td class="overview-wide">${trend(row)}</td>
    <td class="overview-wide">${dataAge(row.read_at)}</td>
  </tr>`;
}

function trend(row) {
  const title = (way, average, max) => `${row.device_name} ${row.if_name} ${way}, 24 h: average ${bits(average)}, most ${bits(max)}`;
  const max = Math.max(row.max_in_bps ?? 0, row.max_out_bps ?? 0) || null;
  return html`<span class="overview-trend">
    ${sparkline(row.trend_in, { title: title('in', row.avg_in_bps, row.max_in_bps), max, kind: 'in' })}
    ${sparkline(row.trend_out, { title: title('out', row.avg_out_bps, row.max_out_bps), max, kind: 'out' })}
  </span>`;
}
