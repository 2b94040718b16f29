/** A cable as a row of the side panel, seen from one end. */
import { bitsShort, percent } from '../../core/format.js';
import { html } from '../../core/html.js';
import { interfaceLink, meter, statusMark } from '../../ui/parts.js';
import { choose } from './state.js';

const stateWords = { 1: 'up', 0: 'down', '-1': 'unknown' };

/** The word of a cable's state: 1, 0 or -1. */
export function cableState(up) {
  return stateWords[up];
}

/** @param {import('../../topo/graph.js').Graph} graph @param {any} row of `seenFrom`, and its `cable` */
export function cableRow(graph, { cable, far, port, farPort, interfaceID, farInterfaceID, outPercent, inPercent }) {
  const { cables } = graph;
  const word = cableState(cables.up[cable]);
  const load = outPercent === null && inPercent === null ? 'load unknown' : `out ${percent(outPercent)}, in ${percent(inPercent)}`;
  return html`<li class="topo-row">
    <div class="topo-row-head"><span title=${word}>${statusMark(word)}</span><span class="visually-hidden">${word}</span>
      <button type="button" class="topo-link" @click=${() => choose(graph.ids[far])}>${graph.names[far]}</button>
      ${cables.isSingle[cable] ? html`<span class="topo-badge" title="Its loss cuts devices off">single</span>` : null}
      <button type="button" class="topo-link topo-row-end" aria-label=${`The link to ${graph.names[far]}`}
        @click=${() => choose(cables.ids[cable])}>
        ${cables.speed[cable] ? bitsShort(cables.speed[cable]) : 'link'}</button></div>
    <div class="topo-row-detail">${interfaceLink(interfaceID, null, port ?? 'port unknown')} →
      ${interfaceLink(farInterfaceID, graph.names[far], farPort ?? 'port unknown')}</div>
    <div class="topo-row-detail">${inPercent === null && outPercent === null ? null : meter(inPercent, outPercent)} ${load}</div>
  </li>`;
}
