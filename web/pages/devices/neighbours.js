import { ago, percent } from '../../core/format.js';
import { html } from '../../core/html.js';
import { href } from '../../core/router.js';
import { deviceLink, empty } from '../../ui/parts.js';
import { table } from '../../ui/table.js';

const columns = [
  { id: 'local_port', title: 'On port', render: localPort },
  { id: 'neighbor_name', title: 'Neighbour', render: neighbour },
  { id: 'neighbor_port', title: 'Its port', render: farPort },
  { id: 'protocol', title: 'By', render: row => row.protocol.toUpperCase() },
  { id: 'platform', title: 'Platform', className: 'device-wide', render: row => row.platform || row.system_description || '–' },
  { id: 'capabilities', title: 'Can', render: row => row.capabilities.join(', ') || '–' },
  { id: 'confidence', title: 'Sure', numeric: true, render: row => (row.connected_to_device_id ? percent(row.confidence * 100, 0) : '–') },
  { id: 'last_seen_at', title: 'Last heard', render: row => ago(row.last_seen_at) },
];

/** The table of what a device hears, of `/devices/{id}/neighbours`; `discover` is a button to ask it now. */
export function neighbourTable(rows, discover) {
  if (rows.length === 0) {
    return empty({
      title: 'It hears no neighbour',
      text: 'LLDP and CDP may be off, or not read yet.', action: discover,
    });
  }
  return table({ caption: 'Neighbours', columns, rows, keyOf: row => row.id });
}

function localPort(row) {
  const name = row.local_if_name ?? row.local_port;
  return row.interface_id ? html`<a href=${`/interfaces/${row.interface_id}`}>${name}</a>` : name;
}

function neighbour(row) {
  if (row.connected_to_device_id) return deviceLink(row.connected_to_device_id, row.connected_to_device_name ?? row.neighbor_name);
  return html`${row.neighbor_name} <a class="device-adopt" href=${addHref(row)} aria-label=${`Add ${row.neighbor_name}`}>add it</a>`;
}

/** The page that adds a neighbour which is no device yet, with what it tells of itself. */
function addHref(row) {
  return href('/devices/add', { name: row.neighbor_name, ip: row.management_addresses[0] ?? null });
}

function farPort(row) {
  const name = row.connected_to_if_name ?? row.neighbor_port ?? row.neighbor_port_desc ?? '–';
  return row.connected_to_interface_id ? html`<a href=${`/interfaces/${row.connected_to_interface_id}`}>${name}</a>` : name;
}
