/** Grid, ticks, zero line and the line of the capacity. */

import { tickText, valueText } from './units.js';

/** Draws grid lines, beneath everything else. */
export function drawGrid(context, view, palette) {
  const { plot } = view;
  context.save();
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  for (const { y } of view.valueTicks) strokeLine(context, plot.left, crisp(y), plot.left + plot.width, crisp(y));
  for (const { at, isDay } of view.timeTicks) {
    context.globalAlpha = isDay ? 1 : 0.45;
    strokeLine(context, crisp(view.x(at)), plot.top, crisp(view.x(at)), plot.top + plot.height);
  }
  context.restore();
}

/** Draws what the axes say, the zero line, and up to where the line carries, above everything else. */
export function drawLabels(context, view, palette) {
  context.save();
  context.font = palette.font;
  context.fillStyle = palette.muted;
  drawValueLabels(context, view);
  drawTimeLabels(context, view, palette);
  drawZero(context, view, palette);
  drawCapacity(context, view, palette);
  context.restore();
}

function drawValueLabels(context, view) {
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const { value, y } of view.valueTicks) context.fillText(tickText(value, view.unit), view.plot.left - 8, y);
  if (!view.mirrored) return;
  context.textAlign = 'left';
  context.fillText('in ↑', view.plot.left + 6, view.plot.top + 8);
  context.fillText('out ↓', view.plot.left + 6, view.plot.top + view.plot.height - 8);
}

function drawTimeLabels(context, view, palette) {
  const { plot, size } = view;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  for (const { at, text, isDay } of view.timeTicks) {
    const half = context.measureText(text).width / 2;
    const x = Math.min(size.width - half - 1, Math.max(plot.left - 20 + half, view.x(at)));
    context.fillStyle = isDay ? palette.text : palette.muted;
    context.fillText(text, x, size.height - 8);
  }
}

function drawZero(context, { plot, zero }, palette) {
  context.strokeStyle = palette.muted;
  context.lineWidth = 1;
  strokeLine(context, plot.left, crisp(zero), plot.left + plot.width, crisp(zero));
}

function drawCapacity(context, view, palette) {
  if (!view.capacity) return;
  const { plot } = view;
  for (const side of view.mirrored ? ['in', 'out'] : ['in']) {
    const y = view.y(view.capacity, side);
    if (y < plot.top - 1 || y > plot.top + plot.height + 1) continue;
    context.strokeStyle = palette.critical;
    context.setLineDash([8, 4]);
    strokeLine(context, plot.left, crisp(y), plot.left + plot.width, crisp(y));
    context.setLineDash([]);
    context.textAlign = 'right';
    context.fillStyle = palette.critical;
    const text = `line speed ${valueText(view.capacity, view.unit)}`;
    context.fillText(text, plot.left + plot.width - 4, side === 'out' && view.mirrored ? y - 5 : y + 13);
  }
}

/** A line of one pixel is sharp in the middle of a pixel. */
function crisp(pixel) {
  return Math.round(pixel) + 0.5;
}

function strokeLine(context, fromX, fromY, toX, toY) {
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  context.stroke();
}
