/** The map by keyboard: arrows go from device to device while the map has the focus; the other keys work anywhere. */
import { bindKeys } from '../../core/keys.js';
import { endAll, listen } from '../../core/listen.js';
import { navigate, setQuery } from '../../core/router.js';
import { toast } from '../../ui/dialog.js';
import { movedBy } from '../../topo/camera.js';
import { neighbourTowards } from '../../topo/walk.js';
import { choose, focusOn, onMap } from './state.js';

const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const zoomStep = 1.4;
const panStep = 80;

/** Listens while the page is shown; answers a function that ends it. */
export function listenToMapKeys(canvas, model, view) {
  return endAll(listen(canvas, { keydown: event => pressed(event, model, view) }), bindKeys('Topology', [
    { keys: '/', does: 'find a device', run: () => document.getElementById('topo-search')?.focus() },
    { keys: '+', does: 'zoom in', run: () => view.zoom(zoomStep) },
    { keys: '-', does: 'zoom out', run: () => view.zoom(1 / zoomStep) },
    { keys: '0', does: 'show all', run: () => view.fit(model.filtered.peek()) },
    { keys: 'x', does: 'what would be cut off if this failed', run: () => askImpact(model) },
    { keys: 'f', does: 'focus on the chosen device and what is near it', run: () => focusOnChosen(model) },
    { keys: 'Escape', does: 'let go: failure, way, choice, focus', run: () => letGo(model.address) },
    { keys: 'm', does: 'move the focus to the map; there arrows go to neighbours, Enter opens', run: () => canvas.focus() },
  ]));
}

function pressed(event, model, view) {
  const direction = directions[event.key];
  if (event.ctrlKey || event.metaKey || event.altKey || !(direction || event.key === 'Enter')) return;
  event.preventDefault();
  if (!direction) openChosen(model);
  else if (event.shiftKey) view.look(movedBy(view.camera, -direction[0] * panStep, -direction[1] * panStep));
  else go(direction, model, view);
}

/** To the neighbour in a direction; without a choice to the most important device in view. */
function go([dx, dy], model, view) {
  const graph = model.graph.peek();
  const { node } = model.chosen.peek();
  if (!graph) return;
  const next = node < 0 ? firstInView(model, view) : neighbourTowards(graph, node, dx, dy, model.filtered.peek());
  if (next >= 0) setQuery({ selected: graph.ids[next], impact: null, to: null });
}

function firstInView(model, view) {
  const mask = model.filtered.peek();
  const { clientWidth: width, clientHeight: height } = view.canvas;
  return view.scene.order.find(node => {
    const [x, y] = view.placeOf(node);
    return mask[node] > 1 && x > 0 && y > 0 && x < width && y < height;
  }) ?? -1;
}

function openChosen(model) {
  const graph = model.graph.peek();
  const { node, cable } = model.chosen.peek();
  const port = graph?.cables.sourceInterface[cable] ?? graph?.cables.targetInterface[cable];
  if (node >= 0) navigate(`/devices/${graph.ids[node]}`);
  else if (port) navigate(`/interfaces/${port}`);
}

/** Asks what the failure of the choice would cut off, or stops asking; tables show no failure. */
export function askImpact({ address, chosen }) {
  const { node, cable } = chosen.peek();
  if (node < 0 && cable < 0) toast('Choose a device or a link first.');
  else setQuery({ impact: address.impact.peek() ? null : '1', ...onMap(address) });
}

function focusOnChosen({ address, chosen, graph }) {
  const { node } = chosen.peek();
  if (node < 0) toast('Choose a device first.');
  else focusOn(graph.peek().ids[node], address.hops.peek());
}

function letGo({ impact, to, selected, focus }) {
  if (impact.peek()) setQuery({ impact: null });
  else if (to.peek()) setQuery({ to: null });
  else if (selected.peek()) choose('');
  else if (focus.peek()) focusOn('');
}
