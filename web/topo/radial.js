/** A small drawing around one device: rings by distance, branches side by side. For what has no server positions. */
import { distances, neighbours } from './walk.js';

/** Between two rings, and least between two nodes of a ring, in node widths. */
const ringStep = 3;
const leastStep = 1.4;

/**
 * Places a small graph around a node; `stretch` widens it for a wide frame.
 * @returns {{x: Float32Array, y: Float32Array, tier: Int32Array}}
 */
export function aroundNode(graph, centre, stretch = 1) {
  const distance = distances(graph, centre, Infinity);
  const children = treeOf(graph, centre, distance);
  const leaves = new Map();
  countLeaves(children, centre, leaves);
  const rings = ringsOf(distance);
  const x = new Float32Array(graph.count).fill(NaN);
  const y = new Float32Array(graph.count).fill(NaN);
  const put = (node, from, to) => {
    const radius = rings[distance[node]];
    const angle = (from + to) / 2;
    [x[node], y[node]] = [stretch * radius * Math.cos(angle), radius * Math.sin(angle)];
    let start = from;
    for (const child of children.get(node)) {
      const end = start + ((to - from) * leaves.get(child)) / leaves.get(node);
      put(child, start, end);
      start = end;
    }
  };
  put(centre, -Math.PI / 2, 1.5 * Math.PI);
  return { x, y, tier: distance };
}

/** Children by node: each node hangs on the first neighbour that is nearer to the middle. */
function treeOf(graph, centre, distance) {
  const children = new Map([[centre, []]]);
  const order = [...distance.keys()].filter(node => distance[node] >= 0).sort((a, b) => distance[a] - distance[b]);
  for (const node of order) {
    children.set(node, children.get(node) ?? []);
    if (node === centre) continue;
    const parent = neighbours(graph, node).find(next => distance[next] === distance[node] - 1);
    children.get(parent).push(node);
  }
  return children;
}

function countLeaves(children, node, leaves) {
  const own = children.get(node);
  for (const child of own) countLeaves(children, child, leaves);
  leaves.set(node, own.length ? own.reduce((sum, child) => sum + leaves.get(child), 0) : 1);
}

/** The radius of each ring: wide enough for what stands on it. */
function ringsOf(distance) {
  const counts = [];
  for (const steps of distance) if (steps >= 0) counts[steps] = (counts[steps] ?? 0) + 1;
  const rings = [0];
  for (let ring = 1; ring < counts.length; ring++) {
    rings[ring] = Math.max(rings[ring - 1] + ringStep, (counts[ring] * leastStep) / (2 * Math.PI));
  }
  // Inner rings are drawn towards an outer one that is wide as it holds many, lest they are lost in the middle.
  const last = rings.length - 1;
  return rings.map((radius, ring) => Math.max(radius, (rings[last] * ring * 0.7) / Math.max(1, last)));
}
