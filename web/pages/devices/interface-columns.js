import { ago, bits, bitsShort, count, percent } from '../../core/format.js';
import { html } from '../../core/html.js';
import { deviceLink, status, statusOf } from '../../ui/parts.js';
import { interfaceName, word } from './words.js';

/** The columns of tables of interfaces; `isShown` says which a table begins with. */
export const interfaceColumns = [
  { id: 'if_oper_status_name', title: 'Status', sortable: true, isShown: true, render: row => status(statusOf(row)) },
  { id: 'device_name', title: 'Device', sortable: true, isShown: true, render: row => deviceLink(row.device_id, row.device_name) },
  { id: 'if_name', title: 'Interface', sortable: true, isShown: true, render: nameCell },
  { id: 'if_alias', title: 'Alias', sortable: true, isShown: true, ...text('if_alias') },
  { id: 'interface_type', title: 'Role', sortable: true, isShown: true, render: row => word(row.interface_type) },
  { id: 'isp_provider', title: 'Provider', sortable: true, isShown: true, render: row => row.isp_provider || '–' },
  { id: 'if_speed', title: 'Speed', sortable: true, isShown: true, numeric: true, ...rate(row => row.if_speed) },
  { id: 'is_critical', title: 'Critical', sortable: true, isShown: true, render: row => (row.is_critical ? 'critical' : '–') },
  { id: 'lldp_neighbor_name', title: 'Neighbour', sortable: true, isShown: true, render: neighbourCell },
  { id: 'monitoring_enabled', title: 'Monitored', sortable: true, render: row => (row.monitoring_enabled ? 'yes' : 'no') },
  { id: 'if_admin_status_name', title: 'Admin status', sortable: true, render: row => row.if_admin_status_name ?? '–' },
  { id: 'if_index', title: 'ifIndex', sortable: true, numeric: true, render: row => String(row.if_index) },
  { id: 'if_descr', title: 'Description', sortable: true, ...text('if_descr') },
  { id: 'if_mtu', title: 'MTU', sortable: true, numeric: true, render: row => count(row.if_mtu) },
  { id: 'duplex', title: 'Duplex', sortable: true, render: row => row.duplex ?? '–' },
  { id: 'if_phys_address', title: 'MAC address', sortable: true, render: row => row.if_phys_address || '–' },
  { id: 'classification_confidence', title: 'Confidence', sortable: true, numeric: true, render: confidence },
  { id: 'classification_rule', title: 'Decided by', sortable: true, render: row => row.classification_rule },
  { id: 'notes', title: 'Notes', sortable: true, ...text('notes') },
  { id: 'last_seen_at', title: 'Last seen', sortable: true, render: row => ago(row.last_seen_at) },
  { id: 'last_discovered_at', title: 'Last read', sortable: true, render: row => ago(row.last_discovered_at) },
  { id: 'missing_since', title: 'Missing since', sortable: true, render: row => ago(row.missing_since) },
  { id: 'created_at', title: 'First seen', sortable: true, render: row => ago(row.created_at) },
];

/** What a column of long texts is: cut to its width, whole in the tooltip. */
function text(name) {
  return { className: 'device-wide', tooltip: row => row[name], render: row => row[name] || '–' };
}

/** What a column of rates in bit/s is, short in the cell and with the unit in the tooltip. */
export function rate(of) {
  return { tooltip: row => bits(of(row)), render: row => bitsShort(of(row)) };
}

function confidence(row) {
  return percent(row.classification_confidence * 100, 0);
}

function nameCell(row) {
  return html`<a href=${`/interfaces/${row.id}`}>${interfaceName(row)}</a>`;
}

function neighbourCell(row) {
  const name = row.lldp_neighbor_name;
  if (!name && !row.connected_to_device_id) return '–';
  return row.connected_to_device_id ? deviceLink(row.connected_to_device_id, name ?? 'device') : name;
}

/** The statuses that interfaces are chosen by, each with the parameters of the API that mean it. */
export const statusChoices = [
  { value: 'up', title: 'up', query: { if_oper_status_name: 'up', missing_since__isnull: 'true' } },
  { value: 'down', title: 'down', query: { if_admin_status_name: 'up', if_oper_status_name__ne: 'up', missing_since__isnull: 'true' } },
  { value: 'admin-down', title: 'admin down', query: { if_admin_status_name: 'down', missing_since__isnull: 'true' } },
  { value: 'missing', title: 'missing', query: { missing_since__isnull: 'false' } },
];

/** Choices of a filter by a truth. */
export const yesOrNo = [{ value: 'true', title: 'yes' }, { value: 'false', title: 'no' }];

/** The speeds interfaces usually have, bit/s. */
export const speedChoices = [
  [10e6, '10 Mbit/s'], [100e6, '100 Mbit/s'], [1e9, '1 Gbit/s'], [2.5e9, '2.5 Gbit/s'], [10e9, '10 Gbit/s'],
  [25e9, '25 Gbit/s'], [40e9, '40 Gbit/s'], [100e9, '100 Gbit/s'],
].map(([speed, title]) => ({ value: String(speed), title }));
