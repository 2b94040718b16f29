/** The way from the chosen device to another, as GET /topology/path says. */
import { plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { setQuery } from '../../core/router.js';
import { shown } from '../../ui/shown.js';
import { chooser } from './panel.js';

/** The part of the panel: a box to choose the other end, or the way. @param {import('./model.js').MapModel} model */
export function pathPart({ address, path }, box) {
  if (!address.to.value) return html`<div class="topo-path-ask">${box()}</div>`;
  return html`<section class="topo-path" aria-live="polite" aria-label="The way to another device">
    <h3>The way <button type="button" class="button" @click=${() => setQuery({ to: null })}>Clear</button></h3>
    ${shown(path, told, 3)}</section>`;
}

function told({ is_connected: isConnected, is_redundant: isRedundant, cables, single_points: points, nodes, edges }) {
  if (!isConnected) return html`<p><strong>There is no way between them.</strong></p>`;
  return html`<p><strong>${plural(cables, 'cable')}.</strong>
      ${isRedundant ? 'A second way exists' : 'There is no second way'} that shares no cable with it.
      ${points.length > 0 && `All ways pass ${points.map(device => device.name).join(', ')}.`}</p>
    <ol class="topo-steps">${nodes.map(({ id, name }, place) => html`<li>${chooser(id, name)}
      ${edges[place] && html`<span class="topo-row-detail">${ports(edges[place], id)}</span>`}</li>`)}</ol>`;
}

function ports(edge, id) {
  const pair = [edge.source_interface ?? 'port unknown', edge.target_interface ?? 'port unknown'];
  return (edge.source === id ? pair : pair.reverse()).join(' → ');
}
