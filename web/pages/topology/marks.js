/** The marks of the map as pictures, for the legend and lists. */
import { html, svg } from '../../core/html.js';

/** A mark of the map as a small picture; the word stands beside it. */
export function mark(shape) {
  return html`<svg class="topo-mark" viewBox="0 0 24 12" aria-hidden="true" focusable="false">${shape()}</svg>`;
}

/** A line in an ink of the map. */
export function line(ink) {
  return html`<svg class="topo-mark" viewBox="0 0 24 12" aria-hidden="true"
    focusable="false">${svg`<path class="topo-ink-${ink}" d="M1 6h22"></path>`}</svg>`;
}

/** A single point of failure. */
export const ringMark = () => svg`<circle class="topo-ink-single" cx="12" cy="6" r="5"></circle><circle class="topo-dot" cx="12" cy="6"
  r="2.5"></circle>`;
/** A link that is down. */
export const downMark = () => svg`<path class="topo-ink-down topo-dashed" d="M1 6h22"></path><path class="topo-ink-down"
  d="M9 3l6 6M15 3l-6 6"></path>`;
/** A link whose loss cuts devices off. */
export const singleMark = () =>
  svg`<path class="topo-ink-step-1" d="M1 6h22"></path><path class="topo-ink-single" d="M10 1v10M14 1v10"></path>`;
/** A device that a failure cuts off. */
export const cutMark = () => svg`<path class="topo-ink-down" d="M8 2l8 8M16 2l-8 8"></path>`;
/** A device that a failure leaves one way. */
export const archMark = () => svg`<path class="topo-ink-degraded" d="M7 9a5 5 0 0 1 10 0"></path>`;
