import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineWidth, mayHaveName, nodeRadius } from '../../web/topo/detail.js';
import { graphOf } from '../../web/topo/graph.js';
import { colourings, downInk, linkInk, percentStep, speedStep, widthClass } from '../../web/topo/inks.js';
import { nothingMarked, paintOverlay } from '../../web/topo/overlay.js';
import { paintLinks } from '../../web/topo/paint-links.js';
import { paintNames, paintNodes } from '../../web/topo/paint-nodes.js';
import { allShown, sceneOf } from '../../web/topo/scene.js';
import { Strokes } from '../../web/topo/strokes.js';
import { exampleMap } from './topo-example.mjs';

const inks = {
  surface: 'surface', text: 'text', muted: 'muted', accent: 'accent', single: 'single', critical: 'critical', warning: 'warning',
  links: ['step0', 'step1', 'step2', 'step3', 'step4', 'step5', 'down', 'up'], nodes: ['unknown', 'up', 'degraded', 'down'], font: 'sans-serif',
};

/** A context that notes what is drawn, with the style it is drawn in. */
function notingContext() {
  const drawn = [];
  const state = { globalAlpha: 1, dash: [] };
  let path = [];
  const note = (kind, more = {}) => drawn.push({ kind, stroke: state.strokeStyle, fill: state.fillStyle, alpha: state.globalAlpha, dash: state.dash, ...more });
  const methods = {
    beginPath: () => (path = []),
    moveTo: (x, y) => path.push(['move', x, y]),
    lineTo: (x, y) => path.push(['line', x, y]),
    arc: (x, y, radius) => path.push(['arc', x, y, radius]),
    rect: (x, y) => path.push(['rect', x, y]),
    closePath: () => path.push(['close']),
    stroke: () => path.length && note('stroke', { path: [...path] }),
    fill: () => path.length && note('fill', { path: [...path] }),
    fillRect: () => note('rect'),
    fillText: (text, x, y) => note('text', { text, x, y }),
    setLineDash: dash => (state.dash = dash),
    measureText: text => ({ width: text.length * 6 }),
  };
  const context = new Proxy(state, { get: (_, name) => methods[name] ?? state[name], set: (_, name, value) => ((state[name] = value), true) });
  return { context, drawn };
}

function drawnAt(z, { mask = null, colouring = 'utilisation', map = exampleMap(), paint = paintLinks } = {}) {
  const graph = graphOf(map);
  const scene = sceneOf(graph, mask ?? allShown(graph), colouring, inks);
  const frame = { left: -50, top: -50, scale: z, ratio: 1, z, width: 1e4, height: 1e4 };
  const { context, drawn } = notingContext();
  const things = paint === paintLinks ? graph.wires.count : graph.count;
  paint(context, scene, frame, [...Array(things).keys()].filter(one => paint === paintLinks || !Number.isNaN(graph.x[one])), new Uint8Array(graph.count).fill(1));
  return drawn;
}

const inksUsed = drawn => [...new Set(drawn.filter(one => one.kind === 'stroke').map(one => one.stroke))].sort();

test('steps of the scale begin at their lower bound, and what is not known is step 0', () => {
  assert.deepEqual([0, 9.9, 10, 40, 70, 89.9, 90, 100].map(percentStep), [1, 1, 2, 3, 4, 4, 5, 5]);
  assert.equal(percentStep(NaN), 0);
  assert.deepEqual([null, 0, 1e8, 1e9, 1e10, 4e10, 1e11].map(speedStep), [0, 0, 1, 2, 3, 4, 5]);
  assert.deepEqual([1e8, 1e9, 1e10, 1e11].map(widthClass), [0, 1, 2, 3]);
  for (const { steps } of Object.values(colourings)) assert.equal(steps.length, 6);
});

test('a link that is down has the ink of down in every colouring', () => {
  for (const colouring of Object.keys(colourings)) assert.equal(linkInk(colouring, 50, 1e9, 0), downInk);
  assert.equal(linkInk('status', 50, 1e9, 1), 7);
  assert.equal(linkInk('status', 50, 1e9, -1), 0);
  assert.equal(linkInk('speed', 50, 1e10, 1), 3);
});

test('far out links are thin and nodes are dots; near in both are capped', () => {
  for (const width of [0, 1, 2, 3]) {
    assert.ok(lineWidth(width, 2) <= 1);
    assert.ok(lineWidth(width, 140) <= 4);
  }
  assert.ok(nodeRadius(0, 1) > nodeRadius(3, 1));
  assert.equal(nodeRadius(0, 140), 16);
  assert.ok(mayHaveName(0, 1));
  assert.ok(!mayHaveName(3, 2));
});

test('zoomed in, each half has the colour of what leaves the device next to it', () => {
  const drawn = drawnAt(20);
  const half = drawn.find(one => one.stroke === 'step5' && one.path[0][0] === 'move');
  const [, fromY] = [half.path[0][1], half.path[0][2]];
  // 95 % flows from c (y 10) to a (y 0): the half at c has the hottest ink.
  assert.equal(fromY, (5 + 50) * 20);
  assert.ok(inksUsed(drawn).includes('step1'));
});

test('far out a link is one line in the colour of its busier direction', () => {
  const drawn = drawnAt(2);
  const hot = drawn.filter(one => one.kind === 'stroke' && one.stroke === 'step5');
  assert.equal(hot.flatMap(one => one.path).length, 2);
});

test('parallel cables are drawn apart near in, one of them dashed as it is down, and as one with a count before', () => {
  const near = drawnAt(40);
  assert.ok(near.some(one => one.stroke === 'down' && one.dash.length));
  assert.ok(!near.some(one => one.kind === 'text'));
  const middle = drawnAt(20);
  assert.deepEqual(middle.filter(one => one.kind === 'text').map(one => one.text), ['×2']);
  assert.ok(!middle.some(one => one.stroke === 'down' && one.dash.length));
});

test('a link with a cable down is crossed out at every zoom', () => {
  for (const z of [1, 10, 40]) assert.ok(drawnAt(z).some(one => one.stroke === 'critical'));
});

test('a single link is marked near in, and not far out', () => {
  assert.ok(drawnAt(20).some(one => one.stroke === 'single'));
  assert.ok(!drawnAt(2).some(one => one.stroke === 'single'));
});

test('links of hidden nodes are not drawn, those of dimmed ones faintly and without marks', () => {
  assert.equal(drawnAt(20, { mask: new Uint8Array(6) }).length, 0);
  const faint = drawnAt(20, { mask: new Uint8Array(6).fill(1) });
  assert.ok(faint.length > 0 && faint.every(one => one.alpha < 0.2));
});

test('what lies beside the frame is left out', () => {
  const graph = graphOf(exampleMap());
  const scene = sceneOf(graph, allShown(graph), 'status', inks);
  const { context, drawn } = notingContext();
  paintLinks(context, scene, { left: 500, top: 500, scale: 10, ratio: 1, z: 10, width: 256, height: 256 }, [0, 1, 2, 3]);
  assert.equal(drawn.length, 0);
});

test('the status of a device shows by shape and colour', () => {
  const drawn = drawnAt(30, { paint: paintNodes });
  const shapeOf = (kind, ink) => drawn.find(one => one.kind === kind && (kind === 'fill' ? one.fill : one.stroke) === ink)?.path[0][0];
  assert.equal(shapeOf('fill', 'down'), 'rect');
  assert.ok(drawn.find(one => one.kind === 'fill' && one.fill === 'up').path.some(([step]) => step === 'arc'));
  assert.equal(drawn.find(one => one.kind === 'stroke' && one.stroke === 'unknown').path.at(-1)[0], 'close');
  assert.ok(drawn.some(one => one.stroke === 'single'));
  assert.ok(drawn.some(one => one.text === 'R'));
});

test('devices that a failure cuts off are crossed out, those with one way left have an arch', () => {
  const drawn = drawnAt(10, { paint: paintNodes, mask: Uint8Array.from([1, 3, 4, 2, 2, 2]) });
  assert.ok(drawn.some(one => one.stroke === 'critical' && one.path.length === 4));
  assert.ok(drawn.some(one => one.stroke === 'warning' && one.path[0][0] === 'arc'));
});

test('names are written below their devices', () => {
  const texts = drawnAt(10, { paint: paintNames }).filter(one => one.kind === 'text');
  assert.equal(texts.length, 5);
  assert.ok(texts[0].y > 50 * 10);
});

test('the overlay rings the choice, names it, and marks the way', () => {
  const graph = graphOf(exampleMap());
  const scene = sceneOf(graph, allShown(graph), 'status', inks);
  const { context, drawn } = notingContext();
  const frame = { left: -50, top: -50, scale: 10, ratio: 1, z: 10, width: 1000, height: 1000 };
  paintOverlay(context, scene, frame, { ...nothingMarked(), node: 0, hoverNode: 1, pathNodes: [0, 2], pathWires: [1] });
  assert.ok(drawn.some(one => one.text === '\u2068core-1\u2069'));
  assert.equal(drawn.filter(one => one.kind === 'stroke' && one.path[0][0] === 'arc').length, 4);
  const nothing = notingContext();
  paintOverlay(nothing.context, scene, frame, nothingMarked());
  assert.equal(nothing.drawn.length, 0);
});

test('many lines are stroked in pieces, pen by pen, lower pens first', () => {
  const strokes = new Strokes();
  for (let line = 0; line < 600; line++) strokes.line(line % 2 ? 5 : 3, 0, line, 1, line);
  const { context, drawn } = notingContext();
  const pens = [];
  strokes.paint(context, pen => pens.push(pen));
  assert.deepEqual(pens, [3, 5]);
  assert.equal(drawn.length, 4);
  assert.equal(drawn.reduce((sum, one) => sum + one.path.length, 0), 1200);
});
