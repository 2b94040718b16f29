/** All alerts there were, the latest first: a list of the server, page by page. */
import { listPage } from '../../ui/list.js';
import { moment, seconds } from '../../core/format.js';
import { html } from '../../core/html.js';
import { deviceLink, interfaceLink, status } from '../../ui/parts.js';
import { givenFilters } from './filter.js';
import { CONDITIONS, HOLDS, SEVERITIES, STATES } from './words.js';

const choice = (name, title, values, titles = {}) => ({
  name, title, kind: 'choice', parameter: name,
  choices: values.map(value => ({ value, title: titles[value]?.title ?? titles[value] ?? value })),
});

/** Shows the history in an element: answers what ends it. `query` says which filters there are. */
export const historyList = (root, query) => listPage({
  path: '/alerts/history',
  title: 'Alerts',
  csvName: 'alert-history',
  events: ['alert', 'alerts'],
  rowHref: alert => `/alerts/${alert.id}`,
  defaults: { sort: '-started_at' },
  emptyState: { title: 'No alert fits', text: 'Alerts that are over are kept for retention.alerts_days (365).' },
  filters: [
    { name: 'q', title: 'Search', kind: 'search', parameter: 'q' },
    choice('severity', 'Severity', SEVERITIES),
    choice('state', 'State', STATES),
    choice('condition', 'Kind', Object.keys(CONDITIONS), CONDITIONS),
    choice('hold', 'Not told because', Object.keys(HOLDS), HOLDS),
    { name: 'from', title: 'From', kind: 'text', parameter: 'from' },
    { name: 'to', title: 'To', kind: 'text', parameter: 'to' },
    ...givenFilters(query),
  ],
  columns: [
    { id: 'severity', title: 'Severity', sortable: true, render: alert => status(alert.severity) },
    { id: 'state', title: 'State', sortable: true, render: alert => status(alert.state) },
    { id: 'message', title: 'Alert', className: 'alert-what', sortable: true,
      render: alert => html`<a href="/alerts/${alert.id}">${alert.message}</a>` },
    { id: 'device_name', title: 'Device', sortable: true,
      render: alert => (alert.device_id ? deviceLink(alert.device_id, alert.device_name) : alert.system) },
    { id: 'if_name', title: 'Interface', sortable: true,
      render: alert => (alert.interface_id ? interfaceLink(alert.interface_id, alert.device_name, alert.if_name) : '–') },
    { id: 'condition', title: 'Kind', isShown: false, sortable: true, render: alert => CONDITIONS[alert.condition] ?? alert.condition },
    { id: 'started_at', title: 'Began', sortable: true, render: alert => moment(alert.started_at) },
    { id: 'resolved_at', title: 'Over', isShown: false, sortable: true,
      render: alert => (alert.resolved_at ? moment(alert.resolved_at) : '–') },
    { id: 'lasted', title: 'Lasted', numeric: true,
      render: alert => (alert.resolved_at ? seconds((Date.parse(alert.resolved_at) - Date.parse(alert.started_at)) / 1000) : '–') },
    { id: 'hold', title: 'Not told', sortable: true, render: alert => (alert.hold ? HOLDS[alert.hold]?.title ?? alert.hold : '–') },
    { id: 'acknowledged_by', title: 'Acknowledged by', isShown: false, sortable: true, render: alert => alert.acknowledged_by ?? '–' },
    { id: 'acknowledgement_note', title: 'Note', isShown: false, sortable: true, render: alert => alert.acknowledgement_note ?? '–' },
  ],
})(root);
