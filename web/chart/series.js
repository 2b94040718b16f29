/** Lines of series. A gap stays a gap: nothing is drawn across a null, nor across missing points. */
import { styled } from '../core/canvas.js';
import { colourOf } from './palette.js';

/**
 * Runs of neighbouring points that have a value, as [first index, last index], of what touches from … to.
 * @param {number[]} times
 * @param {(number | null)[]} values
 * @param {{from: number, to: number, step: number}} span
 */
export function runsOf(times, values, { from, to, step }) {
  const runs = [];
  times.forEach((time, index) => {
    if (values[index] === null || time + step <= from || time >= to) return;
    const run = runs.at(-1);
    if (run?.[1] === index - 1 && time - times[index - 1] <= step * 1.5) run[1] = index;
    else runs.push([index, index]);
  });
  return runs;
}

/** Draws the series of a view: those of another time and the faint ones first, so that they lie beneath. */
export function drawSeries(context, view, palette) {
  const draw = (series, style) => drawLine(context, view, series, { strokeStyle: colourOf(series, palette), ...style });
  for (const series of view.compare) draw(series, { lineWidth: 1, globalAlpha: 0.6, dash: [2, 3] });
  for (const series of view.series) if (series.faint) draw(series, { lineWidth: 1, globalAlpha: 0.45 });
  for (const series of view.series) {
    if (series.faint) continue;
    // Beneath a band the fill would hide it.
    if (view.mirrored && view.bands.length === 0) fillBelow(context, view, series, colourOf(series, palette));
    draw(series, { lineWidth: 1.5, dash: series.dash });
  }
}

function drawLine(context, view, series, style) {
  styled(context, { lineJoin: 'round', fillStyle: style.strokeStyle, ...style }, () => eachRun(view, series, points => {
    context.beginPath();
    for (const [x, y] of points) context.lineTo(x, y);
    context.stroke();
    if (points.length > 1) return;
    // A point between two gaps has no line to be seen by.
    context.beginPath();
    context.arc(...points[0], 1.6, 0, 7);
    context.fill();
  }));
}

function fillBelow(context, view, series, colour) {
  styled(context, { fillStyle: colour, globalAlpha: 0.1 }, () => eachRun(view, series, points => {
    context.beginPath();
    for (const [x, y] of [[points[0][0], view.zero], ...points, [points.at(-1)[0], view.zero]]) context.lineTo(x, y);
    context.fill();
  }));
}

/** Calls `paint` with the places [x, y] of each run. A point stands for a span: it is drawn in the middle of it. */
function eachRun(view, { times, values, side }, paint) {
  for (const [first, last] of runsOf(times, values, view)) {
    paint(times.slice(first, last + 1).map((time, place) => [view.x(time + view.step / 2), view.y(values[first + place], side)]));
  }
}
