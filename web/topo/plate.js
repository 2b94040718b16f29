/** What nodes, links and marks of the map are drawn with. */
import { traceLines } from '../core/canvas.js';

/** Sets how texts on plates are written: `font` without its family, px. */
export function centreText(context, { font: family }, font) {
  Object.assign(context, { font: `${font}px ${family}`, textAlign: 'center', textBaseline: 'middle' });
}

/** Writes a text in the middle of a box {x its middle, top, width, height} that lets `alpha` of what is behind it be covered. */
export function plate(context, text, { x, top, width, height }, back, ink, alpha = 1) {
  context.globalAlpha = alpha;
  context.fillStyle = back;
  context.fillRect(x - width / 2, top, width, height);
  context.globalAlpha = 1;
  context.fillStyle = ink;
  context.fillText(text, x, top + height * 0.53, width);
}

/** Adds a cross to the path. */
export function traceCross(context, x, y, reach) {
  traceLines(context, [x - reach, y - reach, x + reach, y + reach], [x - reach, y + reach, x + reach, y - reach]);
}

/** Adds a circle to the path. */
export function traceCircle(context, x, y, radius) {
  context.moveTo(x + radius, y);
  context.arc(x, y, radius, 0, 2 * Math.PI);
}
