/** The way from the chosen device to another, as GET /topology/path says. */
import { plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { setQuery } from '../../core/router.js';
import { failed, skeleton } from '../../ui/parts.js';
import { choose } from './state.js';

/** The part of the panel: a box to choose the other end, or the way. @param {import('./model.js').MapModel} model */
export function pathPart({ address, path }, box) {
  if (!address.to.value) return html`<div class="topo-path-ask">${box()}</div>`;
  return html`<section class="topo-path" aria-live="polite" aria-label="The way to another device">
    <h3>The way <button type="button" class="button" @click=${() => setQuery({ to: null })}>Clear</button></h3>
    ${path.error.value ? failed(path.error.value, path.reload) : path.data.value ? told(path.data.value) : skeleton(3)}</section>`;
}

function told(answer) {
  if (!answer.is_connected) return html`<p><strong>There is no way between them.</strong></p>`;
  return html`<p><strong>${plural(answer.cables, 'cable')}.</strong> ${answer.is_redundant
      ? 'A second way exists that shares no cable with it.'
      : 'There is no second way that shares no cable with it.'}
      ${answer.single_points.length ? `All ways pass ${answer.single_points.map(device => device.name).join(', ')}.` : ''}</p>
    <ol class="topo-steps">${answer.nodes.map((device, place) => step(device, answer.edges[place]))}</ol>`;
}

function step(device, edge) {
  return html`<li><button type="button" class="topo-link" @click=${() => choose(device.id)}>${device.name}</button>
    ${edge ? html`<span class="topo-row-detail">${ports(edge, device.id)}</span>` : null}</li>`;
}

function ports(edge, id) {
  const pair = [edge.source_interface ?? 'port unknown', edge.target_interface ?? 'port unknown'];
  return (edge.source === id ? pair : pair.reverse()).join(' → ');
}
