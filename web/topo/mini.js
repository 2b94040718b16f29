/** The neighbourhood of one device, drawn around it: the small map of its page. */
import { get } from '../core/api.js';
import { plural } from '../core/format.js';
import { html, render } from '../core/html.js';
import { resource } from '../core/resource.js';
import { href, navigate } from '../core/router.js';
import { effect } from '../core/signal.js';
import { failed, skeleton } from '../ui/parts.js';
import { columnsOf } from './columns.js';
import { graphOf } from './graph.js';
import { inksOf } from './inks.js';
import { aroundNode } from './radial.js';
import { allShown, sceneOf } from './scene.js';
import { onThemeChange } from '../core/canvas.js';
import { MapView } from './view.js';

/**
 * Draws the devices at most `hops` cables from a device into an element; a tap opens one.
 * @param {HTMLElement} element @param {{around: string, hops: number}} options `around` is the id of a device
 * @returns {{dispose: () => void}}
 */
export function miniMap(element, { around, hops }) {
  const part = resource(signal => get('/topology', { around, depth: hops }, { signal }), { on: ['topology.changed'] });
  const canvas = document.createElement('canvas');
  canvas.className = 'topo-mini-canvas';
  canvas.setAttribute('role', 'img');
  let graph = null;
  const open = node => node >= 0 && graph.ids[node] !== around && navigate(`/devices/${graph.ids[node]}`);
  const view = new MapView(canvas, { choose: open }, { isStill: true });
  const show = () => graph && view.show(sceneOf(graph, allShown(graph), 'status', inksOf()));
  const ends = [
    effect(() => render(content(part, canvas, around, hops), element)),
    effect(() => {
      if (!part.data.value) return;
      graph = drawnAround(part.data.value, around);
      canvas.setAttribute('aria-label', description(graph, around, hops));
      show();
      view.fit();
      view.mark({ node: graph.nodeOf.get(around) ?? -1 });
    }),
    onThemeChange(show),
    () => part.dispose(),
    () => view.dispose(),
  ];
  return { dispose: () => ends.forEach(end => end()) };
}

function content({ data, error, reload }, canvas, around, hops) {
  if (error.value && !data.value) return failed(error.value, reload);
  if (!data.value) return skeleton(7);
  return html`<div class="topo-mini">${canvas}</div>
    <p class="topo-mini-foot">${plural(data.value.nodes.length - 1, 'device')} within ${plural(hops, 'cable')} ·
      <a href=${href('/topology', { focus: around, hops, selected: around })}>open on the map</a></p>`;
}

/** The frame is about twice as wide as it is high. */
const stretch = 1.9;

/** The part as a graph with places of its own, so that it fits a small frame whatever the whole network looks like. */
function drawnAround(topology, around) {
  const graph = graphOf(columnsOf(topology));
  const centre = graph.nodeOf.get(around);
  return centre === undefined ? graph : { ...graph, ...aroundNode(graph, centre, stretch) };
}

function description(graph, around, hops) {
  const others = graph.names.filter((_, node) => graph.ids[node] !== around);
  const some = others.slice(0, 20).join(', ');
  return `${plural(others.length, 'device')} within ${plural(hops, 'cable')}: ${some}${others.length > 20 ? ' and others' : ''}`;
}
