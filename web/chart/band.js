/**
 * The band of what is ordinary. What is known is known by the hour of the week, and jumps where hours meet:
 * the band is drawn in steps on purpose, each point as wide as the span it stands for.
 */
import { styled } from '../core/canvas.js';
import { runsOf } from './series.js';

/** Draws the bands of a view: the range filled, what is expected as a dashed line. */
export function drawBands(context, view, palette) {
  for (const band of view.bands) {
    const runs = runsOf(band.times, band.low, view);
    styled(context, { fillStyle: band.side === 'out' ? palette.out : palette.in, globalAlpha: 0.2 }, () => {
      for (const run of runs) {
        context.beginPath();
        trace(context, stepsOf(view, band, band.high, run));
        trace(context, stepsOf(view, band, band.low, run).reverse());
        context.fill();
      }
    });
    styled(context, { strokeStyle: palette.muted, globalAlpha: 0.8, dash: [4, 3] }, () => {
      for (const run of runs) {
        context.beginPath();
        trace(context, stepsOf(view, band, band.middle, run));
        context.stroke();
      }
    });
  }
}

/** Both ends of each flat step of a run, from left to right. */
function stepsOf(view, { times, side }, values, [first, last]) {
  return times.slice(first, last + 1).flatMap((time, place) => {
    const y = view.y(values[first + place], side);
    return [[view.x(time), y], [view.x(time + view.step), y]];
  });
}

function trace(context, points) {
  for (const [x, y] of points) context.lineTo(x, y);
}
