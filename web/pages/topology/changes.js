/** Cables that appeared, vanished or moved. */
import { moment } from '../../core/format.js';
import { html } from '../../core/html.js';
import { chooser, pagedList } from './panel.js';
import { spans } from './state.js';
import { choice } from './toolbar.js';

const signs = { appeared: '+', vanished: '−', moved: '→' };
const spanTitles = { '1d': 'a day', '7d': '7 days', '30d': '30 days', '365d': 'a year' };

/** @param {import('./model.js').MapModel} model */
export function changesList({ changes, address }) {
  return pagedList({
    title: 'Changes',
    source: changes,
    page: address.page.value,
    keyOf: item => `${item.revision} ${item.change} ${item.link_id}`,
    row: changeRow,
    intro: data => html`${choice('In the last', 'since', address.since.value, spans.map(span => [span, spanTitles[span]]))}
      ${data.is_complete ? null : html`<p class="muted">There are more than ${data.items.length}; only the latest are shown.</p>`}`,
    none: { title: 'No changes', text: 'No cable appeared, vanished or moved in this time.' },
  });
}

function changeRow(item) {
  return html`<li class="topo-row"><div class="topo-row-head"><strong class="topo-${item.change}">${signs[item.change]}
    ${item.change}</strong><span class="topo-row-detail topo-end">${moment(item.at)}</span></div>
    <div>${end(item, 'source')} – ${end(item, 'target')}${item.is_orphan ? ' (orphan)' : ''}</div>
    ${item.from && html`<div class="topo-row-detail">was ${endText(item.from, 'source')} – ${endText(item.from, 'target')}</div>`}</li>`;
}

function end(link, side) {
  const name = link[`${side}_name`];
  return html`${link[side] ? chooser(link[side], name) : name} ${link[`${side}_interface`]}`;
}

function endText(link, side) {
  return `${link[`${side}_name`]} ${link[`${side}_interface`] ?? ''}`;
}
