import { post } from '../../core/api.js';
import { count } from '../../core/format.js';
import { html } from '../../core/html.js';
import { href, navigate } from '../../core/router.js';
import { signal } from '../../core/signal.js';
import { toast, toastError } from '../../ui/dialog.js';
import { empty, section } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { newest, readNow } from './discover.js';
import { sweepFindings } from './sweep-findings.js';

/** Devices that were added from the answer of a sweep: signal of a map from address to Device. */
export function adoptions() {
  return signal(new Map());
}

/**
 * What a sweep found, and how to take it into the inventory; `ask` is what was asked: {ranges, profiles, port}, null where it is not
 * known.
 */
export function sweepResult(run, ask, adopted) {
  const { counts, devices, unnamed } = sweepFindings(run);
  const answered = run.results.devices_answered ?? 0;
  if (run.state !== 'succeeded') return null;
  if (answered === 0) return nothingAnswered();
  return section({ title: counts }, html`
    ${devices.length ? table({ caption: 'What answered', columns: columns(ask, adopted), rows: devices, keyOf: row => row.address }) : null}
    ${unnamed ? html`<p class="device-actions">${count(unnamed)} more answered: see the server’s log.</p>` : null}
    ${addAll(run, ask, adopted)}`);
}

function nothingAnswered() {
  return empty({
    title: 'No address answered',
    text: 'Check access lists, community or user, and the port.',
    action: html`<a class="button" href="/profiles">Credential profiles</a>`,
  });
}

function columns(ask, adopted) {
  return [
    { id: 'address', title: 'Address', render: row => row.address },
    { id: 'name', title: 'Calls itself', render: row => row.name || '–' },
    { id: 'profile', title: 'Answers to profile', render: row => row.profile },
    { id: 'standing', title: 'In the inventory', render: row => row.standing },
    { id: 'add', title: 'Next step', render: row => addCell(row, ask, adopted) },
  ];
}

function addCell(row, ask, adopted) {
  const device = adopted.value.get(row.address);
  if (device) return html`<a href=${`/devices/${device.id}`}>${device.name}</a>`;
  if (row.standing !== 'new') {
    return html`<a href=${href('/devices', { q: row.name || row.address })}>Look it up</a>`;
  }
  if (!ask) return html`<a href=${addHref(row)}>Add it …</a>`;
  return html`<button type="button" class="button" aria-label=${`Add ${row.name || row.address}`}
    @click=${() => adopt(row, ask, adopted)}>Add it</button>`;
}

function addHref(row) {
  return href('/devices/add', { name: row.name || row.address, ip: row.address, credential_profile: row.profile });
}

async function adopt(row, ask, adopted) {
  try {
    const device = await post('/devices', {
      name: row.name || row.address, ip: row.address, port: ask.port, credential_profile: row.profile,
    });
    adopted.value = new Map(adopted.peek()).set(row.address, device);
    await post(`/interfaces/discover/${device.id}`);
    toast(`${device.name} was added, its interfaces are being read`);
  } catch (error) {
    toastError(error, row.name || row.address);
  }
}

function addAll(run, ask, adopted) {
  const added = run.results.devices_added ?? 0;
  const left = (run.results.devices_new ?? 0) - added - adopted.value.size;
  if (added > 0) {
    return html`<p class="device-actions">${readNow()} ${newest()}</p>`;
  }
  if (left <= 0 || !ask) return null;
  return html`<p class="device-actions">
    <button type="button" class="button primary" @click=${() => sweepAndAdd(ask)}>Add all ${count(left)} new ones</button>
    <span>All are asked again.</span></p>`;
}

async function sweepAndAdd(ask) {
  try {
    const run = await post('/devices/sweep', { ...ask, add: true });
    navigate(sweepHref(ask, run.id));
  } catch (error) {
    toastError(error);
  }
}

/** The address of a sweep with what it asks and its run. */
export function sweepHref(ask, run) {
  return href('/devices/sweep', {
    ranges: ask.ranges.join(' '), profiles: (ask.profiles ?? []).join(','), port: ask.port ?? null,
    rate: ask.rate ?? null, run,
  });
}
