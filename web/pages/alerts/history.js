/** All alerts there were, the latest first: a list of the server, page by page. */
import { listPage } from '../../ui/list.js';
import { moment } from '../../core/format.js';
import { html } from '../../core/html.js';
import { deviceLink, interfaceLink, status } from '../../ui/parts.js';
import { choiceOf, givenFilters, SEARCH, SPAN } from '../shared/filters.js';
import { lasted } from '../shared/lasted.js';
import { CONDITIONS, HOLD_TITLES, SEVERITIES, STATES } from './words.js';

const columns = [
  { id: 'severity', title: 'Severity', sortable: true, render: row => status(row.severity) },
  { id: 'state', title: 'State', sortable: true, render: row => status(row.state) },
  { id: 'message', title: 'Alert', className: 'alert-what', sortable: true,
    render: row => html`<a href="/alerts/${row.id}">${row.message}</a>` },
  { id: 'device_name', title: 'Device', sortable: true,
    render: row => (row.device_id ? deviceLink(row.device_id, row.device_name) : row.system) },
  { id: 'if_name', title: 'Interface', sortable: true,
    render: row => (row.interface_id ? interfaceLink(row.interface_id, row.device_name, row.if_name) : '–') },
  { id: 'condition', title: 'Kind', isShown: false, sortable: true, render: row => CONDITIONS[row.condition] ?? row.condition },
  { id: 'started_at', title: 'Began', sortable: true, render: row => moment(row.started_at) },
  { id: 'resolved_at', title: 'Over', isShown: false, sortable: true, render: row => moment(row.resolved_at) },
  { id: 'lasted', title: 'Lasted', numeric: true, render: row => (row.resolved_at ? lasted(row.started_at, row.resolved_at) : '–') },
  { id: 'hold', title: 'Not told', sortable: true, render: row => HOLD_TITLES[row.hold] ?? row.hold ?? '–' },
  { id: 'acknowledged_by', title: 'Acknowledged by', isShown: false, sortable: true, render: row => row.acknowledged_by ?? '–' },
  { id: 'acknowledgement_note', title: 'Note', isShown: false, sortable: true, render: row => row.acknowledgement_note ?? '–' },
];

/** Shows the history in an element: answers what ends it. `query` says which filters there are. */
export const historyList = (root, query) => listPage({
  path: '/alerts/history', title: 'Alerts', columns, csvName: 'alert-history', events: ['alert', 'alerts'],
  rowHref: alert => `/alerts/${alert.id}`, defaults: { sort: '-started_at' },
  emptyState: { title: 'No alert fits', text: 'They are kept for retention.alerts_days (365).' },
  filters: [
    SEARCH, choiceOf('severity', 'Severity', SEVERITIES), choiceOf('state', 'State', STATES),
    choiceOf('condition', 'Kind', CONDITIONS), choiceOf('hold', 'Not told because', HOLD_TITLES), ...SPAN, ...givenFilters(query),
  ],
})(root);
