/** Tables. */
import { html, keyed } from '../core/html.js';
import { bindKeys } from '../core/keys.js';
import { navigate } from '../core/router.js';

/**
 * A table without a state of its own. Columns: `{id, title, numeric, sortable, render(row), className, tooltip(row)}`; `sort` as the API
 * takes it ('-if_speed,device_name'), `onSort(next)`; `open(row)` -> address of its page; `selected`: key, or Set of keys, that is marked.
 */
export function table({ caption, columns, rows, keyOf = row => row.id, sort = '', onSort = null, open = null, selected = null,
  showCaption = false }) {
  const isMarked = key => (selected instanceof Set ? selected.has(key) : selected !== null && selected === key);
  return html`<div class="table-wrap" role="region" aria-label=${caption} tabindex="0">
    <table class="table"><caption class=${showCaption ? null : 'visually-hidden'}>${caption}</caption>
      <thead><tr>${columns.map(column => headCell(column, sort, onSort))}</tr></thead>
      <tbody>${keyed(rows, keyOf, row => bodyRow(row, columns, open?.(row), isMarked(keyOf(row))))}</tbody></table></div>`;
}

function headCell(column, sort, onSort) {
  const direction = directionOf(column.id, sort);
  const isSortable = column.sortable && onSort;
  return html`<th scope="col" class=${classOf(column)} aria-sort=${isSortable ? direction : null}>${isSortable ? html`<button type="button"
    class="table-sort" @click=${event => onSort(nextSort(column, sort, event.shiftKey))}>${column.title}<span class="table-arrow"
    aria-hidden="true">${{ ascending: '▲', descending: '▼' }[direction]}</span></button>` : column.title}</th>`;
}

function classOf({ numeric, className = '' }) {
  return `${numeric ? 'numeric ' : ''}${className}` || null;
}

function bodyRow(row, columns, target, isMarked) {
  return html`<tr tabindex="-1" data-open=${target} class=${isMarked ? 'is-selected' : null} @click=${openRow}>
    ${columns.map(column => html`<td class=${classOf(column)} title=${column.tooltip?.(row)}>${column.render(row)}</td>`)}</tr>`;
}

// A click beside the links of a row opens it too; one that ends a selection of text does not.
function openRow(event) {
  const target = event.currentTarget.dataset.open;
  if (!target || event.button !== 0 || event.defaultPrevented || String(getSelection()) !== '') return;
  if (event.target.closest('a, button, input, select, textarea, label, summary')) return;
  if (event.ctrlKey || event.metaKey) window.open(target, '_blank', 'noopener');
  else navigate(target);
}

/** Whether a column is sorted by first: 'ascending', 'descending' or null. */
export function directionOf(id, sort) {
  const [first] = String(sort ?? '').split(',');
  return first === id ? 'ascending' : first === `-${id}` ? 'descending' : null;
}

/** The sort after a press on a column: numbers begin with the largest; `isAdded` keeps the others behind it. */
export function nextSort({ id, numeric }, sort, isAdded = false) {
  const isDescending = directionOf(id, sort) ? directionOf(id, sort) === 'ascending' : numeric;
  const others = String(sort ?? '').split(',').filter(one => isAdded && one && one.replace('-', '') !== id);
  return [isDescending ? `-${id}` : id, ...others].join();
}

/** Keys for the rows of the tables in `root`: j and k move, Enter opens. Answers a function that ends it. */
export function tableKeys(root) {
  return bindKeys('List', [
    { keys: 'j', does: 'next row', run: () => step(root, 1) },
    { keys: 'k', does: 'row before', run: () => step(root, -1) },
    { keys: 'Enter', does: 'open the row', run: () => openFocused(root) },
  ]);
}

function step(root, by) {
  const rows = [...root.querySelectorAll('tbody tr')];
  const at = rows.findIndex(row => row.contains(document.activeElement));
  const next = rows[at < 0 && by < 0 ? rows.length - 1 : at + by] ?? rows[at];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return Boolean(next);
}

function openFocused(root) {
  const row = /** @type {HTMLElement} */ (document.activeElement);
  if (!root.contains(row) || !row.matches('tr[data-open]')) return false;
  return navigate(row.dataset.open);
}
