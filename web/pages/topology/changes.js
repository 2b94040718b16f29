/** Cables that appeared, vanished or moved. */
import { moment } from '../../core/format.js';
import { html } from '../../core/html.js';
import { setQuery } from '../../core/router.js';
import { failed, skeleton } from '../../ui/parts.js';
import { pagedList } from './rows.js';
import { panelHead } from './side-head.js';
import { choose, spans } from './state.js';

const signs = { appeared: '+', vanished: '−', moved: '→' };
const spanTitles = { '1d': 'a day', '7d': '7 days', '30d': '30 days', '365d': 'a year' };

/** @param {import('./model.js').MapModel} model */
export function changesList({ changes, address }) {
  if (changes.error.value) return [panelHead('Changes'), failed(changes.error.value, changes.reload)];
  if (!changes.data.value) return [panelHead('Changes'), skeleton(8)];
  const { items, is_complete: isComplete } = changes.data.value;
  return pagedList({
    title: 'Changes',
    items,
    page: address.page.value,
    keyOf: item => `${item.revision} ${item.change} ${item.link_id}`,
    row: changeRow,
    intro: html`${spanChoice(address.since.value)}${isComplete
      ? null
      : html`<p class="topo-intro">There are more than ${items.length}; only the latest are shown.</p>`}`,
    none: { title: 'No changes', text: 'No cable appeared, vanished or moved in this time.' },
  });
}

function spanChoice(chosen) {
  return html`<label class="topo-choice topo-since"><span>In the last</span>
    <select class="input" @change=${event => setQuery({ since: event.target.value, page: null })}>
    ${spans.map(span => html`<option value=${span} .selected=${span === chosen}>${spanTitles[span]}</option>`)}</select></label>`;
}

function changeRow(item) {
  return html`<li class="topo-row"><div class="topo-row-head"><strong class="topo-${item.change}">${signs[item.change]}
    ${item.change}</strong>
      <span class="topo-row-detail topo-row-end">${moment(item.at)}</span></div>
    <div>${end(item.source, item.source_name, item.source_interface)} –
      ${end(item.target, item.target_name, item.target_interface)}${item.is_orphan ? ' (orphan)' : ''}</div>
    ${item.from ? html`<div class="topo-row-detail">was ${endText(item.from)}</div>` : null}</li>`;
}

function end(id, name, port) {
  const device = id ? html`<button type="button" class="topo-link" @click=${() => choose(id, {})}>${name}</button>` : name;
  return html`${device} ${port ?? ''}`;
}

function endText(link) {
  return `${link.source_name} ${link.source_interface ?? ''} – ${link.target_name} ${link.target_interface ?? ''}`;
}
