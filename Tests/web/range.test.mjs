import assert from 'node:assert/strict';
import { test } from 'node:test';
import { now } from '../../web/core/clock.js';
import { rangeOf, rangeQuery, shifted, zoomed } from '../../web/ui/range.js';

const at = Date.parse('2026-11-22T10:00:00Z');
const hour = 3_600_000;
const of = text => rangeOf(new URLSearchParams(text));

test('the range of an address', () => {
  now.value = at;
  assert.deepEqual([Number(of('').from), Number(of('').to), of('').range, of('').isLive], [at - 24 * hour, at, '24h', true]);
  assert.equal(Number(of('range=7d').from), at - 168 * hour);
  const fixed = of('from=2026-11-20T00:00:00Z&to=2026-11-21');
  assert.deepEqual([fixed.isLive, fixed.range, Number(fixed.to) - Number(fixed.from)], [false, null, 24 * hour]);
  assert.equal(of('from=-6h').isLive, true);
});

test('what is no range is told, and the usual one is shown', () => {
  now.value = at;
  for (const text of ['range=lots', 'range=1s', 'range=9999d', 'from=yesterday', 'from=now&to=-1h']) {
    assert.equal(of(text).range, '24h', text);
    assert.ok(of(text).problem, text);
  }
  assert.equal(of('range=1h').problem, null);
});

test('shifting goes by halves, and is live again at now', () => {
  now.value = at;
  const back = shifted(of('range=2h'), -1);
  assert.deepEqual(rangeQuery(back), { range: null, from: '2026-11-22T07:00:00Z', to: '2026-11-22T09:00:00Z' });
  const again = shifted(rangeOf(new URLSearchParams('from=2026-11-22T07:00:00Z&to=2026-11-22T09:00:00Z')), 1);
  assert.deepEqual(rangeQuery(again), { range: '2h', from: null, to: null });
});

test('zooming keeps now where it is live, else the middle', () => {
  now.value = at;
  assert.deepEqual(rangeQuery(zoomed(of('range=24h'), 2)), { range: '2d', from: null, to: null });
  assert.deepEqual(rangeQuery(zoomed(of(''), 0.5)), { range: '12h', from: null, to: null });
  const fixed = zoomed(of('from=2026-11-20T00:00:00Z&to=2026-11-20T04:00:00Z'), 0.5);
  assert.deepEqual(rangeQuery(fixed), { range: null, from: '2026-11-20T01:00:00Z', to: '2026-11-20T03:00:00Z' });
});

test('the usual range is not written', () => {
  assert.deepEqual(rangeQuery({ range: '24h' }), { range: null, from: null, to: null });
  assert.deepEqual(rangeQuery({ range: '7d' }, '7d'), { range: null, from: null, to: null });
});
