/** The classification rules in force, in the order of their files, and where each comes from. */
import { get } from '../../core/api.js';
import { count, percent, plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { resource } from '../../core/resource.js';
import { href, place, setQuery } from '../../core/router.js';
import { empty } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { draw, shown } from '../../ui/shown.js';
import { TYPES } from './words.js';

const COLUMNS = [
  { id: 'id', title: 'Rule', sortable: true, render: (rule) => html`<code>${rule.id}</code>` },
  { id: 'type', title: 'Type', sortable: true, render: (rule) => rule.type ?? 'attributes only' },
  { id: 'confidence', title: 'Confidence', numeric: true, sortable: true,
    render: (rule) => (rule.type ? percent(100 * rule.confidence, 0) : '–') },
  { id: 'sets', title: 'Sets', render: (rule) => attributesOf(rule) },
  { id: 'comment', title: 'Comment', className: 'rules-comment', render: (rule) => rule.comment },
  { id: 'decided', title: 'Decided', render: (rule) => decidedBy(rule) },
  { id: 'file', title: 'From', sortable: true,
    render: (rule) => (rule.file === 'shipped' ? `shipped, line ${rule.line}` : `your file, line ${rule.line}`) },
];

/** Mounts the list: element -> dispose. */
export function mountInForce(root) {
  const rules = resource((signal) => get('/rules', { ...chosen(), limit: 1000 }, { signal }), { on: ['catalog'] });
  return draw(root, () => html`${filters()}${shown(rules, listView, 12)}`, [rules]);
}

function chosen() {
  const query = place.value.query;
  return { q: query.get('q'), type: query.get('type'), file: query.get('file'), sort: query.get('sort') };
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
    ${choice('type', 'Type', TYPES.map((type) => [type, type]))}
    ${choice('file', 'From', [['rules', 'your file'], ['shipped', 'shipped']])}
  </div>`;
}

function listView(page) {
  if (page.items.length === 0) {
    return empty({ title: 'No rule matches', text: 'No rule in force fits what is searched for.',
      action: html`<a class="button" href="/rules">Show all</a>` });
  }
  const own = page.items.filter((rule) => rule.file !== 'shipped').length;
  return html`<p class="rules-note">${plural(page.total, 'rule')}, ${count(own)} of your file. The most confident rule that matches
    decides; of
    equals the first. A rule of yours with the id of a shipped one replaces the fields it names.</p>
    ${table({ caption: 'Classification rules in force', columns: COLUMNS, rows: page.items, keyOf: (rule) => rule.id,
      sort: chosen().sort ?? '', onSort: (sort) => setQuery({ sort }) })}`;
}

function decidedBy({ id }) {
  return html`<a href=${href('/interfaces', { rule: id })}>interfaces<span class="visually-hidden"> that ${id} decided</span></a>`;
}

function attributesOf(rule) {
  const told = [];
  if (rule.critical != null) told.push(rule.critical ? 'critical' : 'not critical');
  if (rule.monitoring != null) told.push(rule.monitoring ? 'monitored' : 'not monitored');
  if (rule.provider) told.push(`provider ${rule.provider}`);
  return told.join(', ');
}
