import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvColumns } from '../../web/pages/shared/csv-columns.js';
import { choiceOf, givenFilters } from '../../web/pages/shared/filters.js';
import { lasted, lastedOrGoesOn } from '../../web/pages/shared/lasted.js';

const from = '2026-01-01T00:00:00Z';

test('what is over lasted from its beginning to its end, anomaly or alert', () => {
  assert.equal(lasted(from, '2026-01-01T03:12:00Z'), '3 h 12 min');
  assert.equal(lastedOrGoesOn({ started_at: from, ended_at: '2026-01-01T00:05:00Z' }), '5 min');
  assert.equal(lastedOrGoesOn({ started_at: from, resolved_at: '2026-01-01T00:05:00Z' }), '5 min');
  assert.equal(lastedOrGoesOn({ started_at: from, resolved_at: null }), 'goes on');
});

test('choices are words of the API, with a title where they have one', () => {
  assert.deepEqual(choiceOf('way', 'Way', ['in', 'out']).choices, ['in', 'out']);
  assert.deepEqual(choiceOf('over', 'Over', { false: 'goes on' }).choices, [{ value: 'false', title: 'goes on' }]);
});

test('filters that nobody types are there where the address has them', () => {
  assert.deepEqual(givenFilters(new URLSearchParams('device_id=1&q=x')).map(filter => filter.name), ['device_id']);
  assert.deepEqual(givenFilters(new URLSearchParams()), []);
});

test('columns of a CSV are fields by their name, by another title, or what a function makes of a row', () => {
  const columns = csvColumns(['id', ['device', 'device_name'], ['sum', row => row.a + row.b]]);
  const row = { id: 1, device_name: 'X', a: 2, b: 3 };
  assert.deepEqual(columns.map(({ title, value }) => [title, value(row)]), [['id', 1], ['device', 'X'], ['sum', 5]]);
});
