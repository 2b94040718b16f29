/** The marks of the map as pictures, for the legend and lists; the word stands beside them. */
import { html, svg } from '../../core/html.js';

/** A mark of the map as a small picture. */
export function mark(shape) {
  return html`<svg class="topo-mark" viewBox="0 0 24 12" aria-hidden="true">${shape}</svg>`;
}

/** A line in a colour of the style sheet, such as `step-1`. */
export function line(colour) {
  return mark(stroke(colour, 'M1 6h22'));
}

function stroke(colour, d, dashes = null) {
  return svg`<path d=${d} stroke-dasharray=${dashes} .style=${{ stroke: `var(--${colour})` }}></path>`;
}

/** A single point of failure. */
export const ringMark = [stroke('info', 'M7 6a5 5 0 0 1 10 0 5 5 0 0 1-10 0'), stroke('up', 'M10 6h4M11 5h2M11 7h2')];
/** A link that is down. */
export const downMark = [stroke('critical', 'M1 6h22', '5 4'), stroke('critical', 'M9 3l6 6M15 3l-6 6')];
/** A link whose loss cuts devices off. */
export const singleMark = [stroke('step-1', 'M1 6h22'), stroke('info', 'M10 1v10M14 1v10')];
/** A device that a failure cuts off. */
export const cutMark = stroke('critical', 'M8 2l8 8M16 2l-8 8');
/** A device that a failure leaves one way. */
export const archMark = stroke('warning', 'M7 9a5 5 0 0 1 10 0');
