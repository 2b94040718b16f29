/** Tables. */
import { html, keyed } from '../core/html.js';
import { bindKeys } from '../core/keys.js';
import { navigate } from '../core/router.js';

/**
 * A table without a state of its own. Columns: `{id, title, numeric, sortable, render(row), className, tooltip(row)}`; `sort` as the API
 * takes
 * it ('-if_speed,device_name'), `onSort(next)`; `open(row)` -> address of its page; `selected`: key, or Set of keys, that is marked.
 */
export function table({ caption, columns, rows, keyOf = row => row.id, sort = '', onSort = null, open = null, selected = null,
  showCaption = false }) {
  const isMarked = key => (selected instanceof Set ? selected.has(key) : selected !== null && selected === key);
  return html`<div class="table-wrap" role="region" aria-label=${caption} tabindex="0">
    <table class="table"><caption class=${showCaption ? null : 'visually-hidden'}>${caption}</caption>
      <thead><tr>${columns.map(column => headCell(column, sort, onSort))}</tr></thead>
      <tbody>${keyed(rows, keyOf, row => bodyRow(row, columns, open, isMarked(keyOf(row))))}</tbody></table></div>`;
}

function headCell(column, sort, onSort) {
  const direction = directionOf(column.id, sort);
  const className = classOf(column);
  if (!column.sortable || !onSort) return html`<th scope="col" class=${className}>${column.title}</th>`;
  const says = direction === 'ascending' ? '▲' : direction === 'descending' ? '▼' : '';
  return html`<th scope="col" class=${className} aria-sort=${direction}>
    <button type="button" class="table-sort"
      @click=${event => onSort(nextSort(column, sort, event.shiftKey))}>${column.title}<span class="table-arrow"
      aria-hidden="true">${says}</span></button></th>`;
}

function classOf(column) {
  return [column.numeric ? 'numeric' : '', column.className ?? ''].filter(Boolean).join(' ') || null;
}

function bodyRow(row, columns, open, isMarked) {
  const target = open ? open(row) : null;
  return html`<tr tabindex="-1" data-open=${target} class=${isMarked ? 'is-selected' : null} @click=${openRow}>
    ${columns.map(column => html`<td class=${classOf(column)}
      title=${column.tooltip ? column.tooltip(row) : null}>${column.render(row)}</td>`)}</tr>`;
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
  const first = String(sort ?? '').split(',')[0];
  return first === id ? 'ascending' : first === `-${id}` ? 'descending' : null;
}

/** The sort after a press on a column: numbers begin with the largest; `isAdded` keeps the others behind it. */
export function nextSort(column, sort, isAdded = false) {
  const direction = directionOf(column.id, sort);
  const [first, second] = column.numeric ? [`-${column.id}`, column.id] : [column.id, `-${column.id}`];
  const isFirst = direction === (column.numeric ? 'descending' : 'ascending');
  const next = isFirst ? second : first;
  const others = String(sort ?? '').split(',').filter(one => one && one.replace(/^-/, '') !== column.id);
  return isAdded ? [next, ...others].join(',') : next;
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
  if (rows.length === 0) return false;
  const at = rows.findIndex(row => row.contains(document.activeElement));
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
  rows[next].focus();
  rows[next].scrollIntoView({ block: 'nearest' });
  return true;
}

function openFocused(root) {
  const row = document.activeElement;
  if (!(row instanceof HTMLElement) || !root.contains(row) || !row.matches('tr[data-open]')) return false;
  navigate(row.dataset.open);
  return true;
}
