import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMonth, monthAfter, monthName, monthOf } from '../../web/pages/uplinks/month.js';

test('months are texts', () => {
  assert.deepEqual(['2026-11', '2026-13', '2026-1', null].map(isMonth), [true, false, false, false]);
  assert.deepEqual([monthAfter('2026-12', 1), monthAfter('2026-01', -1), monthAfter('2026-06', 0)], ['2027-01', '2025-12', '2026-06']);
  assert.equal(monthName('2026-11'), 'November 2026');
});

test('the month is that of the clocks of a zone', () => {
  const moment = Date.parse('2026-10-31T21:00:00Z');
  assert.deepEqual([monthOf(moment, 'UTC'), monthOf(moment, 'Asia/Tbilisi')], ['2026-10', '2026-11']);
});
