/** Rates in the tables of the overview. */
import { bits } from '../../core/format.js';
import { html } from '../../core/html.js';

/**
 * A rate whose unit can be left out where there is no room for it.
 * @param {number|null} bps bit/s
 */
export function rate(bps) {
  const [number, unit] = bits(bps).split('bit/s');
  return html`${number}${unit === undefined ? null : html`<span class="overview-unit">bit/s</span>`}`;
}
