/** Pages of a list that is here as a whole. */
import { count } from '../core/format.js';
import { html } from '../core/html.js';

const pageRows = 100;

/** The rows of a page, the first being 1: thousands of them at once make a page crawl. */
export function pageOf(rows, page) {
  return rows.slice((page - 1) * pageRows, page * pageRows);
}

/** Where one is in `total` rows, and buttons that `turn(page)`; nothing where one page holds all. */
export function pager(total, page, turn, [before, after] = ['Back', 'Next 100']) {
  if (total <= pageRows) return null;
  const end = page * pageRows;
  return html`<nav class="pager" aria-label="Pages of the list"><p>${count(end - pageRows + 1)}–${count(Math.min(total, end))} of
    ${count(total)}</p>
    <button type="button" class="button" ?disabled=${page <= 1} @click=${() => turn(page - 1)}>${before}</button>
    <button type="button" class="button" ?disabled=${end >= total} @click=${() => turn(page + 1)}>${after}</button></nav>`;
}
