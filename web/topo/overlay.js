/** What changes too often for tiles: the chosen device or link, the one under the pointer, the way between two devices. */
import { strokeLines } from '../core/canvas.js';
import { labelOf } from './labels.js';
import { placeOf } from './paint-nodes.js';
import { centreText, plate } from './plate.js';
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
export function paintOverlay(context, { graph, inks, mask }, frame, marked) {
  const pen = { context, graph, mask, frame };
  const atNode = marked.node >= 0 ? [...wiresAt(graph, marked.node).subarray(0, mostWires)] : [];
  context.strokeStyle = inks.accent;
  lines(pen, atNode, 7, 0.22);
  // Wide and see-through, so that what the link itself shows stays to be seen.
  lines(pen, marked.pathWires, 9, 0.5);
  lines(pen, [marked.wire, marked.hoverWire].filter(wire => wire >= 0), 9, 0.5);
  context.globalAlpha = 1;
  for (const node of marked.pathNodes) ring(pen, node, 2, 3);
  ring(pen, marked.hoverNode, 1.5, 3);
  ring(pen, marked.node, 3, 4);
  if (marked.node >= 0) name(pen, inks, marked.node);
}

function lines({ context, graph, mask, frame }, wires, width, alpha) {
  context.globalAlpha = alpha;
  context.lineWidth = width * frame.ratio;
  strokeLines(context, ...wires.map(wire => [graph.wires.a[wire], graph.wires.b[wire]]).filter(ends => ends.every(end => mask[end]))
    .map(ends => ends.flatMap(end => [(graph.x[end] - frame.left) * frame.scale, (graph.y[end] - frame.top) * frame.scale])));
}

function ring({ context, graph, mask, frame }, node, width, gap) {
  if (!mask[node]) return;
  const { x, y, radius } = placeOf(graph, node, frame);
  context.lineWidth = width * frame.ratio;
  context.beginPath();
  context.arc(x, y, radius + gap * frame.ratio, 0, 2 * Math.PI);
  context.stroke();
}

/** The chosen device has its name at every zoom. */
function name({ context, graph, frame }, inks, node) {
  const { x, y, radius } = placeOf(graph, node, frame);
  const { ratio } = frame;
  const text = labelOf(graph.names[node], 60);
  centreText(context, inks, 12 * ratio);
  const box = { x, top: y + radius + ratio, width: context.measureText(text).width + 10 * ratio, height: 18 * ratio };
  plate(context, text, box, inks.accent, inks.surface);
}
