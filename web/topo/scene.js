/** What is to be drawn: the graph, how each node stands out, how links are coloured, and indices to find things by. */
import { boundsOf } from './camera.js';
import { CellGrid, distanceToLine } from './grid.js';
import { byImportance } from './labels.js';

/** How a node is drawn; its links are drawn as the fainter of their ends. */
export const looks = { hidden: 0, dim: 1, shown: 2, cutOff: 3, oneWay: 4 };

/**
 * @typedef {object} Scene
 * @property {import('./graph.js').Graph} graph
 * @property {import('./camera.js').Box} bounds
 * @property {CellGrid} nodeGrid
 * @property {CellGrid} wireGrid
 * @property {Int32Array} order nodes, the most important first
 * @property {Uint8Array} mask one of `looks` for each node
 * @property {string} colouring key of `colourings`
 * @property {import('./inks.js').Inks} inks
 */

const indices = new WeakMap();

/** The scene of a graph; its indices are built once a graph. @returns {Scene} */
export function sceneOf(graph, mask, colouring, inks) {
  if (!indices.has(graph)) indices.set(graph, indexed(graph));
  return { graph, mask, colouring, inks, ...indices.get(graph) };
}

/** Every node shown. */
export function allShown(graph) {
  return new Uint8Array(graph.count).fill(looks.shown);
}

function indexed(graph) {
  const bounds = boundsOf(graph);
  const cell = Math.max(2, (bounds.right - bounds.left) / 128, (bounds.bottom - bounds.top) / 128);
  const { wires, x, y } = graph;
  const endsOf = wire => [x[wires.a[wire]], y[wires.a[wire]], x[wires.b[wire]], y[wires.b[wire]]];
  return {
    bounds,
    nodeGrid: CellGrid.ofPoints(x, y, bounds, cell),
    wireGrid: CellGrid.ofLines(wires.count, endsOf, bounds, cell),
    order: byImportance(graph),
  };
}

/** The node within `reach` of a point of the plane, or -1. */
export function nodeAt({ graph, nodeGrid, mask }, x, y, reach) {
  return nodeGrid.nearest(x, y, reach, node =>
    mask[node] ? Math.hypot(graph.x[node] - x, graph.y[node] - y) : Infinity,
  );
}

/** The wire within `reach` of a point of the plane, or -1. */
export function wireAt({ graph, wireGrid, mask }, x, y, reach) {
  const { wires } = graph;
  return wireGrid.nearest(x, y, reach, wire => {
    const [a, b] = [wires.a[wire], wires.b[wire]];
    if (!mask[a] || !mask[b]) return Infinity;
    return distanceToLine(x, y, graph.x[a], graph.y[a], graph.x[b], graph.y[b]);
  });
}
