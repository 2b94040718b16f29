import { get } from '../../core/api.js';
import { percent } from '../../core/format.js';
import { listPage } from '../../ui/list.js';
import { interfaceColumns, rate, statusChoices, yesOrNo } from './interface-columns.js';
import { choicesOf, interfaceTypes } from './words.js';

const hidden = new Set(['device_name', 'isp_provider', 'monitoring_enabled']);

const filters = [
  { name: 'q', title: 'Search', kind: 'search', parameter: 'q' },
  { name: 'status', title: 'Status', kind: 'choice', choices: statusChoices },
  { name: 'role', title: 'Role', kind: 'choice', choices: choicesOf(interfaceTypes), parameter: 'interface_type' },
  { name: 'critical', title: 'Critical', kind: 'choice', choices: yesOrNo, parameter: 'is_critical' },
];

/** The rates of a device's interfaces now: a map from the id of the interface to its row of `/interfaces/top`. */
export async function loadRates(deviceId, signal) {
  const top = await get('/interfaces/top', { device_id: deviceId, by: 'traffic', window: 'now', limit: 1000 }, { signal });
  return new Map(top.items.map(row => [row.interface_id ?? row.id, row]));
}

/** The list of a device's interfaces with their rates; `rates` is a resource of `loadRates`. */
export function portList(device, rates) {
  return listPage({
    path: `/interfaces/device/${device.id}`, caption: `Interfaces of ${device.name}`, filters, columns: withRates(rates),
    rowHref: row => `/interfaces/${row.id}`,
    csvName: `interfaces-${device.name}`, events: ['catalog'], others: ['hops', 'run', 'edit', 'remove'],
    emptyState: { title: 'No interfaces yet', text: 'They come with its first discovery.' },
  });
}

function withRates(rates) {
  const columns = interfaceColumns.filter(column => column.id !== 'device_name')
    .map(column => ({ ...column, isShown: column.isShown && !hidden.has(column.id) }));
  const at = columns.findIndex(column => column.id === 'if_speed') + 1;
  return [...columns.slice(0, at), ...rateColumns(rates), ...columns.slice(at)];
}

function rateColumns(rates) {
  const of = (row, name) => rates.data.value?.get(row.id)?.[name] ?? null;
  return [
    { id: 'in_bps', title: 'In', isShown: true, numeric: true, ...rate(row => of(row, 'in_bps')) },
    { id: 'out_bps', title: 'Out', isShown: true, numeric: true, ...rate(row => of(row, 'out_bps')) },
    { id: 'percent', title: 'Utilisation', isShown: true, numeric: true, render: row => percent(of(row, 'utilization_percent')) },
  ];
}
