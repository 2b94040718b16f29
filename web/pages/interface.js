/**
 * `/interfaces/ID?range=|from=&to=&compare=week&sides=up&band=off&scale=line&heat=out&why=1&readings=1&edit=1&tables=&at=`: one
 * interface.
 */

import { html, render } from '../core/html.js';
import { bindKeys } from '../core/keys.js';
import { now, zone } from '../core/clock.js';
import { href, place, setQuery } from '../core/router.js';
import { computed, effect } from '../core/signal.js';
import { setTitle } from '../core/title.js';
import { dataAge, failed, section, skeleton, tabs } from '../ui/parts.js';
import { rangeKeys, rangeOf } from '../ui/range.js';
import { tableKeys } from '../ui/table.js';
import { endAll, stages } from '../ui/stages.js';
import { shown } from '../ui/shown.js';
import { interfaceName } from './devices/words.js';
import { mountCharts } from './interface/charts.js';
import { openCorrection } from './interface/correct.js';
import { countersPart } from './interface/counters.js';
import { headPart, normalPart, tilesPart } from './interface/head.js';
import { heatMap } from './interface/heat.js';
import { alertList, anomalyList, factsPart, farEndPart, forecastPart } from './interface/lists.js';
import { loadInterface } from './interface/load.js';
import { bandNote } from './interface/normal.js';
import { charts } from './interface/options.js';
import { purposePart } from './interface/purpose.js';
import { columnsOf, spanOf } from './interface/series.js';
import { unknownValues, viewState } from './interface/state.js';
import { statusHistory } from './interface/status-history.js';
import { toolsPart } from './interface/tools.js';
import { oneShown } from './shared/one.js';

/** The page of one interface. */
export const interfacePage = {
  title: () => 'Interface',
  mount: (root, { params }) => mountInterface(root, params.id),
};

function mountInterface(root, id) {
  const page = loadInterface(id);
  const hosts = new Map(charts.map((chart) => [chart.id, hostOf(chart)]));
  const view = computed(() => viewState(place.value.query));
  return endAll(
    effect(() => setTitle(titleOf(page.row.data.value))),
    effect(() => render(oneShown(page.row, { title: 'All interfaces', href: '/interfaces' },
      (row) => pageView(page, row, view.value, hosts)), root)),
    mountCharts(hosts, () => loadedOf(page)),
    stages(() => Boolean(page.row.data.value) && view.value.isEditing, (isEditing) => (isEditing ? openInPlace(page) : undefined)),
    rangeKeys(undefined, (change) => setQuery(change, { push: true })),
    bindKeys('Interface', keysOf(hosts)),
    page,
  );
}

/** The element of a chart keeps the height it will have, so that nothing jumps when the values come. */
function hostOf({ id, height }) {
  const host = document.createElement('div');
  host.className = `interface-chart ${id}`;
  host.style.setProperty('min-height', `${height + 66}px`);
  return host;
}

function titleOf(row) {
  return row ? `${row.device_name} ${interfaceName(row)}` : 'Interface';
}

function openInPlace(page) {
  return openCorrection(page.row.data.peek(), { onChanged: page.row.reload, onClose: () => setQuery({ edit: null }) });
}

function keysOf(hosts) {
  const toggle = (name, value) => () => setQuery({ [name]: place.peek().query.get(name) === value ? null : value });
  return [
    { keys: 'f', does: 'traffic in full screen', run: () => toggleFullScreen(hosts.get('traffic')) },
    { keys: 'c', does: 'compare with last week', run: toggle('compare', 'week') },
    { keys: 'b', does: 'show the usual range, or not', run: toggle('band', 'off') },
    { keys: 'e', does: 'correct what it is for', run: () => setQuery({ edit: 'classification' }) },
    { keys: 'y', does: 'why it is classified so', run: toggle('why', '1') },
  ];
}

function toggleFullScreen(host) {
  if (document.fullscreenElement) document.exitFullscreen();
  else host.querySelector('.chart')?.requestFullscreen?.();
}

/** What the charts draw, null until there are values. */
function loadedOf(page) {
  const [row, metrics] = [page.row.data.value, page.metrics.data.value];
  if (!row || !metrics) return null;
  return {
    metrics, name: titleOf(row), zone: zone.value, now: Date.parse(metrics.to),
    expected: page.expected.data.value ?? null, before: page.before.data.value ?? null,
    anomalies: page.anomalies.data.value?.items ?? [], alerts: page.alerts.data.value?.items ?? [],
    bandNote: bandNote(page.expected.data.value, page.expected.error.value),
  };
}

function pageView(page, row, view, hosts) {
  const query = place.value.query;
  const odd = unknownValues(query);
  const range = rangeOf(query);
  return html`<div class="interface">
    ${odd.length > 0 ? html`<p class="interface-notice" role="status">Not understood in the address:
      ${odd.join(', ')}</p>` : null}
    ${range.problem ? html`<p class="interface-notice" role="status">${range.problem}</p>` : null}
    ${headPart(row, (page.alerts.data.value?.items ?? []).filter(({ is_over: isOver }) => !isOver).length)}
    <div class="interface-summary">${summaryView(page, row, query)}</div>
    ${toolsPart(range, view)}
    ${chartsView(page, hosts)}
    ${listsView(page)}
    ${aboutView(page, row, view)}
    ${weekView(page, view)}
    ${countersView(page, row, view, query)}
  </div>`;
}

function summaryView(page, row, query) {
  const summary = page.summary.data.value;
  if (!summary) return page.summary.error.value ? failed(page.summary.error.value, page.summary.reload) : skeleton(3);
  const [expected, metrics] = [page.expected.data.value ?? null, page.metrics.data.value ?? null];
  const present = rangeOf(query).isLive ? presentOfRange(page) : page.present.data.value;
  const goingOn = (present?.anomalies?.items ?? []).filter(isGoingOn);
  return html`
    ${normalPart(row, { summary, usual: present ? present.expected : undefined, metrics, expected, goingOn }, zone.value)}
    ${tilesPart(row, summary)}`;
}

/** What is usual now and what goes on, where the range reaches up to now; expected is undefined while it is being read. */
function presentOfRange({ expected, anomalies }) {
  return { expected: expected.error.value ? expected.data.value ?? null : expected.data.value, anomalies: anomalies.data.value };
}

/** One that is muted or was to be expected does not make now unusual. */
function isGoingOn({ is_over: isOver, state }) {
  return !isOver && (state === 'raised' || state === 'held_back');
}

function chartsView(page, hosts) {
  const metrics = page.metrics.data.value;
  const error = page.metrics.error.value;
  return html`<section class="interface-charts" aria-label="Charts">
    ${error ? failed(error, page.metrics.reload) : null}
    ${hosts.get('traffic')}
    <div class="interface-history-place">${metrics ? historyView(metrics) : null}</div>
    <div class="interface-small">${charts.slice(1).map(({ id }) => hosts.get(id))}</div>
    ${dataAge(page.metrics.at.value, error)}
  </section>`;
}

function historyView(metrics) {
  const { times, status } = columnsOf(metrics);
  return statusHistory(times, status, spanOf(metrics), zone.value);
}

function listsView(page) {
  return html`<div class="interface-lists" ref=${tableKeys}>
    ${section({ title: 'Anomalies', id: 'anomalies' }, shown(page.anomalies, anomalyList, 3))}
    ${section({ title: 'Alerts', id: 'alerts' }, shown(page.alerts, alertList, 3))}
  </div>`;
}

function aboutView(page, row, view) {
  return html`<div class="interface-about">
    ${section({ title: 'What it is for, and why', id: 'classification' }, purposePart(row, page, view))}
    <div class="interface-pair">
      ${section({ title: 'Far end', id: 'far-end' }, html`<div ref=${(element) => whenSeen(element, page.seen.neighbours)}>
        ${farEndPart(row, page.neighbours.data.value)}</div>`)}
      ${row.interface_type === 'isp' ? section({ title: 'When it is full', id: 'forecast' },
        html`<div ref=${(element) => whenSeen(element, page.seen.forecast)}>${shown(page.forecast, forecastPart, 4)}</div>`) : null}
    </div>
    ${section({ title: 'Facts', id: 'facts' }, factsPart(row))}
  </div>`;
}

function weekView(page, view) {
  const week = shown(page.baselines, (baselines) => heatMap(baselines, view.heat, now.value), 9);
  return section({ title: 'Usual week', id: 'baseline', actions: sideTabs(view) },
    html`<div ref=${(element) => whenSeen(element, page.seen.heat)}>${week}</div>`);
}

function sideTabs({ heat }) {
  const sides = [{ id: 'in', title: 'In' }, { id: 'out', title: 'Out' }];
  const query = Object.fromEntries(place.value.query);
  return tabs(sides, heat, (id) => href(place.value.path, { ...query, heat: id === 'in' ? null : id }));
}

function countersView(page, row, view, query) {
  const toggle = html`<button type="button" class="button" aria-expanded=${String(view.readings)}
    @click=${() => setQuery({ readings: view.readings ? null : '1' })}>
    ${view.readings ? 'Hide' : 'Show'}</button>`;
  return section({ title: 'Counters as read', id: 'readings', actions: toggle },
    view.readings ? shown(page.readings, (readings) => countersPart(readings, row, rangeOf(query)), 6) : null);
}

/** Sets a signal once an element comes near the view. */
function whenSeen(element, seen) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    seen.value = true;
    observer.disconnect();
  }, { rootMargin: '200px' });
  observer.observe(element);
  return () => observer.disconnect();
}
