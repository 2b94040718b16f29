/** Devices and links as tables: the same as the map, for who cannot or does not want to look at it. */
import { bits, bitsShort, count, percent, words } from '../../core/format.js';
import { saveText, toCSV } from '../../core/csv.js';
import { html } from '../../core/html.js';
import { setQuery } from '../../core/router.js';
import { pageOf, pager } from '../../ui/pager.js';
import { deviceLink, empty, interfaceLink, status } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { turn } from './panel.js';
import { deviceRows, linkRows, sorted } from './table-rows.js';

/** A column to sort by: what is written is what the row has, `render` shows it better. */
function column(id, title, render = row => row[id] ?? '–', more = {}) {
  return { id, title, render, sortable: true, value: row => row[id], ...more };
}

function number(id, title, render, more = {}) {
  return column(id, title, render, { numeric: true, ...more });
}

/** Whether it is a single point of failure, in words. */
function yesOrNo(title) {
  const yes = row => (row.single ? 'yes' : 'no');
  return column('single', title, yes, { value: yes });
}

const deviceColumns = [
  column('name', 'Device', row => deviceLink(row.id, row.name)),
  column('status', 'Status', row => status(row.status)),
  column('type', 'Type', row => words(row.type)),
  number('tier', 'Tier'),
  number('cables', 'Cables', row => count(row.cables)),
  number('neighbours', 'Neighbours', row => count(row.neighbours)),
  yesOrNo('Single point of failure'),
];

/** The columns of an end of a link: the device, and its port. */
function endColumns(end, title) {
  return [
    column(end, title, row => deviceLink(row[`${end}ID`], row[end])),
    column(`${end}Port`, 'Port', row => interfaceLink(row[`${end}Interface`], row[end], row[`${end}Port`] ?? '–'),
      { sortable: false, csv: `${title} port` }),
  ];
}

const linkColumns = [
  ...endColumns('source', 'From'),
  ...endColumns('target', 'To'),
  column('state', 'Status', row => status(row.state)),
  number('speed', 'Speed', row => bitsShort(row.speed || null),
    { csv: 'Speed (bit/s)', tooltip: row => (row.speed ? bits(row.speed) : null) }),
  number('toTarget', 'There', row => percent(row.toTarget), { csv: 'There (%)' }),
  number('toSource', 'Back', row => percent(row.toSource), { csv: 'Back (%)' }),
  number('confidence', 'Sure', row => percent(row.confidence === null ? null : row.confidence * 100, 0), { csv: 'Confidence (0 to 1)' }),
  yesOrNo('Single'),
];

/** The table of devices. @param {import('./model.js').MapModel} model */
export function devicesTable(model) {
  return listOf(model, 'devices', deviceColumns, deviceRows(model.graph.value, model.filtered.value), 'name');
}

/** The table of links. @param {import('./model.js').MapModel} model */
export function linksTable(model) {
  return listOf(model, 'links', linkColumns, linkRows(model.graph.value, model.filtered.value), 'source');
}

function listOf({ address }, what, columns, all, usualSort) {
  const sort = columns.some(({ id }) => id === address.sort.value.replace('-', '')) ? address.sort.value : usualSort;
  const wanted = address.q.value.toLowerCase();
  const rows = sorted(all.filter(row => row.text.includes(wanted)), sort);
  const save = () => saveText(`topology-${what}.csv`, 'text/csv',
    toCSV(columns.map(({ csv, title, value }) => ({ title: csv ?? title, value })), rows));
  return html`<div><div class="topo-tables-head">
      <input class="input" type="search" aria-label="Filter ${what}" placeholder="Filter ${what}"
        .value=${address.q.value} @input=${event => setQuery({ q: event.target.value, page: null })}>
      <span>${count(rows.length)} of ${count(all.length)}</span><button type="button" class="button" @click=${save}>CSV</button></div>
    ${rows.length ? table({
      caption: what, columns, rows: pageOf(rows, address.page.value), sort,
      onSort: next => setQuery({ sort: next.split(',')[0], page: null }, { push: true }),
      open: row => `/topology?selected=${row.id}`,
    }) : empty({ title: `No ${what} here`, text: 'None fits the filters above.' })}
    ${pager(rows.length, address.page.value, turn)}</div>`;
}
