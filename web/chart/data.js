/** The table beside a chart and its file: the same rows, the same values. */

import { saveText, toCSV } from '../core/csv.js';
import { html } from '../core/html.js';
import { marksText } from './points.js';
import { titleWithUnit, valueText } from './units.js';
import { momentText } from './zone.js';

/** Rows in the document at a time: thousands of them make a page crawl. */
const rowsAtOnce = 100;

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

/**
 * The table beside a chart, newest first, a page of it.
 * @param {{columns: object[], rows: object[]}} points
 * @param {object} options  completed options of the chart
 * @param {{page: number, turn: (page: number) => void}} paging
 */
export function dataTable(points, options, { page, turn }) {
  const pages = Math.max(1, Math.ceil(points.rows.length / rowsAtOnce));
  const shown = Math.min(page, pages - 1);
  const end = points.rows.length - shown * rowsAtOnce;
  const rows = points.rows.slice(Math.max(0, end - rowsAtOnce), end).reverse();
  return html`
    <div class="chart-table" tabindex="0" role="region" aria-label=${`Values of ${options.title}`}>
      <table>
        <caption>${options.title}, ${options.zone}, newest first</caption>
        <thead><tr>
          <th scope="col">Time</th>
          ${points.columns.map(({ title }) => html`<th scope="col" class="numeric">${title}</th>`)}
          <th scope="col">Remarks</th>
        </tr></thead>
        <tbody>${rows.map((row) => tableRow(row, points, options))}</tbody>
      </table>
    </div>
    ${pages > 1 ? pager(shown, pages, points.rows.length, turn) : null}`;
}

function tableRow({ at, values, marks }, { columns }, { unit, zone }) {
  return html`<tr>
    <th scope="row">${momentText(at, zone)}</th>
    ${columns.map((column, index) => html`<td class="numeric">${valueText(values[index], unit)}</td>`)}
    <td>${marksText(marks)}</td>
  </tr>`;
}

function pager(page, pages, total, turn) {
  return html`<p class="chart-pager">
    <button type="button" class="button" ?disabled=${page === 0} @click=${() => turn(page - 1)}>Newer</button>
    <button type="button" class="button" ?disabled=${page === pages - 1} @click=${() => turn(page + 1)}>Older</button>
    <span>${page + 1} of ${pages}, ${total} rows</span>
  </p>`;
}
