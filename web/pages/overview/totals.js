/** The strip of totals on top of the overview. */
import { html, keyed } from '../../core/html.js';
import { totals } from './figures.js';

/**
 * All figures in one compact strip; each leads to the list it counts.
 * @param {object} overview as GET /overview answers
 */
export function totalsStrip(overview) {
  return html`<nav class="overview-totals" aria-label="Totals">
    ${keyed(totals(overview), figure => figure.id, total)}
  </nav>`;
}

function total(figure) {
  return html`<a class="overview-total ${figure.status ?? ''}" href="${figure.href}" data-total="${figure.id}">
    <span class="overview-total-title">${figure.title}</span>
    <strong class="overview-total-value">${figure.value}</strong>
    <span class="overview-total-detail">${figure.detail}</span>
  </a>`;
}
