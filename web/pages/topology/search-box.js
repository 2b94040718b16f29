/** A box that finds a device by name as one types: a combobox with a list. */
import { html } from '../../core/html.js';
import { words } from '../../core/format.js';
import { computed, signal } from '../../core/signal.js';
import { findNodes } from '../../topo/search.js';
import { statusWords } from '../../topo/graph.js';
import { chooseByKeys } from '../../ui/combobox.js';
import { statusMark } from '../../ui/parts.js';

/**
 * Makes a box; the answer gives its template, and follows signals.
 * @param {{id: string, label: string, placeholder: string, model: import('./model.js').MapModel,
 *   pick: (node: number) => void}} options
 */
export function searchBox({ id, label, placeholder, model, pick }) {
  const state = { text: signal(''), active: signal(0), isOpen: signal(false) };
  const nodes = computed(() => (model.graph.value ? findNodes(model.graph.value, state.text.value) : []));
  const take = node => {
    type(state, '');
    state.isOpen.value = false;
    pick(node);
  };
  const pressed = event => {
    if (chooseByKeys(event, state.active, nodes.peek().length, place => take(nodes.peek()[place])) || event.key !== 'Escape') return;
    event.preventDefault();
    if (state.text.peek()) type(state, '');
    else event.target.blur();
  };
  return () => {
    const isOpen = state.isOpen.value && state.text.value.trim() !== '';
    const found = nodes.value;
    return html`<div class="topo-search"><input class="input" id=${id} type="search" role="combobox" autocomplete="off"
        spellcheck="false" aria-label=${label} placeholder=${placeholder} aria-expanded=${String(isOpen)} aria-controls="${id}-list"
        aria-autocomplete="list" aria-activedescendant=${isOpen && found.length ? `${id}-${state.active.value}` : null}
        .value=${state.text.value} @input=${event => type(state, event.target.value)} @keydown=${pressed}
        @blur=${() => (state.isOpen.value = false)}>
      <ul class="topo-search-list" id="${id}-list" role="listbox" aria-label="Devices found" ?hidden=${!isOpen}>
        ${found.map((node, place) => option(model.graph.value, node, `${id}-${place}`, place === state.active.value, take))}
        ${!found.length && html`<li class="muted" role="option" aria-disabled="true" aria-selected="false">No device has this name.</li>`}
      </ul></div>`;
  };
}

function type(state, text) {
  state.text.value = text;
  state.active.value = 0;
  state.isOpen.value = true;
}

function option(graph, node, id, isActive, take) {
  // The press comes before the blur of the box, the click after it.
  return html`<li id=${id} role="option" aria-selected=${String(isActive)} @pointerdown=${event => {
    event.preventDefault();
    take(node);
  }}>${statusMark(statusWords[graph.status[node]])} <span class="topo-search-name">${graph.names[node]}</span>
    <span class="topo-row-detail topo-end">${words(graph.types[node])}</span></li>`;
}
