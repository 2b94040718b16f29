/** Devices that could not be read, by cause, with what to do; one cause is open at a time, named in the URL. */
import { ago, plural } from '../../core/format.js';
import { html, keyed } from '../../core/html.js';
import { href, place, setQuery } from '../../core/router.js';
import { deviceLink, status, statusMark } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { startHere } from '../jobs/run.js';
import { byCause } from './causes.js';

/** Errors as a list of causes: {items: [Device], total} -> template. */
export function errorGroups(page) {
  const groups = byCause(page.items);
  if (groups.length === 0) {
    return html`<p>${statusMark('up')} Every device was read without an error.</p>`;
  }
  const open = place.value.query.get('cause');
  return html`${page.total > page.items.length
    ? html`<p class="job-muted">Of ${plural(page.total, 'device')} with an error, the first ${page.items.length}.</p>` : null}
    ${keyed(groups, (group) => group.id, (group) => causeView(group, group.id === open))}`;
}

function causeView(group, isOpen) {
  const toggled = (event) => { if (event.target.open !== isOpen) setQuery({ cause: event.target.open ? group.id : null }); };
  return html`<details class="discovery-cause" ?open=${isOpen} @toggle=${toggled}>
    <summary><strong>${group.title}</strong> <span class="discovery-count">${plural(group.devices.length, 'device')}</span>
      <span class="job-muted">${group.remedy}</span></summary>
    ${isOpen ? deviceTable(group) : null}
  </details>`;
}

function deviceTable(group) {
  return table({
    caption: group.title, rows: group.devices, keyOf: (device) => device.id, open: (device) => href(`/devices/${device.id}`),
    columns: [
      { id: 'device', title: 'Device', render: (device) => deviceLink(device.id, device.name) },
      { id: 'address', title: 'Address', render: (device) => `${device.ip} port ${device.port}` },
      { id: 'status', title: 'Status', render: (device) => status(device.status) },
      { id: 'seen', title: 'Last answer', render: (device) => (device.last_seen_at ? ago(device.last_seen_at) : 'never') },
      { id: 'error', title: 'What happened', className: 'job-message', render: (device) => device.last_error },
      { id: 'again', title: 'Again', render: (device) => againButton(device) },
    ],
  });
}

function againButton(device) {
  const again = () => startHere(`/interfaces/discover/${device.id}`, undefined, `Discovery of ${device.name}`);
  return html`<button type="button" class="button" @click=${again} aria-label="Discover ${device.name} again">Discover</button>`;
}
