/** Devices and links as tables: the same as the map, for who cannot or does not want to look at it. */
import { bits, bitsShort, count, percent, words } from '../../core/format.js';
import { saveText, toCSV } from '../../core/csv.js';
import { html } from '../../core/html.js';
import { setQuery } from '../../core/router.js';
import { statusWords } from '../../topo/graph.js';
import { known } from '../../topo/walk.js';
import { deviceLink, empty, interfaceLink, status } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { cableState } from './cable-row.js';
import { pageOf, pager } from './rows.js';
import { deviceRows, linkRows, sorted } from './table-rows.js';

const yes = value => (value ? 'yes' : 'no');

const deviceColumns = [
  { id: 'name', title: 'Device', sortable: true, render: row => deviceLink(row.id, row.name), value: row => row.name },
  { id: 'status', title: 'Status', sortable: true, render: row => status(row.status), value: row => row.status },
  { id: 'type', title: 'Type', sortable: true, render: row => words(row.type), value: row => row.type },
  { id: 'tier', title: 'Tier', sortable: true, numeric: true, render: row => row.tier ?? '–', value: row => row.tier },
  { id: 'cables', title: 'Cables', sortable: true, numeric: true, render: row => count(row.cables), value: row => row.cables },
  { id: 'neighbours', title: 'Neighbours', sortable: true, numeric: true, render: row => count(row.neighbours),
    value: row => row.neighbours },
  { id: 'single', title: 'Single point of failure', sortable: true, render: row => yes(row.single), value: row => yes(row.single) },
];

const linkColumns = [
  { id: 'source', title: 'From', sortable: true, render: row => deviceLink(row.sourceID, row.source), value: row => row.source },
  { id: 'sourcePort', title: 'Port', render: row => interfaceLink(row.sourceInterface, row.source, row.sourcePort ?? '–'),
    value: row => row.sourcePort },
  { id: 'target', title: 'To', sortable: true, render: row => deviceLink(row.targetID, row.target), value: row => row.target },
  { id: 'targetPort', title: 'Port', render: row => interfaceLink(row.targetInterface, row.target, row.targetPort ?? '–'),
    value: row => row.targetPort },
  { id: 'state', title: 'Status', sortable: true, render: row => status(row.state), value: row => row.state },
  { id: 'speed', title: 'Speed', csv: 'Speed (bit/s)', sortable: true, numeric: true,
    render: row => (row.speed ? bitsShort(row.speed) : '–'), tooltip: row => (row.speed ? bits(row.speed) : null),
    value: row => row.speed },
  { id: 'toTarget', title: 'There', csv: 'There (%)', sortable: true, numeric: true, render: row => percent(row.toTarget),
    value: row => row.toTarget },
  { id: 'toSource', title: 'Back', csv: 'Back (%)', sortable: true, numeric: true, render: row => percent(row.toSource),
    value: row => row.toSource },
  { id: 'confidence', title: 'Sure', csv: 'Confidence (0 to 1)', sortable: true, numeric: true,
    render: row => percent(row.confidence === null ? null : row.confidence * 100, 0), value: row => row.confidence },
  { id: 'single', title: 'Single', sortable: true, render: row => yes(row.single), value: row => yes(row.single) },
];

/** The table of devices. @param {import('./model.js').MapModel} model */
export function devicesTable(model) {
  const rows = deviceRows(model.graph.value, model.filtered.value, { statusWords });
  return listOf(model, 'Devices', deviceColumns, rows, 'name');
}

/** The table of links. @param {import('./model.js').MapModel} model */
export function linksTable(model) {
  const rows = linkRows(model.graph.value, model.filtered.value, { cableState, known });
  return listOf(model, 'Links', linkColumns, rows, 'source');
}

function listOf({ address }, title, columns, all, standardSort) {
  const sort = columns.some(({ id }) => id === address.sort.value.replace(/^-/, '')) ? address.sort.value : standardSort;
  const wanted = address.q.value.toLowerCase();
  const rows = sorted(all.filter(row => row.text.includes(wanted)), sort);
  return html`<div class="topo-tables">
    <div class="topo-tables-head">
      <input class="input" type="search" aria-label=${`Filter ${title.toLowerCase()}`} placeholder=${`Filter ${title.toLowerCase()}`}
        .value=${address.q.value} @input=${event => setQuery({ q: event.target.value, page: null })}>
      <span>${count(rows.length)} of ${count(all.length)}</span>
      <button type="button" class="button" @click=${() => saveRows(title, columns, rows)}>CSV</button></div>
    ${rows.length ? table({
      caption: title, columns, rows: pageOf(rows, address.page.value), keyOf: row => row.id, sort,
      onSort: next => setQuery({ sort: next.split(',')[0], page: null }, { push: true }),
      open: row => `/topology?selected=${row.id}`,
    }) : empty({ title: `No ${title.toLowerCase()} here`, text: 'None fits the filters above.' })}
    ${pager(rows.length, address.page.value)}</div>`;
}

function saveRows(title, columns, rows) {
  const written = columns.map(({ title: name, csv, value }, place) => ({ title: csv ?? uniqueTitle(columns, name, place), value }));
  saveText(`topology-${title.toLowerCase()}.csv`, 'text/csv', toCSV(written, rows));
}

/** Both ends have a column `Port`. */
function uniqueTitle(columns, name, place) {
  return columns.findIndex(column => column.title === name) < place ? `${columns[place - 1].title} ${name.toLowerCase()}` : name;
}
