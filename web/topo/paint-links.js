/** Draws links: two halves by what flows each way, down ones dashed and crossed out, bundles with their count. */
import { apartFrom, apartMost, halvesFrom, lineWidth } from './detail.js';
import { downInk, linkInk, widthClass } from './inks.js';
import { looks } from './scene.js';
import { Strokes } from './strokes.js';

/**
 * Where a part of the plane is drawn: pixel = (place - left) * scale; `ratio` device pixels to a CSS pixel,
 * `z` = scale / ratio; it is width x height pixels large.
 * @typedef {{left: number, top: number, scale: number, ratio: number, z: number, width: number, height: number}} Frame
 */

const widthClasses = 4;
const inkCount = 8;
const apartPixels = 5;

/** Draws the wires of a list. @param {import('./scene.js').Scene} scene @param {Frame} frame @param {number[]} wires */
export function paintLinks(context, scene, frame, wires) {
  const strokes = new Strokes();
  const marks = { down: [], counts: [], singles: [] };
  for (const wire of wires) addWire(strokes, marks, scene, frame, wire);
  strokes.paint(context, pen => takePen(context, scene, frame, pen));
  context.setLineDash([]);
  context.globalAlpha = 1;
  paintSingles(context, scene, frame, marks.singles);
  paintCrosses(context, scene, frame, marks.down);
  paintCounts(context, scene, frame, marks.counts);
}

function addWire(strokes, marks, scene, frame, wire) {
  const { graph, mask } = scene;
  const [a, b] = [graph.wires.a[wire], graph.wires.b[wire]];
  const look = Math.min(mask[a], mask[b]);
  if (look === looks.hidden) return;
  const line = {
    x0: (graph.x[a] - frame.left) * frame.scale,
    y0: (graph.y[a] - frame.top) * frame.scale,
    x1: (graph.x[b] - frame.left) * frame.scale,
    y1: (graph.y[b] - frame.top) * frame.scale,
    isFaint: look === looks.dim,
    wire,
  };
  if (isOutside(line, frame)) return;
  const length = Math.hypot(line.x1 - line.x0, line.y1 - line.y0) / frame.ratio;
  const count = cableCount(graph, wire);
  if (frame.z >= apartFrom && count > 1 && count <= apartMost) addApart(strokes, scene, frame, line);
  else addMerged(strokes, scene, frame, line, length);
  if (!line.isFaint) addMarks(marks, scene, frame, line, length, count);
}

/** Whether a line lies on one side of the frame; cells are larger than tiles far in, so many do. */
function isOutside({ x0, y0, x1, y1 }, { width, height, ratio }) {
  const reach = 30 * ratio;
  const isBeside = (a, b, most) => Math.max(a, b) < -reach || Math.min(a, b) > most + reach;
  return isBeside(x0, x1, width) || isBeside(y0, y1, height);
}

/** All cables of a wire as one line. */
function addMerged(strokes, scene, frame, line, length) {
  const { wires } = scene.graph;
  const { wire } = line;
  const count = cableCount(scene.graph, wire);
  const up = wires.down[wire] === count ? 0 : wires.known[wire] ? 1 : -1;
  const [toA, toB] = [wires.toA[wire], wires.toB[wire]];
  // Both halves of a line shorter than this would be specks; the busier direction is what matters then.
  const areHalves = frame.z >= halvesFrom && length > 9 && scene.colouring === 'utilisation' && up !== 0;
  const ink = percent => linkInk(scene.colouring, percent, wires.speed[wire], up);
  addHalves(strokes, line, widthClass(wires.speed[wire]), areHalves, ink, toA, toB);
}

/** Each cable of a wire by itself, side by side. */
function addApart(strokes, scene, frame, line) {
  const { cables, wires } = scene.graph;
  const [first, end] = [wires.firstCable[line.wire], wires.firstCable[line.wire + 1]];
  const length = Math.hypot(line.x1 - line.x0, line.y1 - line.y0) || 1;
  const [sideX, sideY] = [-(line.y1 - line.y0) / length, (line.x1 - line.x0) / length];
  for (let place = first; place < end; place++) {
    const cable = wires.cables[place];
    const shift = (place - (first + end - 1) / 2) * apartPixels * frame.ratio;
    const [dx, dy] = [sideX * shift, sideY * shift];
    const own = { ...line, x0: line.x0 + dx, y0: line.y0 + dy, x1: line.x1 + dx, y1: line.y1 + dy };
    const isForward = cables.source[cable] === wires.a[line.wire];
    const toB = (isForward ? cables.toTarget : cables.toSource)[cable];
    const toA = (isForward ? cables.toSource : cables.toTarget)[cable];
    const speed = cables.speed[cable] ?? 0;
    const areHalves = scene.colouring === 'utilisation' && cables.up[cable] !== 0;
    const ink = percent => linkInk(scene.colouring, percent, speed, cables.up[cable]);
    addHalves(strokes, own, widthClass(speed), areHalves, ink, toA, toB);
  }
}

/** The half at a has the colour of what leaves a, the half at b of what leaves b. */
function addHalves(strokes, { x0, y0, x1, y1, isFaint }, width, areHalves, inkOf, toA, toB) {
  const pen = ink => ((isFaint ? 0 : inkCount) + ink) * widthClasses + width;
  if (!areHalves) {
    strokes.line(pen(inkOf(Number.isNaN(toA) || toB > toA ? toB : toA)), x0, y0, x1, y1);
    return;
  }
  const [middleX, middleY] = [(x0 + x1) / 2, (y0 + y1) / 2];
  strokes.line(pen(inkOf(toB)), x0, y0, middleX, middleY);
  strokes.line(pen(inkOf(toA)), middleX, middleY, x1, y1);
}

function takePen(context, { inks }, { ratio, z }, pen) {
  const ink = Math.floor(pen / widthClasses) % inkCount;
  const isFaint = pen < inkCount * widthClasses;
  context.globalAlpha = isFaint ? 0.16 : 1;
  context.strokeStyle = inks.links[ink];
  context.lineWidth = lineWidth(pen % widthClasses, z) * ratio;
  context.setLineDash(ink === downInk ? [5 * ratio, 4 * ratio] : []);
}

function addMarks(marks, { graph }, frame, line, length, count) {
  const { wires } = graph;
  const at = { x: (line.x0 + line.x1) / 2, y: (line.y0 + line.y1) / 2, line };
  if (wires.down[line.wire]) marks.down.push(at);
  if (frame.z < halvesFrom * 2) return;
  if (wires.isSingle[line.wire] && length > 44) marks.singles.push(at);
  if (count > 1 && length > 52 && (frame.z < apartFrom || count > apartMost)) marks.counts.push({ ...at, count });
}

function paintCrosses(context, { inks }, { ratio, z }, marks) {
  const reach = (z < halvesFrom ? 2 : 4) * ratio;
  context.strokeStyle = inks.critical;
  context.lineWidth = (z < halvesFrom ? 1.25 : 2) * ratio;
  context.beginPath();
  for (const { x, y } of marks) {
    context.moveTo(x - reach, y - reach);
    context.lineTo(x + reach, y + reach);
    context.moveTo(x - reach, y + reach);
    context.lineTo(x + reach, y - reach);
  }
  context.stroke();
}

/** Two strokes across a link whose loss cuts devices off. */
function paintSingles(context, { inks }, { ratio }, marks) {
  context.strokeStyle = inks.single;
  context.lineWidth = 1.5 * ratio;
  context.beginPath();
  for (const { line } of marks) {
    const length = Math.hypot(line.x1 - line.x0, line.y1 - line.y0);
    const [ux, uy] = [((line.x1 - line.x0) / length) * ratio, ((line.y1 - line.y0) / length) * ratio];
    for (const along of [0.3, 0.3 + (5 * ratio) / length]) {
      const [x, y] = [line.x0 + (line.x1 - line.x0) * along, line.y0 + (line.y1 - line.y0) * along];
      context.moveTo(x - uy * 5, y + ux * 5);
      context.lineTo(x + uy * 5, y - ux * 5);
    }
  }
  context.stroke();
}

function paintCounts(context, { inks }, { ratio }, marks) {
  context.font = `${10 * ratio}px ${inks.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { x, y, count } of marks) {
    const text = `×${count}`;
    const width = (text.length * 6 + 4) * ratio;
    context.fillStyle = inks.surface;
    context.fillRect(x - width / 2, y + 5 * ratio, width, 13 * ratio);
    context.fillStyle = inks.text;
    context.fillText(text, x, y + 12 * ratio);
  }
}

function cableCount({ wires }, wire) {
  return wires.firstCable[wire + 1] - wires.firstCable[wire];
}
