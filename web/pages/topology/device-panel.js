/** The chosen device: its facts, its cables, what its failure cuts off, and the way to another device. */
import { ago, seconds, words } from '../../core/format.js';
import { html } from '../../core/html.js';
import { statusWords } from '../../topo/graph.js';
import { cablesAt, seenFrom } from '../../topo/walk.js';
import { facts, failed, status } from '../../ui/parts.js';
import { cableRow } from './cable-row.js';
import { impactButton, impactPart } from './impact.js';
import { counted, panelHead } from './panel.js';
import { pathPart } from './path.js';
import { focusOn } from './state.js';
import { collator } from './table-rows.js';

const mostRows = 100;

/** @param {import('./model.js').MapModel} model @param {number} node */
export function devicePanel(model, node, pathBox) {
  const graph = model.graph.value;
  const id = graph.ids[node];
  return html`${panelHead(graph.names[node], status(statusWords[graph.status[node]]))}
    ${graph.isSingle[node] ? html`<p class="topo-single">◎ Single point of failure: others are cut off if it fails.</p>` : null}
    <p class="topo-actions"><a class="button" href="/devices/${id}">Open</a> ${impactButton(model)}
      <button type="button" class="button" @click=${() => focusOn(id, model.address.hops.value)}>Focus <kbd>f</kbd></button></p>
    ${impactPart(model)} ${pathPart(model, pathBox)} ${deviceFacts(model, node)} ${cableList(graph, node)}`;
}

function deviceFacts({ graph: { value: graph }, device }, node) {
  const error = device.error.value;
  if (error?.status === 404) return html`<p>It is no device of the inventory any more.</p>`;
  if (error) return failed(error, device.reload);
  const known = device.data.value?.id === graph.ids[node] ? device.data.value : {};
  const tier = graph.tier[node];
  return facts([
    ['Type', words(graph.types[node])],
    ['Tier', tier < 0 ? 'none: no cable' : tier],
    ['Address', known.ip],
    ['Maker', [known.vendor, known.model].filter(Boolean).join(' ')],
    ['System', known.os_version],
    ['Location', known.location],
    ['Up for', known.uptime == null ? null : seconds(known.uptime)],
    ['Last answered', known.last_seen_at && ago(known.last_seen_at)],
    ['Trouble', known.last_error],
    ['Tags', graph.tags[node].join(', ')],
  ]);
}

function cableList(graph, node) {
  const rows = cablesAt(graph, node).map(cable => ({ cable, ...seenFrom(graph, cable, node) }))
    .sort((a, b) => collator.compare(graph.names[a.far], graph.names[b.far]));
  return html`<h3>Cables ${counted(rows.length)}</h3>
    ${!rows.length && html`<p>None. Devices that speak neither LLDP nor CDP have none until one is entered by hand.</p>`}
    <ul class="topo-rows">${rows.slice(0, mostRows).map(row => cableRow(graph, row))}</ul>
    ${rows.length > mostRows && html`<p><a href="/topology?view=links&focus=${graph.ids[node]}&hops=1">All ${rows.length} in the list of
      links</a></p>`}`;
}
