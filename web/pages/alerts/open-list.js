/** The list of alerts that are not over: the worst first, and what another one explains folded under it. */
import { downloadCSV, get } from '../../core/api.js';
import { count, day, plural } from '../../core/format.js';
import { html, render } from '../../core/html.js';
import { bindKeys } from '../../core/keys.js';
import { resource } from '../../core/resource.js';
import { place, setQuery } from '../../core/router.js';
import { computed, effect, signal, untracked } from '../../core/signal.js';
import { filterBar, filterState } from '../../ui/filters.js';
import { strangeIn } from '../../ui/list-query.js';
import { copyLinkButton, dataAge, empty, failed, skeleton } from '../../ui/parts.js';
import { selectionBar } from '../../ui/selection.js';
import { tableKeys } from '../../ui/table.js';
import { toast, toastError } from '../../ui/toast.js';
import { acknowledgeOrNot, askAcknowledgeAll, askSilence } from './actions.js';
import { filterOf, filtersFor, OTHERS } from './filter.js';
import { folded, inOrder } from './order.js';
import { alertTable, isFiring, rowAt } from './rows.js';

/** Alerts that are read at once: they are put in order here, since the API sorts severities as words. */
const READ = 1000;
const SHOWN = 100;
const EVENTS = ['alert', 'alerts', 'silence', 'maintenance_window'];

/**
 * Shows the list.
 * @param {Element} root
 * @returns {() => void} ends it
 */
export function openList(root) {
  const list = { ...dataOf(), state: filterState([]), limit: signal(SHOWN), picked: signal(new Map()) };
  const onRow = run => withRow(root, list, run);
  const endings = [
    effect(() => dropOver(list)),
    effect(() => render(view(list), root)),
    tableKeys(root),
    bindKeys('Alerts', [
      { keys: '/', does: 'search in alerts',
        run: () => /** @type {HTMLElement|null} */ (root.querySelector('input[type=search]'))?.focus() },
      { keys: 'p', does: 'pick the alert, or not', run: () => onRow(alert => togglePicked(list, alert)) },
      { keys: 'a', does: 'acknowledge those picked, or the alert, or take it back',
        run: () => (list.picked.peek().size > 0 ? acknowledgePicked(list) : onRow(alert => acknowledgeOrNot(alert, list.reload))) },
      { keys: 's', does: 'silence alerts like it', run: () => onRow(alert => askSilence(alert, list.reload)) },
      { keys: 'x', does: 'fold what it explains, or unfold', run: () => onRow(alert => alert.explains > 0 && toggleFold(alert.id)) },
    ]),
    list.dispose,
  ];
  return () => endings.forEach(end => end());
}

/** What is read: the alerts asked for, what the unfolded ones explain, and how many there are of each kind. */
function dataOf() {
  // Texts are compared by value: what is unfolded changes the address, and not what is asked for.
  const asked = computed(() => JSON.stringify(queryOf(filterOf(place.query))));
  const alerts = resource(abort => get('/alerts', JSON.parse(asked.value), { signal: abort }), { on: EVENTS });
  const explained = resource(abort => explainedBy(filterOf(place.query), abort), { on: EVENTS });
  const statistics = resource(abort => get('/alerts/statistics', { days: 1 }, { signal: abort }), { on: EVENTS });
  const all = [alerts, explained, statistics];
  return { alerts, explained, statistics, reload: () => all.forEach(one => one.reload()),
    dispose: () => all.forEach(one => one.dispose()) };
}

function queryOf({ parameters, isGrouped }) {
  return { ...parameters, ...(isGrouped ? { cause_id__isnull: 'true' } : {}), limit: READ };
}

/** What the unfolded alerts explain, and how many explained ones the filters leave in all. */
async function explainedBy({ parameters, isGrouped, open }, abort) {
  if (!isGrouped) return { total: 0, by: new Map() };
  const [fitting, unfolded] = await Promise.all([
    get('/alerts', { ...parameters, cause_id__isnull: 'false', limit: 1 }, { signal: abort }),
    open.length > 0 ? get('/alerts', { cause_id: open, limit: READ }, { signal: abort }) : { items: [] },
  ]);
  const by = new Map(open.map(id => [id, []]));
  for (const alert of inOrder(unfolded.items)) by.get(alert.cause_id)?.push(alert);
  return { total: fitting.total, by };
}

function view(list) {
  if (!isRead(list)) return skeleton(14);
  const filters = filtersFor(place.query, list.statistics.data.value);
  const strange = strangeIn({ filters, columns: [], others: OTHERS }, place.query);
  const page = list.alerts.data.value;
  const error = list.alerts.error.value;
  return html`${filterBar(filters, list.state, {}, tools())}
    ${strange.length > 0 ? html`<div class="notice notice-warning"
      role="status"><div class="notice-text">${strange.map(text => html`<p>${text}</p>`)}</div></div>` : null}
    ${error ? failed(error, list.reload) : null}
    ${page ? body(list, page) : null}`;
}

/** Counts in the filters and lines above the table come with it, or everything below them would move. */
function isRead({ alerts, explained, statistics }) {
  return [alerts, explained, statistics].every(one => one.data.value !== undefined || one.error.value !== null);
}

function tools() {
  return html`<div class="list-tools"><a class="button" href="/silences">Silences</a>
    <button type="button" class="button" @click=${download}>CSV</button>${copyLinkButton()}</div>`;
}

function body(list, page) {
  const filter = filterOf(place.query);
  const explained = list.explained.data.value;
  const rows = folded(inOrder(page.items), id => (filter.open.includes(id) ? explained?.by.get(id) ?? null : undefined));
  const limit = list.limit.value;
  const does = { isGrouped: filter.isGrouped, toggleFold, acknowledge: alert => acknowledgeOrNot(alert, list.reload),
    silence: alert => askSilence(alert, list.reload) };
  return html`<p class="alert-summary"><span aria-live="polite">${summary(filter, page, explained)}</span>
    ${dataAge(list.alerts.at.value, list.alerts.error.value)}</p>
    ${rows.length === 0 ? nothing(filter, explained)
      : html`${selectionBar([{ title: 'Acknowledge…', run: () => acknowledgePicked(list) }], list.picked, () => {})}
        ${alertTable(rows.slice(0, limit), does, list.picked)}`}
    ${rows.length > limit ? html`<p><button type="button" class="button" @click=${() => { list.limit.value += SHOWN; }}>Next ${SHOWN} of
      ${count(rows.length)}</button></p>` : null}`;
}

function summary(filter, page, explained) {
  const cut = page.total > page.items.length ? `; here are the latest ${count(page.items.length)}` : '';
  const others = filter.isGrouped && explained?.total > 0
    ? html` ${explained.total === 1 ? '1 more is' : `${count(explained.total)} more are`} explained by others:
      <a href=${flatHref()}>list all</a>.` : null;
  return html`${plural(page.total, 'alert')}${cut}.${others}`;
}

function flatHref() {
  const query = new URLSearchParams(place.query);
  query.set('flat', 'true');
  query.delete('open');
  return `/alerts?${query}`;
}

function nothing(filter, explained) {
  if (explained?.total > 0) return empty({ title: 'Only explained alerts fit',
    text: `${plural(explained.total, 'alert')}, explained by others.`,
    action: html`<a class="button" href=${flatHref()}>List them</a>` });
  if (filter.isFiltered) return empty({ title: 'No open alert fits these filters', text: 'The history has what is over.',
    action: html`<a class="button" href="/alerts">Clear the filters</a>` });
  return empty({ title: 'Nothing is wrong', text: 'The history has what is over.',
    action: html`<a class="button" href="/alerts?view=history">History</a>` });
}

function toggleFold(id) {
  const { open } = filterOf(place.peek().query);
  setQuery({ open: open.includes(id) ? open.filter(other => other !== id) : [...open, id] });
}

/** Every alert that is known here, what unfolded ones explain too. */
function known(list) {
  return [...(list.alerts.data.value?.items ?? []), ...(list.explained.data.value?.by.values() ?? [])].flat();
}

/** What is over, seen to or out of sight by now is not picked any more. */
function dropOver({ picked, ...list }) {
  const firing = new Set(known(list).filter(isFiring).map(({ id }) => id));
  const left = [...picked.peek()].filter(([id]) => firing.has(id));
  if (left.length < picked.peek().size) picked.value = new Map(left);
}

function togglePicked({ picked }, alert) {
  if (!isFiring(alert)) return toast(`It is ${alert.state}, not firing.`);
  const next = new Map(picked.peek());
  if (!next.delete(alert.id)) next.set(alert.id, { alert });
  picked.value = next;
}

/** Answers false: rows stay picked until they are acknowledged. */
function acknowledgePicked({ picked, reload }) {
  const done = id => { picked.value = new Map([...picked.peek()].filter(([other]) => other !== id)); };
  askAcknowledgeAll([...picked.peek().values()].map(({ alert }) => alert), { done, changed: reload });
  return false;
}

/** Keys are about the row that has the focus. */
function withRow(root, list, run) {
  const id = rowAt(root, document.activeElement);
  const alert = untracked(() => known(list)).find(each => each.id === id);
  if (alert) run(alert);
  else toast('Choose an alert first, with j and k.');
}

async function download() {
  try {
    await downloadCSV('/alerts', filterOf(place.peek().query).parameters, `alerts-${day(Date.now())}.csv`);
  } catch (error) {
    toastError(error);
  }
}
