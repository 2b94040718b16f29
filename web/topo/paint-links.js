/** Draws links: two halves by what flows each way, down ones dashed and crossed out, bundles with their count. */
import { traceLines } from '../core/canvas.js';
import { apartFrom, apartMost, halvesFrom, lineWidth } from './detail.js';
import { downInk, linkInk, widthClass } from './inks.js';
import { centreText, plate, traceCross } from './plate.js';
import { looks } from './scene.js';
import { Strokes } from './strokes.js';
import { cablesOfWire } from './walk.js';

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
  const pen = { context, ...scene, ...frame };
  const strokes = new Strokes();
  const lines = wires.map(wire => lineOf(pen, wire)).filter(Boolean);
  for (const line of lines) {
    if (line.isApart) addApart(strokes, pen, line);
    else addMerged(strokes, pen, line);
  }
  strokes.paint(context, code => takePen(pen, code));
  context.setLineDash([]);
  context.globalAlpha = 1;
  const clear = lines.filter(({ isFaint }) => !isFaint);
  if (frame.z >= halvesFrom * 2) paintSingles(pen, clear.filter(({ wire, length }) => scene.graph.wires.isSingle[wire] && length > 44));
  paintCrosses(pen, clear.filter(({ wire }) => scene.graph.wires.down[wire]));
  if (frame.z >= halvesFrom * 2) paintCounts(pen, clear.filter(({ count, length, isApart }) => count > 1 && length > 52 && !isApart));
}

/** A wire as a line in pixels, `length` in CSS pixels; null where nothing of it is seen. */
function lineOf({ graph, mask, left, top, scale, width, height, ratio, z }, wire) {
  const [a, b] = [graph.wires.a[wire], graph.wires.b[wire]];
  const look = Math.min(mask[a], mask[b]);
  const [x0, y0] = [(graph.x[a] - left) * scale, (graph.y[a] - top) * scale];
  const [x1, y1] = [(graph.x[b] - left) * scale, (graph.y[b] - top) * scale];
  // Cells are larger than tiles far in, so many lines lie on one side of the frame.
  const isBeside = (from, to, most) => Math.max(from, to) < -30 * ratio || Math.min(from, to) > most + 30 * ratio;
  if (look === looks.hidden || isBeside(x0, x1, width) || isBeside(y0, y1, height)) return null;
  const count = cablesOfWire(graph, wire).length;
  const isApart = z >= apartFrom && count > 1 && count <= apartMost;
  return { wire, x0, y0, x1, y1, count, isApart, isFaint: look === looks.dim, length: Math.hypot(x1 - x0, y1 - y0) / ratio };
}

/** All cables of a wire as one line. */
function addMerged(strokes, { graph: { wires }, colouring, z }, line) {
  const { wire, count, length } = line;
  const up = wires.down[wire] === count ? 0 : wires.known[wire] ? 1 : -1;
  // Both halves of a line shorter than this would be specks; the busier direction is what matters then.
  const areHalves = z >= halvesFrom && length > 9 && colouring === 'utilisation' && up !== 0;
  addHalves(strokes, line, colouring, { speed: wires.speed[wire], up, areHalves, toA: wires.toA[wire], toB: wires.toB[wire] });
}

/** Each cable of a wire by itself, side by side. */
function addApart(strokes, { graph, colouring, ratio }, line) {
  const { cables, wires } = graph;
  const own = cablesOfWire(graph, line.wire);
  const step = (apartPixels * ratio) / (Math.hypot(line.x1 - line.x0, line.y1 - line.y0) || 1);
  own.forEach((cable, place) => {
    const shift = (place - (own.length - 1) / 2) * step;
    const [dx, dy] = [-(line.y1 - line.y0) * shift, (line.x1 - line.x0) * shift];
    const ends = { x0: line.x0 + dx, y0: line.y0 + dy, x1: line.x1 + dx, y1: line.y1 + dy, isFaint: line.isFaint };
    const flows = [cables.toTarget[cable], cables.toSource[cable]];
    const [toB, toA] = cables.source[cable] === wires.a[line.wire] ? flows : flows.reverse();
    const up = cables.up[cable];
    addHalves(strokes, ends, colouring,
      { speed: cables.speed[cable] ?? 0, up, areHalves: colouring === 'utilisation' && up !== 0, toA, toB });
  });
}

/** The half at a has the colour of what leaves a, the half at b of what leaves b. */
function addHalves(strokes, { x0, y0, x1, y1, isFaint }, colouring, { speed, up, areHalves, toA, toB }) {
  const code = percent => ((isFaint ? 0 : inkCount) + linkInk(colouring, percent, speed, up)) * widthClasses + widthClass(speed);
  if (!areHalves) return strokes.line(code(Number.isNaN(toA) || toB > toA ? toB : toA), x0, y0, x1, y1);
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  strokes.line(code(toB), x0, y0, x, y);
  strokes.line(code(toA), x, y, x1, y1);
}

function takePen({ context, inks, ratio, z }, code) {
  const ink = Math.floor(code / widthClasses) % inkCount;
  context.globalAlpha = code < inkCount * widthClasses ? 0.16 : 1;
  context.strokeStyle = inks.links[ink];
  context.lineWidth = lineWidth(code % widthClasses, z) * ratio;
  context.setLineDash(ink === downInk ? [5 * ratio, 4 * ratio] : []);
}

function paintCrosses({ context, inks, ratio, z }, lines) {
  const isFar = z < halvesFrom;
  context.strokeStyle = inks.critical;
  context.lineWidth = (isFar ? 1.25 : 2) * ratio;
  context.beginPath();
  for (const { x0, y0, x1, y1 } of lines) traceCross(context, (x0 + x1) / 2, (y0 + y1) / 2, (isFar ? 2 : 4) * ratio);
  context.stroke();
}

/** Two strokes across a link whose loss cuts devices off. */
function paintSingles({ context, inks, ratio }, lines) {
  context.strokeStyle = inks.single;
  context.lineWidth = 1.5 * ratio;
  context.beginPath();
  for (const { x0, y0, x1, y1, length } of lines) {
    const [dx, dy] = [((x1 - x0) / length) * 5, ((y1 - y0) / length) * 5];
    for (const along of [0.3, 0.3 + 5 / length]) {
      const [x, y] = [x0 + (x1 - x0) * along, y0 + (y1 - y0) * along];
      traceLines(context, [x - dy, y + dx, x + dy, y - dx]);
    }
  }
  context.stroke();
}

function paintCounts({ context, inks, ratio }, lines) {
  centreText(context, inks, 10 * ratio);
  for (const { x0, y0, x1, y1, count } of lines) {
    const text = `×${count}`;
    const box = { x: (x0 + x1) / 2, top: (y0 + y1) / 2 + 5 * ratio, width: (text.length * 6 + 4) * ratio, height: 13 * ratio };
    plate(context, text, box, inks.surface, inks.text);
  }
}
