/** The alert rules in force, in the order in which they are asked, for everything or for one interface or device. */
import { get } from '../../core/api.js';
import { plural, seconds } from '../../core/format.js';
import { html } from '../../core/html.js';
import { resource } from '../../core/resource.js';
import { href, place, setQuery } from '../../core/router.js';
import { empty, section, status } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { draw, shown } from '../../ui/shown.js';
import { problemList } from './editor.js';

const SEVERITIES = ['low', 'medium', 'high', 'critical'];

/** Mounts the view: element -> dispose. */
export function mountAlertRules(root) {
  const rules = resource((signal) => get('/alerts/rules', { ...chosen(), limit: 1000 }, { signal }), { every: 30_000 });
  return draw(root, () => html`${filters()}${shown(rules, listView, 12)}`, [rules]);
}

function chosen() {
  const names = ['q', 'severity', 'origin', 'interface_id', 'device_id', 'sort'];
  return Object.fromEntries(names.map((name) => [name, place.value.query.get(name)]));
}

function filters() {
  const view = chosen();
  const choice = (name, title, choices) =>
    html`<label>${title} <select class="input" @change=${(event) => setQuery({ [name]: event.target.value })}>
    ${[['', 'all'], ...choices].map(([value, text]) =>
      html`<option value=${value} .selected=${value === (view[name] ?? '')}>${text}</option>`)}
  </select></label>`;
  return html`<div class="rules-bar">
    <label>Search <input class="input" type="search" .value=${view.q ?? ''}
      @input=${(event) => setQuery({ q: event.target.value })}></label>
    ${choice('severity', 'Severity', SEVERITIES.map((one) => [one, one]))}
    ${choice('origin', 'From', [['file', 'your file'], ['shipped', 'shipped']])}
    ${view.interface_id || view.device_id ? html`<a class="button" href="/rules?view=alerts">Rules for everything</a>` : null}
  </div>`;
}

function listView(page) {
  return html`
    ${page.is_watched === false ? html`<p class="rules-warning">▲ What is asked for is switched off, gone or not monitored: nothing of it is
      an alert.</p>` : null}
    ${page.problems.length ? section({ title: 'The alert file', id: 'problems' }, problemList(page.problems)) : null}
    ${page.items.length === 0 ? empty({ title: 'No rule matches', text: 'No alert rule fits what is searched for.',
      action: html`<a class="button" href="/rules?view=alerts">Show all</a>` }) : ruleTable(page)}`;
}

function ruleTable(page) {
  return html`<p class="rules-note">${plural(page.total, 'rule')}. Of the rules for a condition the first that fits decides.
      A rule that is not sent is recorded and tells nobody. To change them, write <code>alerts.yaml</code> and
      <a href=${href('/rules', { view: 'replay' })}>try it over the last days</a>.</p>
    ${table({
    caption: 'Alert rules in force', rows: page.items, keyOf: (rule) => rule.id, sort: chosen().sort ?? '',
    onSort: (sort) => setQuery({ sort }),
    columns: [
      { id: 'id', title: 'Rule', sortable: true, render: (rule) => html`<code>${rule.id}</code>` },
      { id: 'condition', title: 'Condition', sortable: true, render: (rule) => rule.condition.replaceAll('_', ' ') },
      { id: 'severity', title: 'Severity', sortable: true, render: (rule) => (rule.follows_severity ? 'as found' : status(rule.severity)) },
      { id: 'limits', title: 'Holds', className: 'rules-limits', render: limitsText },
      { id: 'where', title: 'Where', className: 'rules-comment', render: whereText },
      { id: 'is_sent', title: 'Told', sortable: true, render: (rule) => (rule.is_sent ? 'yes' : 'recorded only') },
      { id: 'remedy', title: 'What to do', className: 'rules-comment', render: (rule) => rule.remedy },
      { id: 'origin', title: 'From', sortable: true, render: (rule) => (rule.origin === 'file' ? 'your file' : 'shipped') },
    ],
  })}`;
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
