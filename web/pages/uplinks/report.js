/** The rows of the report of uplinks: which are shown in which order, what they come to, and their columns. */
import { bits, bitsShort, percent } from '../../core/format.js';
import { html } from '../../core/html.js';
import { portLink, statusMark } from '../../ui/parts.js';
import { forecastText, forecastTone, outageText, samplesText, shareText } from './words.js';
import { csvColumns } from '../shared/csv-columns.js';

/** What a line without a provider is listed under. */
const NOBODY = 'no provider known';

const RATES = ['if_speed', 'p95_in_bps', 'p95_out_bps', 'avg_in_bps', 'avg_out_bps', 'max_in_bps', 'max_out_bps'];

/** Orders of the lines of a provider: column -> value to compare, the largest first. */
const ORDERS = {
  device: null, measured: (row) => row.measured_percent, outage: (row) => row.outage_minutes,
  forecast: (row) => (row.forecast ? -row.forecast.urgency : null),
  ...Object.fromEntries(RATES.slice(1).map((column) => [column.replace('_bps', ''), (row) => row[column]])),
};

/** Whether the report can be sorted by a text such as '-p95_in' or 'device'. */
export function isOrder(sort) {
  return sort.replace(/^-/, '') in ORDERS;
}

/** The groups that are shown: answer of /uplinks, {provider, q, sort} -> [{provider, interfaces, sums}]. */
export function groupsOf(report, { provider, q, sort }) {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (row) => words.every((word) => `${row.device_name} ${row.if_name} ${row.if_alias ?? ''}`.toLowerCase().includes(word));
  return report.providers
    .map((group) => ({ provider: group.provider ?? NOBODY, interfaces: sorted(group.interfaces.filter(fits), sort) }))
    .filter((group) => group.interfaces.length > 0 && (!provider || group.provider === provider))
    .map((group) => ({ ...group, sums: sumsOf(group.interfaces) }));
}

function sorted(rows, sort) {
  const name = (row) => `${row.device_name} ${row.if_name}`;
  const value = ORDERS[sort.replace(/^-/, '')];
  const sign = sort.startsWith('-') ? -1 : 1;
  const natural = (a, b) => name(a).localeCompare(name(b), 'en', { numeric: true });
  if (!value) return [...rows].sort((a, b) => sign * natural(a, b));
  return [...rows].sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    // What is not known comes last in either direction, as in the lists of the API.
    if (left == null || right == null) return Number(left == null) - Number(right == null) || natural(a, b);
    return sign * (left - right) || natural(a, b);
  });
}

/** Sums of what is known, with how many lines are behind each: rows -> {column: {value, of}}. */
function sumsOf(rows) {
  return Object.fromEntries(RATES.map((column) => {
    const known = rows.map((row) => row[column]).filter((value) => value != null);
    return [column, { value: known.length ? known.reduce((a, b) => a + b, 0) : null, of: known.length }];
  }));
}

/** Columns of the report, with the plain value that goes into the CSV and its unit in the title there. */
export const COLUMNS = [
  { id: 'device', title: 'Uplink', sortable: true, className: 'uplinks-line', render: lineCell },
  rate('p95_in', '95th in', 'p95_in_bps'), rate('p95_out', '95th out', 'p95_out_bps'),
  rate('avg_in', 'Avg in', 'avg_in_bps'), rate('avg_out', 'Avg out', 'avg_out_bps'),
  rate('max_in', 'Max in', 'max_in_bps'), rate('max_out', 'Max out', 'max_out_bps'),
  { id: 'measured', title: 'Measured', numeric: true, sortable: true, render: (row) => percent(row.measured_percent),
    tooltip: (row) => samplesText(row.p95_samples) },
  { id: 'outage', title: 'Without link', numeric: true, sortable: true, render: (row) => outageText(row.outage_minutes) },
  { id: 'forecast', title: 'Full', sortable: true, className: 'uplinks-forecast', render: forecastCell,
    tooltip: (row) => row.forecast?.message },
];

function rate(id, title, column) {
  return {
    id, title, numeric: true, sortable: true, tooltip: (row) => bits(row[column]),
    render: (row) => html`${bitsShort(row[column])}<span class="uplinks-share">${shareText(row[column], row.if_speed)}</span>`,
  };
}

function lineCell(row) {
  const speed = row.if_speed ? bits(row.if_speed) : 'no speed known';
  return html`${portLink(row)}<span class="uplinks-alias">${speed} ${row.if_alias}</span>`;
}

function forecastCell(row) {
  const tone = forecastTone(row.forecast);
  return html`${tone ? statusMark(tone) : null} ${forecastText(row.forecast)}`;
}

/** Columns of the CSV: every figure that is shown, unformatted, with its unit in the title. */
export const CSV_COLUMNS = csvColumns([
  'month', 'provider', ['device', 'device_name'], ['interface', 'if_name'], ['alias', 'if_alias'], ['speed_bps', 'if_speed'],
  'p95_in_bps', 'p95_out_bps', 'p95_bps', 'p95_samples', 'avg_in_bps', 'avg_out_bps', 'max_in_bps', 'max_out_bps',
  'measured_percent', 'outage_minutes', ['forecast', (row) => (row.forecast ? forecastText(row.forecast) : null)],
  ['forecast_date', (row) => row.forecast?.date], ['forecast_earliest', (row) => row.forecast?.earliest],
  ['forecast_latest', (row) => row.forecast?.latest],
]);

/** Rows of the CSV in the order on the page: groups, month -> rows. */
export function csvRows(groups, month) {
  return groups.flatMap((group) => group.interfaces.map((row) => ({ ...row, month, provider: group.provider })));
}
