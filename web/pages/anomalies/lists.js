/** The lists of anomalies and incidents: of the server, page by page. */
import { moment, momentShort, percent, sigma } from '../../core/format.js';
import { html } from '../../core/html.js';
import { listPage } from '../../ui/list.js';
import { deviceLink, interfaceLink, status } from '../../ui/parts.js';
import { SEVERITIES } from '../alerts/words.js';
import { choiceOf, givenFilters, SEARCH, SPAN } from '../shared/filters.js';
import { lastedOrGoesOn } from '../shared/lasted.js';
import { differenceText, rateText } from './rates.js';
import { PATTERNS, SCOPES } from './words.js';

const STATE_TITLES = { raised: 'told', held_back: 'held back', muted: 'muted', expected: 'expected' };

const OVER = { ...choiceOf('over', 'Over', { false: 'goes on', true: 'over' }), parameter: 'is_over' };

/** Shows anomalies in an element: answers what ends it. `query` says which filters there are. */
export const anomalyList = (root, query) => listPage({
  path: '/anomalies',
  title: 'Anomalies',
  csvName: 'anomalies',
  events: ['anomaly', 'anomalies'],
  rowHref: anomaly => `/anomalies/${anomaly.id}`,
  defaults: { sort: '-started_at' },
  emptyState: { title: 'Nothing was out of the usual',
    text: 'Interfaces are judged by their usual hour, which takes days to learn.' },
  filters: [
    SEARCH,
    choiceOf('severity', 'Severity', SEVERITIES),
    choiceOf('state', 'State', STATE_TITLES),
    choiceOf('pattern', 'Pattern', PATTERNS),
    choiceOf('direction', 'Direction', ['in', 'out']),
    choiceOf('measure', 'Measure', ['traffic', 'packets']),
    OVER,
    ...SPAN,
    ...givenFilters(query),
  ],
  columns: [
    { id: 'severity', title: 'Severity', sortable: true, render: row => status(row.severity) },
    { id: 'score', title: 'Deviation', sortable: true,
      render: row => html`<a href="/anomalies/${row.id}">${sigma(row.score)} at ${momentShort(row.peak_at)}</a>` },
    { id: 'device_name', title: 'Device', sortable: true, render: row => deviceLink(row.device_id, row.device_name) },
    { id: 'if_name', title: 'Interface', sortable: true, render: row => interfaceLink(row.interface_id, row.device_name, row.if_name) },
    { id: 'pattern', title: 'Pattern', sortable: true, render: row => PATTERNS[row.pattern] ?? row.pattern },
    { id: 'direction', title: 'Way', sortable: true, render: row => `${row.measure} ${row.direction}` },
    { id: 'actual', title: 'Was there', numeric: true, sortable: true, render: row => rateText(row.actual, row.measure) },
    { id: 'expected', title: 'Expected', numeric: true, sortable: true,
      render: row => html`${rateText(row.expected, row.measure)}
        <span class="anomaly-muted">${differenceText(row.actual, row.expected)}</span>` },
    { id: 'state', title: 'State', sortable: true, render: row => STATE_TITLES[row.state] ?? row.state },
    { id: 'started_at', title: 'Began', isShown: false, sortable: true, render: row => moment(row.started_at) },
    { id: 'lasted', title: 'Lasted', numeric: true, render: lastedOrGoesOn },
    { id: 'confidence', title: 'Confidence', isShown: false, numeric: true, sortable: true,
      render: row => percent(100 * row.confidence, 0) },
    { id: 'message', title: 'In a line', isShown: false, sortable: true, render: row => row.message },
  ],
})(root);

/** Shows incidents in an element: answers what ends it. */
export const incidentList = listPage({
  path: '/incidents',
  title: 'Incidents',
  csvName: 'incidents',
  events: ['incident', 'anomalies'],
  rowHref: incident => `/incidents/${incident.id}`,
  defaults: { sort: '-started_at' },
  emptyState: { title: 'No incident', text: 'Anomalies that begin together are one.' },
  filters: [
    SEARCH,
    choiceOf('severity', 'Severity', SEVERITIES),
    choiceOf('state', 'State', STATE_TITLES),
    choiceOf('scope', 'Extent', SCOPES),
    OVER,
    ...SPAN,
  ],
  columns: [
    { id: 'severity', title: 'Severity', sortable: true, render: row => status(row.severity) },
    { id: 'title', title: 'Incident', sortable: true, render: row => html`<a href="/incidents/${row.id}">${row.title}</a>` },
    { id: 'scope', title: 'Extent', sortable: true, render: row => SCOPES[row.scope] ?? row.scope },
    { id: 'device_name', title: 'Device', sortable: true,
      render: row => (row.device_id ? deviceLink(row.device_id, row.device_name) : '–') },
    { id: 'site', title: 'Site', sortable: true, render: row => row.site ?? '–' },
    { id: 'anomaly_count', title: 'Anomalies', numeric: true, sortable: true, render: row => String(row.anomaly_count) },
    { id: 'state', title: 'State', sortable: true, render: row => STATE_TITLES[row.state] ?? row.state },
    { id: 'started_at', title: 'Began', sortable: true, render: row => moment(row.started_at) },
    { id: 'lasted', title: 'Lasted', numeric: true, render: lastedOrGoesOn },
  ],
});
