/** Draws devices: their status by shape and colour, what they are by a letter, single points by a ring; and names. */
import { nodeRadius } from './detail.js';
import { labelOf, labelReach } from './labels.js';
import { centreText, plate, traceCircle, traceCross } from './plate.js';
import { looks } from './scene.js';

const letters = { switch: 'S', router: 'R', firewall: 'F', access_point: 'A', server: 'V', phone: 'P', camera: 'C' };
const pieceLength = 300;

/** Draws the nodes of a list. @param {import('./scene.js').Scene} scene @param {import('./paint-links.js').Frame} frame */
export function paintNodes(context, { graph, inks, mask }, frame, nodes) {
  const pen = { context, graph, inks, mask, ...frame };
  const placed = nodes.map(node => ({ node, ...placeOf(graph, node, frame) }));
  const clear = placed.filter(({ node }) => mask[node] > looks.dim);
  context.globalAlpha = 0.22;
  paintShapes(pen, placed.filter(({ node }) => mask[node] === looks.dim));
  context.globalAlpha = 1;
  for (const paint of [paintShapes, paintRings, paintLetters, paintLosses]) paint(pen, clear);
}

/** Draws the names of those that have one at this zoom. @param {Uint8Array} named */
export function paintNames(context, { graph, inks }, frame, nodes, named) {
  const { ratio } = frame;
  centreText(context, inks, 11 * ratio);
  for (const node of nodes) {
    if (!named[node]) continue;
    const { x, y, radius } = placeOf(graph, node, frame);
    const name = graph.names[node];
    plate(context, labelOf(name), { x, top: y + radius + ratio, width: labelReach(name) * 2 * ratio, height: 13 * ratio },
      inks.surface, inks.text, 0.72);
  }
}

/** Where a node is drawn, in pixels. @returns {{x: number, y: number, radius: number}} */
export function placeOf({ x, y, tier }, node, { left, top, scale, ratio, z }) {
  return { x: (x[node] - left) * scale, y: (y[node] - top) * scale, radius: nodeRadius(tier[node], z) * ratio };
}

function paintShapes(pen, placed) {
  for (const status of [1, 2, 0, 3]) {
    const same = placed.filter(({ node }) => pen.graph.status[node] === status);
    for (let start = 0; start < same.length; start += pieceLength) paintShape(pen, status, same.slice(start, start + pieceLength));
  }
}

function paintShape({ context, inks, ratio, z }, status, placed) {
  const isHollow = status === 0;
  context.beginPath();
  for (const place of placed) traceShape(context, status, place);
  context.fillStyle = isHollow ? inks.surface : inks.nodes[status];
  context.fill();
  context.lineWidth = (isHollow ? 1.5 : 1) * ratio;
  context.strokeStyle = isHollow ? inks.nodes[status] : inks.surface;
  if (isHollow || z > 8) context.stroke();
}

const corners = { 0: [[0, -1], [1, 0], [0, 1], [-1, 0]], 2: [[0, -1], [1, 0.85], [-1, 0.85]] };

/** By status code: hollow diamond unknown, circle up, triangle degraded, square down. */
function traceShape(context, status, { x, y, radius }) {
  if (status === 1) traceCircle(context, x, y, radius);
  else if (status === 3) context.rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8);
  else {
    corners[status].forEach(([dx, dy], place) => context[place ? 'lineTo' : 'moveTo'](x + dx * radius, y + dy * radius));
    context.closePath();
  }
}

function paintRings({ context, graph, inks, ratio, z }, placed) {
  context.strokeStyle = inks.single;
  context.lineWidth = (z < 12 ? 1 : 1.75) * ratio;
  context.beginPath();
  for (const { node, x, y, radius } of placed) {
    if (graph.isSingle[node] && radius >= 2.5 * ratio) traceCircle(context, x, y, radius + 2.5 * ratio);
  }
  context.stroke();
}

function paintLetters({ context, graph, inks, ratio, z }, placed) {
  if (z < 26) return;
  for (const { node, x, y, radius } of placed) {
    const letter = letters[graph.types[node]];
    if (!letter || radius < 7 * ratio) continue;
    centreText(context, inks, Math.round(radius * 1.1));
    context.fillStyle = graph.status[node] === 0 ? inks.text : inks.surface;
    context.fillText(letter, x, y + radius * 0.07);
  }
}

/** What a failure does to devices: a cross over those that are cut off, an arch over those with one way left. */
function paintLosses({ context, inks, mask, ratio }, placed) {
  context.lineWidth = 2 * ratio;
  for (const { node, x, y, radius } of placed) {
    if (mask[node] < looks.cutOff) continue;
    const isCutOff = mask[node] === looks.cutOff;
    context.beginPath();
    context.strokeStyle = isCutOff ? inks.critical : inks.warning;
    if (isCutOff) traceCross(context, x, y, radius + 2 * ratio);
    else context.arc(x, y, radius + 3 * ratio, Math.PI, 2 * Math.PI);
    context.stroke();
  }
}
