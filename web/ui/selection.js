/** Rows that were picked in a list, and what can be done with them at once. */
import { plural } from '../core/format.js';
import { html } from '../core/html.js';
import { signal } from '../core/signal.js';
import { toastError } from './toast.js';

const running = signal(false);

/** The column of boxes; `selection` is a signal of a Map of key -> row; a row that `canPick` refuses has no box. */
export function pickColumn(rows, keyOf, selection, canPick = row => true) {
  const able = rows.filter(canPick);
  const isAll = able.length > 0 && able.every(row => selection.value.has(keyOf(row)));
  return {
    id: 'picked', className: 'table-pick',
    title: html`<input type="checkbox" aria-label="All rows of this page" .checked=${isAll}
      ?disabled=${able.length === 0} @change=${event => pick(able, event.target.checked)}>`,
    render: row => (canPick(row) ? html`<input type="checkbox" aria-label="Pick this row" .checked=${selection.value.has(keyOf(row))}
      @change=${event => pick([row], event.target.checked)}>` : null),
  };

  function pick(chosen, isPicked) {
    const next = new Map(selection.peek());
    for (const row of chosen) {
      if (isPicked) next.set(keyOf(row), row);
      else next.delete(keyOf(row));
    }
    selection.value = next;
  }
}

/** The bar that says how many rows are picked, with the actions `[{title, kind, run(rows)}]`; always there, so that nothing moves. */
export function selectionBar(actions, selection, done) {
  const rows = [...selection.value.values()];
  const isIdle = rows.length === 0 || running.value;
  return html`<div class="picked" role="status"><span>${rows.length ? `${plural(rows.length, 'row')} picked` : 'None picked'}</span>
    ${actions.map(action => html`<button type="button" class="button ${action.kind ?? ''}" ?disabled=${isIdle}
      @click=${() => run(action, rows, selection, done)}>${action.title}</button>`)}
    ${rows.length ? html`<button type="button" class="button quiet" @click=${() => (selection.value = new Map())}>Pick none</button>`
      : null}</div>`;
}

async function run(action, rows, selection, done) {
  running.value = true;
  try {
    if ((await action.run(rows)) !== false) selection.value = new Map();
  } catch (error) {
    toastError(error);
  } finally {
    running.value = false;
    done();
  }
}
