/** The chosen link: both ends with their ports, load each way, how sure it is, and what its failure cuts off. */
import { bits, percent } from '../../core/format.js';
import { html } from '../../core/html.js';
import { cablesOfWire, known } from '../../topo/walk.js';
import { facts, interfaceLink, status } from '../../ui/parts.js';
import { cableState } from './cable-row.js';
import { impactPart } from './impact.js';
import { askImpact } from './map-keys.js';
import { panelHead } from './side-head.js';
import { choose } from './state.js';

/** @param {import('./model.js').MapModel} model @param {number} cable */
export function linkPanel(model, cable) {
  const graph = model.graph.value;
  const { cables } = graph;
  const [source, target] = [cables.source[cable], cables.target[cable]];
  return html`${panelHead('Link', status(cableState(cables.up[cable])))}
    ${cables.isSingle[cable] ? html`<p class="topo-single">‖ Single link: devices are cut off if it fails.</p>` : null}
    <p class="topo-actions"><button type="button" class="button" aria-pressed=${String(model.address.impact.value)}
      @click=${() => askImpact(model)}>What if it fails? <kbd>x</kbd></button></p>
    ${impactPart(model)}
    ${facts([
      ['From', end(graph, source, cables.sourceInterface[cable], cables.sourcePort[cable])],
      ['To', end(graph, target, cables.targetInterface[cable], cables.targetPort[cable])],
      ['Speed', cables.speed[cable] ? bits(cables.speed[cable]) : 'unknown'],
      [`Load towards ${graph.names[target]}`, percent(known(cables.toTarget[cable]))],
      [`Load towards ${graph.names[source]}`, percent(known(cables.toSource[cable]))],
      ['How sure', cables.confidence[cable] === null ? null : percent(cables.confidence[cable] * 100, 0)],
    ])}
    ${parallels(graph, cable)}`;
}

function end(graph, node, interfaceID, port) {
  return html`<button type="button" class="topo-link" @click=${() => choose(graph.ids[node])}>${graph.names[node]}</button>
    ${interfaceLink(interfaceID, graph.names[node], port ?? 'port unknown')}`;
}

/** The other cables between the same two devices. */
function parallels(graph, cable) {
  const { cables } = graph;
  const others = [...cablesOfWire(graph, cables.wire[cable])].filter(other => other !== cable);
  if (others.length === 0) return null;
  return html`<h3>Beside it <span class="topo-count">${others.length}</span></h3><ul class="topo-rows">
    ${others.map(other => html`<li class="topo-row"><button type="button" class="topo-link" @click=${() => choose(cables.ids[other])}>
      ${cables.sourcePort[other] ?? 'port unknown'} → ${cables.targetPort[other] ?? 'port unknown'}</button>
      ${status(cableState(cables.up[other]))}</li>`)}</ul>`;
}
