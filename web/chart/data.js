/** The table beside a chart and its file: the same rows, the same values. */
import { saveText, toCSV } from '../core/csv.js';
import { html } from '../core/html.js';
import { momentText } from '../core/zone.js';
import { pageOf, pager } from '../ui/pager.js';
import { marksText } from './points.js';
import { titleWithUnit, valueText } from './units.js';

/** The columns of the CSV: times in UTC, numbers as they are, the unit in the header. */
export function csvColumns({ columns }, unit) {
  return [
    { title: 'Time (UTC)', value: ({ at }) => new Date(at).toISOString().replace('.000Z', 'Z') },
    ...columns.map(({ title }, index) => ({ title: titleWithUnit(title, unit), value: ({ values }) => values[index] })),
    { title: 'Remarks', value: ({ marks }) => marksText(marks) },
  ];
}

/** Saves what a chart shows as a CSV file. */
export function saveChart(points, { unit, fileName }) {
  saveText(`${fileName}.csv`, 'text/csv', toCSV(csvColumns(points, unit), points.rows));
}

/** The table beside a chart, newest first, a page of it: points, completed options, page (1 the first), turn(page) -> template. */
export function dataTable({ columns, rows }, { title, zone, unit }, page, turn) {
  const shown = pageOf([...rows].reverse(), page);
  return html`<div class="chart-table" tabindex="0" role="region" aria-label="Values of ${title}"><table>
    <caption>${title}, ${zone}, newest first</caption>
    <thead><tr><th scope="col">Time</th>${columns.map(column => html`<th scope="col" class="numeric">${column.title}</th>`)}
      <th scope="col">Remarks</th></tr></thead>
    <tbody>${shown.map(({ at, values, marks }) => html`<tr><th scope="row">${momentText(at, zone)}</th>
      ${values.map(value => html`<td class="numeric">${valueText(value, unit)}</td>`)}<td>${marksText(marks)}</td></tr>`)}</tbody>
    </table></div>${pager(rows.length, page, turn, ['Newer', 'Older'])}`;
}
