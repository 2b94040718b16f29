/** Devices of the inventory without a cable. */
import { words } from '../../core/format.js';
import { html } from '../../core/html.js';
import { statusWords } from '../../topo/graph.js';
import { deviceLink, status } from '../../ui/parts.js';
import { pagedList } from './rows.js';
import { choose } from './state.js';

/** @param {import('./model.js').MapModel} model */
export function unconnectedList({ graph: { value: graph }, address, map }) {
  const nodes = [...(map.data.value?.unconnected ?? [])];
  nodes.sort((a, b) => graph.names[a].localeCompare(graph.names[b], undefined, { numeric: true }));
  return pagedList({
    title: 'Unconnected devices',
    items: nodes,
    page: address.page.value,
    keyOf: node => graph.ids[node],
    row: node => html`<li class="topo-row"><div class="topo-row-head">${status(statusWords[graph.status[node]])}
      ${deviceLink(graph.ids[node], graph.names[node])} <span class="topo-row-detail">${words(graph.types[node])}</span>
      <button type="button" class="button topo-row-end" aria-label=${`Show ${graph.names[node]} on the map`}
        @click=${() => choose(graph.ids[node])}>Show</button></div></li>`,
    intro: nodes.length ? html`<p class="topo-intro">In the inventory, but no cable is known: they may speak neither LLDP nor CDP, be down,
      or hear only orphans.</p>` : null,
    none: { title: 'All devices are connected' },
  });
}
