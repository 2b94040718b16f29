/** A page that is a list of the server: filters, sort, pages, columns and CSV, all in the address. */
import { downloadCSV, get } from '../core/api.js';
import { count, day } from '../core/format.js';
import { html, render } from '../core/html.js';
import { endAll } from '../core/listen.js';
import { place, setQuery } from '../core/router.js';
import { resource } from '../core/resource.js';
import { settings } from '../core/settings.js';
import { computed, effect, signal } from '../core/signal.js';
import { title as pageTitle } from '../core/title.js';
import { filterBar, filterState, firstPage } from './filters.js';
import { askedOf, isFiltered, ordinaryColumns, shownColumns, sortOf, strangeIn } from './list-query.js';
import { menu } from './menu.js';
import { copyLinkButton, dataAge, empty, failed, skeleton } from './parts.js';
import { pickColumn, selectionBar } from './selection.js';
import { searchKey, strange } from './shown.js';
import { table, tableKeys } from './table.js';
import { toastError } from './toast.js';

const pageSize = 100;

/**
 * A list as a page: answers `mount(root)` -> function that ends it. `path`: route of the list; `title`; `caption` of its table, else the
 * title; `columns` as of a table, with `isShown`;
 * `filters`: `[{name, title, kind: 'search'|'choice'|'number'|'text'|'flag', choices: [{value, title, query}] or async () => […],
 * multiple, parameter}]`;
 * `defaults`: `{sort, filter: value}`; `fixed`: parameters always asked; `rowHref(row)`; `csvName`; `events` that renew it; `emptyState`:
 * `{title, text, action}`
 * where there is nothing at all; `bulkActions`: `[{title, kind, run(rows)}]`; `actions`: template or function; `others`: further names of
 * the query.
 */
export function listPage(options) {
  return root => new List({ filters: [], defaults: {}, fixed: {}, events: [], bulkActions: [], others: [], keyOf: row => row.id,
    ...options }).mount(root);
}

class List {
  #options;
  #state;
  #selection = signal(new Map());
  /** The cursors of the pages before this one. */
  #trail = [];
  #isSaving = signal(false);
  #page;

  constructor(options) {
    this.#options = options;
    this.#state = filterState(options.filters);
  }

  mount(root) {
    const asked = computed(() => JSON.stringify(this.#asked()));
    this.#page = resource(abort => get(this.#options.path, JSON.parse(asked.value), { signal: abort }), { on: this.#options.events });
    return endAll(effect(() => render(this.#view(), root)), tableKeys(root), searchKey(root), this.#page);
  }

  #asked() {
    return { ...askedOf({ ...this.#options, limit: pageSize, loaded: this.#state.loaded.value }, place.query), ...this.#options.fixed };
  }

  #view() {
    const options = this.#options;
    return html`${options.title && options.title !== pageTitle.value ? html`<h2 class="list-title">${options.title}</h2>` : null}
      ${filterBar(options.filters, this.#state, options.defaults, this.#tools())}
      ${this.#notices()}
      <div class="list" aria-busy=${this.#page.loading.value ? 'true' : null}>${this.#body()}</div>`;
  }

  #tools() {
    const { actions, csvName } = this.#options;
    return html`<div class="list-tools">${typeof actions === 'function' ? actions() : actions}
      ${menu('Columns', this.#columnChoices())}
      ${csvName ? html`<button type="button" class="button" ?disabled=${this.#isSaving.value}
        @click=${() => this.#save()}>${this.#isSaving.value ? 'Saving…' : 'CSV'}</button>` : null}
      ${copyLinkButton()}</div>`;
  }

  #notices() {
    const { error, data, at } = this.#page;
    return html`${strangeIn({ ...this.#options, loaded: this.#state.loaded.value }, place.query).map(strange)}
      ${error.value && data.value ? html`<div class="list-old">${dataAge(at.value, error.value)}</div>` : null}
      ${error.value ? failed(error.value, () => this.#page.reload()) : null}`;
  }

  #body() {
    const data = this.#page.data.value;
    if (!data) return this.#page.error.value ? null : skeleton(20);
    if (data.items.length === 0) return this.#nothing();
    return html`${this.#options.bulkActions.length ? selectionBar(this.#options.bulkActions, this.#selection, () => this.#page.reload()) : null}
      ${this.#table(data.items)}${this.#pager(data)}`;
  }

  #nothing() {
    const { filters, defaults, emptyState } = this.#options;
    if (place.query.get('cursor')) return empty({ title: 'There is nothing on this page any more',
      action: html`<button type="button" class="button" @click=${() => setQuery(firstPage)}>First page</button>` });
    if (!isFiltered(filters, place.query, defaults)) return empty(emptyState ?? { title: 'There is nothing yet' });
    return empty({ title: 'Nothing fits these filters', text: 'Take one away, or clear them all.' });
  }

  #columns() {
    const { columns, path } = this.#options;
    return shownColumns(columns, place.query, settings.columns.value[path]);
  }

  #table(rows) {
    const { title, caption, defaults, rowHref, keyOf, bulkActions, columns } = this.#options;
    const picked = bulkActions.length ? [pickColumn(rows, keyOf, this.#selection)] : [];
    return table({
      caption: caption ?? title ?? 'List', columns: [...picked, ...this.#columns()], rows, keyOf,
      sort: sortOf(columns, place.query, defaults),
      onSort: sort => setQuery({ sort: sort === defaults.sort ? null : sort, ...firstPage }), open: rowHref,
      selected: new Set(this.#selection.value.keys()),
    });
  }

  #pager(data) {
    const number = Math.max(1, Number(place.query.get('page')) || 1);
    const first = (number - 1) * pageSize + 1;
    const isFirst = !place.query.get('cursor');
    return html`<div class="pager"><p aria-live="polite">${count(first)}–${count(first + data.items.length - 1)} of ${count(data.total)}</p>
      <button type="button" class="button" ?disabled=${isFirst}
        @click=${() => this.#back(number)}>${this.#trail.length || number <= 2 ? 'Back' : 'First page'}</button>
      <button type="button" class="button" ?disabled=${!data.next_cursor} @click=${() => this.#next(data, number)}>Next
        ${pageSize}</button></div>`;
  }

  #next(data, number) {
    this.#trail.push(place.peek().query.get('cursor'));
    setQuery({ cursor: data.next_cursor, page: number + 1 }, { push: true });
    scrollTo(0, 0);
  }

  // A link to a later page does not tell the way there: then the first page is all there is to go back to.
  #back(number) {
    const cursor = this.#trail.pop() ?? null;
    setQuery(cursor === null ? firstPage : { cursor, page: number - 1 }, { push: true });
    scrollTo(0, 0);
  }

  #columnChoices() {
    const shown = this.#columns();
    return html`<fieldset class="picker"><legend class="visually-hidden">Columns
      shown</legend>${this.#options.columns.map(column => html`<label class="picker-row">
      <input type="checkbox" .checked=${shown.includes(column)} ?disabled=${shown.length === 1 && shown.includes(column)}
        @change=${event => this.#showColumn(column, event.target.checked)}>${column.title}</label>`)}</fieldset>
      <button type="button" class="button quiet" @click=${() => this.#keepColumns(null)}>As at first</button>`;
  }

  #showColumn(column, isShown) {
    const ids = this.#columns().map(one => one.id).filter(id => id !== column.id);
    this.#keepColumns(this.#options.columns.filter(one => ids.includes(one.id) || (isShown && one === column)).map(one => one.id));
  }

  #keepColumns(ids) {
    const usual = ordinaryColumns(this.#options.columns).map(one => one.id).join();
    const { [this.#options.path]: _, ...rest } = settings.columns.peek();
    const isUsual = ids === null || ids.join() === usual;
    settings.columns.value = isUsual ? rest : { ...rest, [this.#options.path]: ids };
    setQuery({ columns: isUsual ? null : ids });
  }

  async #save() {
    const { limit, cursor, ...query } = this.#asked();
    this.#isSaving.value = true;
    try {
      await downloadCSV(this.#options.path, query, `${this.#options.csvName}-${day(Date.now())}.csv`);
    } catch (error) {
      toastError(error);
    } finally {
      this.#isSaving.value = false;
    }
  }
}
