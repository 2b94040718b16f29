/** What receivers were told and are to be told. */
import { ago, moment, plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { listPage } from '../../ui/list.js';
import { status } from '../../ui/parts.js';
import { SEARCH } from '../shared/filters.js';

const STATES = ['waiting', 'delivered', 'failed'];

const COLUMNS = [
  { id: 'created_at', title: 'Written', sortable: true, render: (row) => moment(row.created_at) },
  { id: 'receiver', title: 'Receiver', sortable: true, render: (row) => row.receiver },
  { id: 'state', title: 'State', sortable: true, render: (row) => status(row.state) },
  { id: 'reason', title: 'Why', sortable: true, render: (row) => row.reason },
  { id: 'message', title: 'Message', className: 'status-detail', render: messageCell },
  { id: 'attempts', title: 'Attempts', numeric: true, sortable: true, render: (row) => row.attempts },
  { id: 'ended_at', title: 'Ended', sortable: true, render: (row) => (row.ended_at ? ago(row.ended_at) : `tried ${moment(row.due_at)}`) },
  { id: 'last_error', title: 'Last error', className: 'status-detail', render: (row) => row.last_error },
];

function messageCell(row) {
  const [first] = row.alert_ids;
  const more = row.alert_count > 1 ? ` and ${plural(row.alert_count - 1, 'more alert', 'more alerts')}` : '';
  return html`${first ? html`<a href=${`/alerts/${first}`}>${row.message}</a>` : row.message}${more}`;
}

/** Mounts the list: element -> dispose. */
export const mountDeliveries = listPage({
  path: '/deliveries', title: 'Deliveries', columns: COLUMNS, csvName: 'wardflux-deliveries', events: ['alert'],
  defaults: { sort: '-number' },
  filters: [
    SEARCH, { name: 'receiver', title: 'Receiver', kind: 'text' },
    { name: 'state', title: 'State', kind: 'choice', choices: STATES },
    { name: 'reason', title: 'Why', kind: 'choice', choices: ['change', 'escalation', 'reminder', 'trial'] },
  ],
  emptyState: { title: 'No message', text: 'Messages are kept for 30 days.' },
});
