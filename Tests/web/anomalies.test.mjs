import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differenceText, places } from '../../web/pages/anomalies/rates.js';

test('what was there stands beside what was expected', () => {
  const at = places({ low: 10, high: 20, expected: 15, actual: 100 });
  assert.ok(at.actual <= 1 && at.low < at.expected);
  assert.deepEqual([differenceText(2, 1), differenceText(2, 0)], ['+100 %', '']);
});
