import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draw } from '../../web/chart/draw.js';
import { complete } from '../../web/chart/options.js';
import { colourOf } from '../../web/chart/palette.js';
import { viewOf } from '../../web/chart/view.js';

const minute = 60_000;
const begin = Date.UTC(2026, 10, 23, 12);
const step = 5 * minute;
const times = [0, 1, 2, 3, 4, 5].map((index) => begin + index * step);
const palette = {
  text: 'text', muted: 'muted', line: 'line', in: 'in', out: 'out', accent: 'accent', anomaly: 'anomaly', warning: 'warning',
  critical: 'critical', unknown: 'unknown', font: '12px x', of: (name) => `of ${name}`,
};

/** A canvas that writes down what is drawn: paths with the colour they are stroked or filled in. */
function recorder() {
  const drawn = { strokes: [], fills: [], texts: [], rects: [], clips: [], transforms: [] };
  const saved = [];
  let path = [];
  let state = { strokeStyle: '', fillStyle: '', globalAlpha: 1, lineWidth: 1, dash: [] };
  const methods = {
    save: () => saved.push({ ...state }), restore: () => { state = saved.pop(); },
    beginPath: () => { path = []; }, moveTo: (x, y) => path.push(['move', x, y]), lineTo: (x, y) => path.push(['line', x, y]),
    arc: (x, y) => path.push(['arc', x, y]), rect: (...area) => path.push(['rect', ...area]), clip: () => drawn.clips.push(path),
    stroke: () => drawn.strokes.push({ ...state, path: [...path] }), fill: () => drawn.fills.push({ ...state, path: [...path] }),
    fillRect: (...area) => drawn.rects.push({ ...state, area }), fillText: (text, x, y) => drawn.texts.push({ text, x, y }),
    measureText: (text) => ({ width: text.length * 7 }), setLineDash: (dash) => { state.dash = dash; },
    setTransform: (...matrix) => drawn.transforms.push(matrix), clearRect: () => {},
  };
  const context = new Proxy(methods, {
    get: (target, name) => target[name] ?? state[name],
    set: (target, name, value) => { state[name] = value; return true; },
  });
  return { drawn, saved, canvas: { width: 0, height: 0, getContext: () => context } };
}

function drawing(options, size = { width: 800, height: 300 }) {
  const view = viewOf(complete({ title: 't', unit: 'bit/s', from: begin, to: begin + 6 * step, series: [], ...options }), size);
  const { drawn, saved, canvas } = recorder();
  draw(canvas, view, palette);
  assert.equal(saved.length, 0, 'every save has its restore');
  return { view, drawn, canvas };
}

const series = (values, more = {}) => ({ id: 'in', title: 'In', side: 'in', times, values, ...more });
const of = (strokes, colour) => strokes.filter(({ strokeStyle }) => strokeStyle === colour);

test('a gap is a gap: two lines, and none across it', () => {
  const { drawn, view } = drawing({ series: [series([1e6, 2e6, null, null, 4e6, 3e6])] });
  const lines = of(drawn.strokes, 'in').map(({ path }) => path.map(([, x]) => x));
  assert.deepEqual(lines.map((line) => line.length), [2, 2]);
  assert.ok(lines[0][1] < view.x(times[2]) && lines[1][0] > view.x(times[4]));
});

test('a point between two gaps is drawn as a point', () => {
  const { drawn } = drawing({ series: [series([null, 2e6, null, null, null, null])] });
  assert.equal(drawn.fills.filter(({ path }) => path[0]?.[0] === 'arc').length, 1);
});

test('the band is stepped: each point as wide as its span, flat', () => {
  const band = { side: 'in', title: 'In', times, low: times.map(() => 1e6), high: [2e6, 3e6, 2e6, 3e6, 2e6, 3e6], middle: times.map(() => 1.5e6) };
  const { drawn, view } = drawing({ series: [series(times.map(() => 2e6))], bands: [band] });
  const range = drawn.fills.find(({ globalAlpha }) => globalAlpha === 0.2).path;
  assert.equal(range.length, 4 * times.length);
  for (let index = 0; index < times.length; index += 1) {
    const [[, left, leftY], [, right, rightY]] = range.slice(2 * index, 2 * index + 2);
    assert.equal(leftY, rightY);
    assert.ok(Math.abs(left - view.x(times[index])) < 1e-6 && Math.abs(right - view.x(times[index] + step)) < 1e-6);
  }
  assert.equal(of(drawn.strokes, 'muted').filter(({ dash }) => dash.length === 2).length, 1);
});

test('a band that is not known is not drawn there', () => {
  const known = [1e6, 1e6, null, null, 1e6, 1e6];
  const { drawn } = drawing({ series: [series(times.map(() => 2e6))], bands: [{ side: 'in', title: 'In', times, low: known, high: known, middle: known }] });
  assert.equal(drawn.fills.filter(({ globalAlpha }) => globalAlpha === 0.2).length, 2);
});

test('every reason for a missing rate has a hatching of its own, inside of its time', () => {
  const kinds = ['gap', 'reset_announced', 'reset_inferred', 'over_line_speed', 'ambiguous'];
  const shapes = kinds.map((kind) => {
    const { drawn, view } = drawing({ series: [series(times.map(() => 1e6))], marks: [{ from: times[1], to: times[3], kind, title: '' }] });
    const [, left, , width] = drawn.clips[1][0];
    assert.ok(Math.abs(left - view.x(times[1])) < 1 && Math.abs(width - (view.x(times[3]) - view.x(times[1]))) < 1);
    const stroke = drawn.strokes.find(({ globalAlpha, path }) => globalAlpha === 0.5 && path.length > 4);
    const [[, x1, y1], [, x2, y2]] = stroke.path;
    return `${stroke.strokeStyle} ${Math.sign(x2 - x1)} ${Math.sign(y2 - y1)} ${stroke.path.length}`;
  });
  assert.equal(new Set(shapes).size, kinds.length);
});

test('a mark of one direction of a mirrored chart stays on its side', () => {
  const back = { ...series(times.map(() => 1e6)), id: 'out', side: 'out' };
  const { drawn, view } = drawing({ mirrored: true, series: [series(times.map(() => 1e6)), back], marks: [{ from: times[1], to: times[2], kind: 'anomaly', side: 'out', title: '' }] });
  const [, top, , height] = drawn.rects[0].area;
  assert.equal(top, view.zero);
  assert.ok(Math.abs(top + height - view.plot.top - view.plot.height) < 1e-9);
});

test('anomalies and alerts have lanes of their own, with shapes that differ', () => {
  const marks = [{ from: times[1], to: times[2], kind: 'anomaly', title: '' }, { from: times[1], to: times[2], kind: 'alert', severity: 'high', title: '' }];
  const { drawn } = drawing({ series: [series(times.map(() => 1e6))], marks });
  const shapes = drawn.fills.filter(({ fillStyle }) => fillStyle === 'anomaly' || fillStyle === 'critical').map(({ path }) => path.length);
  assert.deepEqual(shapes.sort(), [3, 4]);
});

test('faint and compared series lie beneath', () => {
  const faint = { ...series(times.map(() => 3e6)), faint: true, colour: '--faint' };
  const compared = { ...series(times.map(() => 2e6)), colour: '--before' };
  const { drawn } = drawing({ series: [series(times.map(() => 1e6), { colour: '--plain' }), faint], compare: [compared] });
  const order = drawn.strokes.map(({ strokeStyle }) => strokeStyle).filter((colour) => colour.startsWith('of'));
  assert.deepEqual(order, ['of --before', 'of --faint', 'of --plain']);
});

test('the line speed is drawn and named where the axis reaches it, and only there', () => {
  const near = drawing({ series: [series(times.map(() => 9e8))], capacity: 9.2e8 }).drawn;
  assert.equal(near.texts.filter(({ text }) => text === 'line speed 920 Mbit/s').length, 1);
  const far = drawing({ series: [series(times.map(() => 1e6))], capacity: 1e9 }).drawn;
  assert.equal(far.texts.filter(({ text }) => text.startsWith('line speed')).length, 0);
});

test('labels stay on the drawing', () => {
  for (const width of [320, 800, 1600]) {
    const { drawn } = drawing({ series: [series(times.map(() => 1e6))], from: begin - 30 * 86_400_000, zone: 'Asia/Tbilisi' }, { width, height: 200 });
    assert.ok(drawn.texts.every(({ x, y }) => x >= 0 && x <= width && y >= 0 && y <= 200));
  }
});

test('the drawing is as sharp as the screen', () => {
  globalThis.devicePixelRatio = 2;
  const { drawn, canvas } = drawing({ series: [series(times.map(() => 1e6))] });
  delete globalThis.devicePixelRatio;
  assert.deepEqual([canvas.width, canvas.height], [1600, 600]);
  assert.deepEqual(drawn.transforms[0], [2, 0, 0, 2, 0, 0]);
});

test('a series without a colour has that of its side', () => {
  assert.deepEqual([colourOf({ side: 'in' }, palette), colourOf({ side: 'out' }, palette), colourOf({ side: 'out', colour: '--x' }, palette)], ['in', 'out', 'of --x']);
});
