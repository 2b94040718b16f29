/** A box that finds a device by name as one types: a combobox with a list. */
import { html } from '../../core/html.js';
import { signal } from '../../core/signal.js';
import { findNodes } from '../../topo/search.js';
import { statusWords } from '../../topo/graph.js';
import { statusMark } from '../../ui/parts.js';

/**
 * Makes a box; the answer gives its template, and follows signals.
 * @param {{id: string, label: string, placeholder: string, model: import('./model.js').MapModel,
 *   pick: (node: number) => void}} options
 */
export function searchBox({ id, label, placeholder, model, pick }) {
  const state = { text: signal(''), active: signal(0), isOpen: signal(false) };
  const close = () => {
    state.isOpen.value = false;
  };
  const take = node => {
    state.text.value = '';
    close();
    pick(node);
  };
  const found = () => (model.graph.value && state.text.value ? findNodes(model.graph.value, state.text.value) : []);
  return () => {
    const nodes = found();
    const isOpen = state.isOpen.value && state.text.value.trim() !== '';
    return html`<div class="topo-search">
      <input class="input" id=${id} type="search" role="combobox" autocomplete="off" spellcheck="false"
        aria-label=${label} placeholder=${placeholder} aria-expanded=${String(isOpen)} aria-controls=${`${id}-list`}
        aria-autocomplete="list" aria-activedescendant=${isOpen && nodes.length ? `${id}-${state.active.value}` : null}
        .value=${state.text.value} @input=${event => typed(state, event.target.value)}
        @keydown=${event => onKey(event, state, found(), take)} @blur=${close}>
      <ul class="topo-search-list" id=${`${id}-list`} role="listbox" aria-label="Devices found" ?hidden=${!isOpen}>
        ${nodes.map((node, place) => option(model.graph.value, node, place, id, state, take))}
        ${nodes.length ? null : html`<li class="topo-search-none" role="option" aria-disabled="true" aria-selected="false">No device has
          this name.</li>`}
      </ul></div>`;
  };
}

function option(graph, node, place, id, state, take) {
  // The press comes before the blur of the box, the click after it.
  return html`<li id=${`${id}-${place}`} role="option" aria-selected=${String(place === state.active.value)}
    @pointerdown=${event => {
      event.preventDefault();
      take(node);
    }}>${statusMark(statusWords[graph.status[node]])} <span class="topo-search-name">${graph.names[node]}</span>
    <span class="topo-search-type">${graph.types[node].replace('_', ' ')}</span></li>`;
}

function typed(state, text) {
  state.text.value = text;
  state.active.value = 0;
  state.isOpen.value = true;
}

function onKey(event, state, nodes, take) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) state.active.value = (state.active.value + step + nodes.length) % Math.max(1, nodes.length);
  else if (event.key === 'Enter' && nodes.length) take(nodes[state.active.value]);
  else if (event.key === 'Escape') leave(event, state);
  else return;
  event.preventDefault();
}

function leave(event, state) {
  if (state.text.value) typed(state, '');
  else event.target.blur();
}
