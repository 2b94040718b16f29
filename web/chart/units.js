/** How values of a chart's unit are written. */

import { bits, count, percent, scales } from '../core/format.js';

/** A value with its unit: '412 Mbit/s', '12.3 %', '1,204 /s', '12'; null is '–'. */
export function valueText(value, unit) {
  if (value === null || value === undefined) return '–';
  if (unit === 'bit/s') return bits(value);
  if (unit === '%') return percent(value, value < 1 ? 3 : 1);
  return unit === '/s' ? `${count(value)} /s` : count(value);
}

/** A value on an axis, as short as it can be: '400 M', '12 %', '1.2 k'. */
export function tickText(value, unit) {
  const scale = unit === '%' ? undefined : scales.find(([least]) => value >= least * 0.9999);
  const [size, letter] = scale ?? [1, unit === '%' ? '%' : ''];
  return `${Number((value / size).toPrecision(3))}${value > 0 && letter ? ` ${letter}` : ''}`;
}

/** The title of a column of numbers without a unit: 'In (bit/s)'. */
export function titleWithUnit(title, unit) {
  return unit === 'count' ? title : `${title} (${unit === '/s' ? 'per second' : unit})`;
}
