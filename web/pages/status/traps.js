/** The latest traps and informs, and whose they are. */
import { moment, seconds } from '../../core/format.js';
import { html } from '../../core/html.js';
import { listPage } from '../../ui/list.js';
import { deviceLink, interfaceLink } from '../../ui/parts.js';
import { SEARCH } from '../shared/filters.js';

const COLUMNS = [
  { id: 'received_at', title: 'Received', sortable: true, render: (trap) => moment(trap.received_at) },
  { id: 'kind', title: 'Trap', sortable: true, render: (trap) => trap.kind },
  { id: 'device_name', title: 'Device', sortable: true,
    render: (trap) => (trap.device_id ? deviceLink(trap.device_id, trap.device_name) : 'no known device') },
  { id: 'if_name', title: 'Interface', sortable: true, render: interfaceCell },
  { id: 'source', title: 'From', sortable: true, render: (trap) => trap.source },
  { id: 'version', title: 'Version', sortable: true, render: (trap) => [trap.version, trap.user, trap.level].filter(Boolean).join(' ') },
  { id: 'trusted', title: 'Believed', sortable: true, render: (trap) => (trap.trusted ? 'yes' : 'no: unknown community or user') },
  { id: 'inform', title: 'Inform', sortable: true, render: (trap) => (trap.inform ? 'acknowledged' : 'no') },
  { id: 'uptime_seconds', title: 'Agent up', numeric: true, sortable: true, render: (trap) => seconds(trap.uptime_seconds) },
  { id: 'varbinds', title: 'Variable bindings', className: 'status-detail', render: bindings },
];

function interfaceCell(trap) {
  if (trap.interface_id) return interfaceLink(trap.interface_id, null, trap.if_name);
  return trap.if_index == null ? null : `ifIndex ${trap.if_index}`;
}

function bindings(trap) {
  if (trap.varbinds.length === 0) return null;
  return html`<details><summary>${trap.varbinds.length}</summary><ul
    class="status-bindings">${trap.varbinds.map((one) => html`<li><code>${one}</code></li>`)}</ul></details>`;
}

/** Mounts the list: element -> dispose. */
export const mountTraps = listPage({
  path: '/traps', title: 'Traps', keyOf: (trap) => trap.number, columns: COLUMNS, csvName: 'wardflux-traps',
  events: ['trap', 'traps'], defaults: { sort: '-number' },
  filters: [
    SEARCH,
    { name: 'kind', title: 'Trap', kind: 'choice', choices: ['linkDown', 'linkUp', 'coldStart', 'warmStart', 'authenticationFailure'] },
    { name: 'device_name', title: 'Device', kind: 'text', parameter: 'device_name__contains' },
    { name: 'trusted', title: 'Believed', kind: 'choice', choices: ['true', 'false'] },
  ],
  emptyState: {
    title: 'No traps',
    text: 'None since the start. Health says where it listens (traps.listen).',
  },
});
