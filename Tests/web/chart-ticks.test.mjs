import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeTicks, valueTicks } from '../../web/chart/ticks.js';
import { clockOf, hourText, momentOf, momentText, offsetAt } from '../../web/core/zone.js';

const hour = 3_600_000;
const day = 24 * hour;
const texts = (ticks) => ticks.map(({ text }) => text);

test('offsets follow the zone through its changes', () => {
  assert.equal(offsetAt(Date.UTC(2026, 0, 1), 'UTC'), 0);
  assert.equal(offsetAt(Date.UTC(2026, 0, 1), 'Asia/Tbilisi'), 4 * hour);
  assert.equal(offsetAt(Date.UTC(2026, 0, 1), 'Europe/Berlin'), hour);
  assert.equal(offsetAt(Date.UTC(2026, 6, 1), 'Europe/Berlin'), 2 * hour);
  assert.equal(offsetAt(Date.UTC(2026, 6, 1), 'Asia/Kathmandu'), 5.75 * hour);
});

test('a clock time is the moment at which clocks show it', () => {
  for (const zone of ['UTC', 'Asia/Tbilisi', 'America/New_York', 'Australia/Lord_Howe']) {
    for (let time = Date.UTC(2026, 9, 1); time < Date.UTC(2026, 9, 3); time += 7 * hour) {
      assert.equal(momentOf(clockOf(time, zone), zone), time, zone);
    }
  }
});

test('a day of a zone has ticks at its round hours, and names the day at its midnight', () => {
  const from = Date.UTC(2026, 10, 22, 14, 7);
  const ticks = timeTicks(from, from + day, 'Asia/Tbilisi', 8);
  assert.deepEqual(texts(ticks), ['21:00', 'Mon 23', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00']);
  assert.ok(ticks.every(({ at, isDay }) => isDay === (hourText(at, 'Asia/Tbilisi') === '00:00')));
});

test('a fortnight has days, half a year has months', () => {
  const to = Date.UTC(2026, 10, 23);
  assert.deepEqual(texts(timeTicks(to - 14 * day, to, 'UTC', 14)).slice(0, 2), ['Mon 9', 'Tue 10']);
  assert.deepEqual(texts(timeTicks(to - 14 * day, to, 'UTC', 7)).slice(0, 2), ['9 Nov', '11 Nov']);
  assert.deepEqual(texts(timeTicks(to - 180 * day, to, 'UTC', 8)), ['Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov']);
  assert.deepEqual(texts(timeTicks(Date.UTC(2026, 10, 15), Date.UTC(2027, 2, 15), 'UTC', 5)), ['Dec', '2027', 'Feb', 'Mar']);
});

test('where clocks change no tick comes twice, and days still begin at midnight', () => {
  for (const month of [2, 9]) {
    const from = Date.UTC(2026, month, 23);
    const ticks = timeTicks(from, from + 7 * day, 'Europe/Berlin', 60);
    assert.ok(ticks.every(({ at }, index) => index === 0 || at > ticks[index - 1].at));
    assert.ok(ticks.filter(({ isDay }) => isDay).every(({ at }) => hourText(at, 'Europe/Berlin') === '00:00'));
    assert.equal(ticks.filter(({ isDay }) => isDay).length, 7);
  }
});

test('there are never many more ticks than asked for, at any width', () => {
  const to = Date.UTC(2026, 10, 23, 13, 37);
  for (let span = 5 * 60_000; span < 400 * day; span *= 1.3) {
    const ticks = timeTicks(to - span, to, 'Asia/Tbilisi', 10);
    assert.ok(ticks.length <= 14 && ticks.length >= (span > 12 * 60_000 ? 2 : 1), `${span}: ${ticks.length}`);
    assert.ok(ticks.every(({ at }) => at >= to - span && at <= to));
  }
});

test('a range without length has no ticks', () => {
  assert.deepEqual(timeTicks(5, 5, 'UTC', 10), []);
  assert.deepEqual(timeTicks(6, 5, 'UTC', 10), []);
});

test('ticks of values are round, begin at 0 and stay below the top', () => {
  assert.deepEqual(valueTicks(1e9, 4), [0, 250e6, 500e6, 750e6, 1e9]);
  assert.deepEqual(valueTicks(632e6, 4), [0, 200e6, 400e6, 600e6]);
  assert.deepEqual(valueTicks(0, 4), [0]);
  assert.deepEqual(valueTicks(3, 8, true), [0, 1, 2, 3]);
  assert.deepEqual(valueTicks(0.5, 4), [0, 0.2, 0.4]);
});

test('a moment reads as people write it', () => {
  assert.equal(momentText(Date.UTC(2026, 10, 23, 10, 5), 'Asia/Tbilisi'), 'Mon 23 Nov 14:05');
});
