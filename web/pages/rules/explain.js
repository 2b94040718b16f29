/** Why an interface is classified as it is: of one of the inventory, or of texts that are typed in. */
import { get, post } from '../../core/api.js';
import { html } from '../../core/html.js';
import { resource } from '../../core/resource.js';
import { href, place, setQuery } from '../../core/router.js';
import { signal } from '../../core/signal.js';
import { field } from '../../ui/form.js';
import { portLink } from '../../ui/parts.js';
import { draw, shown } from '../../ui/shown.js';
import { explanationView, interfaceVerdict } from './explanation.js';

/** What can be typed in: parameter of the URL and of the question, label, hint. */
const TEXTS = [
  ['alias', 'ifAlias', 'such as Magti 100M'],
  ['name', 'ifName', 'such as Gi0/1'], ['descr', 'ifDescr', 'such as GigabitEthernet0/1'],
];
const NUMBERS = [['if_type', 'ifType', 'such as 6 for Ethernet'], ['speed_mbps', 'Speed, Mbit/s', '']];

/** Mounts the view: element -> dispose. */
export function mountExplain(root) {
  const found = signal([]);
  const answer = resource((abort) => load(place.value.query, abort), { on: ['catalog'] });
  return draw(root, () => html`
    <div class="rules-ask">${chooser(found)}${typedForm()}</div>
    ${shown(answer, answerView, 6)}`, [answer]);
}

/** The question that the URL asks, answered: query -> {row?, question, explanation, rules} or {}. */
async function load(query, abort) {
  const id = query.get('interface');
  const row = id ? await get(`/interfaces/${id}`, {}, { signal: abort }) : null;
  const question = row ? questionOf(row) : typedQuestion(query);
  return Object.keys(question).length === 0 ? {} : { row, ...await explained(question, abort) };
}

/** What the rules say of a question: {question, explanation, rules}. */
export async function explained(question, abort) {
  const [explanation, rules] = await Promise.all([
    post('/rules/explain', question), get('/rules', { limit: 1000 }, { signal: abort }),
  ]);
  return { question, explanation, rules: rules.items };
}

/** What the rules are asked about an interface of the inventory. */
export function questionOf(row) {
  return {
    name: row.if_name, descr: row.if_descr, alias: row.if_alias, if_type: row.if_type,
    speed_mbps: row.if_speed == null ? null : Math.round(row.if_speed / 1e6),
    if_admin_status: row.if_admin_status, if_oper_status: row.if_oper_status,
  };
}

function typedQuestion(query) {
  const texts = TEXTS.map(([name]) => [name, query.get(name)]);
  const numbers = NUMBERS.map(([name]) => [name, query.get(name) ? Number(query.get(name)) : null])
    .filter(([, value]) => Number.isInteger(value));
  return Object.fromEntries([...texts.filter(([, value]) => value), ...numbers]);
}

function chooser(found) {
  async function typed(event) {
    const q = event.target.value.trim();
    const page = q ? await get('/interfaces/list', { q, limit: 8 }) : { items: [] };
    if (event.target.value.trim() === q) found.value = page.items;
  }
  return html`<div class="rules-choose">
    <label>An interface of the inventory
      <input class="input" type="search" @input=${typed} placeholder="device, name or alias" autocomplete="off"></label>
    <ul class="rules-found">${found.value.map((row) => html`<li><a href=${href('/rules', { view: 'explain', interface: row.id })}
      >${row.device_name} ${row.if_name}</a> <span class="rules-muted">${row.if_alias}</span></li>`)}</ul>
  </div>`;
}

function typedForm() {
  const query = place.value.query;
  const typed = (name) => (value) => setQuery({ [name]: value, interface: null });
  return html`<fieldset class="rules-typed"><legend>Or texts of a device</legend>
    ${[...TEXTS, ...NUMBERS].map(([name, label, hint]) => field({
      label, name, hint, kind: NUMBERS.some(([one]) => one === name) ? 'number' : 'text',
      value: query.get(name) ?? '', onInput: typed(name),
    }))}</fieldset>`;
}

function answerView({ row, question, explanation, rules }) {
  if (!explanation) {
    return html`<p class="rules-note">Choose an interface or type a text.</p>`;
  }
  return html`
    ${row ? html`<p class="rules-of">Of ${portLink(row)}${interfaceVerdict(row, explanation)}</p>` : null}
    ${explanationView(explanation, question, rules)}
    ${row ? html`<p><a class="button" href=${`/interfaces/${row.id}?edit=classification`}>Correct it on the interface’s page</a>
      That stays, whatever the rules say.</p>` : null}`;
}
