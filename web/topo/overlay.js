/** What changes too often for tiles: the chosen device or link, the one under the pointer, the way between two devices. */
import { placeOf } from './paint-nodes.js';
import { wiresAt } from './walk.js';

/**
 * @typedef {object} Marked
 * @property {number} node chosen node, or -1
 * @property {number} wire chosen wire, or -1
 * @property {number} hoverNode
 * @property {number} hoverWire
 * @property {number[]} pathNodes
 * @property {number[]} pathWires
 */

/** Nothing marked. @returns {Marked} */
export function nothingMarked() {
  return { node: -1, wire: -1, hoverNode: -1, hoverWire: -1, pathNodes: [], pathWires: [] };
}

const mostWires = 400;

/** Draws the marks of a view. @param {import('./scene.js').Scene} scene @param {Marked} marked */
export function paintOverlay(context, scene, frame, marked) {
  const { inks } = scene;
  const { ratio } = frame;
  context.strokeStyle = inks.accent;
  context.globalAlpha = 0.22;
  const atNode = marked.node >= 0 ? [...wiresAt(scene.graph, marked.node).subarray(0, mostWires)] : [];
  lines(context, scene, frame, atNode, 7);
  // Wide and see-through, so that what the link itself shows stays to be seen.
  context.globalAlpha = 0.5;
  lines(context, scene, frame, marked.pathWires, 9);
  lines(context, scene, frame, [marked.wire, marked.hoverWire].filter(wire => wire >= 0), 9);
  context.globalAlpha = 1;
  for (const node of marked.pathNodes) ring(context, scene, frame, node, 2, 3);
  if (marked.hoverNode >= 0) ring(context, scene, frame, marked.hoverNode, 1.5 * ratio, 3);
  if (marked.node >= 0) {
    ring(context, scene, frame, marked.node, 3, 4);
    name(context, scene, frame, marked.node);
  }
}

function lines(context, { graph, mask }, frame, wires, width) {
  context.lineWidth = width * frame.ratio;
  context.beginPath();
  for (const wire of wires) {
    const [a, b] = [graph.wires.a[wire], graph.wires.b[wire]];
    if (!mask[a] || !mask[b]) continue;
    const [from, to] = [placeOf(graph, a, frame), placeOf(graph, b, frame)];
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
  }
  context.stroke();
}

function ring(context, { graph, inks, mask }, frame, node, width, gap) {
  if (!mask[node]) return;
  const { x, y, radius } = placeOf(graph, node, frame);
  context.strokeStyle = inks.accent;
  context.lineWidth = width * frame.ratio;
  context.beginPath();
  context.arc(x, y, radius + gap * frame.ratio, 0, 2 * Math.PI);
  context.stroke();
}

/** The chosen device has its name at every zoom. */
function name(context, { graph, inks }, frame, node) {
  const { x, y, radius } = placeOf(graph, node, frame);
  const { ratio } = frame;
  context.font = `600 ${12 * ratio}px ${inks.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const text = `\u2068${graph.names[node].slice(0, 60)}\u2069`;
  const width = context.measureText(text).width + 10 * ratio;
  const top = y + radius + 1 * ratio;
  context.fillStyle = inks.accent;
  context.fillRect(x - width / 2, top, width, 18 * ratio);
  context.fillStyle = inks.surface;
  context.fillText(text, x, top + 9.5 * ratio);
}
