/** /uplinks?month=: what each provider's lines carried in a month, as a report to print or to take along. */
import { get } from '../core/api.js';
import { now } from '../core/clock.js';
import { saveText, toCSV } from '../core/csv.js';
import { bits, moment, plural } from '../core/format.js';
import { html, keyed } from '../core/html.js';
import { resource } from '../core/resource.js';
import { href, place, setQuery } from '../core/router.js';
import { computed } from '../core/signal.js';
import { empty, facts, section } from '../ui/parts.js';
import { table } from '../ui/table.js';
import { draw, shown, strange } from '../ui/shown.js';
import { isMonth, monthAfter, monthName, monthOf } from './uplinks/month.js';
import { COLUMNS, csvRows, CSV_COLUMNS, groupsOf, isOrder } from './uplinks/report.js';

/** The page of the report by provider. */
export const uplinksPage = {
  title: () => 'Uplinks by provider',
  mount(root) {
    // The month alone makes it load anew: what is searched and sorted is what is here.
    const month = computed(chosenMonth);
    const report = resource((signal) => get('/uplinks', { month: month.value }, { signal }), { every: 300_000 });
    return draw(root, () => html`${strange(whatIsStrange())}${shown(report, reportView, 10)}`, [report]);
  },
};

/** The month of the URL; null for the present one, of which the server's clocks decide. */
function chosenMonth() {
  const month = place.value.query.get('month');
  return isMonth(month) ? month : null;
}

function whatIsStrange() {
  const { query } = place.value;
  const [month, sort] = [query.get('month'), query.get('sort')];
  if (month && !isMonth(month)) return `“${month}” is no month such as 2026-11: this one is shown.`;
  return sort && !isOrder(sort) ? `It cannot be sorted by “${sort}”.` : null;
}

function chosen() {
  const query = place.value.query;
  const sort = query.get('sort') ?? 'device';
  return { provider: query.get('provider') ?? '', q: query.get('q') ?? '', sort: isOrder(sort) ? sort : 'device' };
}

function reportView(report) {
  const view = chosen();
  const groups = groupsOf(report, view);
  return html`
    ${toolbar(report, groups, view)}
    <p class="uplinks-note">${monthName(report.month)}, by the clocks of ${report.zone}: ${moment(report.from)} to
      ${moment(report.read_until)}. 95th percentile of five-minute samples, each direction apart; bit/s and share of the
      line. Nothing is filled in.</p>
    ${groups.length === 0 ? nothing(view) : keyed(groups, (group) => group.provider, (group) => groupView(group, view))}`;
}

function nothing(view) {
  if (view.provider || view.q) {
    return empty({ title: 'No uplink matches', text: 'No line fits.',
      action: html`<a class="button" href=${href('/uplinks', { month: chosenMonth() })}>Show all</a>` });
  }
  return empty({ title: 'No uplinks yet', text: 'No interface is classified as one.',
    action: html`<a class="button" href="/rules?view=explain">See how interfaces are classified</a>` });
}

function toolbar(report, groups, view) {
  const providers = report.providers.map((group) => group.provider ?? 'no provider known');
  return html`<div class="uplinks-bar">
    ${monthPicker(report)}
    <label>Provider <select class="input" @change=${(event) => setQuery({ provider: event.target.value })}>
      <option value="" .selected=${!view.provider}>all</option>
      ${providers.map((name) => html`<option value=${name} .selected=${name === view.provider}>${name}</option>`)}
    </select></label>
    <label>Search <input class="input" type="search" .value=${view.q} @input=${(event) => setQuery({ q: event.target.value })}
      placeholder="device, interface, alias"></label>
    <span class="uplinks-spread"></span>
    <button type="button" class="button" ?disabled=${groups.length === 0} @click=${() => save(report, groups)}>CSV</button>
    <button type="button" class="button" @click=${() => print()}>Print</button>
  </div>`;
}

function monthPicker(report) {
  const present = monthOf(now.value, report.zone);
  const to = (month) => href('/uplinks', { ...Object.fromEntries(place.value.query), month: month === present ? null : month });
  const picked = (event) => { if (isMonth(event.target.value)) setQuery({ month: event.target.value }, { push: true }); };
  return html`<span class="uplinks-months">
    <a class="button" href=${to(monthAfter(report.month, -1))} aria-label="Month before">‹</a>
    <label>Month <input class="input" type="month" .value=${report.month} max=${present} @change=${picked}></label>
    ${report.month < present ? html`<a class="button" href=${to(monthAfter(report.month, 1))} aria-label="Month after">›</a>` : null}
  </span>`;
}

function groupView(group, view) {
  return section({ title: `${group.provider}: ${plural(group.interfaces.length, 'line')}`, id: `provider-${group.provider}` }, html`
    ${table({ caption: `Lines of ${group.provider}`, columns: COLUMNS, rows: group.interfaces, keyOf: (row) => row.id,
      sort: view.sort, onSort: (sort) => setQuery({ sort: sort === 'device' ? null : sort }), open: (row) => `/interfaces/${row.id}` })}
    ${group.interfaces.length > 1 ? sumsView(group) : null}`);
}

/**
 * What the lines of a provider come to. Averages and capacities add up; percentiles and maxima of lines do not give
 * those of their sum, so each is named for what it is.
 */
function sumsView({ interfaces, sums }) {
  const pair = (name) => `${bits(sums[`${name}_in_bps`].value)} in, ${bits(sums[`${name}_out_bps`].value)} out`;
  const lacking = interfaces.length - sums.avg_in_bps.of;
  return facts([
    ['Capacity of all lines', `${bits(sums.if_speed.value)}${missing(interfaces.length - sums.if_speed.of, 'without a speed')}`],
    ['Sum of averages', `${pair('avg')}${missing(lacking, 'not measured')}`],
    ['95th percentiles added up', `${pair('p95')}. The sum’s own can differ.`],
    ['Maxima added up', `${pair('max')}. Not all peaked together.`],
  ]);
}

function missing(lines, why) {
  return lines > 0 ? ` (${plural(lines, 'line')} ${why}, left out)` : '';
}

function save(report, groups) {
  saveText(`wardflux-uplinks-${report.month}.csv`, 'text/csv', toCSV(CSV_COLUMNS, csvRows(groups, report.month)));
}
