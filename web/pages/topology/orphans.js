/** The tray of orphans: neighbours that are heard and are no devices of the inventory. */
import { post } from '../../core/api.js';
import { html } from '../../core/html.js';
import { signal } from '../../core/signal.js';
import { openDialog, toast } from '../../ui/dialog.js';
import { errorsOf, field } from '../../ui/form.js';
import { deviceLink } from '../../ui/parts.js';
import { deviceTypes } from '../devices/words.js';
import { chooser, pagedList } from './panel.js';

/** @param {import('./model.js').MapModel} model */
export function orphansList(model) {
  return pagedList({
    title: 'Orphans',
    source: model.map,
    itemsOf: data => data.orphans,
    page: model.address.page.value,
    keyOf: orphan => orphan.key,
    row: orphan => orphanRow(orphan, model),
    intro: data => data.orphans.length > 0 && html`<p class="muted">Heard by devices, but not in the inventory. Adopt one to poll it and
      to draw its cables.</p>`,
    none: { title: 'No orphans', text: 'Every neighbour that is heard is a device of the inventory.' },
  });
}

function orphanRow(orphan, model) {
  const { neighbor_name: name, platform, protocols, management_addresses: addresses } = orphan;
  return html`<li class="topo-row"><div class="topo-row-head"><strong>${name}</strong>
      <button type="button" class="button topo-end" aria-label="Adopt ${name}"
        ?disabled=${model.address.asOf.value} @click=${() => adopt(orphan, model)}>Adopt</button></div>
    <div class="topo-row-detail">${[platform, protocols?.join(', ').toUpperCase(), addresses?.[0]].filter(Boolean).join(' · ')}</div>
    <div class="topo-row-detail">seen from ${orphan.seen_from.map(sight =>
      html`${chooser(sight.device_id, sight.device_name)} ${sight.interface} `)}</div></li>`;
}

/** Asks for what the neighbour does not tell of itself, and makes a device of it. */
function adopt(orphan, model) {
  const title = `Adopt ${orphan.neighbor_name}`;
  const answers = signal({ name: orphan.neighbor_name, ip: orphan.management_addresses?.[0] ?? '', device_type: '' });
  const errors = signal(new Map());
  openDialog({
    title,
    body: () => form(answers, errors.value),
    actions: [{ title: 'Adopt', kind: 'primary', run: () => send(orphan, answers.peek(), errors, model) }],
  });
}

function form(answers, errors) {
  const types = [{ value: '', title: 'as it tells' }, ...deviceTypes];
  const ask = (name, label, more = {}) => field({ label, name, value: answers.value[name], error: errors.get(name), required: true,
    onInput: value => (answers.value = { ...answers.peek(), [name]: value }), ...more });
  return html`${ask('name', 'Name')} ${ask('ip', 'Address', { hint: 'Where its SNMP agent answers.' })}
    ${ask('device_type', 'Type', { kind: 'choice', choices: types, required: false })}`;
}

async function send({ key }, answers, errors, model) {
  try {
    const given = Object.entries(answers).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
    const device = await post('/topology/orphans/adopt', { key, ...Object.fromEntries(given) });
    model.map.reload();
    toast(html`Adopted ${deviceLink(device.id, device.name)}`, { kind: 'success' });
  } catch (error) {
    errors.value = errorsOf(error);
    throw error;
  }
}
