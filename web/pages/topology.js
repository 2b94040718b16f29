/** `/topology`: how devices are wired, as a map and as lists. */
import { count } from '../core/format.js';
import { html, render } from '../core/html.js';
import { place, setQuery } from '../core/router.js';
import { changed, search as queryText } from '../core/query.js';
import { effect } from '../core/signal.js';
import { dataAge, empty, failed, skeleton, tabs } from '../ui/parts.js';
import { startHere } from './jobs/run.js';
import { historyBar } from './topology/history-bar.js';
import { legend } from './topology/legend.js';
import { mapModel } from './topology/model.js';
import { searchBox } from './topology/search-box.js';
import { side } from './topology/side.js';
import { mapStage } from './topology/stage.js';
import { choose, strangeIn, tableViews, views } from './topology/state.js';
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
  root.classList.add('topo-host');
  const ends = [
    effect(() => render(page(model, stage, boxes, tipHost), root)),
    effect(() => render(tip(model, stage.hover.value, stage.canvas.clientWidth), tipHost)),
    fillHeight(root),
    stage.dispose,
    model.dispose,
    () => root.classList.remove('topo-host'),
  ];
  return () => ends.forEach(end => end());
}

/** The map takes what the window leaves below it. */
function fillHeight(root) {
  const measure = () => {
    const main = root.querySelector('.topo-main');
    if (!main) return;
    const below = root.querySelector('.topo-history')?.offsetHeight ?? 0;
    const above = Math.round(main.getBoundingClientRect().top + scrollY + below + 20);
    root.style.setProperty('--topo-above', `${above}px`);
  };
  const observer = new ResizeObserver(measure);
  observer.observe(root);
  addEventListener('resize', measure);
  return () => {
    observer.disconnect();
    removeEventListener('resize', measure);
  };
}

function boxesOf(model, stage) {
  const pick = node => {
    choose(model.graph.peek().ids[node], tableViews.includes(model.address.view.peek()) ? { view: null } : {});
    stage.view.reveal(node, 24);
    stage.canvas.focus();
  };
  const path = node => setQuery({ to: model.graph.peek().ids[node] }, { push: true });
  return {
    search: searchBox({ id: 'topo-search', label: 'Find a device on the map', placeholder: 'Find a device  /', model, pick }),
    path: searchBox({ id: 'topo-path', label: 'The way to another device', placeholder: 'The way to …', model, pick: path }),
  };
}

function page(model, stage, boxes, tipHost) {
  const { map, graph, address } = model;
  if (map.error.value && !graph.value) return failed(map.error.value, map.reload);
  if (graph.value && graph.value.count === 0) return noDevices();
  return html`<div class="topo">
    ${toolbar(model, boxes.search, stage)}
    ${tabs(viewTabs(model), address.view.value, viewHref)}
    ${notices(model)}
    ${tableViews.includes(address.view.value) ? tables(model) : mapAndSide(model, stage, boxes, tipHost)}
  </div>`;
}

function mapAndSide(model, stage, boxes, tipHost) {
  return html`<div class="topo-main">
      <div class="topo-stage">
        ${stage.canvas}${tipHost}
        ${model.graph.value ? null : html`<div class="topo-loading">${skeleton(12)}</div>`}
        ${zoomButtons(model, stage)}
        ${legend(model)}
        <p class="visually-hidden" id="topo-map-help">Arrows go to the neighbour in that direction, Enter opens it, plus, minus and 0 zoom,
          x tells what its failure cuts off, f focuses on it. The views Devices and Links tell the same as tables.</p>
        <p class="visually-hidden" role="status">${spoken(model)}</p>
      </div>
      ${side(model, boxes.path)}
    </div>
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

function notices(model) {
  const { map, graph, focus, chosen, address } = model;
  const known = graph.value ? { focus: focus.value >= 0, selected: chosen.value.node >= 0 || chosen.value.cable >= 0 } : {};
  const strange = strangeIn(place.query, known);
  const isBare = graph.value && graph.value.cables.count === 0;
  return html`${strange.map(text => html`<p class="notice notice-warning" role="status"><span class="notice-text">${text}</span></p>`)}
    ${map.error.value && graph.value ? html`<p class="topo-age">${dataAge(map.at.value, map.error.value)}</p>` : null}
    ${isBare && !address.asOf.value
      ? html`<p class="notice notice-info"><span class="notice-text">No cable is known yet.</span> ${discoverButton()}</p>`
      : null}`;
}

function zoomButtons({ filtered }, { view }) {
  return html`<div class="topo-zoom" role="group" aria-label="Zoom">
    <button type="button" class="button" aria-label="Zoom in" @click=${() => view.zoom(1.4)}>+</button>
    <button type="button" class="button" aria-label="Zoom out" @click=${() => view.zoom(1 / 1.4)}>−</button>
    <button type="button" class="button" aria-label="Show all" title="Show all" @click=${() => view.fit(filtered.peek())}>⤢</button></div>`;
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
    action: html`<a class="button button-primary" href="/devices/add">Add a device</a>`,
  });
}

function discoverButton() {
  const discover = () => startHere('/topology/discover', undefined, 'Topology discovery');
  return html`<button type="button" class="button" @click=${discover}>Discover topology</button>`;
}
