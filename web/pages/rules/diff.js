/** What a rule file would change in the inventory: by what becomes of what, and interface by interface. */
import { saveText, toCSV } from '../../core/csv.js';
import { count, percent, plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { href, place, setQuery } from '../../core/router.js';
import { portLink, section } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { verdictText } from './words.js';
import { csvColumns } from '../shared/csv-columns.js';

/** Rows in the table; all are in the CSV. */
const ROWS = 200;

/** The answer of /rules/diff -> template. The URL's `change` chooses one kind of change. */
export function diffView(answer) {
  if (answer.total === 0) return html`<p class="rules-fine">● It would change no interface.</p>`;
  const kinds = kindsOf(answer.items);
  const chosen = place.value.query.get('change');
  const rows = kinds.has(chosen) ? kinds.get(chosen) : answer.items;
  return section({ title: `It would change ${plural(answer.total, 'interface')}`, id: 'diff', actions: csvButton(rows) }, html`
    <ul class="rules-kinds">${[...kinds].map(([kind, items]) => kindButton(kind, items, kind === chosen))}</ul>
    ${diffTable(rows.slice(0, ROWS))}
    ${rows.length > ROWS ? html`<p class="rules-note">${cutText(rows, answer)}</p>` : null}`);
}

function kindButton(kind, items, isChosen) {
  return html`<li><button type="button" class="button" aria-pressed=${String(isChosen)}
    @click=${() => setQuery({ change: isChosen ? null : kind })}>${kind}: ${count(items.length)}</button></li>`;
}

function cutText(rows, answer) {
  const inCSV = answer.total > answer.items.length ? `the ${count(answer.items.length)} that the server tells` : 'all';
  return `The first ${ROWS} of ${count(rows.length)}; the CSV has ${inCSV}.`;
}

/** Rows by what becomes of what, the most frequent first: items -> Map from text to rows. */
function kindsOf(items) {
  const kinds = new Map();
  for (const item of items) {
    const [before, after] = [verdictText(item.old), verdictText(item.new)];
    const kind = before === after ? 'monitoring' : `${before} → ${after}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), item]);
  }
  return new Map([...kinds].sort((a, b) => b[1].length - a[1].length));
}

function diffTable(rows) {
  return table({
    caption: 'Interfaces that would change', rows, keyOf: (row) => row.id, open: (row) => `/interfaces/${row.id}`,
    columns: [
      { id: 'interface', title: 'Interface', render: (row) => portLink({ ...row, if_name: row.if_name ?? `ifIndex ${row.if_index}` }) },
      { id: 'alias', title: 'Alias', className: 'rules-comment', render: (row) => row.if_alias },
      { id: 'what', title: 'Changes', render: (row) => row.changes.join(', ') },
      { id: 'old', title: 'Now', render: (row) => side(row.old) },
      { id: 'new', title: 'Would be', render: (row) => side(row.new) },
      { id: 'why', title: 'Why', render: (row) => html`<a href=${href('/rules', { view: 'explain', interface: row.id })}>explain</a>` },
    ],
  });
}

function side(verdict) {
  return html`<strong>${verdictText(verdict)}</strong> ${percent(100 * verdict.confidence, 0)} <code>${verdict.rule}</code>`;
}

function csvButton(rows) {
  const of = (side, name) => (row) => row[side][name];
  const columns = csvColumns([
    'id', ['device', 'device_name'], ['interface', 'if_name'], ['alias', 'if_alias'], ['changes', (row) => row.changes.join(' ')],
    ...['type', 'provider', 'critical', 'rule'].flatMap((title) => ['old', 'new'].map((side) =>
      [side === 'old' ? title : `new_${title}`, of(side, title === 'critical' ? 'is_critical' : title)])),
    ['new_confidence', of('new', 'confidence')],
  ]);
  return html`<button type="button" class="button"
    @click=${() => saveText('wardflux-rule-diff.csv', 'text/csv', toCSV(columns, rows))}>CSV</button>`;
}
