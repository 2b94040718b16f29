/** The chosen link: both ends with their ports, load each way, how sure it is, and what its failure cuts off. */
import { bits, percent } from '../../core/format.js';
import { html } from '../../core/html.js';
import { cablesOfWire, known } from '../../topo/walk.js';
import { facts, status } from '../../ui/parts.js';
import { cableState, portOf } from './cable-row.js';
import { impactButton, impactPart } from './impact.js';
import { chooser, counted, panelHead } from './panel.js';

/** @param {import('./model.js').MapModel} model @param {number} cable */
export function linkPanel(model, cable) {
  const graph = model.graph.value;
  const { cables, names } = graph;
  const [source, target] = [cables.source[cable], cables.target[cable]];
  const end = (node, interfaces, ports) => html`${chooser(graph.ids[node], names[node])}
    ${portOf(interfaces[cable], ports[cable], names[node])}`;
  return html`${panelHead('Link', status(cableState(cables.up[cable])))}
    ${cables.isSingle[cable] ? html`<p class="topo-single">‖ Single link: devices are cut off if it fails.</p>` : null}
    <p class="topo-actions">${impactButton(model)}</p>
    ${impactPart(model)}
    ${facts([
      ['From', end(source, cables.sourceInterface, cables.sourcePort)],
      ['To', end(target, cables.targetInterface, cables.targetPort)],
      ['Speed', cables.speed[cable] ? bits(cables.speed[cable]) : 'unknown'],
      [`Load towards ${names[target]}`, percent(known(cables.toTarget[cable]))],
      [`Load towards ${names[source]}`, percent(known(cables.toSource[cable]))],
      ['How sure', cables.confidence[cable] === null ? null : percent(cables.confidence[cable] * 100, 0)],
    ])}
    ${parallels(graph, cable)}`;
}

/** The other cables between the same two devices. */
function parallels(graph, cable) {
  const { ids, up, wire, sourcePort, targetPort } = graph.cables;
  const others = [...cablesOfWire(graph, wire[cable])].filter(other => other !== cable);
  const name = other => `${sourcePort[other] ?? 'port unknown'} → ${targetPort[other] ?? 'port unknown'}`;
  return others.length > 0 && html`<h3>Beside it ${counted(others.length)}</h3><ul class="topo-rows">
    ${others.map(other => html`<li class="topo-row">${chooser(ids[other], name(other))} ${status(cableState(up[other]))}</li>`)}</ul>`;
}
