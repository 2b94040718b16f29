/** The classification rules in force, in the order of their files, and where each comes from. */
import { percent } from '../../core/format.js';
import { html, render } from '../../core/html.js';
import { href } from '../../core/router.js';
import { listPage } from '../../ui/list.js';
import { choiceOf, SEARCH } from '../shared/filters.js';
import { choicesOf, interfaceTypes, word } from '../devices/words.js';

const COLUMNS = [
  { id: 'id', title: 'Rule', sortable: true, render: (rule) => html`<code>${rule.id}</code>` },
  { id: 'type', title: 'Type', sortable: true, render: (rule) => word(rule.type ?? 'attributes only') },
  { id: 'confidence', title: 'Confidence', numeric: true, sortable: true,
    render: (rule) => (rule.type ? percent(100 * rule.confidence, 0) : '–') },
  { id: 'sets', title: 'Sets', render: (rule) => attributesOf(rule) },
  { id: 'comment', title: 'Comment', className: 'rules-comment', render: (rule) => rule.comment },
  { id: 'decided', title: 'Decided', render: (rule) => decidedBy(rule) },
  { id: 'file', title: 'From', sortable: true,
    render: (rule) => (rule.file === 'shipped' ? `shipped, line ${rule.line}` : `your file, line ${rule.line}`) },
];

const list = listPage({
  path: '/rules', caption: 'Classification rules in force', columns: COLUMNS, csvName: 'wardflux-rules', events: ['catalog'],
  filters: [SEARCH, choiceOf('type', 'Type', choicesOf(interfaceTypes)),
    choiceOf('file', 'From', { rules: 'your file', shipped: 'shipped' })],
});

/** Mounts the list: element -> dispose. */
export function mountInForce(root) {
  render(html`<p class="rules-note">The most confident decides, of equals the first. A rule with a shipped one’s id replaces the fields
    it names.</p><div></div>`, root);
  return list(root.lastElementChild);
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
