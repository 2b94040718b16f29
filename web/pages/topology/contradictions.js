/** Testimonies that cannot all be true. */
import { words } from '../../core/format.js';
import { html } from '../../core/html.js';
import { failed, skeleton } from '../../ui/parts.js';
import { pagedList } from './rows.js';
import { panelHead } from './side-head.js';
import { choose } from './state.js';

/** @param {import('./model.js').MapModel} model */
export function contradictionsList({ contradictions, address }) {
  if (contradictions.error.value) return [panelHead('Contradictions'), failed(contradictions.error.value, contradictions.reload)];
  if (!contradictions.data.value) return [panelHead('Contradictions'), skeleton(6)];
  return pagedList({
    title: 'Contradictions',
    items: contradictions.data.value.items,
    page: address.page.value,
    keyOf: item => `${item.kind} ${item.device_ids} ${item.interface_ids} ${item.explanation}`,
    row: contradictionRow,
    none: { title: 'No contradictions', text: 'What devices tell of each other can all be true.' },
  });
}

function contradictionRow({ kind, explanation, device_ids: ids, device_names: names }) {
  return html`<li class="topo-row"><div class="topo-row-head"><strong>${words(kind)}</strong></div>
    <div>${explanation}</div>
    <div class="topo-row-detail">${ids.map((id, place) =>
      html`<button type="button" class="topo-link" @click=${() => choose(id, {})}>${names[place]}</button> `)}</div></li>`;
}
