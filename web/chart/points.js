/** The values of a chart by time: what the cursor reads, the table shows and the file has. The same for all three. */

import { hatchings } from './marks.js';

/**
 * Every time that a chart shows, ascending, with what is known of it.
 * @param {ReturnType<typeof import('./options.js').complete>} options
 * @returns {{columns: Column[], rows: Row[]}}
 *
 * @typedef {{title: string, kind: 'value' | 'compare' | 'band', side: string, key: string, source: object}} Column
 * @typedef {{at: number, values: (number | null)[], marks: import('./options.js').Mark[]}} Row
 */
export function pointsOf(options) {
  const columns = columnsOf(options);
  const times = timesOf(options);
  const readers = columns.map(readerOf);
  const marks = [...options.marks].sort((a, b) => a.from - b.from);
  const rows = times.map((at) => ({
    at, values: readers.map((read) => read(at)), marks: marksIn(marks, at, at + options.step),
  }));
  return { columns, rows };
}

function columnsOf({ series, bands, compare }) {
  const ofSeries = (kind) => (source) => ({ title: source.title, kind, side: source.side, key: 'values', source });
  const ofBand = (source) => [['middle', 'expected'], ['low', 'low'], ['high', 'high']].map(([key, word]) =>
    ({ title: `${source.title}, ${word}`, kind: /** @type {const} */ ('band'), side: source.side, key, source }));
  return [...series.map(ofSeries('value')), ...bands.flatMap(ofBand), ...compare.map(ofSeries('compare'))];
}

/** Times of the series; where there is none, those of bands, so that what is expected can be read at least. */
function timesOf({ series, bands, from, to, step }) {
  const sources = series.some(({ times }) => times.length > 0) ? series : bands;
  const all = new Set();
  for (const { times } of sources) for (const time of times) if (time + step > from && time < to) all.add(time);
  return [...all].sort((a, b) => a - b);
}

function readerOf({ source, key }) {
  const indexes = new Map(source.times.map((time, index) => [time, index]));
  const values = source[key];
  return (at) => values[indexes.get(at) ?? -1] ?? null;
}

function marksIn(marks, from, to) {
  return marks.filter((mark) => mark.from < to && Math.max(mark.to, mark.from + 1) > from);
}

/** What marks say, in a line: 'reset, announced; Traffic spike …'. */
export function marksText(marks) {
  const said = marks.map(({ kind, title }) => title || hatchings[kind]?.title || kind);
  return [...new Set(said)].join('; ');
}

/** Index of the row whose span holds `time`, else the nearest; -1 where there are no rows. */
export function rowAt(rows, time) {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle].at <= time) low = middle;
    else high = middle - 1;
  }
  return rows.length === 0 ? -1 : low;
}

/** Mean and highest of the shown values of a series: {mean, highest}, null where there are none. */
export function figuresOf({ times, values }, { from, to, step }) {
  const shown = values.filter((value, index) => value !== null && times[index] + step > from && times[index] < to);
  if (shown.length === 0) return { mean: null, highest: null };
  const sum = shown.reduce((total, value) => total + value, 0);
  return { mean: sum / shown.length, highest: shown.reduce((top, value) => Math.max(top, value), 0) };
}
