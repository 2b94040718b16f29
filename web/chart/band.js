/**
 * The band of what is ordinary. What is known is known by the hour of the week, and jumps where hours meet:
 * the band is drawn in steps on purpose, each point as wide as the span it stands for.
 */

import { runsOf } from './series.js';

/** Draws the bands of a view: the range filled, what is expected as a dashed line. */
export function drawBands(context, view, palette) {
  for (const band of view.bands) {
    const colour = band.side === 'out' ? palette.out : palette.in;
    const runs = runsOf(band.times, band.low, view);
    fillRange(context, view, band, runs, colour);
    strokeMiddle(context, view, band, runs, palette.muted);
  }
}

function fillRange(context, view, band, runs, colour) {
  context.save();
  context.fillStyle = colour;
  context.globalAlpha = 0.2;
  for (const [first, last] of runs) {
    context.beginPath();
    for (let index = first; index <= last; index += 1) traceStep(context, view, band, band.high, index, 1);
    for (let index = last; index >= first; index -= 1) traceStep(context, view, band, band.low, index, -1);
    context.fill();
  }
  context.restore();
}

function strokeMiddle(context, view, band, runs, colour) {
  context.save();
  context.strokeStyle = colour;
  context.globalAlpha = 0.8;
  context.setLineDash([4, 3]);
  for (const [first, last] of runs) {
    context.beginPath();
    for (let index = first; index <= last; index += 1) traceStep(context, view, band, band.middle, index, 1);
    context.stroke();
  }
  context.restore();
}

/** One flat step, from left to right where `direction` is 1. */
function traceStep(context, view, band, values, index, direction) {
  const y = view.y(values[index], band.side);
  const ends = [view.x(band.times[index]), view.x(band.times[index] + view.step)];
  if (direction < 0) ends.reverse();
  context.lineTo(ends[0], y);
  context.lineTo(ends[1], y);
}
