import { get } from '../core/api.js';
import { html } from '../core/html.js';
import { listPage } from '../ui/list.js';
import { interfaceColumns, speedChoices, statusChoices, yesOrNo } from './devices/interface-columns.js';
import { choicesOf, interfaceTypes } from './devices/words.js';

/** `/interfaces?q=&status=&role=&provider=&device=…`: all interfaces. */
export const interfacesPage = {
  title: () => 'Interfaces',
  mount: root => interfaceList(root),
};

const filters = [
  { name: 'q', title: 'Search', kind: 'search', parameter: 'q' },
  { name: 'status', title: 'Status', kind: 'choice', choices: statusChoices },
  { name: 'role', title: 'Role', kind: 'choice', choices: choicesOf(interfaceTypes), parameter: 'interface_type' },
  { name: 'provider', title: 'Provider', kind: 'choice', choices: loadProviders, parameter: 'isp_provider' },
  { name: 'device', title: 'Device', kind: 'text', parameter: 'device_name' },
  { name: 'critical', title: 'Critical', kind: 'choice', choices: yesOrNo, parameter: 'is_critical' },
  { name: 'monitored', title: 'Monitored', kind: 'choice', choices: yesOrNo, parameter: 'monitoring_enabled' },
  { name: 'speed', title: 'Speed', kind: 'choice', choices: speedChoices, parameter: 'if_speed' },
  { name: 'rule', title: 'Rule', kind: 'text', parameter: 'classification_rule' },
  { name: 'neighbour', title: 'Neighbour', kind: 'text', parameter: 'lldp_neighbor_name__contains' },
];

const interfaceList = listPage({
  path: '/interfaces/list', title: 'Interfaces', columns: interfaceColumns, filters,
  rowHref: row => `/interfaces/${row.id}`, csvName: 'interfaces', events: ['catalog'],
  emptyState: {
    title: 'There are no interfaces yet',
    text: 'They come with a device’s first discovery.',
    action: html`<a class="button primary" href="/devices/add">Add a device</a>`,
  },
});

/** The providers there are, for choices. */
async function loadProviders() {
  const summary = await get('/interfaces/summary');
  return Object.keys(summary.by_provider).sort().map(name => ({ value: name, title: name }));
}
