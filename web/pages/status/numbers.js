/** Numbers by name as tables that say what each means; numbers that tell of a fault stand out with what to do. */
import { count, octets } from '../../core/format.js';
import { html } from '../../core/html.js';
import { table } from '../../ui/table.js';

/**
 * Numbers with their meaning: caption, {name: number}, {name: [meaning, remedy where it should be 0]} -> template.
 * A name without a meaning is shown all the same: a newer server tells more.
 */
export function numberTable(caption, numbers, meanings) {
  const rows = Object.entries(numbers).map(([name, value]) => ({ name, value, meaning: meanings[name]?.[0], remedy: meanings[name]?.[1] }));
  return table({
    caption, rows, keyOf: (row) => row.name,
    columns: [
      { id: 'name', title: 'Number', render: (row) => row.name.replaceAll('_', ' ') },
      { id: 'value', title: 'Value', numeric: true, render: (row) => valueOf(row) },
      { id: 'meaning', title: 'Meaning', className: 'status-meaning',
        render: (row) => (isFault(row) ? html`${row.meaning} <strong>${row.remedy}</strong>` : row.meaning) },
    ],
  });
}

function isFault(row) {
  return row.value > 0 && row.remedy;
}

function valueOf(row) {
  const text = valueText(row.name, row.value);
  return isFault(row) ? html`<span class="status-fault"><span aria-hidden="true">▲</span> ${text}</span>` : text;
}

/** A number by the unit that its name ends with: 'log_octets', 3802672 -> '3.8 MB'. */
export function valueText(name, value) {
  if (/octets(_on_disk|_max)?$/.test(name)) return octets(value);
  if (name.endsWith('_nanoseconds')) return `${(value / 1e9).toFixed(1)} s`;
  if (name.endsWith('_milliseconds')) return `${count(value)} ms`;
  if (name.endsWith('_seconds')) return `${count(value)} s`;
  return count(value);
}
