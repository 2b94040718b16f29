/** What is under the pointer, beside it. */
import { bits, percent, plural, words } from '../../core/format.js';
import { html } from '../../core/html.js';
import { statusWords } from '../../topo/graph.js';
import { cablesOfWire, known } from '../../topo/walk.js';
import { status } from '../../ui/parts.js';
import { cableState } from './cable-row.js';

const mostCables = 4;

/** @param {import('./model.js').MapModel} model @param {{node: number, wire: number, x: number, y: number}} hover */
export function tip({ graph: { value: graph } }, { node, wire, x, y }, width) {
  const told = graph?.ids[node] ? nodeTip(graph, node) : graph?.wires.a[wire] >= 0 ? wireTip(graph, wire) : null;
  const place = { '--x': `${x}px`, '--y': `${y}px`, '--turn': x > width - 260 ? '-100%' : '0%' };
  return told && html`<div class="topo-tip" aria-hidden="true" .style=${place}>${told}</div>`;
}

function nodeTip(graph, node) {
  return html`<strong>${graph.names[node]}</strong> ${status(statusWords[graph.status[node]])}
    <div>${words(graph.types[node])}, ${plural(graph.degree[node], 'cable')}${
      graph.isSingle[node] ? ', single point of failure' : ''}</div>`;
}

function wireTip(graph, wire) {
  const { wires, names } = graph;
  const cables = [...cablesOfWire(graph, wire)];
  const further = cables.length - mostCables;
  return html`<strong>${names[wires.a[wire]]} – ${names[wires.b[wire]]}</strong>
    ${cables.length > 1 && html`<div>${plural(cables.length, 'cable')}, ${bits(wires.speed[wire] || null)} in all</div>`}
    ${cables.slice(0, mostCables).map(cable => cableTip(graph, cable))}${further > 0 && html`<div>and ${further} more</div>`}`;
}

function cableTip({ cables, names }, cable) {
  const { sourcePort, targetPort, speed, source, target, toTarget, toSource } = cables;
  return html`<div>${status(cableState(cables.up[cable]))} ${sourcePort[cable] ?? '?'} – ${targetPort[cable] ?? '?'},
    ${speed[cable] ? bits(speed[cable]) : 'speed unknown'}</div>
    <div class="muted">to ${names[target[cable]]} ${percent(known(toTarget[cable]))},
      to ${names[source[cable]]} ${percent(known(toSource[cable]))}</div>`;
}
