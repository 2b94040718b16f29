/** The map itself: a canvas that follows the model, and tells the address what was done on it. */
import { onThemeChange } from '../../core/canvas.js';
import { html, render } from '../../core/html.js';
import { endAll } from '../../core/listen.js';
import { setQuery } from '../../core/router.js';
import { effect, signal, untracked } from '../../core/signal.js';
import { cameraOf, written } from '../../topo/camera.js';
import { inksOf } from '../../topo/inks.js';
import { withShown } from '../../topo/masks.js';
import { looks, sceneOf } from '../../topo/scene.js';
import { MapView } from '../../topo/view.js';
import { cablesOfWire } from '../../topo/walk.js';
import { listenToMapKeys } from './map-keys.js';
import { choose, tableViews } from './state.js';

/**
 * Makes the canvas and keeps it as the model is.
 * @param {import('./model.js').MapModel} model
 * @returns {{canvas: HTMLCanvasElement, view: MapView, hover: any, dispose: () => void}} `hover` is a signal
 *   {node, wire, x, y}
 */
export function mapStage(model) {
  const canvas = newCanvas();
  const hover = signal({ node: -1, wire: -1, x: 0, y: 0 });
  const own = { camera: null, focus: '' };
  const view = new MapView(canvas, {
    choose: (node, wire) =>
      // Whoever taps a device wants to read of it, not of orphans.
      choose(idOf(model.graph.peek(), node, wire), { view: null }),
    open: node => view.reveal(node, Math.max(30, view.camera.z * 2)),
    hover: (node, wire, x, y) => (hover.value = { node, wire, x, y }),
    covered: () => legendWidth(canvas),
    rest: (camera, isFitted) => {
      if (tableViews.includes(model.address.view.peek())) return;
      // A view of all is all on any screen: nothing of it is written.
      const next = isFitted ? { x: null, y: null, z: null } : written(camera);
      own.camera = Object.values(next).join(' ').trim();
      setQuery(next);
    },
  });
  const dispose = endAll(
    followScene(model, view),
    followCamera(model, view, own),
    followChoice(model, view),
    followAnswer(model, view, model.impact, model.address.impact, () => concerned(model)),
    followAnswer(model, view, model.path, model.address.to,
      () => withShown(new Uint8Array(model.graph.value.count), model.way.value.nodes)),
    listenToMapKeys(canvas, model, view),
    view,
  );
  return { canvas, view, hover, dispose };
}

function newCanvas() {
  const host = document.createElement('div');
  render(html`<canvas class="topo-canvas" tabindex="0" role="application" aria-roledescription="map"
    aria-describedby="topo-map-help"></canvas>`, host);
  return host.querySelector('canvas');
}

/** What an open legend covers, where there is room beside it; it does not count while it is folded. */
function legendWidth(canvas) {
  const legend = canvas.parentElement?.querySelector('.topo-legend[open]');
  return legend && legend.offsetWidth < canvas.clientWidth / 3 ? legend.offsetWidth : 0;
}

/** The id of what was tapped; of a bundle, that of its first cable. */
function idOf(graph, node, wire) {
  if (node >= 0) return graph.ids[node];
  return wire >= 0 ? graph.cables.ids[cablesOfWire(graph, wire)[0]] : '';
}

function followScene({ graph, mask, address }, view) {
  const theme = signal(0);
  return endAll(onThemeChange(() => (theme.value += 1)), effect(() => {
    theme.value;
    if (!graph.value) return;
    view.canvas.setAttribute('aria-label', `Map of ${graph.value.count} devices and ${graph.value.cables.count} cables`);
    view.show(sceneOf(graph.value, mask.value, address.colour.value, inksOf()));
  }));
}

/** The address says where to look; where it does not, all that is not hidden is shown. */
function followCamera(model, view, own) {
  return effect(() => {
    const wanted = model.address.camera.value;
    const focus = `${model.address.focus.value} ${model.address.hops.value}`;
    const isThere = Boolean(model.graph.value);
    if (!isThere || (wanted === own.camera && focus === own.focus)) return;
    Object.assign(own, { camera: wanted, focus });
    const [x, y, z] = wanted.split(' ');
    const camera = cameraOf(x, y, z);
    untracked(() => (camera ? view.look(camera) : view.fit(model.focus.value >= 0 ? model.filtered.value : null)));
  });
}

/** When an answer comes to a question, what it tells of is brought into view; an address that says where to look is obeyed. */
function followAnswer(model, view, question, isAsked, concernedMask) {
  let isFirst = Boolean(isAsked.peek()) && model.address.camera.peek() !== '';
  let asked = '';
  return effect(() => {
    const answer = question.data.value;
    if (!answer) asked = '';
    if (!answer || !model.graph.value) return;
    const element = JSON.stringify(answer.element ?? [answer.from, answer.to]);
    if (element !== asked && !isFirst) untracked(() => view.fit(concernedMask()));
    [asked, isFirst] = [element, false];
  });
}

/** The devices that a failure concerns, as a mask. */
function concerned({ mask, chosen }) {
  const { node } = chosen.value;
  return mask.value.map((look, place) => Number(look > looks.dim || place === node));
}

function followChoice(model, view) {
  let revealed = '';
  return effect(() => {
    const { node, wire } = model.chosen.value;
    const { nodes, wires } = model.way.value;
    if (!model.graph.value) return;
    view.mark({ node, wire, pathNodes: nodes, pathWires: wires });
    const id = model.address.selected.peek();
    if (node >= 0 && id !== revealed) view.reveal(node);
    revealed = id;
  });
}
