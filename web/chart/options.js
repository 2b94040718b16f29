/** The shape of what a chart is told. Everything else in this folder works on what `complete` returns. */

/**
 * @typedef {'in' | 'out' | 'plain'} Side  plain values are drawn upwards, whatever else is mirrored
 *
 * @typedef {object} Series  values[i] belongs to the span that begins at times[i]; null is a gap
 * @property {string} id
 * @property {string} title
 * @property {Side} side
 * @property {number[]} times  ms, ascending
 * @property {(number | null)[]} values  in the chart's unit, never negative
 * @property {string} [colour]  name of a custom property of CSS, such as '--in'
 * @property {number[]} [dash]
 * @property {boolean} [faint]  drawn thin and pale, as the highest of a span beside its mean
 *
 * @typedef {object} Band  what is ordinary; null where nothing is known
 * @property {Side} side
 * @property {number[]} times
 * @property {(number | null)[]} low
 * @property {(number | null)[]} high
 * @property {(number | null)[]} middle
 * @property {string} title
 *
 * @typedef {object} Mark  a time of which there is something to say
 * @property {number} from  ms
 * @property {number} to  ms
 * @property {string} kind  anomaly, alert, or why there is no rate: gap, reset_announced, over_line_speed …
 * @property {string} title
 * @property {string} [href]
 * @property {Side} [side]
 * @property {string} [severity]
 *
 * @typedef {object} ChartOptions
 * @property {string} title  says what is drawn, of what
 * @property {string} [heading]  what stands above the drawing where that is plain from around it
 * @property {'bit/s' | '%' | '/s' | 'count'} unit
 * @property {number} from  ms
 * @property {number} to  ms
 * @property {number} [step]  ms that a point stands for; the middle distance of times where not given
 * @property {Series[]} series
 * @property {Band[]} [bands]
 * @property {Series[]} [compare]  another time, moved onto this one; drawn pale
 * @property {Mark[]} [marks]
 * @property {boolean} [mirrored]  in upwards, out downwards
 * @property {number | null} [capacity]  what the line carries, in the chart's unit
 * @property {boolean} [showCapacity]  the axis reaches up to the capacity
 * @property {string} [zone]  IANA name
 * @property {number} [height]  px of the drawing
 * @property {number | null} [at]  the moment that is held, as in a link to a point
 * @property {boolean} [tableOpen]
 * @property {string} [fileName]  of the CSV, without its ending
 * @property {string} [note]  a sentence under the legend, such as why there is no band
 * @property {(from: number, to: number) => void} [onZoom]
 * @property {() => void} [onReset]
 * @property {(at: number | null) => void} [onPick]  a moment was chosen, or let go
 * @property {(at: number | null) => void} [onCursor]  the cursor moved, for charts that go together
 * @property {(mark: Mark) => void} [onMark]  a mark with an href was opened
 * @property {(isOpen: boolean) => void} [onTable]
 */

/**
 * Options with everything that may be left out; `step` is found where it is not given.
 * @param {ChartOptions} options
 */
export function complete(options) {
  return {
    bands: [], compare: [], marks: [], mirrored: false, capacity: null, showCapacity: false, zone: 'UTC',
    height: 280, at: null, tableOpen: false, fileName: 'chart', note: '',
    heading: options.title, ...options,
    step: options.step ?? middleDistance(options.series),
  };
}

const fallbackStep = 300_000;

/** The middle one of the distances between neighbouring times of the longest series, in ms. */
function middleDistance(series) {
  const times = series.reduce((longest, { times: next }) => next.length > longest.length ? next : longest, []);
  const distances = times.slice(1).map((time, index) => time - times[index]).sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] ?? fallbackStep;
}
