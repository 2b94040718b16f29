/** The row of filters above a list. What is set is in the address. */
import { html } from '../core/html.js';
import { place, setQuery } from '../core/router.js';
import { signal } from '../core/signal.js';
import { choicesIn, isFiltered, valueOf, valuesOf } from './list-query.js';

const typingPause = 80;

/** The state of filters that is not in the address: what is being typed, choices that were loaded, whether they are unfolded on a phone. */
export function filterState(filters) {
  const state = { drafts: signal({}), loaded: signal({}), isOpen: signal(false), due: 0 };
  for (const filter of filters) if (typeof filter.choices === 'function') loadChoices(filter, state);
  return state;
}

async function loadChoices(filter, state) {
  try {
    const choices = await filter.choices();
    state.loaded.value = { ...state.loaded.peek(), [filter.name]: choices };
  } catch {
    // the list says that the server does not answer; the filter then has no choices to offer
  }
}

/** The controls; `extra` is shown after them. */
export function filterBar(filters, state, defaults = {}, extra = null) {
  const others = filters.filter(filter => filter.kind !== 'search');
  const set = others.filter(filter => valueOf(filter, place.query, defaults) !== '').length;
  return html`<form class="filters ${state.isOpen.value ? 'is-open' : ''}" role="search" @submit=${event => event.preventDefault()}>
    ${others.length ? html`<button type="button" class="button filters-fold" aria-expanded=${state.isOpen.value ? 'true' : 'false'}
      @click=${() => (state.isOpen.value = !state.isOpen.peek())}>
      Filters${set ? ` (${set})` : ''}</button>` : null}
    ${filters.map(filter => html`<div class="filter filter-${filter.kind} ${typeof filter.choices === 'function'
      ? 'filter-late' : ''}">${controlOf(filter, state, defaults)}</div>`)}
    ${isFiltered(filters, place.query, defaults)
      ? html`<button type="button" class="button quiet" @click=${() => clearAll(filters, state, defaults)}>Clear filters</button>`
      : null}
    ${extra}</form>`;
}

// Enter goes on to what was found: there the keys of the list work, which are text while one types.
function toRows(event) {
  if (event.key !== 'Enter') return;
  const rows = /** @type {HTMLElement|null} */ (document.querySelector('#main .table-wrap'));
  rows?.focus({ preventScroll: true });
}

function clearAll(filters, state, defaults) {
  state.drafts.value = {};
  setQuery({ ...Object.fromEntries(filters.map(filter => [filter.name, defaults[filter.name] ? 'all' : null])), ...firstPage });
}

/** What sets a list back to its first page. */
export const firstPage = { cursor: null, page: null };

function set(filter, value, defaults) {
  const isDefault = value === String(defaults[filter.name] ?? '');
  setQuery({ [filter.name]: isDefault ? null : value || (defaults[filter.name] ? 'all' : null), ...firstPage });
}

function controlOf(filter, state, defaults) {
  if (filter.kind === 'choice') return filter.multiple ? chips(filter, state, defaults) : choice(filter, state, defaults);
  if (filter.kind === 'flag') return flag(filter, defaults);
  return text(filter, state, defaults);
}

function text(filter, state, defaults) {
  const value = state.drafts.value[filter.name] ?? valueOf(filter, place.query, defaults);
  const id = `filter-${filter.name}`;
  const isSearch = filter.kind === 'search';
  return html`<label class=${isSearch ? 'visually-hidden' : 'filter-label'} for=${id}>${filter.title}</label>
    <input class="input" id=${id} type=${isSearch ? 'search' : 'text'} inputmode=${filter.kind === 'number' ? 'decimal' : null}
      autocomplete="off" spellcheck="false"
      placeholder=${filter.placeholder ?? (isSearch ? `${filter.title} ( / )` : null)} .value=${value}
      @input=${event => typed(filter, event.target.value, state, defaults)} @keydown=${toRows}>`;
}

// While one types the box shows what was typed, never what the list has got to.
function typed(filter, value, state, defaults) {
  state.drafts.value = { ...state.drafts.peek(), [filter.name]: value };
  clearTimeout(state.due);
  state.due = setTimeout(() => {
    const drafts = state.drafts.peek();
    state.drafts.value = {};
    setQuery({ ...Object.fromEntries(Object.entries(drafts).map(([name, one]) => [name, one || (defaults[name] ? 'all' : null)])),
      ...firstPage });
  }, typingPause);
}

function choice(filter, state, defaults) {
  const chosen = valueOf(filter, place.query, defaults);
  const choices = choicesIn(filter, state.loaded.value) ?? (chosen ? [{ value: chosen, title: chosen }] : []);
  const id = `filter-${filter.name}`;
  return html`<label class="filter-label" for=${id}>${filter.title}</label>
    <select class="input" id=${id} data-set=${chosen !== ''} @change=${event => set(filter, event.target.value, defaults)}>
      <option value="" .selected=${!choices.some(one => one.value === chosen)}>any</option>
      ${choices.map(one => html`<option .value=${one.value} .selected=${one.value === chosen}>${one.title}</option>`)}</select>`;
}

function chips(filter, state, defaults) {
  const chosen = valuesOf(filter, place.query, defaults);
  const toggled = value => (chosen.includes(value) ? chosen.filter(one => one !== value) : [...chosen, value]).join(',');
  return html`<span class="filter-label" id="filter-${filter.name}">${filter.title}</span>
    <span class="chips" role="group"
      aria-labelledby="filter-${filter.name}">${(choicesIn(filter, state.loaded.value)
      ?? []).map(one => html`<button type="button" class="chip"
      aria-pressed=${chosen.includes(one.value) ? 'true' : 'false'}
      @click=${() => set(filter, toggled(one.value), defaults)}>${one.title}</button>`)}</span>`;
}

function flag(filter, defaults) {
  const value = valueOf(filter, place.query, defaults);
  const id = `filter-${filter.name}`;
  return html`<input type="checkbox" id=${id} .checked=${value === 'true' || value === '1'}
    @change=${event => set(filter, event.target.checked ? 'true' : '', defaults)}>
    <label for=${id}>${filter.title}</label>`;
}
