/** The alert rules in force, in the order in which they are asked, for everything or for one interface or device. */
import { get } from '../../core/api.js';
import { seconds } from '../../core/format.js';
import { html, render } from '../../core/html.js';
import { resource } from '../../core/resource.js';
import { href, place } from '../../core/router.js';
import { computed } from '../../core/signal.js';
import { listPage } from '../../ui/list.js';
import { section, status } from '../../ui/parts.js';
import { draw } from '../../ui/shown.js';
import { endAll } from '../../ui/stages.js';
import { SEVERITIES } from '../alerts/words.js';
import { choiceOf, givenFilters, SEARCH } from '../shared/filters.js';
import { problemList } from './editor.js';

const ORIGINS = { file: 'your file', shipped: 'shipped' };

const COLUMNS = [
  { id: 'id', title: 'Rule', sortable: true, render: (rule) => html`<code>${rule.id}</code>` },
  { id: 'condition', title: 'Condition', sortable: true, render: (rule) => rule.condition.replaceAll('_', ' ') },
  { id: 'severity', title: 'Severity', sortable: true, render: (rule) => (rule.follows_severity ? 'as found' : status(rule.severity)) },
  { id: 'limits', title: 'Holds', className: 'rules-limits', render: limitsText },
  { id: 'where', title: 'Where', className: 'rules-comment', render: whereText },
  { id: 'is_sent', title: 'Told', sortable: true, render: (rule) => (rule.is_sent ? 'yes' : 'recorded only') },
  { id: 'remedy', title: 'What to do', className: 'rules-comment', render: (rule) => rule.remedy },
  { id: 'origin', title: 'From', sortable: true, render: (rule) => ORIGINS[rule.origin] },
];

/** Mounts the view: element -> dispose. */
export function mountAlertRules(root) {
  render(html`<div></div><div></div>`, root);
  const [above, below] = root.children;
  const named = ['interface_id', 'device_id'];
  const about = computed(() => JSON.stringify(Object.fromEntries(named.map(name => [name, place.query.get(name)]))));
  const file = resource(signal => get('/alerts/rules', { ...JSON.parse(about.value), limit: 1 }, { signal }), { every: 30_000 });
  return endAll(draw(above, () => fileView(file.data.value), [file], { hasKeys: false }), listPage({
    path: '/alerts/rules', caption: 'Alert rules in force', columns: COLUMNS, csvName: 'wardflux-alert-rules',
    filters: [SEARCH, choiceOf('severity', 'Severity', SEVERITIES), choiceOf('origin', 'From', ORIGINS),
      ...givenFilters(place.peek().query)],
  })(below));
}

function fileView(page) {
  return html`
    ${page?.is_watched === false
      ? html`<p class="rules-warning">▲ Off, gone or not monitored: nothing of it is an alert.</p>` : null}
    ${page?.problems.length ? section({ title: 'The alert file', id: 'problems' }, problemList(page.problems)) : null}
    <p class="rules-note">The first of a condition that fits decides. To change them, write <code>alerts.yaml</code> and
      <a href=${href('/rules', { view: 'replay' })}>try it over the last days</a>.</p>`;
}

/** When a rule's condition begins and ends, in a line: AlertRule -> text. */
function limitsText(rule) {
  const side = rule.condition === 'disk_space' ? 'below' : 'above';
  return [
    rule.threshold == null ? null : `${side} ${rule.threshold} %`,
    rule.minimum_count == null ? null : `from ${rule.minimum_count}`,
    rule.changes == null ? null : `${rule.changes} changes in ${seconds(rule.within_seconds)}`,
    rule.for_seconds ? `for ${seconds(rule.for_seconds)}` : null,
    rule.clear == null || rule.clear === rule.threshold ? null : `over at ${rule.clear} %`,
    rule.clear_seconds ? `over after ${seconds(rule.clear_seconds)}` : null,
  ].filter(Boolean).join(', ') || 'at once';
}

/** What a rule fits; any of the mappings: AlertRule -> text. */
function whereText(rule) {
  const mapping = (where) => Object.entries(where)
    .filter(([, value]) => value != null && value.length !== 0)
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${Array.isArray(value) ? value.join(', ') : value}`).join('; ');
  return rule.where.length ? rule.where.map(mapping).join(' or ') : 'everything';
}
