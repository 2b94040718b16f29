import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkedZone, now } from '../../web/core/clock.js';
import {
  ago, bits, bitsShort, count, day, isoZone, moment, momentFull, momentShort, octets, percent, plural, seconds, sigma, timeOf, words,
} from '../../web/core/format.js';

const at = Date.parse('2026-11-22T10:23:05Z');

function inZone(t, name) {
  linkedZone.value = name;
  now.value = at;
  t.after(() => { linkedZone.value = ''; });
}

test('rates have three figures and their prefix', () => {
  assert.equal(bits(1_240_000_000), '1.24 Gbit/s');
  assert.equal(bits(12_400_000), '12.4 Mbit/s');
  assert.equal(bits(124_000), '124 kbit/s');
  assert.equal(bits(999_600), '1.00 Mbit/s');
  assert.equal(bits(999_499_999), '999 Mbit/s');
  assert.equal(bits(0), '0 bit/s');
  assert.equal(bits(0.5), '0.50 bit/s');
  assert.equal(bits(640), '640 bit/s');
  assert.equal(bits(-2_000_000), '-2.00 Mbit/s');
  assert.equal(bits(2.5e12), '2.50 Tbit/s');
  assert.equal(bitsShort(1_240_000_000), '1.24 G');
  assert.equal(bitsShort(12), '12.0');
});

test('what has no value is a dash', () => {
  for (const write of [bits, bitsShort, percent, count, octets, seconds, ago, moment, momentFull, momentShort, isoZone, day, sigma, words]) {
    assert.equal(write(null), '–', write.name);
    assert.equal(write(undefined), '–', write.name);
  }
  for (const write of [bits, percent, count, octets, seconds, sigma]) assert.equal(write(Number.NaN), '–');
  assert.equal(moment('no time'), '–');
});

test('percent tells little from nothing', () => {
  assert.equal(percent(12.34), '12.3 %');
  assert.equal(percent(0), '0.0 %');
  assert.equal(percent(0.01), '< 0.1 %');
  assert.equal(percent(0.004, 2), '< 0.01 %');
  assert.equal(percent(100, 0), '100 %');
});

test('counts, octets, deviations, nouns, words', () => {
  assert.equal(count(12431), '12,431');
  assert.equal(octets(3.2 * 2 ** 30), '3.20 GiB');
  assert.equal(octets(12), '12.0 B');
  assert.equal(sigma(6.21), '6.2σ');
  assert.equal(sigma(1234.5), '1,235σ');
  assert.equal(plural(1, 'device'), '1 device');
  assert.equal(plural(12431, 'device'), '12,431 devices');
  assert.equal(plural(2, 'entry', 'entries'), '2 entries');
  assert.equal(words('admin_down'), 'admin down');
});

test('lengths of time have their two largest units', () => {
  assert.equal(seconds(0), '0 s');
  assert.equal(seconds(0.2), '< 1 s');
  assert.equal(seconds(59), '59 s');
  assert.equal(seconds(60), '1 min');
  assert.equal(seconds(61), '1 min 1 s');
  assert.equal(seconds(11_520), '3 h 12 min');
  assert.equal(seconds(3_600 + 5), '1 h');
  assert.equal(seconds(90_000), '1 d 1 h');
  assert.equal(seconds(-60), '-1 min');
});

test('how long ago', t => {
  inZone(t, 'UTC');
  assert.equal(ago(at - 5_000), 'just now');
  assert.equal(ago(at - 40_000), '40 s ago');
  assert.equal(ago(at - 150_000), '2 min ago');
  assert.equal(ago(at - 7_300_000), '2 h ago');
  assert.equal(ago(at - 100_000_000), '27 h ago');
  assert.equal(ago(at - 400_000_000), '4 d ago');
  assert.equal(ago(at + 300_000), 'in 5 min');
  assert.equal(ago('2026-11-22T10:20:00Z'), '3 min ago');
});

test('times are written in the chosen zone', t => {
  inZone(t, 'Asia/Tbilisi');
  assert.equal(moment(at), '2026-11-22 14:23');
  assert.equal(momentFull('2026-11-22T10:23:05.900Z'), '2026-11-22 14:23:05');
  assert.equal(day('2026-11-22T21:00:00Z'), '2026-11-23');
  assert.equal(isoZone(at), '2026-11-22T14:23:05+04:00');
  assert.equal(momentShort(at), '14:23');
  assert.equal(momentShort('2026-11-21T10:00:00Z'), '21 Nov 14:00');
  assert.equal(momentShort('2025-11-21T10:00:00Z'), '21 Nov 2025 14:00');
});

test('zones behind UTC and with half hours', t => {
  inZone(t, 'America/St_Johns');
  assert.equal(isoZone(at), '2026-11-22T06:53:05-03:30');
  linkedZone.value = 'UTC';
  assert.equal(isoZone(at), '2026-11-22T10:23:05Z');
  assert.equal(moment('2026-11-22T00:00:00Z'), '2026-11-22 00:00');
});

test('times come as text, Date or number', () => {
  assert.equal(timeOf('2026-11-22T10:23:05Z'), at);
  assert.equal(timeOf(new Date(at)), at);
  assert.equal(timeOf(at), at);
  assert.equal(timeOf(''), null);
  assert.equal(timeOf(0), 0);
});
