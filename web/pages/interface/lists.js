/** Lists of the page: anomalies and alerts of the range, the far end, facts, the forecast. */

import { ago, bits, count, moment, momentShort, sigma } from '../../core/format.js';
import { html } from '../../core/html.js';
import { deviceLink, empty, facts, interfaceLink, status } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { lasted } from '../shared/lasted.js';
import { neighbourTable } from '../devices/neighbours.js';

const amount = ({ measure }) => (measure === 'packets' ? (value) => `${count(value)} /s` : bits);

function lastedText(row) {
  return row.is_over ? lasted(row.started_at, row.ended_at ?? row.last_at) : `${lasted(row.started_at)}, goes on`;
}

const anomalyColumns = [
  { id: 'started_at', title: 'Began', render: (row) => html`<a href="/anomalies/${row.id}">${momentShort(row.started_at)}</a>` },
  { id: 'severity', title: 'Severity', render: (row) => status(row.severity) },
  { id: 'message', title: 'What', className: 'wide', render: (row) => row.message },
  { id: 'actual', title: 'Was', numeric: true, render: (row) => amount(row)(row.actual) },
  { id: 'expected', title: 'Usual', numeric: true, render: (row) => `${amount(row)(row.low)} – ${amount(row)(row.high)}` },
  { id: 'score', title: 'Score', numeric: true, render: (row) => sigma(row.score) },
  { id: 'lasted', title: 'Lasted', numeric: true, render: lastedText },
  { id: 'state', title: 'State', render: (row) => row.state.replace('_', ' ') },
];

/** Anomalies of the range. */
export function anomalyList({ items }) {
  if (items.length === 0) return empty({ title: 'No anomalies in this time',
    text: 'They are marked on the chart, too.' });
  return table({ caption: 'Anomalies in this time', columns: anomalyColumns, rows: items, open: (row) => `/anomalies/${row.id}` });
}

const alertColumns = [
  { id: 'started_at', title: 'Began', render: (row) => html`<a href="/alerts/${row.id}">${momentShort(row.started_at)}</a>` },
  { id: 'severity', title: 'Severity', render: (row) => status(row.severity) },
  { id: 'message', title: 'What', className: 'wide', render: (row) => row.message },
  { id: 'state', title: 'State', render: (row) => status(row.state) },
  { id: 'lasted', title: 'Lasted', numeric: true, render: (row) => lasted(row.started_at, row.resolved_at) },
  { id: 'note', title: 'Note', className: 'wide',
    render: (row) => [row.acknowledged_by, row.acknowledgement_note].filter(Boolean).join(': ') || '–' },
];

/** Alerts of the range. */
export function alertList({ items }) {
  if (items.length === 0) return empty({ title: 'No alerts in this time',
    text: 'None is open or resolved.' });
  return table({ caption: 'Alerts in this time', columns: alertColumns, rows: items, open: (row) => `/alerts/${row.id}` });
}

/** Who is at the far end, and all that is heard on it. */
export function farEndPart(row, neighbours) {
  return html`
    <p>${farEnd(row)}</p>
    ${neighbours && neighbours.length > 0 ? neighbourTable(neighbours, null) : null}`;
}

function farEnd(row) {
  const name = row.lldp_neighbor_name ?? 'a device';
  const by = row.neighbor_protocol ? ` by ${row.neighbor_protocol.toUpperCase()}` : '';
  if (!row.connected_to_device_id && !row.lldp_neighbor_name) return 'No neighbour is known.';
  if (!row.connected_to_device_id) return `${name} ${row.lldp_neighbor_port ?? ''}, heard${by}; no device of the inventory.`;
  const port = row.connected_to_interface_id
    ? interfaceLink(row.connected_to_interface_id, name, row.lldp_neighbor_port ?? 'its interface') : row.lldp_neighbor_port;
  return html`${deviceLink(row.connected_to_device_id, name)} ${port}${by}.`;
}

/** What the device says of it. */
export function factsPart(row) {
  return facts([
    ['Description', row.if_descr || '–'], ['ifIndex', String(row.if_index)], ['ifType', row.if_type === null ? '–' : String(row.if_type)],
    ['Speed', bits(row.if_speed)], ['Duplex', row.duplex ?? '–'], ['MTU', row.if_mtu === null ? '–' : `${count(row.if_mtu)} octets`],
    ['MAC address', row.if_phys_address || '–'],
    ['Admin, oper', `${row.if_admin_status_name ?? '–'}, ${row.if_oper_status_name ?? '–'}`],
    ['Last read', `${ago(row.last_discovered_at)} (${moment(row.last_discovered_at)})`], ['First seen', moment(row.created_at)],
    ['Id', html`<code class="interface-id">${row.id}</code>`],
  ]);
}

/** When it is full, and the 95th percentile of the month. */
export function forecastPart(forecast) {
  if (!forecast) return null;
  return html`<p>${forecast.message}</p>${facts([
    ['95th percentile in', bits(forecast.p95_in_bps)], ['95th percentile out', bits(forecast.p95_out_bps)],
    ['Samples this month', count(forecast.p95_samples)], ['Busy hour now', bits(forecast.level_bps)],
  ])}`;
}
