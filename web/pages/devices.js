import { ago, seconds } from '../core/format.js';
import { html } from '../core/html.js';
import { bindKeys } from '../core/keys.js';
import { navigate } from '../core/router.js';
import { listPage } from '../ui/list.js';
import { status } from '../ui/parts.js';
import { endAll } from '../ui/stages.js';
import { yesOrNo } from './devices/interface-columns.js';
import { loadProfiles } from './devices/discover.js';
import { choicesOf, deviceTypes, partError, word } from './devices/words.js';

/** `/devices?q=&status=&type=…`: the inventory. */
export const devicesPage = {
  title: () => 'Devices',
  mount: root => endAll(deviceList(root), bindKeys('Devices', [{ keys: 'a', does: 'add a device', run: () => navigate('/devices/add') }])),
};

const columns = [
  { id: 'status', title: 'Status', sortable: true, isShown: true, render: statusCell },
  { id: 'name', title: 'Name', sortable: true, isShown: true, render: row => html`<a href=${`/devices/${row.id}`}>${row.name}</a>` },
  { id: 'ip', title: 'Address', sortable: true, isShown: true, render: addressCell },
  { id: 'device_type', title: 'Type', sortable: true, isShown: true, render: row => word(row.device_type) },
  { id: 'vendor', title: 'Vendor', sortable: true, isShown: true, render: row => row.vendor ?? '–' },
  { id: 'model', title: 'Model', sortable: true, isShown: true, render: row => row.model ?? '–' },
  { id: 'location', title: 'Location', sortable: true, isShown: true, className: 'device-wide', render: row => row.location || '–' },
  { id: 'tags', title: 'Tags', isShown: true, render: row => row.tags.join(', ') || '–' },
  { id: 'last_seen_at', title: 'Last seen', sortable: true, isShown: true, render: row => ago(row.last_seen_at) },
  {
    id: 'last_error', title: 'Last error', sortable: true, isShown: true, className: 'device-wide',
    tooltip: row => row.last_error, render: errorCell,
  },
  { id: 'credential_profile', title: 'Profile', sortable: true, render: row => row.credential_profile ?? 'default' },
  { id: 'os_version', title: 'OS version', sortable: true, render: row => row.os_version ?? '–' },
  { id: 'sys_name', title: 'Calls itself', sortable: true, render: row => row.sys_name ?? '–' },
  { id: 'uptime', title: 'Up for', sortable: true, numeric: true, render: row => seconds(row.uptime) },
  { id: 'last_complete_discovery_at', title: 'Read completely', sortable: true, render: row => ago(row.last_complete_discovery_at) },
  { id: 'created_at', title: 'Added', sortable: true, render: row => ago(row.created_at) },
];

const filters = [
  { name: 'q', title: 'Search', kind: 'search', parameter: 'q' },
  { name: 'status', title: 'Status', kind: 'choice', choices: choicesOf(['up', 'down', 'unknown']), parameter: 'status' },
  { name: 'type', title: 'Type', kind: 'choice', choices: choicesOf(deviceTypes), parameter: 'device_type' },
  { name: 'vendor', title: 'Vendor', kind: 'text', parameter: 'vendor__contains' },
  { name: 'tag', title: 'Tag', kind: 'text', parameter: 'tags' },
  { name: 'location', title: 'Location', kind: 'text', parameter: 'location__contains' },
  { name: 'profile', title: 'Profile', kind: 'choice', choices: profileNames, parameter: 'credential_profile' },
  { name: 'enabled', title: 'Switched on', kind: 'choice', choices: yesOrNo, parameter: 'enabled' },
  { name: 'failing', title: 'With an error', kind: 'choice', parameter: 'last_error__isnull',
    choices: [{ value: 'false', title: 'yes' }, { value: 'true', title: 'no' }] },
];

const deviceList = listPage({
  path: '/devices', title: 'Devices', columns, filters, rowHref: row => `/devices/${row.id}`,
  csvName: 'devices', events: ['catalog'], actions: waysIn,
  emptyState: {
    title: 'There are no devices yet',
    text: 'Add one, import a list or sweep a range.',
    action: waysIn(),
  },
});

function waysIn() {
  return html`<a class="button primary" href="/devices/add">Add</a>
    <a class="button" href="/devices/import">Import CSV</a>
    <a class="button" href="/devices/sweep">Sweep</a>
    <a class="button" href="/profiles">Profiles</a>`;
}

function statusCell(row) {
  return row.enabled ? status(row.status) : status('disabled', 'switched off');
}

function addressCell(row) {
  return row.port === 161 ? row.ip : `${row.ip} port ${row.port}`;
}

function errorCell(row) {
  return row.last_error ? partError(row.last_error).cause : '–';
}

/** The names of the profiles, for choices. */
async function profileNames() {
  const profiles = await loadProfiles();
  return profiles.map(({ name }) => ({ value: name, title: name }));
}
