/** Testimonies that cannot all be true. */
import { words } from '../../core/format.js';
import { html } from '../../core/html.js';
import { chooser, pagedList } from './panel.js';

/** @param {import('./model.js').MapModel} model */
export function contradictionsList({ contradictions, address }) {
  return pagedList({
    title: 'Contradictions',
    source: contradictions,
    page: address.page.value,
    keyOf: item => `${item.kind} ${item.device_ids} ${item.interface_ids} ${item.explanation}`,
    row: ({ kind, explanation, device_ids: ids, device_names: names }) => html`<li class="topo-row">
      <strong class="topo-row-head">${words(kind)}</strong><div>${explanation}</div>
      <div class="topo-row-detail">${ids.map((id, place) => html`${chooser(id, names[place])} `)}</div></li>`,
    none: { title: 'No contradictions', text: 'What devices tell of each other can all be true.' },
  });
}
