/** Where values and moments stand on the drawing: the scales of one chart at one size. Pure: no canvas here. */

import { timeTicks, valueTicks } from './ticks.js';

const labelWidth = 74;
const laneHeight = 12;
const tickDistance = 62;
/** The smaller side of a mirrored chart keeps this share of the height, so that it can be read at all. */
const leastShare = 0.15;
/** Bands may be much higher than the traffic; they widen the axis only up to this multiple of it. */
const bandAllowance = 1.3;

/** @typedef {ReturnType<typeof viewOf>} View */

/**
 * The scales of a chart.
 * @param {ReturnType<typeof import('./options.js').complete>} options
 * @param {{width: number, height: number}} size px
 */
export function viewOf(options, size) {
  const lanes = lanesOf(options.marks);
  const plot = plotOf(size, lanes.length);
  const tops = topsOf(options);
  const share = shareOfUp(tops, options.mirrored);
  const zero = plot.top + plot.height * share;
  const perPixel = options.mirrored
    ? Math.max(tops.up / (plot.height * share), tops.down / (plot.height * (1 - share)))
    : tops.up / plot.height;
  const x = (time) => plot.left + ((time - options.from) / (options.to - options.from)) * plot.width;
  const timeAt = (pixel) => options.from + ((pixel - plot.left) / plot.width) * (options.to - options.from);
  const y = (value, side) => options.mirrored && side === 'out' ? zero + value / perPixel : zero - value / perPixel;
  return {
    ...options, size, plot, zero, lanes, x, y, timeAt,
    timeTicks: timeTicks(options.from, options.to, options.zone, plot.width / tickDistance),
    valueTicks: ticksOf(options, plot, zero, perPixel),
  };
}

function plotOf({ width, height }, laneCount) {
  const top = 10 + laneCount * laneHeight;
  return { left: labelWidth, top, width: Math.max(10, width - labelWidth - 10), height: Math.max(10, height - top - 26) };
}

/** What has a lane of its own above the plot, in this order. */
function lanesOf(marks) {
  return ['alert', 'anomaly'].filter((kind) => marks.some((mark) => mark.kind === kind))
    .map((kind, index) => ({ kind, top: 4 + index * laneHeight, height: laneHeight - 2 }));
}

/** The highest value drawn upwards and downwards. */
function topsOf(options) {
  const side = (name) => (item) => isDown(item.side, options.mirrored) === (name === 'down');
  const up = topOf(options, side('up'));
  const down = options.mirrored ? topOf(options, side('down')) : 0;
  const least = options.unit === 'count' ? 4 : options.unit === '%' ? 1 : 1000;
  return up + down > 0 ? { up: up * 1.06, down: down * 1.06 } : { up: least, down: options.mirrored ? least : 0 };
}

function isDown(side, mirrored) {
  return mirrored && side === 'out';
}

function topOf(options, belongs) {
  const seen = [...options.series, ...options.compare].filter(belongs)
    .reduce((top, { times, values }) => Math.max(top, highestBetween(times, values, options)), 0);
  const band = options.bands.filter(belongs)
    .reduce((top, { times, high }) => Math.max(top, highestBetween(times, high, options)), 0);
  const bandTop = seen > 0 ? Math.min(band, seen * bandAllowance) : band;
  const capacity = options.showCapacity && options.capacity ? options.capacity : 0;
  return Math.max(seen, bandTop, capacity);
}

function highestBetween(times, values, { from, to, step }) {
  let highest = 0;
  for (let index = 0; index < times.length; index += 1) {
    const isShown = times[index] + step > from && times[index] < to;
    if (isShown && values[index] > highest) highest = values[index];
  }
  return highest;
}

function shareOfUp({ up, down }, mirrored) {
  if (!mirrored) return 1;
  return Math.min(1 - leastShare, Math.max(leastShare, up / (up + down)));
}

/** Ticks of the value axis, both ways where it is mirrored: {value (never negative), y}. */
function ticksOf({ mirrored, unit }, plot, zero, perPixel) {
  const upHeight = zero - plot.top;
  const downHeight = plot.top + plot.height - zero;
  const tallest = Math.max(upHeight, downHeight);
  const values = valueTicks(tallest * perPixel, tallest / 42, unit === 'count');
  const up = values.filter((value) => value / perPixel <= upHeight + 1)
    .map((value) => ({ value, y: zero - value / perPixel }));
  if (!mirrored) return up;
  const down = values.filter((value) => value > 0 && value / perPixel <= downHeight + 1)
    .map((value) => ({ value, y: zero + value / perPixel }));
  return [...up, ...down];
}
