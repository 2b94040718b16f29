/** What discovery found and lost in a time: interfaces that are new or gone, cables that appeared, vanished or moved. */
import { get } from '../../core/api.js';
import { ago, count, moment } from '../../core/format.js';
import { html } from '../../core/html.js';
import { href } from '../../core/router.js';
import { word } from '../devices/words.js';
import { deviceLink, portLink, section } from '../../ui/parts.js';
import { table } from '../../ui/table.js';

/** Rows of each table; the heading tells how many there are, and a link leads to all. */
const ROWS = 15;

/** The list of interfaces with the newest first. */
const NEWEST = { sort: '-created_at', columns: 'device_name,if_name,if_alias,interface_type,created_at' };

/** Found and lost since a time: days, AbortSignal -> {found, lost, cables}. */
export async function loadFound(days, signal) {
  const since = new Date(Date.now() - days * 86_400_000).toISOString();
  const [found, lost, cables] = await Promise.all([
    get('/interfaces/list', { created_at__gte: since, sort: '-created_at', limit: ROWS }, { signal }),
    get('/interfaces/list', { missing_since__gte: since, sort: '-missing_since', limit: ROWS }, { signal }),
    get('/topology/changes', { from: `-${days}d` }, { signal }),
  ]);
  return { found, lost, cables };
}

/** The three tables: what loadFound answers -> template. */
export function foundView({ found, lost, cables }) {
  return html`<div class="discovery-columns">
    ${section({ title: `New interfaces: ${count(found.total)}`, id: 'found' },
      interfaceTable('Interfaces that are new', found, 'created_at', 'Found', href('/interfaces', NEWEST)))}
    ${section({ title: `Lost interfaces: ${count(lost.total)}`, id: 'lost' },
      interfaceTable('Interfaces that are gone', lost, 'missing_since', 'Missing',
        href('/interfaces', { status: 'missing', sort: '-missing_since' })))}
    </div>
    ${section({ title: `Cables: ${count(cables.appeared)} appeared, ${count(cables.vanished)} vanished, ${count(cables.moved)} moved`,
      id: 'cables' }, cableTable(cables))}`;
}

function interfaceTable(caption, page, column, title, all) {
  if (page.items.length === 0) return html`<p class="job-muted">None in this time.</p>`;
  return html`${table({
    caption, rows: page.items, keyOf: (row) => row.id, open: (row) => `/interfaces/${row.id}`,
    columns: [
      { id: 'interface', title: 'Interface', render: (row) => portLink({ ...row, if_name: row.if_name ?? row.if_descr }) },
      { id: 'alias', title: 'Alias', className: 'discovery-alias', render: (row) => row.if_alias },
      { id: 'type', title: 'Type', render: (row) => word(row.interface_type) },
      { id: 'at', title, render: (row) => html`<span title=${moment(row[column])}>${ago(row[column])}</span>` },
    ],
  })}
  ${page.total > page.items.length ? html`<p><a href=${all}>All ${count(page.total)}</a></p>` : null}`;
}

function cableTable(cables) {
  if (cables.items.length === 0) return html`<p class="job-muted">No cable changed in this time.</p>`;
  return table({
    caption: 'Cables that changed', rows: cables.items.slice(0, ROWS), keyOf: (row) => `${row.link_id} ${row.revision} ${row.change}`,
    columns: [
      { id: 'at', title: 'When', render: (row) => moment(row.at) },
      { id: 'change', title: 'Change', render: (row) => row.change },
      { id: 'source', title: 'From', render: (row) => end(row, 'source') },
      { id: 'target', title: 'To', render: (row) => end(row, 'target') },
      { id: 'moved', title: 'Before', render: (row) => (row.from ? html`${end(row.from, 'source')} – ${end(row.from, 'target')}` : null) },
    ],
  });
}

/** One end of a cable; an orphan is no device and has no page. */
function end(row, side) {
  const [id, name, port] = [row[side], row[`${side}_name`], row[`${side}_interface`]];
  return html`${id ? deviceLink(id, name) : name} ${port ?? ''}`;
}
