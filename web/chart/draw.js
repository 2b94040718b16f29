/** Draws a view, from the bottom to the top. */
import { clipTo, styled } from '../core/canvas.js';
import { drawGrid, drawLabels } from './axes.js';
import { drawBands } from './band.js';
import { drawLanes, drawMarks } from './marks.js';
import { drawSeries } from './series.js';

/**
 * Draws all of a view on a canvas, sharp on any screen.
 * @param {HTMLCanvasElement} canvas
 * @param {import('./view.js').View} view
 * @param {object} palette  of paletteOf
 */
export function draw(canvas, view, palette) {
  const { plot, size } = view;
  const density = globalThis.devicePixelRatio || 1;
  fit(canvas, Math.round(size.width * density), Math.round(size.height * density));
  const context = canvas.getContext('2d');
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  drawGrid(context, view, palette);
  styled(context, {}, () => {
    clipTo(context, { ...plot, top: plot.top - 1, height: plot.height + 2 });
    for (const paint of [drawMarks, drawBands, drawSeries]) paint(context, view, palette);
  });
  drawLabels(context, view, palette);
  drawLanes(context, view, palette);
}

/** Setting the size of a canvas clears it and makes it anew, even where it is the same. */
function fit(canvas, width, height) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
