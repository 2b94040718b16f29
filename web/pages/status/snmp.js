/** What the SNMP engine did since the start and does now, with how long answers take. */
import { get } from '../../core/api.js';
import { count, percent } from '../../core/format.js';
import { html } from '../../core/html.js';
import { resource } from '../../core/resource.js';
import { section, tile } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { draw, shown } from '../../ui/shown.js';
import { numberTable } from './numbers.js';
import { ENGINE } from './snmp-words.js';

/** Mounts the view: element -> dispose. */
export function mountSNMP(root) {
  const statistics = resource((signal) => get('/snmp/statistics', {}, { signal }), { every: 5_000 });
  return draw(root, () => shown(statistics, view, 14), [statistics]);
}

function view({ counters, gauges, round_trips: roundTrips }) {
  return html`
    <div class="status-tiles">
      ${tile({ title: 'Requests', value: count(counters.requests), detail: `${count(gauges.in_flight)} under way` })}
      ${tile({ title: 'Without an answer', value: count(counters.timeouts), detail: share(counters.timeouts, counters.requests) })}
      ${tile({ title: 'Sent again', value: count(counters.retransmissions), detail: share(counters.retransmissions, counters.requests) })}
      ${tile({ title: 'Devices polled', value: count(gauges.scheduled_devices),
        detail: `${count(gauges.open_breakers)} only probed, as they are silent` })}
      ${tile({ title: 'Latest poll', value: `${count(Math.round(gauges.oldest_overdue_milliseconds / 1000))} s late`,
        detail: `${count(gauges.waiting_polls)} wait` })}
      ${tile({ title: 'Half of answers within', value: quantileText(roundTrips, 0.5),
        detail: `95 of 100 within ${quantileText(roundTrips, 0.95)}` })}
    </div>
    ${section({ title: 'How long answers took', id: 'round-trips' }, histogram(roundTrips))}
    ${section({ title: 'Now', id: 'gauges' }, numberTable('At the moment', gauges, ENGINE))}
    ${section({ title: 'Since the start', id: 'counters' }, numberTable('What only grows', counters, ENGINE))}`;
}

function share(part, whole) {
  return whole > 0 ? percent((100 * part) / whole) : '–';
}

/** The time within which a share of answers came, from the histogram: ranges, 0 to 1 -> text. */
function quantileText(ranges, share) {
  const total = ranges.reduce((sum, range) => sum + range.count, 0);
  if (total === 0) return '–';
  let seen = 0;
  const range = ranges.find((one) => (seen += one.count) >= share * total);
  return rangeText(range);
}

function rangeText(range) {
  if (range.microseconds_max == null) return 'longer';
  const microseconds = range.microseconds_max;
  if (microseconds < 1000) return `${microseconds} µs`;
  return microseconds < 1e6 ? `${(microseconds / 1000).toFixed(0)} ms` : `${(microseconds / 1e6).toFixed(1)} s`;
}

function histogram(ranges) {
  const first = ranges.findIndex((range) => range.count > 0);
  if (first < 0) return html`<p class="status-muted">No answers yet.</p>`;
  const rows = ranges.slice(first);
  const most = Math.max(...rows.map((range) => range.count));
  const total = rows.reduce((sum, range) => sum + range.count, 0);
  return table({
    caption: 'Round trips without a repetition', rows, keyOf: (range) => String(range.microseconds_max),
    columns: [
      { id: 'within', title: 'Up to', numeric: true, render: rangeText },
      { id: 'count', title: 'Answers', numeric: true, render: (range) => count(range.count) },
      { id: 'share', title: 'Share', numeric: true, render: (range) => share(range.count, total) },
      { id: 'bar', title: 'Bar', className: 'status-bars', render: (range) => html`<span class="status-bar" aria-hidden="true"
        .style=${{ '--share': `${(100 * range.count) / most}%` }}></span>` },
    ],
  });
}
