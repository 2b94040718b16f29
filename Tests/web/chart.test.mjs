import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete } from '../../web/chart/options.js';
import { extentOf, markAt } from '../../web/chart/marks.js';
import { figuresOf, marksText, pointsOf, rowAt } from '../../web/chart/points.js';
import { runsOf } from '../../web/chart/series.js';
import { sparkRuns } from '../../web/chart/sparkline.js';
import { tickText, titleWithUnit, valueText } from '../../web/chart/units.js';
import { csvColumns } from '../../web/chart/data.js';
import { spokenRow } from '../../web/chart/cursor.js';
import { toCSV } from '../../web/core/csv.js';
import { viewOf } from '../../web/chart/view.js';

const minute = 60_000;
const begin = Date.UTC(2026, 10, 23, 12);
const times = [0, 5, 10, 15, 20, 25].map((minutes) => begin + minutes * minute);
const traffic = { id: 'in', title: 'In', side: 'in', times, values: [100e6, 200e6, null, null, 400e6, 300e6] };
const back = { id: 'out', title: 'Out', side: 'out', times, values: [10e6, 20e6, null, null, 40e6, 30e6] };
const base = { title: 'Traffic', unit: 'bit/s', from: begin, to: begin + 30 * minute, series: [traffic, back], mirrored: true };

test('a gap breaks the line: nothing is drawn across a null or across missing points', () => {
  const span = { from: begin, to: begin + 30 * minute, step: 5 * minute };
  assert.deepEqual(runsOf(times, traffic.values, span), [[0, 1], [4, 5]]);
  assert.deepEqual(runsOf([begin, begin + 5 * minute, begin + 20 * minute], [1, 2, 3], span), [[0, 1], [2, 2]]);
  assert.deepEqual(runsOf(times, times.map(() => null), span), []);
  assert.deepEqual(runsOf([], [], span), []);
});

test('only what touches the range is in a run', () => {
  const values = times.map((time, index) => index);
  assert.deepEqual(runsOf(times, values, { from: begin + 12 * minute, to: begin + 20 * minute, step: 5 * minute }), [[2, 3]]);
});

test('a step that is not given is the middle distance of times', () => {
  assert.equal(complete(base).step, 5 * minute);
  assert.equal(complete({ ...base, series: [] }).step, 5 * minute);
  assert.equal(complete({ ...base, step: 1000 }).step, 1000);
});

test('mirrored: in is above zero, out below, on one scale', () => {
  const view = viewOf(complete(base), { width: 800, height: 300 });
  assert.ok(view.y(100e6, 'in') < view.zero);
  assert.ok(view.y(100e6, 'out') > view.zero);
  assert.ok(Math.abs((view.zero - view.y(1e6, 'in')) - (view.y(1e6, 'out') - view.zero)) < 1e-9);
  assert.ok(view.y(400e6, 'in') >= view.plot.top);
  assert.ok(view.y(40e6, 'out') <= view.plot.top + view.plot.height);
  assert.ok(view.valueTicks.every(({ y }) => y >= view.plot.top - 1 && y <= view.plot.top + view.plot.height + 1));
});

test('not mirrored: out is above zero too, and zero is the bottom', () => {
  const view = viewOf(complete({ ...base, mirrored: false }), { width: 800, height: 300 });
  assert.equal(view.zero, view.plot.top + view.plot.height);
  assert.ok(view.y(10e6, 'out') < view.zero);
});

test('times and places go both ways', () => {
  const view = viewOf(complete(base), { width: 800, height: 300 });
  assert.equal(view.x(base.from), view.plot.left);
  assert.equal(view.x(base.to), view.plot.left + view.plot.width);
  assert.ok(Math.abs(view.timeAt(view.x(begin + 7 * minute)) - (begin + 7 * minute)) < 1);
});

test('a band much higher than the traffic does not flatten it; the capacity is reached where asked for', () => {
  const band = { side: 'in', title: 'In', times, low: times.map(() => 0), high: times.map(() => 9e9), middle: times.map(() => 1e9) };
  const flat = viewOf(complete({ ...base, mirrored: false, bands: [band] }), { width: 800, height: 300 });
  assert.ok(flat.zero - flat.y(400e6, 'in') > flat.plot.height / 2);
  const whole = viewOf(complete({ ...base, mirrored: false, capacity: 1e9, showCapacity: true }), { width: 800, height: 300 });
  assert.ok(whole.y(1e9, 'in') >= whole.plot.top);
});

test('nothing to draw still has a scale', () => {
  for (const unit of ['bit/s', '%', '/s', 'count']) {
    const view = viewOf(complete({ ...base, unit, series: [] }), { width: 300, height: 120 });
    assert.ok(Number.isFinite(view.y(0, 'in')));
    assert.ok(view.valueTicks.length > 0);
  }
});

test('the cursor, the table and the file read the very same values', () => {
  const band = { side: 'in', title: 'In', times, low: [1, 2, 3, 4, 5, 6], high: [10, 20, 30, 40, 50, 60], middle: [5, 6, 7, 8, 9, 10] };
  const mark = { from: times[2], to: times[4], kind: 'gap', title: '' };
  const options = complete({ ...base, bands: [band], marks: [mark], compare: [{ ...traffic, id: 'before', title: 'In a week before' }] });
  const points = pointsOf(options);
  assert.deepEqual(points.columns.map(({ title }) => title), ['In', 'Out', 'In, expected', 'In, low', 'In, high', 'In a week before']);
  assert.deepEqual(points.rows[0].values, [100e6, 10e6, 5, 1, 10, 100e6]);
  assert.deepEqual(points.rows[2].values, [null, null, 7, 3, 30, null]);
  assert.deepEqual(points.rows.map(({ marks }) => marks.length), [0, 0, 1, 1, 0, 0]);
  const lines = toCSV(csvColumns(points, 'bit/s'), points.rows).split('\r\n');
  assert.equal(lines[0].split(',')[0], 'Time (UTC)');
  assert.match(lines[0], /In \(bit\/s\)/);
  assert.equal(lines[1], '2026-11-23T12:00:00Z,100000000,10000000,5,1,10,100000000,');
  assert.equal(lines[3], '2026-11-23T12:10:00Z,,,7,3,30,,no readings');
  assert.equal(lines.length, times.length + 2);
});

test('rows outside of the range are not among the values', () => {
  const { rows } = pointsOf(complete({ ...base, from: begin + 10 * minute, to: begin + 20 * minute }));
  assert.deepEqual(rows.map(({ at }) => at), times.slice(2, 4));
});

test('without series the band can be read', () => {
  const band = { side: 'in', title: 'In', times, low: times, high: times, middle: times };
  assert.equal(pointsOf(complete({ ...base, series: [], bands: [band] })).rows.length, 6);
});

test('the row of a moment is the one whose span holds it', () => {
  const rows = times.map((at) => ({ at }));
  assert.equal(rowAt(rows, times[0] - 1), 0);
  assert.equal(rowAt(rows, times[3]), 3);
  assert.equal(rowAt(rows, times[3] + 4 * minute), 3);
  assert.equal(rowAt(rows, times[5] + 1e9), 5);
  assert.equal(rowAt([], 1), -1);
});

test('what is announced names the moment, the values, what is usual, and why there is none', () => {
  const band = { side: 'in', title: 'In', times, low: times.map(() => 1e6), high: times.map(() => 9e6), middle: times.map(() => 5e6) };
  const options = complete({ ...base, bands: [band], marks: [{ from: times[2], to: times[4], kind: 'reset_announced', title: '' }], zone: 'Asia/Tbilisi' });
  const points = pointsOf(options);
  assert.equal(spokenRow(points.rows[0], points, options), 'Mon 23 Nov 16:00. In 100 Mbit/s, usual 1.00 Mbit/s to 9.00 Mbit/s; Out 10.0 Mbit/s.');
  assert.equal(spokenRow(points.rows[2], points, options), 'Mon 23 Nov 16:10. In no value, usual 1.00 Mbit/s to 9.00 Mbit/s; Out no value. reset, announced.');
});

test('mean and highest are of the range alone', () => {
  const span = { from: begin, to: begin + 30 * minute, step: 5 * minute };
  assert.deepEqual(figuresOf(traffic, span), { mean: 250e6, highest: 400e6 });
  assert.deepEqual(figuresOf(traffic, { ...span, to: begin + 10 * minute }), { mean: 150e6, highest: 200e6 });
  assert.deepEqual(figuresOf({ times, values: times.map(() => null) }, span), { mean: null, highest: null });
});

test('a mark is never narrower than can be seen, nor out of the plot', () => {
  const view = viewOf(complete({ ...base, marks: [{ from: begin, to: begin, kind: 'anomaly', title: '', href: '/a' }] }), { width: 800, height: 300 });
  assert.deepEqual(extentOf({ from: begin, to: begin }, view), { left: view.plot.left, width: 3 });
  assert.equal(extentOf({ from: begin - 2e6, to: begin - 1e6 }, view), null);
  const { left, width } = extentOf({ from: begin - 1e9, to: begin + 1e9 }, view);
  assert.equal(left, view.plot.left);
  assert.equal(left + width, view.plot.left + view.plot.width);
});

test('a mark is opened where it is drawn, in its lane alone', () => {
  const marks = [{ from: begin, to: begin + 5 * minute, kind: 'anomaly', title: '', href: '/a' }, { from: begin, to: begin + 5 * minute, kind: 'alert', title: '', href: '/b' }];
  const view = viewOf(complete({ ...base, marks }), { width: 800, height: 300 });
  const [alertLane, anomalyLane] = view.lanes;
  assert.equal(markAt(view, view.x(begin) + 3, anomalyLane.top + 4).href, '/a');
  assert.equal(markAt(view, view.x(begin) + 3, alertLane.top + 4).href, '/b');
  assert.equal(markAt(view, view.x(begin + 25 * minute), anomalyLane.top + 4), undefined);
  assert.equal(markAt(view, view.x(begin) + 3, 200), undefined);
});

test('remarks are told once each', () => {
  assert.equal(marksText([{ kind: 'gap', title: '' }, { kind: 'gap', title: '' }, { kind: 'anomaly', title: 'Spike' }]), 'no readings; Spike');
});

test('values are written with their unit, ticks as short as can be', () => {
  assert.equal(valueText(412e6, 'bit/s'), '412 Mbit/s');
  assert.equal(valueText(null, 'bit/s'), '–');
  assert.equal(valueText(12.34, '%'), '12.3 %');
  assert.equal(valueText(0.0123, '%'), '0.012 %');
  assert.equal(valueText(1204, '/s'), '1,204 /s');
  assert.deepEqual([0, 250e6, 2.5e9, 1e3].map((value) => tickText(value, 'bit/s')), ['0', '250 M', '2.5 G', '1 k']);
  assert.deepEqual([0, 12.5, 1200].map((value) => tickText(value, '%')), ['0', '12.5 %', '1200 %']);
  assert.equal(tickText(12000, 'count'), '12 k');
  assert.equal(titleWithUnit('In', '/s'), 'In (per second)');
  assert.equal(titleWithUnit('In', 'count'), 'In');
});

test('a sparkline breaks at a null and stays in its box', () => {
  const runs = sparkRuns([0, 5, null, 10, 20], 10);
  assert.equal(runs.length, 2);
  assert.ok(runs.flat().every(([x, y]) => x >= 0 && x <= 96 && y >= 0 && y <= 22));
  assert.deepEqual(sparkRuns([], 10), []);
  assert.equal(sparkRuns([3], 0).length, 1);
});
