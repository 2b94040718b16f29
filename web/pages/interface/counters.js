/** The counters of an interface as they were read, the newest first. */

import { count, momentFull } from '../../core/format.js';
import { downloadCSV } from '../../core/api.js';
import { html } from '../../core/html.js';
import { empty } from '../../ui/parts.js';
import { table } from '../../ui/table.js';

const counters = [
  ['interface_if_hc_in_octets', 'In octets'], ['interface_if_hc_out_octets', 'Out octets'],
  ['interface_if_in_unicast_pkts', 'In packets'], ['interface_if_out_unicast_pkts', 'Out packets'],
  ['interface_if_in_errors', 'In errors'], ['interface_if_out_errors', 'Out errors'],
  ['interface_if_in_discards', 'In discards'], ['interface_if_out_discards', 'Out discards'],
];

const columns = [
  { id: 'at', title: 'Read at', render: (reading) => momentFull(reading.at) },
  ...counters.map(([id, title]) => ({ id, title, numeric: true, render: (reading) => counterText(reading, id) })),
  { id: 'sys_uptime', title: 'sysUpTime', numeric: true, title_: 'hundredths of a second', render: (reading) => count(reading.sys_uptime) },
  { id: 'oper', title: 'Oper', render: (reading) => (reading.if_oper_status === 1 ? 'up' : String(reading.if_oper_status ?? '–')) },
];

/**
 * A counter with its thousands apart, exact: '18,446,744,073,709,551,615'; those above 2^63 - 1 come as text. Errors have 32 bits
 * everywhere.
 */
export function counterText(reading, id) {
  const value = reading[id];
  if (value === null || value === undefined) return '–';
  const text = typeof value === 'string' ? value.replace(/\B(?=(\d{3})+$)/g, ',') : count(value);
  const isNarrow = reading.counters_32bit.includes(id) && !/errors|discards/.test(id);
  return isNarrow ? `${text} (32 bit)` : text;
}

/** The table, and the file of the whole range. */
export function countersPart({ items }, row, { from, to }) {
  return html`
    <p class="interface-actions">
      <button type="button" class="button" @click=${() => saveAll(row, from, to)}>CSV of all readings of the range</button></p>
    ${items.length === 0
      ? empty({ title: 'No readings in these two hours', text: whyNone(row) })
      : table({ caption: 'Counters, newest first', columns, rows: [...items].reverse(),
        keyOf: (reading) => reading.at })}`;
}

function whyNone(row) {
  return row.monitoring_enabled ? 'The next poll brings one.' : 'Monitoring is off.';
}

function saveAll(row, from, to) {
  const name = `${row.device_name} ${row.if_name ?? row.if_index} readings.csv`;
  return downloadCSV('/series/export', { interface: row.id, from: from.toISOString(), to: to.toISOString() }, name);
}
