/** Devices of the inventory without a cable. */
import { words } from '../../core/format.js';
import { html } from '../../core/html.js';
import { statusWords } from '../../topo/graph.js';
import { deviceLink, status } from '../../ui/parts.js';
import { pagedList } from './panel.js';
import { choose } from './state.js';
import { collator } from './table-rows.js';

/** @param {import('./model.js').MapModel} model */
export function unconnectedList({ graph: { value: graph }, address, map }) {
  return pagedList({
    title: 'Unconnected devices',
    source: map,
    itemsOf: data => [...data.unconnected].sort((a, b) => collator.compare(graph.names[a], graph.names[b])),
    page: address.page.value,
    keyOf: node => graph.ids[node],
    row: node => html`<li class="topo-row topo-row-head">${status(statusWords[graph.status[node]])}
      ${deviceLink(graph.ids[node], graph.names[node])} <span class="topo-row-detail">${words(graph.types[node])}</span>
      <button type="button" class="button topo-end" aria-label="Show ${graph.names[node]} on the map"
        @click=${() => choose(graph.ids[node])}>Show</button></li>`,
    intro: data => data.unconnected.length > 0 && html`<p class="muted">In the inventory, but no cable is known: they may speak neither
      LLDP nor CDP, be down, or hear only orphans.</p>`,
    none: { title: 'All devices are connected' },
  });
}
