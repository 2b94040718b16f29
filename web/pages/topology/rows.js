/** Lists beside the map: as long as they need to be, drawn a hundred rows at a time. */
import { count } from '../../core/format.js';
import { html, keyed } from '../../core/html.js';
import { setQuery } from '../../core/router.js';
import { empty } from '../../ui/parts.js';
import { panelHead } from './side-head.js';

const pageRows = 100;

/**
 * A list with its head and pages.
 * @param {{title: string, items: any[], page: number, keyOf: (item: any) => string, row: (item: any) => any,
 *   none: {title: string, text?: string}, intro?: any}} options
 */
export function pagedList({ title, items, page, keyOf, row, none, intro = null }) {
  const shown = pageOf(items, page);
  return html`${panelHead(title, html`<span class="topo-count">${count(items.length)}</span>`)}
    ${intro}
    ${items.length ? html`<ul class="topo-rows">${keyed(shown, keyOf, row)}</ul>` : empty(none)}
    ${pager(items.length, page)}`;
}

/** The rows of a page, the first being 1. */
export function pageOf(items, page) {
  return items.slice((page - 1) * pageRows, page * pageRows);
}

/** Buttons to the page before and after; nothing where one page holds all. */
export function pager(total, page) {
  const pages = Math.max(1, Math.ceil(total / pageRows));
  if (pages === 1) return null;
  const go = to => setQuery({ page: to === 1 ? null : to }, { push: true });
  const first = (page - 1) * pageRows + 1;
  return html`<nav class="topo-pager" aria-label="Pages of the list">
    <button type="button" class="button" ?disabled=${page <= 1} @click=${() => go(page - 1)}>Back</button>
    <span>${count(first)}–${count(Math.min(total, first + pageRows - 1))} of ${count(total)}</span>
    <button type="button" class="button" ?disabled=${page >= pages} @click=${() => go(page + 1)}>Next ${pageRows}</button></nav>`;
}
