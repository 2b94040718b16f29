/** Draws devices: their status by shape and colour, what they are by a letter, single points by a ring; and names. */
import { nodeRadius } from './detail.js';
import { labelOf, labelReach } from './labels.js';
import { looks } from './scene.js';

const letters = { switch: 'S', router: 'R', firewall: 'F', access_point: 'A', server: 'V', phone: 'P', camera: 'C' };
const pieceLength = 300;

/** Draws the nodes of a list. @param {import('./scene.js').Scene} scene @param {import('./paint-links.js').Frame} frame */
export function paintNodes(context, scene, frame, nodes) {
  const shown = nodes.filter(node => scene.mask[node] !== looks.hidden);
  context.globalAlpha = 0.22;
  paintShapes(context, scene, frame, shown.filter(node => scene.mask[node] === looks.dim));
  context.globalAlpha = 1;
  const clear = shown.filter(node => scene.mask[node] !== looks.dim);
  paintShapes(context, scene, frame, clear);
  paintRings(context, scene, frame, clear.filter(node => scene.graph.isSingle[node]));
  paintLetters(context, scene, frame, clear);
  paintLosses(context, scene, frame, clear);
}

/** Draws the names of those that have one at this zoom. @param {Uint8Array} named */
export function paintNames(context, scene, frame, nodes, named) {
  const { graph, inks } = scene;
  const { ratio } = frame;
  context.font = `${11 * ratio}px ${inks.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const node of nodes) {
    if (!named[node]) continue;
    const { x, y, radius } = placeOf(graph, node, frame);
    const width = labelReach(graph.names[node]) * 2 * ratio;
    context.globalAlpha = 0.72;
    context.fillStyle = inks.surface;
    context.fillRect(x - width / 2, y + radius + 1 * ratio, width, 13 * ratio);
    context.globalAlpha = 1;
    context.fillStyle = inks.text;
    context.fillText(labelOf(graph.names[node]), x, y + radius + 8 * ratio, 190 * ratio);
  }
}

/** Where a node is drawn, in pixels. @returns {{x: number, y: number, radius: number}} */
export function placeOf(graph, node, frame) {
  return {
    x: (graph.x[node] - frame.left) * frame.scale,
    y: (graph.y[node] - frame.top) * frame.scale,
    radius: nodeRadius(graph.tier[node], frame.z) * frame.ratio,
  };
}

function paintShapes(context, scene, frame, nodes) {
  for (const status of [1, 2, 0, 3]) {
    const same = nodes.filter(node => scene.graph.status[node] === status);
    for (let start = 0; start < same.length; start += pieceLength) {
      paintShape(context, scene, frame, status, same.slice(start, start + pieceLength));
    }
  }
}

function paintShape(context, { graph, inks }, frame, status, nodes) {
  context.beginPath();
  for (const node of nodes) {
    const { x, y, radius } = placeOf(graph, node, frame);
    shapes[status](context, x, y, radius);
  }
  const isHollow = status === 0;
  context.fillStyle = isHollow ? inks.surface : inks.nodes[status];
  context.fill();
  context.lineWidth = (isHollow ? 1.5 : 1) * frame.ratio;
  context.strokeStyle = isHollow ? inks.nodes[status] : inks.surface;
  if (isHollow || frame.z > 8) context.stroke();
}

/** By status code: hollow diamond unknown, circle up, triangle degraded, square down. */
const shapes = [
  (context, x, y, radius) => polygon(context, x, y, [[0, -radius], [radius, 0], [0, radius], [-radius, 0]]),
  (context, x, y, radius) => {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  },
  (context, x, y, radius) =>
    polygon(context, x, y, [[0, -radius], [radius, radius * 0.85], [-radius, radius * 0.85]]),
  (context, x, y, radius) => context.rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8),
];

function polygon(context, x, y, corners) {
  for (const [place, [dx, dy]] of corners.entries()) {
    if (place === 0) context.moveTo(x + dx, y + dy);
    else context.lineTo(x + dx, y + dy);
  }
  context.closePath();
}

function paintRings(context, { graph, inks }, frame, nodes) {
  context.strokeStyle = inks.single;
  context.lineWidth = (frame.z < 12 ? 1 : 1.75) * frame.ratio;
  context.beginPath();
  for (const node of nodes) {
    const { x, y, radius } = placeOf(graph, node, frame);
    if (radius < 2.5 * frame.ratio) continue;
    const ring = radius + 2.5 * frame.ratio;
    context.moveTo(x + ring, y);
    context.arc(x, y, ring, 0, 2 * Math.PI);
  }
  context.stroke();
}

function paintLetters(context, { graph, inks }, frame, nodes) {
  if (frame.z < 26) return;
  context.fillStyle = inks.surface;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const node of nodes) {
    const { x, y, radius } = placeOf(graph, node, frame);
    const letter = letters[graph.types[node]];
    if (!letter || radius < 7 * frame.ratio) continue;
    context.font = `600 ${Math.round(radius * 1.1)}px ${inks.font}`;
    context.fillStyle = graph.status[node] === 0 ? inks.text : inks.surface;
    context.fillText(letter, x, y + radius * 0.07);
  }
}

/** What a failure does to devices: a cross over those that are cut off, an arch over those with one way left. */
function paintLosses(context, { graph, inks, mask }, frame, nodes) {
  for (const node of nodes) {
    if (mask[node] < looks.cutOff) continue;
    const { x, y, radius } = placeOf(graph, node, frame);
    const reach = radius + 2 * frame.ratio;
    context.beginPath();
    context.lineWidth = 2 * frame.ratio;
    context.strokeStyle = mask[node] === looks.cutOff ? inks.critical : inks.warning;
    if (mask[node] === looks.cutOff) {
      context.moveTo(x - reach, y - reach);
      context.lineTo(x + reach, y + reach);
      context.moveTo(x - reach, y + reach);
      context.lineTo(x + reach, y - reach);
    } else context.arc(x, y, reach + frame.ratio, Math.PI, 2 * Math.PI);
    context.stroke();
  }
}
