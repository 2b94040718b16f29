/** Lines of series. A gap stays a gap: nothing is drawn across a null, nor across missing points. */

import { colourOf } from './palette.js';

/**
 * Runs of neighbouring points that have a value, as [first index, last index], of what touches from … to.
 * @param {number[]} times
 * @param {(number | null)[]} values
 * @param {{from: number, to: number, step: number}} span
 */
export function runsOf(times, values, { from, to, step }) {
  const runs = [];
  let first = -1;
  for (let index = 0; index < times.length; index += 1) {
    const isShown = values[index] !== null && times[index] + step > from && times[index] < to;
    const isJoined = first >= 0 && times[index] - times[index - 1] <= step * 1.5;
    if (first >= 0 && !(isShown && isJoined)) {
      runs.push([first, index - 1]);
      first = -1;
    }
    if (isShown && first < 0) first = index;
  }
  if (first >= 0) runs.push([first, times.length - 1]);
  return runs;
}

/** Draws the series of a view: those of another time and the faint ones first, so that they lie beneath. */
export function drawSeries(context, view, palette) {
  for (const series of view.compare) drawLine(context, view, series, colourOf(series, palette), comparedStyle);
  const isFaint = ({ faint }) => Boolean(faint);
  for (const series of [...view.series.filter(isFaint), ...view.series.filter((one) => !isFaint(one))]) {
    const style = series.faint ? faintStyle : { ...plainStyle, dash: series.dash ?? [] };
    // Beneath a band the fill would hide it.
    if (!series.faint && view.mirrored && view.bands.length === 0) fillBelow(context, view, series, colourOf(series, palette));
    drawLine(context, view, series, colourOf(series, palette), style);
  }
}

const plainStyle = { width: 1.5, alpha: 1, dash: [] };
const faintStyle = { width: 1, alpha: 0.45, dash: [] };
const comparedStyle = { width: 1, alpha: 0.6, dash: [2, 3] };

function drawLine(context, view, series, colour, { width, alpha, dash }) {
  context.save();
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.globalAlpha = alpha;
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.setLineDash(dash);
  for (const [first, last] of runsOf(series.times, series.values, view)) {
    context.beginPath();
    tracePoints(context, view, series, first, last);
    context.stroke();
    if (first === last) drawLonePoint(context, view, series, first);
  }
  context.restore();
}

/** A point stands for a span: it is drawn in the middle of it. */
function tracePoints(context, view, series, first, last) {
  const half = view.step / 2;
  for (let index = first; index <= last; index += 1) {
    context.lineTo(view.x(series.times[index] + half), view.y(series.values[index], series.side));
  }
}

/** A point between two gaps has no line to be seen by. */
function drawLonePoint(context, view, series, index) {
  context.beginPath();
  context.arc(view.x(series.times[index] + view.step / 2), view.y(series.values[index], series.side), 1.6, 0, 7);
  context.fill();
}

function fillBelow(context, view, series, colour) {
  context.save();
  context.fillStyle = colour;
  context.globalAlpha = 0.1;
  for (const [first, last] of runsOf(series.times, series.values, view)) {
    context.beginPath();
    tracePoints(context, view, series, first, last);
    context.lineTo(view.x(series.times[last] + view.step / 2), view.zero);
    context.lineTo(view.x(series.times[first] + view.step / 2), view.zero);
    context.fill();
  }
  context.restore();
}
