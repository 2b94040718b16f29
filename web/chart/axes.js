/** Grid, ticks, zero line and the line of the capacity. */
import { strokeLines, styled } from '../core/canvas.js';
import { tickText, valueText } from './units.js';

/** Draws grid lines, beneath everything else. */
export function drawGrid(context, view, { line }) {
  const { left, top, width, height } = view.plot;
  styled(context, { strokeStyle: line, lineWidth: 1 }, () => {
    for (const { y } of view.valueTicks) strokeLines(context, [left, crisp(y), left + width, crisp(y)]);
    for (const { at, isDay } of view.timeTicks) {
      context.globalAlpha = isDay ? 1 : 0.45;
      strokeLines(context, [crisp(view.x(at)), top, crisp(view.x(at)), top + height]);
    }
  });
}

/** Draws what the axes say, the zero line, and up to where the line carries, above everything else. */
export function drawLabels(context, view, palette) {
  styled(context, { font: palette.font, fillStyle: palette.muted, strokeStyle: palette.muted, lineWidth: 1 }, () => {
    drawValueLabels(context, view);
    strokeAcross(context, view, view.zero);
    drawTimeLabels(context, view, palette);
    drawCapacity(context, view, palette.critical);
  });
}

function drawValueLabels(context, { valueTicks, unit, plot: { left, top, height }, mirrored }) {
  Object.assign(context, { textAlign: 'right', textBaseline: 'middle' });
  for (const { value, y } of valueTicks) context.fillText(tickText(value, unit), left - 8, y);
  context.textAlign = 'left';
  if (!mirrored) return;
  context.fillText('in ↑', left + 6, top + 8);
  context.fillText('out ↓', left + 6, top + height - 8);
}

function drawTimeLabels(context, { timeTicks, x, plot, size }, { text: strong, muted }) {
  Object.assign(context, { textAlign: 'center', textBaseline: 'alphabetic' });
  for (const { at, text, isDay } of timeTicks) {
    const half = context.measureText(text).width / 2;
    context.fillStyle = isDay ? strong : muted;
    context.fillText(text, Math.min(size.width - half - 1, Math.max(plot.left - 20 + half, x(at))), size.height - 8);
  }
}

function drawCapacity(context, view, colour) {
  const { plot: { left, top, width, height }, capacity, mirrored } = view;
  if (!capacity) return;
  Object.assign(context, { strokeStyle: colour, fillStyle: colour, textAlign: 'right' });
  context.setLineDash([8, 4]);
  for (const side of mirrored ? ['in', 'out'] : ['in']) {
    const y = view.y(capacity, side);
    if (y < top - 1 || y > top + height + 1) continue;
    strokeAcross(context, view, y);
    context.fillText(`line speed ${valueText(capacity, view.unit)}`, left + width - 4, side === 'out' ? y - 5 : y + 13);
  }
}

function strokeAcross(context, { plot: { left, width } }, y) {
  strokeLines(context, [left, crisp(y), left + width, crisp(y)]);
}

/** A line of one pixel is sharp in the middle of a pixel. */
function crisp(pixel) {
  return Math.round(pixel) + 0.5;
}
