/**
 * What the tiles of the overview say: figures out of GET /overview, as plain values. Nothing here draws.
 */
import { ago, count, percent, plural } from '../../core/format.js';
import { statusOf } from '../../ui/status.js';

/**
 * The strip of totals: each figure with the list it stands for.
 * @param {{interfaces: object, devices: object, topology: object, last_discovery: object|null, polling: object}} overview as GET
 * /overview answers
 * @returns {{id: string, title: string, value: string, detail: string, href: string, status?: string}[]}
 */
export function totals(overview) {
  return [...interfaceTotals(overview.interfaces), discovery(overview.last_discovery), ...networkTotals(overview)];
}

function interfaceTotals(interfaces) {
  return [
    figure('interfaces', 'Interfaces', interfaces.total, `${count(interfaces.down)} down`, '/interfaces'),
    figure('isp', 'ISP', interfaces.isp, 'to providers', '/interfaces?role=isp'),
    figure('trunk', 'Trunk', interfaces.trunk, 'device to device', '/interfaces?role=trunk'),
    figure('critical', 'Critical', interfaces.critical, 'watched closely', '/interfaces?critical=true'),
    figure('monitored', 'Monitored', interfaces.monitored, `${percent((100 * interfaces.monitored) / interfaces.total)} of all`,
      '/interfaces?monitored=true'),
  ];
}

function discovery(run) {
  const base = { id: 'discovery', title: 'Last discovery', href: '/discovery' };
  if (!run) return { ...base, value: 'never', detail: 'none has run yet' };
  return { ...base, value: ago(run.ended_at), detail: run.state, ...(run.state === 'failed' ? { status: 'critical' } : {}) };
}

function networkTotals({ devices, topology }) {
  const silent = devices.down > 0 ? `${count(devices.down)} not answering` : 'all answer';
  return [
    figure('devices', 'Devices', devices.total, silent, '/devices'),
    figure('connected', 'Connected', topology.connected, percent(topology.connected_percent), '/topology'),
    figure('orphans', 'Orphan devices', topology.orphans, 'not inventoried', '/topology?view=orphans'),
    figure('connections', 'Connections', topology.connections, 'known cables', '/topology?view=links'),
  ];
}

function figure(id, title, value, detail, href) {
  return { id, title, value: count(value), detail, href };
}

/**
 * Uplinks of one provider each, in the order in which the server names them (provider, then busiest).
 * @param {object[]} uplinks rows of GET /overview
 * @returns {{provider: string|null, rows: object[], up: number, in_bps: number|null, out_bps: number|null, capacity: number|null}[]} sums
 * in bit/s; null where nothing is known
 */
export function byProvider(uplinks) {
  const groups = new Map();
  for (const uplink of uplinks) {
    const rows = groups.get(uplink.provider) ?? [];
    groups.set(uplink.provider, [...rows, uplink]);
  }
  return [...groups].map(([provider, rows]) => ({
    provider,
    rows,
    up: rows.filter(isUp).length,
    in_bps: sum(rows, 'in_bps'),
    out_bps: sum(rows, 'out_bps'),
    capacity: sum(rows, 'if_speed'),
  }));
}

/** Whether an uplink is up, so that nobody has to look at it. */
export function isUp(uplink) {
  return statusOf(uplink) === 'up';
}

/** Sum of a column, null where no row has a value: a provider of which nothing was read has no traffic of 0. */
function sum(rows, column) {
  const values = rows.map(row => row[column]).filter(value => value !== null && value !== undefined);
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
}

/**
 * Which rows of a provider an overview has room for: the busiest, and all that are not up, which matter more.
 * @param {object[]} rows uplinks of a provider, busiest first
 * @param {number} room how many are shown at most, those that are not up aside
 */
export function shownOf(rows, room) {
  const busiest = new Set(rows.filter(isUp).slice(0, room));
  return rows.filter(row => !isUp(row) || busiest.has(row));
}

/**
 * How the polls go, in a word and a sentence.
 * @param {{interfaces: number, late: number, last_at: string|null}} polling
 * @returns {{status: 'up'|'degraded'|'down'|'unknown', text: string}}
 */
export function pollHealth({ interfaces, late, last_at: lastAt }) {
  if (!lastAt) return { status: 'unknown', text: 'No poll yet' };
  if (late >= interfaces) return { status: 'down', text: 'No interface is read in time' };
  if (late === 0) return { status: 'up', text: `${plural(interfaces, 'interface')}, all in time` };
  return { status: 'degraded', text: `${count(late)} of ${plural(interfaces, 'interface')} late` };
}

/**
 * Anomalies without those that only say the same in packets: who reads the overview wants to know where and how far, once.
 * @param {object[]} anomalies rows of GET /anomalies
 */
export function withoutEchoes(anomalies) {
  const sides = new Set(anomalies.filter(row => row.measure === 'traffic').map(sideOf));
  return anomalies.filter(row => row.measure === 'traffic' || !sides.has(sideOf(row)));
}

function sideOf({ interface_id: port, direction }) {
  return `${port} ${direction}`;
}

/**
 * The line of a critical alert where its severity stands beside it anyway.
 * @param {{message: string}} alert
 */
export function shortMessage({ message }) {
  return message.replace(/ \(CRITICAL\)$/, '');
}
