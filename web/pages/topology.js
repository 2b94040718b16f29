/** `/topology`: how devices are wired, as a map and as lists. */
import { count } from '../core/format.js';
import { html, render } from '../core/html.js';
import { place, setQuery } from '../core/router.js';
import { changed, search as queryText } from '../core/query.js';
import { endAll, listen } from '../core/listen.js';
import { effect } from '../core/signal.js';
import { dataAge, empty, failed, skeleton, tabs } from '../ui/parts.js';
import { strange } from '../ui/shown.js';
import { startHere } from './jobs/run.js';
import { historyBar } from './topology/history-bar.js';
import { legend } from './topology/legend.js';
import { mapModel } from './topology/model.js';
import { searchBox } from './topology/search-box.js';
import { side } from './topology/side.js';
import { mapStage } from './topology/stage.js';
import { choose, onMap, strangeIn, tableViews, views } from './topology/state.js';
import { devicesTable, linksTable } from './topology/tables.js';
import { tip } from './topology/tip.js';
import { toolbar } from './topology/toolbar.js';

/** `/topology?view=&focus=&hops=&colour=&selected=&to=&impact=&as_of=&tier=&type=&tag=&x=&y=&z=&since=&page=&q=&sort=`. */
export const topologyPage = { title: () => 'Topology', mount };

function mount(root) {
  const model = mapModel();
  const stage = mapStage(model);
  const boxes = boxesOf(model, stage);
  const tipHost = document.createElement('div');
  return endAll(
    effect(() => render(page(model, stage, boxes, tipHost), root)),
    effect(() => render(tip(model, stage.hover.value, stage.canvas.clientWidth), tipHost)),
    fillHeight(root),
    stage,
    model,
  );
}

/** The map takes what the window leaves below it. */
function fillHeight(root) {
  const measure = () => {
    const main = root.querySelector('.topo-main');
    if (!main) return;
    const below = root.querySelector('.topo-history')?.offsetHeight ?? 0;
    root.style.setProperty('--topo-above', `${Math.round(main.getBoundingClientRect().top + scrollY + below + 20)}px`);
  };
  const observer = new ResizeObserver(measure);
  observer.observe(root);
  return endAll(listen(window, { resize: measure }), () => observer.disconnect());
}

function boxesOf(model, stage) {
  const idOf = node => model.graph.peek().ids[node];
  const box = (id, label, placeholder, pick) => searchBox({ id, label, placeholder, model, pick });
  return {
    search: box('topo-search', 'Find a device on the map', 'Find a device  /', node => {
      choose(idOf(node), onMap(model.address));
      stage.view.reveal(node, 24);
      stage.canvas.focus();
    }),
    path: box('topo-path', 'The way to another device', 'The way to …', node => setQuery({ to: idOf(node) }, { push: true })),
  };
}

function page(model, stage, boxes, tipHost) {
  const { map, graph, address } = model;
  if (map.error.value && !graph.value) return failed(map.error.value, map.reload);
  if (graph.value?.count === 0) return noDevices();
  return html`<div class="topo">${toolbar(model, boxes.search, stage)} ${tabs(viewTabs(model), address.view.value, viewHref)}
    ${notices(model)}
    ${tableViews.includes(address.view.value) ? tables(model) : mapAndSide(model, stage, boxes, tipHost)}</div>`;
}

function mapAndSide(model, stage, boxes, tipHost) {
  return html`<div class="topo-main">
      <div class="topo-stage">${stage.canvas}${tipHost}
        ${model.graph.value ? null : html`<div class="topo-loading">${skeleton(12)}</div>`}
        ${zoomButtons(model, stage)} ${legend(model)}
        <p class="visually-hidden" id="topo-map-help">Arrows go to the neighbour in that direction, Enter opens it, plus, minus and 0 zoom,
          x tells what its failure cuts off, f focuses on it. The views Devices and Links tell the same as tables.</p>
        <p class="visually-hidden" role="status">${spoken(model)}</p></div>
      ${side(model, boxes.path)}</div>
    ${historyBar(model)}`;
}

function tables(model) {
  if (!model.graph.value) return skeleton(20);
  return model.address.view.value === 'list' ? devicesTable(model) : linksTable(model);
}

function viewTabs({ graph, map }) {
  const counts = {
    list: graph.value?.count,
    links: graph.value?.cables.count,
    orphans: graph.value?.orphans.length,
    unconnected: map.data.value?.unconnected.length,
    contradictions: map.data.value?.statistics.contradictions,
  };
  return views.map(([id, title]) => ({ id, title, count: counts[id] === undefined ? null : count(counts[id]) }));
}

function viewHref(id) {
  const { path, query } = place.value;
  return path + queryText(changed(query, { view: id === 'map' ? null : id, page: null, q: null, sort: null }));
}

function notices({ map, graph, focus, chosen, address }) {
  const known = graph.value ? { focus: focus.value >= 0, selected: chosen.value.node >= 0 || chosen.value.cable >= 0 } : {};
  const isBare = graph.value?.cables.count === 0 && !address.asOf.value;
  return html`${strangeIn(place.query, known).map(strange)}
    ${map.error.value && html`<p>${dataAge(map.at.value, map.error.value)}</p>`}
    ${isBare && html`<p class="notice notice-info"><span class="notice-text">No cable is known yet.</span>
      <button type="button" class="button" @click=${discover}>Discover topology</button></p>`}`;
}

function discover() {
  return startHere('/topology/discover', undefined, 'Topology discovery');
}

function zoomButtons({ filtered }, { view }) {
  const button = (sign, label, run) => html`<button type="button" class="button icon" aria-label=${label} title=${label}
    @click=${run}>${sign}</button>`;
  return html`<div class="topo-zoom" role="group" aria-label="Zoom">${[
    button('+', 'Zoom in', () => view.zoom(1.4)),
    button('−', 'Zoom out', () => view.zoom(1 / 1.4)),
    button('⤢', 'Show all', () => view.fit(filtered.peek())),
  ]}</div>`;
}

/** What is chosen, for who hears the page. */
function spoken({ graph, chosen }) {
  const { node } = chosen.value;
  return graph.value && node >= 0 ? `${graph.value.names[node]}, ${graph.value.degree[node]} cables` : '';
}

function noDevices() {
  return empty({
    title: 'No devices yet',
    text: 'The map is drawn of what devices hear of each other.',
    action: html`<a class="button primary" href="/devices/add">Add a device</a>`,
  });
}
