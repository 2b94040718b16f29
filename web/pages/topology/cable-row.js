/** A cable as a row of the side panel, seen from one end. */
import { bitsShort, percent } from '../../core/format.js';
import { html } from '../../core/html.js';
import { interfaceLink, meter, statusMark } from '../../ui/parts.js';
import { chooser } from './panel.js';
import { choose } from './state.js';

/** The word of a cable's state: 1, 0 or -1. */
export function cableState(up) {
  return ['unknown', 'down', 'up'][up + 1];
}

/** A link to a port, by its interface's id and its name, of a device that is named where `device` is. */
export function portOf(id, port, device = null) {
  return interfaceLink(id, device, port ?? 'port unknown');
}

/** @param {import('../../topo/graph.js').Graph} graph @param {any} row of `seenFrom`, and its `cable` */
export function cableRow(graph, { cable, far, port, farPort, interfaceID, farInterfaceID, outPercent, inPercent }) {
  const { cables, names } = graph;
  const [id, speed, word] = [cables.ids[cable], cables.speed[cable], cableState(cables.up[cable])];
  return html`<li class="topo-row">
    <div class="topo-row-head"><span title=${word}>${statusMark(word)}</span><span class="visually-hidden">${word}</span>
      ${chooser(graph.ids[far], names[far])}
      ${cables.isSingle[cable] ? html`<span class="topo-badge" title="Its loss cuts devices off">single</span>` : null}
      <button type="button" class="topo-link topo-end" aria-label="The link to ${names[far]}"
        @click=${() => choose(id)}>${speed ? bitsShort(speed) : 'link'}</button></div>
    <div class="topo-row-detail">${portOf(interfaceID, port)} → ${portOf(farInterfaceID, farPort, names[far])}</div>
    <div class="topo-row-detail">${outPercent === null && inPercent === null ? 'load unknown'
      : html`${meter(inPercent, outPercent)} out ${percent(outPercent)}, in ${percent(inPercent)}`}</div></li>`;
}
