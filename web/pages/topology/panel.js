/** What the panels beside the map are made of. */
import { count } from '../../core/format.js';
import { html, keyed } from '../../core/html.js';
import { setQuery } from '../../core/router.js';
import { pageOf, pager } from '../../ui/pager.js';
import { empty } from '../../ui/parts.js';
import { shown } from '../../ui/shown.js';
import { choose } from './state.js';

/** A title, what stands beside it, and a button that closes the panel. */
export function panelHead(title, detail = null) {
  return html`<header class="topo-panel-head"><h2>${title}</h2>${detail}
    <button type="button" class="button icon topo-end" aria-label="Close" @click=${() => choose('', { view: null })}>✕</button></header>`;
}

/** How many there are, beside a title. */
export function counted(number) {
  return html`<span class="topo-count">${count(number)}</span>`;
}

/** A name that chooses its device or link; `more` goes into the address with it. */
export function chooser(id, name, more = {}) {
  return html`<button type="button" class="topo-link" @click=${() => choose(id, more)}>${name}</button>`;
}

/**
 * A list with its head and pages, as long as it needs to be.
 * @param {{title: string, source: any, itemsOf?: (data: any) => any[], page: number, keyOf: (item: any) => string,
 *   row: (item: any) => any, none: {title: string, text?: string}, intro?: (data: any) => any}} options `source` is a resource
 */
export function pagedList({ title, source, itemsOf = data => data.items, page, keyOf, row, none, intro = null }) {
  const data = source.data.value;
  return html`${panelHead(title, data && counted(itemsOf(data).length))}${shown(source, () => {
    const items = itemsOf(data);
    return html`${intro?.(data)}
      ${items.length ? html`<ul class="topo-rows">${keyed(pageOf(items, page), keyOf, row)}</ul>` : empty(none)}
      ${pager(items.length, page, turn)}`;
  }, 8)}`;
}

/** Goes to a page of the list that is shown. */
export function turn(page) {
  setQuery({ page: page === 1 ? null : page }, { push: true });
}
