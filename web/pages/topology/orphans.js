/** The tray of orphans: neighbours that are heard and are no devices of the inventory. */
import { post } from '../../core/api.js';
import { html } from '../../core/html.js';
import { href } from '../../core/router.js';
import { signal } from '../../core/signal.js';
import { openDialog, toast } from '../../ui/dialog.js';
import { errorsOf, field } from '../../ui/form.js';
import { deviceTypes } from '../devices/words.js';
import { pagedList } from './rows.js';
import { choose } from './state.js';

/** @param {import('./model.js').MapModel} model */
export function orphansList(model) {
  const { orphans } = model.graph.value;
  return pagedList({
    title: 'Orphans',
    items: orphans,
    page: model.address.page.value,
    keyOf: orphan => orphan.key,
    row: orphan => orphanRow(orphan, model),
    intro: orphans.length ? html`<p class="topo-intro">Heard by devices, but not in the inventory. Adopt one to poll it and to draw its
      cables.</p>` : null,
    none: { title: 'No orphans', text: 'Every neighbour that is heard is a device of the inventory.' },
  });
}

function orphanRow(orphan, model) {
  const detail = [orphan.platform, orphan.protocols?.map(name => name.toUpperCase()).join(', '), orphan.management_addresses?.[0]];
  return html`<li class="topo-row">
    <div class="topo-row-head"><strong>${orphan.neighbor_name}</strong>
      <button type="button" class="button topo-row-end" aria-label=${`Adopt ${orphan.neighbor_name}`}
        ?disabled=${Boolean(model.address.asOf.value)} @click=${() => adopt(orphan, model)}>Adopt</button></div>
    <div class="topo-row-detail">${detail.filter(Boolean).join(' · ')}</div>
    <div class="topo-row-detail">seen from ${orphan.seen_from.map(sight => html`<button type="button" class="topo-link"
      @click=${() => choose(sight.device_id, {})}>${sight.device_name}</button> ${sight.interface} `)}</div>
  </li>`;
}

/** Asks for what the neighbour does not tell of itself, and makes a device of it. */
function adopt(orphan, model) {
  const answers = { name: signal(orphan.neighbor_name), ip: signal(orphan.management_addresses?.[0] ?? ''), type: signal('') };
  const errors = signal(new Map());
  openDialog({
    title: `Adopt ${orphan.neighbor_name}`,
    body: () => form(answers, errors.value),
    actions: [
      { title: 'Adopt', kind: 'primary', run: () => send(orphan, answers, errors, model) },
    ],
  });
}

function form({ name, ip, type }, errors) {
  const types = [{ value: '', title: 'as it tells' }, ...deviceTypes.map(value => ({ value, title: value.replace('_', ' ') }))];
  return html`
    ${field({ label: 'Name', name: 'name', value: name.value, required: true, error: errors.get('name'),
      onInput: value => (name.value = value) })}
    ${field({ label: 'Address', name: 'ip', value: ip.value, required: true, error: errors.get('ip'), hint: 'Where its SNMP agent answers.',
      onInput: value => (ip.value = value) })}
    ${field({ label: 'Type', name: 'device_type', kind: 'choice', value: type.value, choices: types, error: errors.get('device_type'),
      onInput: value => (type.value = value) })}`;
}

async function send(orphan, { name, ip, type }, errors, model) {
  const given = { key: orphan.key, name: name.peek().trim(), ip: ip.peek().trim(), device_type: type.peek() };
  const body = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
  try {
    const device = await post('/topology/orphans/adopt', body);
    model.map.reload();
    toast(html`Adopted <a href=${href(`/devices/${device.id}`)}>${device.name}</a>`, { kind: 'success' });
  } catch (error) {
    errors.value = errorsOf(error);
    throw error;
  }
}
