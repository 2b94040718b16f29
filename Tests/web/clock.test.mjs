import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserZone, holdClock, linkedZone, now, parseSpan, parseTime, validZone, zone, zoneLabel } from '../../web/core/clock.js';
import { settings } from '../../web/core/settings.js';

const at = Date.parse('2026-11-22T10:23:05Z');

test('times before now', () => {
  assert.equal(parseTime('now', at), at);
  assert.equal(parseTime('-24h', at), at - 86_400_000);
  assert.equal(parseTime('now-15m', at), at - 900_000);
  assert.equal(parseTime('-90', at), at - 90_000);
  assert.equal(parseTime(' -2w ', at), at - 1_209_600_000);
});

test('days and RFC 3339', () => {
  assert.equal(parseTime('2026-11-22', at), Date.parse('2026-11-22T00:00:00Z'));
  assert.equal(parseTime('2026-11-22T14:23:05+04:00', at), at);
  assert.equal(parseTime('2026-11-22T14:23:05 04:00', at), at); // a plus that a query made a space of
  assert.equal(parseTime('2026-11-22t10:23:05z', at), at);
  assert.equal(parseTime('2026-11-22 10:23:05.500Z', at), at + 500);
});

test('what is no time', () => {
  for (const text of ['', null, 'soon', '2026-13-01', '2026-02-30', '2026-02-30T00:00:00Z', '2026-11-22T25:00:00Z', '2026-11-22T10:23', '+24h', '1700000000']) {
    assert.equal(parseTime(text, at), null, String(text));
  }
});

test('lengths of time', () => {
  assert.equal(parseSpan('15m'), 900_000);
  assert.equal(parseSpan('7d'), 604_800_000);
  assert.equal(parseSpan('7'), null);
  assert.equal(parseSpan('-7d'), null);
  assert.equal(parseSpan(null), null);
});

test('the zone is that of the link, else of the settings, else of the browser', () => {
  assert.equal(zone.value, browserZone);
  settings.zone.value = 'Asia/Tbilisi';
  assert.equal(zone.value, 'Asia/Tbilisi');
  linkedZone.value = 'UTC';
  assert.equal(zone.value, 'UTC');
  linkedZone.value = '';
  settings.zone.value = 'Nowhere/Land';
  assert.equal(zone.value, browserZone);
  settings.zone.value = '';
});

test('how a zone is called', () => {
  assert.equal(zoneLabel('UTC'), 'UTC');
  assert.equal(zoneLabel('Asia/Tbilisi', at), 'Asia/Tbilisi, UTC+4');
  assert.equal(zoneLabel('Asia/Kolkata', at), 'Asia/Kolkata, UTC+5:30');
  assert.equal(validZone('Nowhere/Land'), '');
  assert.equal(validZone(''), '');
});

test('a clock that is held goes on from the time it is', () => {
  now.value = 5;
  holdClock(true);
  assert.equal(now.value, 5);
  holdClock(false);
  assert.ok(Math.abs(now.value - Date.now()) < 1000);
});
