import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterOf } from '../../web/pages/alerts/filter.js';
import { fits, matcherText, parseMatcher } from '../../web/pages/alerts/matchers.js';
import { explainsTree, folded, inOrder } from '../../web/pages/alerts/order.js';

const alert = (id, more) => ({ id, state: 'firing', severity: 'high', is_held: false, started_at: '2026-01-01T00:00:00Z', ...more });

test('firing and told before held, worst first, then latest', () => {
  const ids = inOrder([
    alert('held', { is_held: true, hold: 'silenced', severity: 'critical' }), alert('ack', { state: 'acknowledged', severity: 'critical' }),
    alert('old'), alert('new', { started_at: '2026-01-02T00:00:00Z' }), alert('low', { severity: 'low' }),
    alert('verifying', { is_held: true, hold: 'verifying', severity: 'critical' }),
  ]).map(row => row.id);
  assert.deepEqual(ids, ['verifying', 'new', 'old', 'low', 'ack', 'held']);
});

test('what an alert explains follows it where it is unfolded', () => {
  const rows = folded([alert('a'), alert('b')], id => (id === 'a' ? [alert('c')] : undefined));
  assert.deepEqual(rows.map(row => [row.alert.id, row.depth, row.isOpen]), [['a', 0, true], ['c', 1, false], ['b', 0, false]]);
  assert.equal(folded([alert('a')], () => null)[0].isReading, true);
});

test('the tree of what an alert explains follows the ways from the poller', () => {
  const by = (device, path) => alert(device, { device_name: device, cause: { path } });
  const tree = explainsTree([by('D', ['P', 'HUB', 'A', 'D']), by('E', ['P', 'HUB', 'A', 'E']), by('F', ['P', 'HUB', 'F'])]);
  assert.deepEqual(tree.map(one => one.name), ['A', 'F']);
  assert.deepEqual(tree[0].children.map(one => one.name), ['D', 'E']);
  const alone = explainsTree([alert('x', { device_name: 'X', cause: null })]);
  assert.deepEqual(alone.map(one => one.name), ['X']);
});

test('matchers are read and written as in the rule files', () => {
  const matcher = parseMatcher('device="A \\"b\\""');
  assert.deepEqual(matcher, { label: 'device', comparison: '=', value: 'A "b"' });
  assert.equal(matcherText(matcher), 'device="A \\"b\\""');
  assert.equal(parseMatcher('type=~"isp|trunk"').comparison, '=~');
  assert.equal(parseMatcher('nonsense'), null);
});

test('matchers fit whole values; a label that is not there is empty; null where a pattern cannot be read', () => {
  assert.equal(fits([{ label: 'type', comparison: '=~', value: 'isp|trunk' }], { type: 'isp' }), true);
  assert.equal(fits([{ label: 'type', comparison: '=~', value: 'is' }], { type: 'isp' }), false);
  assert.equal(fits([{ label: 'type', comparison: '!~', value: 'is' }], {}), true);
  assert.equal(fits([{ label: 'a', comparison: '=', value: '' }], {}), true);
  assert.equal(fits([{ label: 'a', comparison: '=~', value: '(' }], {}), null);
  assert.equal(fits([{ label: 'a', comparison: '=~', value: '(' }, { label: 'b', comparison: '=', value: '1' }], {}), false);
});

test('the address of the list of alerts', () => {
  const filter = filterOf(new URLSearchParams('severity=critical,nonsense&q=core&open=1,2'));
  assert.deepEqual(filter.parameters, { q: 'core', severity: ['critical'] });
  assert.deepEqual([filter.open, filter.isGrouped, filter.isFiltered], [['1', '2'], true, true]);
  const flat = filterOf(new URLSearchParams('flat=true'));
  assert.deepEqual([flat.isGrouped, flat.isFiltered, flat.parameters], [false, false, {}]);
});
