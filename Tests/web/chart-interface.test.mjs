import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesOf, valuesOf } from '../../web/pages/interface/correct.js';
import { counterText } from '../../web/pages/interface/counters.js';
import { stateText } from '../../web/pages/interface/heat.js';
import { alertMarks, anomalyMarks, provenanceMarks } from '../../web/pages/interface/marks.js';
import { bandNote, todayText, usualAt, verdictOf } from '../../web/pages/interface/normal.js';
import { charts, optionsOf } from '../../web/pages/interface/options.js';
import { bandsOf, columnsOf, packetRates, stepText, weekBefore } from '../../web/pages/interface/series.js';
import { tablesAfter, unknownValues, viewState } from '../../web/pages/interface/state.js';
import { statusRuns, statusText } from '../../web/pages/interface/status-history.js';

const begin = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;
const at = (index) => new Date(begin + index * 5 * minute).toISOString();
const rate = (value) => ({ min: value, avg: value, max: value });
const point = (index, inRate, outRate, origin = ['64']) => ({
  at: at(index), in_bps: inRate === null ? null : rate(inRate), out_bps: outRate === null ? null : rate(outRate), origin,
  in_octets: inRate === null ? null : (inRate * 300) / 8, out_octets: outRate === null ? null : (outRate * 300) / 8,
  in_packets: 300, out_packets: 600, in_errors: 0, out_errors: 0, in_discards: 0, out_discards: 0,
  error_percent: 0, utilization_percent: 1, oper_status: 1, readings: 1,
});
const metrics = (points) => ({ points, step_seconds: 300, from: at(0), to: at(points.length), if_speed: 1e9 });
const row = {
  id: 'x', interface_type: 'isp', isp_provider: 'magti', is_critical: true, monitoring_enabled: true, enabled: true, notes: null, overrides: [],
};

test('the reasons for missing rates are marked, neighbours of one kind as one', () => {
  const marks = provenanceMarks(metrics([
    point(0, 1e6, 1e6), point(1, null, null, ['gap']), point(2, null, null, ['gap']), point(3, 1e6, 1e6),
    point(4, null, 1e6, ['64', 'over_line_speed']), point(5, 1e6, 1e6),
  ]));
  assert.deepEqual(marks.map(({ kind, side, from, to }) => [kind, side, (from - begin) / 300_000, (to - begin) / 300_000]), [
    ['gap', undefined, 1, 3], ['over_line_speed', 'in', 4, 5],
  ]);
});

test('a hole without a reason is a gap between values and after them, not before the first nor at the newest point', () => {
  const hole = (index) => point(index, null, null, []);
  const kinds = (points) => provenanceMarks(metrics(points)).map(({ from, to }) => [(from - begin) / 300_000, (to - begin) / 300_000]);
  assert.deepEqual(kinds([hole(0), point(1, 1, 1), hole(2), point(3, 1, 1), hole(4)]), [[2, 3]]);
  assert.deepEqual(kinds([point(0, 1, 1), hole(1), hole(2), hole(3)]), [[1, 4]]);
  assert.deepEqual(kinds([hole(0), hole(1), hole(2)]), []);
});

test('a reset in a wide point is told though other readings of it gave a rate', () => {
  assert.deepEqual(provenanceMarks(metrics([point(0, 1, 1), point(1, 1, 1, ['64', 'reset_announced'])])).map(({ kind }) => kind), ['reset_announced']);
});

test('anomalies are marked by measure and direction; one that goes on reaches to now', () => {
  const anomaly = { id: 'a', measure: 'traffic', started_at: at(1), ended_at: null, last_at: at(2), is_over: false, message: 'Spike', direction: 'out', severity: 'low' };
  const [mark] = anomalyMarks([anomaly, { ...anomaly, measure: 'packets' }], 'traffic', begin + 99);
  assert.deepEqual([mark.kind, mark.side, mark.to, mark.href], ['anomaly', 'out', begin + 99, '/anomalies/a']);
  assert.equal(alertMarks([{ condition: 'anomaly' }, { id: 'b', condition: 'interface_down', started_at: at(0), resolved_at: at(1), message: '', severity: 'high' }], 0).length, 1);
});

const current = { at: at(1), stale: false, in_bps: 400e6, out_bps: 100e6 };
const usual = { in: { low: 300e6, high: 500e6, expected: 400e6 }, out: { low: 50e6, high: 150e6, expected: 100e6 } };

test('whether now is normal is said in a sentence with the hour and the ranges', () => {
  assert.deepEqual(verdictOf(row, current, usual, 'UTC'), {
    verdict: 'normal',
    text: 'Normal for Monday 12:00: 400 Mbit/s in (usually 300 Mbit/s to 500 Mbit/s), 100 Mbit/s out (usually 50.0 Mbit/s to 150 Mbit/s).',
  });
  const high = verdictOf(row, { ...current, in_bps: 850e6 }, usual, 'Asia/Tbilisi');
  assert.equal(high.verdict, 'unusual');
  assert.match(high.text, /^Unusual for Monday 16:00: 850 Mbit\/s in is above the usual 300 Mbit\/s to 500 Mbit\/s; 100 Mbit\/s out/);
  assert.match(verdictOf(row, { ...current, out_bps: 1e6 }, usual, 'UTC').text, /1\.00 Mbit\/s out is below/);
});

test('an anomaly that goes on makes now unusual, whatever the moment is', () => {
  const { verdict, text } = verdictOf(row, current, usual, 'UTC', true);
  assert.equal(verdict, 'unusual');
  assert.match(text, /^Unusual, though in the usual range for Monday 12:00/);
});

test('where nothing can be said of now, that is said', () => {
  assert.equal(verdictOf(row, current, null, 'UTC').verdict, 'learning');
  assert.equal(verdictOf(row, current, undefined, 'UTC').verdict, 'reading');
  assert.equal(verdictOf(row, { ...current, stale: true }, usual, 'UTC').verdict, 'stale');
  assert.equal(verdictOf(row, null, usual, 'UTC').verdict, 'stale');
  assert.equal(verdictOf({ ...row, monitoring_enabled: false }, current, usual, 'UTC').verdict, 'off');
});

test('the share of the day counts only points of which both directions are known', () => {
  const points = [point(0, 400e6, 100e6), point(1, 900e6, 100e6), point(2, null, null), point(3, 400e6, 100e6), point(4, 400e6, 100e6)];
  const ranges = points.map((one) => ({ at: one.at, ...usual }));
  assert.equal(todayText(points, ranges, begin), 'Since midnight 75 % of the time was in the usual range.');
  assert.equal(todayText(points.slice(0, 2), ranges, begin), '');
  assert.equal(todayText(points, [], begin), '');
});

test('the usual range of a moment is that of the point that holds it', () => {
  const expected = { step_seconds: 300, points: [{ at: at(0), in: 1 }, { at: at(1), in: 2 }] };
  assert.equal(usualAt(expected, begin + 6 * minute).in, 2);
  assert.equal(usualAt(expected, begin + 60 * minute), null);
  assert.equal(usualAt(null, begin), null);
});

test('why there is no band is told', () => {
  assert.match(bandNote({ points: [{ in: null, out: null }] }, null), /^Still learning/);
  assert.equal(bandNote({ points: [{ in: {}, out: null }] }, null), '');
  assert.match(bandNote(null, { title: 'x', detail: 'the store is away' }), /the store is away$/);
  assert.equal(bandNote(null, null), '');
});

test('bands are columns, a side without any is left out', () => {
  const bands = bandsOf({ points: [{ at: at(0), in: { low: 1, high: 3, expected: 2 }, out: null }, { at: at(1), in: null, out: null }] }, metrics([]));
  assert.equal(bands.length, 1);
  assert.deepEqual([bands[0].low, bands[0].middle, bands[0].high], [[1, null], [2, null], [3, null]]);
  assert.deepEqual(bandsOf(null, metrics([])), []);
});

test('packets a second are of the time that was counted, not of the width of the point', () => {
  const half = { ...point(1, 1e6, 1e6), in_packets: 150, in_octets: (1e6 * 150) / 8 };
  assert.deepEqual(packetRates(metrics([point(0, 1e6, 1e6), half, point(2, null, null)])).in, [1, 1, null]);
});

test('points before a reading, narrower than polls, have its status and packets too', () => {
  const empty = (index) => ({ ...point(index, 1e6, 1e6), readings: 0, oper_status: null, in_packets: null, in_octets: null });
  const some = metrics([empty(0), empty(1), point(2, 1e6, 1e6), { ...empty(3), in_bps: null }]);
  assert.deepEqual(columnsOf(some).status, [1, 1, 1, null]);
  assert.deepEqual(packetRates(some).in, [1, 1, 1, null]);
  const expected = { points: [0, 1, 2, 3].map((index) => ({ at: at(index), in: index === 2 ? { low: 1, high: 3, expected: 2 } : null, out: null })) };
  assert.deepEqual(bandsOf(expected, some)[0].low, [1, 1, 1, null]);
});

test('a week before lies on now', () => {
  assert.equal(weekBefore(metrics([point(0, 1, 2)]))[0].times[0], begin + 7 * 24 * 60 * minute);
  assert.deepEqual(weekBefore(null), []);
});

test('each chart has options; the state of the address is in them', () => {
  const loaded = {
    name: 'CORE Gi0/0/1', metrics: metrics([point(0, 1e6, 2e6), point(1, 3e6, 4e6)]), expected: null, before: null,
    anomalies: [], alerts: [], bandNote: 'why', zone: 'UTC', now: begin,
  };
  const view = viewState(new URLSearchParams('sides=up&scale=line&tables=errors'));
  const all = charts.map((chart) => optionsOf(chart, loaded, view));
  assert.deepEqual(all.map(({ unit }) => unit), ['bit/s', '%', '/s', 'count', 'count']);
  assert.deepEqual(all.map(({ tableOpen }) => tableOpen), [false, false, false, true, false]);
  assert.equal(all[0].mirrored, false);
  assert.equal(all[0].showCapacity, true);
  assert.deepEqual(all[0].series[0].values, [1e6, 3e6]);
  assert.equal(all[0].note, 'why');
});

test('the address says what is shown; what it does not know is told', () => {
  const view = viewState(new URLSearchParams('compare=week&heat=out&at=2026-11-23T12:00:00Z&tables=traffic,nonsense'));
  assert.deepEqual([view.isCompared, view.isMirrored, view.heat, view.at, view.tables], [true, true, 'out', begin, ['traffic']]);
  assert.deepEqual(unknownValues(new URLSearchParams('compare=week')), []);
  assert.deepEqual(unknownValues(new URLSearchParams('compare=year&at=soon&tables=x')), ['compare=year', 'at=soon', 'tables=x']);
  assert.equal(tablesAfter(['errors'], 'traffic', true), 'traffic,errors');
  assert.equal(tablesAfter(['errors'], 'errors', false), null);
});

test('a correction sends what differs, and gives back with null', () => {
  const values = valuesOf(row);
  assert.deepEqual(changesOf(row, values), {});
  assert.deepEqual(changesOf(row, { ...values, interface_type: 'trunk', isp_provider: '@none', is_critical: 'false', notes: ' ' }), {
    interface_type: 'trunk', isp_provider: '', is_critical: false, notes: null,
  });
  const set = { ...row, overrides: ['interface_type', 'monitoring_enabled'], monitoring_enabled: false };
  assert.equal(valuesOf(set).monitoring_enabled, 'false');
  assert.deepEqual(changesOf(set, { ...valuesOf(set), interface_type: '@rules' }), { interface_type: null });
});

test('statuses come in runs, and in a sentence', () => {
  const times = [0, 1, 2, 3, 4].map((index) => begin + index * 5 * minute);
  const runs = statusRuns(times, [1, 1, 2, null, 1], 5 * minute);
  assert.deepEqual(runs.map(({ word }) => word), ['up', 'down', 'not read', 'up']);
  assert.equal(statusText(runs), 'Up 75.0 % of the time that was read; not up 1 time, about 5 min in all.');
  assert.equal(statusText(statusRuns(times, [1, 1, 1, 1, 1], 1)), 'Up all the time that was read.');
  assert.equal(statusText(statusRuns(times, times.map(() => null), 1)), 'Its status was not read in this time.');
});

test('counters are told exactly, however large', () => {
  const reading = { counters_32bit: ['b', 'interface_if_in_errors'], a: '18446744073709551615', b: 1234, c: null, interface_if_in_errors: 7 };
  assert.equal(counterText(reading, 'a'), '18,446,744,073,709,551,615');
  assert.equal(counterText(reading, 'b'), '1,234 (32 bit)');
  assert.equal(counterText(reading, 'c'), '–');
  assert.equal(counterText(reading, 'interface_if_in_errors'), '7');
});

test('how far a baseline is learnt is told in words', () => {
  assert.equal(stateText({ confidence_word: 'building', average_confidence: 0.48, reliable: 1, building: 167, insufficient: 0, look_back_days: 14 }),
    'Building: confidence 48 % on average, learnt from the last 14 days; 1 hour reliable, 167 hours building.');
  assert.equal(stepText(300_000), '5 min');
  assert.equal(stepText(86_400_000), '1 day');
});
