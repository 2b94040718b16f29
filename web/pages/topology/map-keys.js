/** The map by keyboard: arrows go from device to device while the map has the focus; the other keys work anywhere. */
import { bindKeys } from '../../core/keys.js';
import { navigate, setQuery } from '../../core/router.js';
import { toast } from '../../ui/dialog.js';
import { neighbourTowards } from '../../topo/walk.js';
import { choose, focusOn, tableViews } from './state.js';

const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const zoomStep = 1.4;
const panStep = 80;

/** Listens while the page is shown; answers a function that ends it. */
export function listenToMapKeys(canvas, model, view) {
  const stop = new AbortController();
  canvas.addEventListener('keydown', event => onMap(event, model, view), { signal: stop.signal });
  const unbind = bindKeys('Topology', [
    { keys: '/', does: 'find a device', run: () => document.getElementById('topo-search')?.focus() },
    { keys: '+', does: 'zoom in', run: () => view.zoom(zoomStep) },
    { keys: '-', does: 'zoom out', run: () => view.zoom(1 / zoomStep) },
    { keys: '0', does: 'show all', run: () => view.fit(model.filtered.peek()) },
    { keys: 'x', does: 'what would be cut off if this failed', run: () => askImpact(model) },
    { keys: 'f', does: 'focus on the chosen device and what is near it', run: () => focusOnChosen(model) },
    { keys: 'Escape', does: 'let go: failure, way, choice, focus', run: () => letGo(model) },
    { keys: 'm', does: 'move the focus to the map; there arrows go to neighbours, Enter opens', run: () => canvas.focus() },
  ]);
  return () => {
    stop.abort();
    unbind();
  };
}

function onMap(event, model, view) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const direction = directions[event.key];
  if (direction) go(direction, event.shiftKey, model, view);
  else if (event.key === 'Enter') openChosen(model);
  else return;
  event.preventDefault();
}

/** To the neighbour in a direction; without a choice to the most important device in view; with Shift the view moves. */
function go([dx, dy], isPan, model, view) {
  const graph = model.graph.peek();
  if (!graph) return;
  if (isPan) {
    const { camera } = view;
    view.look({ ...camera, x: camera.x + (dx * panStep) / camera.z, y: camera.y + (dy * panStep) / camera.z });
    return;
  }
  const { node } = model.chosen.peek();
  const next = node < 0 ? firstInView(model, view) : neighbourTowards(graph, node, dx, dy, model.filtered.peek());
  if (next >= 0) setQuery({ selected: graph.ids[next], impact: null, to: null });
}

function firstInView(model, view) {
  const mask = model.filtered.peek();
  const { clientWidth: width, clientHeight: height } = view.canvas;
  const isSeen = node => {
    const [x, y] = view.placeOf(node);
    return mask[node] > 1 && x > 0 && y > 0 && x < width && y < height;
  };
  return view.scene.order.find(isSeen) ?? -1;
}

function openChosen(model) {
  const graph = model.graph.peek();
  const { node, cable } = model.chosen.peek();
  if (node >= 0) navigate(`/devices/${graph.ids[node]}`);
  const port = cable >= 0 ? (graph.cables.sourceInterface[cable] ?? graph.cables.targetInterface[cable]) : null;
  if (port) navigate(`/interfaces/${port}`);
}

/** Asks what the failure of the choice would cut off, or stops asking. */
export function askImpact(model) {
  const { node, cable } = model.chosen.peek();
  if (node < 0 && cable < 0) {
    toast('Choose a device or a link first.');
    return;
  }
  setQuery({ impact: model.address.impact.peek() ? null : '1', ...towardsMap(model) });
}

function focusOnChosen(model) {
  const { node } = model.chosen.peek();
  if (node < 0) toast('Choose a device first.');
  else focusOn(model.graph.peek().ids[node], model.address.hops.peek());
}

function letGo({ address }) {
  if (address.impact.peek()) setQuery({ impact: null });
  else if (address.to.peek()) setQuery({ to: null });
  else if (address.selected.peek()) choose('');
  else if (address.focus.peek()) focusOn('');
}

/** Tables show no failure. */
function towardsMap({ address }) {
  return tableViews.includes(address.view.peek()) ? { view: null } : {};
}
