/** What is under the pointer, beside it. */
import { bits, percent, plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { statusWords } from '../../topo/graph.js';
import { cablesOfWire, known } from '../../topo/walk.js';
import { status } from '../../ui/parts.js';
import { cableState } from './cable-row.js';

const mostCables = 4;

/** @param {import('./model.js').MapModel} model @param {{node: number, wire: number, x: number, y: number}} hover */
export function tip({ graph: { value: graph } }, { node, wire, x, y }, width) {
  if (!graph || (node < 0 && wire < 0) || node >= graph.count || wire >= graph.wires.count) return null;
  const isRight = x > width - 260;
  const place = { '--x': `${x}px`, '--y': `${y}px`, '--turn': isRight ? '-100%' : '0%' };
  return html`<div class="topo-tip" aria-hidden="true" .style=${place}>${node >= 0 ? nodeTip(graph, node) : wireTip(graph, wire)}</div>`;
}

function nodeTip(graph, node) {
  return html`<strong>${graph.names[node]}</strong> ${status(statusWords[graph.status[node]])}
    <div>${graph.types[node].replace('_', ' ')},
      ${plural(graph.degree[node], 'cable')}${graph.isSingle[node] ? ', single point of failure' : ''}</div>`;
}

function wireTip(graph, wire) {
  const { wires, names } = graph;
  const cables = [...cablesOfWire(graph, wire)];
  return html`<strong>${names[wires.a[wire]]} – ${names[wires.b[wire]]}</strong>
    ${cables.length > 1 ? html`<div>${plural(cables.length, 'cable')}, ${bits(wires.speed[wire] || null)} in all</div>` : null}
    ${cables.slice(0, mostCables).map(cable => cableTip(graph, cable))}
    ${cables.length > mostCables ? html`<div>and ${cables.length - mostCables} more</div>` : null}`;
}

function cableTip({ cables, names }, cable) {
  const load = value => percent(known(value[cable]));
  return html`<div>${status(cableState(cables.up[cable]))} ${cables.sourcePort[cable] ?? '?'} – ${cables.targetPort[cable] ?? '?'},
    ${cables.speed[cable] ? bits(cables.speed[cable]) : 'speed unknown'}</div>
    <div class="topo-tip-load">to ${names[cables.target[cable]]} ${load(cables.toTarget)}, to ${names[cables.source[cable]]}
      ${load(cables.toSource)}</div>`;
}
