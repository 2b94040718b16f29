/** The baseline of an interface: what each of the 168 hours of the week carries, as a table that colour helps to read. */

import { bits, bitsShort, percent, plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { partsOf } from '../../core/zone.js';
import { learning } from '../../ui/parts.js';

// Weeks begin on Monday here; the API counts from Sunday.
/** @type {[number, string][]} */
const days = [[1, 'Mon'], [2, 'Tue'], [3, 'Wed'], [4, 'Thu'], [5, 'Fri'], [6, 'Sat'], [0, 'Sun']];
const hours = Array.from({ length: 24 }, (none, hour) => hour);

/**
 * The table, or why there is none.
 * @param {object} baselines  answer of /interfaces/{id}/baselines
 * @param {'in' | 'out'} side
 * @param {number} now  ms; its hour is framed
 */
export function heatMap(baselines, side, now) {
  if (baselines.items.length === 0) return learning(baselines.note ?? 'No baseline was learnt of it yet.');
  const byHour = new Map(baselines.items.map((item) => [item.day_of_week * 24 + item.hour_of_day, item]));
  const top = baselines.items.reduce((most, item) => Math.max(most, item[`avg_${side}_mbps`]), 0);
  const { weekday, hour } = partsOf(now, baselines.zone);
  return html`
    <p class="interface-note">${stateText(baselines)}</p>
    <div class="interface-heat" tabindex="0" role="region" aria-label="Baseline by hour of the week">
      <table>
        <caption>Mean of what goes ${side}, bit/s, by hour of the week (${baselines.zone})</caption>
        <thead><tr><th scope="col">Day</th>${hours.map((one) => html`<th scope="col">${String(one).padStart(2, '0')}</th>`)}</tr></thead>
        <tbody>${days.map(([day, name]) => html`<tr><th scope="row">${name}</th>
          ${hours.map((one) => cell(byHour.get(day * 24 + one), side, top, day === weekday && one === hour))}</tr>`)}</tbody>
      </table>
    </div>`;
}

/** How far the learning is: 'Building: 28 % sure on average; 168 hours rest on the last 14 days.' */
export function stateText({ confidence_word: word, average_confidence: confidence, reliable, building, insufficient,
  look_back_days: days_ }) {
  const counts = [[reliable, 'reliable'], [building, 'building'], [insufficient, 'with too few samples']].filter(([count]) => count > 0)
    .map(([count, name]) => `${plural(count, 'hour')} ${name}`).join(', ');
  return `${word[0].toUpperCase()}${word.slice(1)}: confidence ${percent(100 * confidence,
    0)} on average, learnt from the last ${days_} days; ${counts}.`;
}

function cell(item, side, top, isNow) {
  if (!item) return html`<td class="none" aria-current=${isNow ? 'time' : null}>–</td>`;
  const mean = item[`avg_${side}_mbps`] * 1e6;
  return html`<td class=${item.confidence < 0.3 ? 'weak' : ''} aria-current=${isNow ? 'time' : null} title=${cellTitle(item, side)}
    .style=${{ '--level': top > 0 ? (mean / 1e6 / top).toFixed(3) : '0' }}>${bitsShort(mean)}</td>`;
}

function cellTitle(item, side) {
  const of = (name) => bits(item[`${name}_${side}_mbps`] * 1e6);
  return `${of('avg')} ± ${of('std_dev')}, ${of('min')} to ${of('max')}, ${item.sample_count} samples, ${item.confidence_word}`;
}
