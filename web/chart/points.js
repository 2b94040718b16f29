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
  const readers = columns.map(readerOf);
  const marks = [...options.marks].sort((a, b) => a.from - b.from);
  const rows = timesOf(options).map(at => ({
    at, values: readers.map(read => read(at)),
    marks: marks.filter(mark => mark.from < at + options.step && Math.max(mark.to, mark.from + 1) > at),
  }));
  return { columns, rows };
}

function columnsOf({ series, bands, compare }) {
  const column = (source, kind, key = 'values', word = '') => ({ title: source.title + word, kind, side: source.side, key, source });
  return [
    ...series.map(one => column(one, 'value')),
    ...bands.flatMap(one => [
      column(one, 'band', 'middle', ', expected'), column(one, 'band', 'low', ', low'), column(one, 'band', 'high', ', high'),
    ]),
    ...compare.map(one => column(one, 'compare')),
  ];
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

/** What marks say, in a line: 'reset, announced; Traffic spike …'. */
export function marksText(marks) {
  const said = marks.map(({ kind, title }) => title || hatchings[kind]?.title || kind);
  return [...new Set(said)].join('; ');
}

/** Index of the row whose span holds `time`, else the nearest; -1 where there are no rows. */
export function rowAt(rows, time) {
  let [low, high] = [0, rows.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle].at <= time) low = middle;
    else high = middle - 1;
  }
  return rows.length ? low : -1;
}

/** Mean and highest of the shown values of a series: {mean, highest}, null where there are none. */
export function figuresOf({ times, values }, { from, to, step }) {
  const shown = values.filter((value, index) => value !== null && times[index] + step > from && times[index] < to);
  const sum = shown.reduce((total, value) => total + value, 0);
  return shown.length ? { mean: sum / shown.length, highest: shown.reduce((a, b) => Math.max(a, b)) } : { mean: null, highest: null };
}
