/** Numbers and times as text. Where there is no value the text is an en dash. */
import { now, zone } from './clock.js';
import { isoText, offsetAt, partsOf } from './zone.js';

const none = '–';
/** @type {[number, string][]} Letters of powers of a thousand. */
export const scales = [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k']];
const binary = [[2 ** 40, 'TiB'], [2 ** 30, 'GiB'], [2 ** 20, 'MiB'], [2 ** 10, 'KiB']];
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

function isNumber(value) {
  return typeof value === 'number' && Number.isFinite(value);
}

// Three figures that count: 1.24, 12.4, 124.
function threeFigures(value) {
  const size = Math.abs(value);
  return value.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
}

function scaled(value, steps, smallest) {
  const size = Math.abs(value);
  for (const [of, letter] of steps) if (size >= of * 0.9995) return `${threeFigures(value / of)} ${letter}`;
  return `${size === 0 || size >= 99.5 ? Math.round(value) : threeFigures(value)} ${smallest}`.trim();
}

/** A rate in bit/s: `1.24 Gbit/s`. */
export function bits(value) {
  if (!isNumber(value)) return none;
  const text = scaled(value, scales, '');
  return /[A-Za-z]$/.test(text) ? `${text}bit/s` : `${text} bit/s`;
}

/** A rate in bit/s for narrow places: `1.24 G`. */
export function bitsShort(value) {
  return isNumber(value) ? scaled(value, scales, '') : none;
}

/** A share of hundred: `12.3 %`. What is above 0 and rounds to it is told as less than the least. */
export function percent(value, digits = 1) {
  if (!isNumber(value)) return none;
  const least = 10 ** -digits;
  if (value > 0 && value < least / 2) return `< ${least.toFixed(digits)} %`;
  return `${value.toFixed(digits)} %`;
}

/** A whole number with its thousands apart: `12,431`. */
export function count(value) {
  return isNumber(value) ? whole.format(value) : none;
}

/** An amount of octets: `3.20 GiB`. */
export function octets(value) {
  return isNumber(value) ? scaled(value, binary, 'B') : none;
}

const lengths = /** @type {[string, number][]} */ ([['d', 86400], ['h', 3600], ['min', 60], ['s', 1]]);

/** A length of time in seconds by its two largest units: `3 h 12 min`. */
export function seconds(value) {
  if (!isNumber(value)) return none;
  let left = Math.round(Math.abs(value));
  if (left < 1) return value > 0 ? '< 1 s' : '0 s';
  const first = lengths.findIndex(([, size]) => left >= size);
  const parts = lengths.slice(first, first + 2).map(([unit, size]) => {
    const amount = Math.floor(left / size);
    left %= size;
    return amount > 0 ? `${amount} ${unit}` : '';
  });
  return (value < 0 ? '-' : '') + parts.join(' ').trim();
}

/** How long ago a time was, by its largest unit: `2 min ago`; `in 5 min` where it is ahead. Follows the clock. */
export function ago(time) {
  const at = timeOf(time);
  if (at === null) return none;
  const past = (now.value - at) / 1000;
  const length = Math.abs(past);
  // Clocks of server and browser differ a little, and ours ticks every 10 s.
  if (length < 15) return 'just now';
  const [unit, size] = lengths.find(([, least], i) => length >= (i ? least : 2 * least));
  const text = `${Math.floor(length / size)} ${unit}`;
  return past > 0 ? `${text} ago` : `in ${text}`;
}

/** Milliseconds of a time given as text of the API, Date or number; null where there is none. */
export function timeOf(time) {
  const at = time == null || time === '' ? NaN : Number(new Date(time));
  return Number.isNaN(at) ? null : at;
}

function written(time, write) {
  const at = timeOf(time);
  return at === null ? none : write(isoText(at, zone.value), at);
}

/** A time in the chosen zone, to the second: `2026-11-22 14:23:05`. */
export function momentFull(time) {
  return written(time, text => text.replace('T', ' '));
}

/** A time in the chosen zone: `2026-11-22 14:23`. */
export function moment(time) {
  return momentFull(time).slice(0, 16);
}

/** A day in the chosen zone: `2026-11-22`. */
export function day(time) {
  return momentFull(time).slice(0, 10);
}

/** `14:23` today, else `22 Nov 14:23`, in the chosen zone; with the year where it is another one. */
export function momentShort(time) {
  return written(time, (text, at) => {
    const today = day(now.value);
    const [date, clock] = [text.slice(0, 10), text.slice(11, 16)];
    if (date === today) return clock;
    const year = date.slice(0, 4) === today.slice(0, 4) ? '' : `${date.slice(0, 4)} `;
    return `${date.slice(8)} ${partsOf(at, zone.value).monthName} ${year}${clock}`;
  });
}

/** A time in the chosen zone with its distance from UTC: `2026-11-22T14:23:05+04:00`. */
export function isoZone(time) {
  return written(time, (text, at) => {
    const minutes = Math.round(offsetAt(at, zone.value) / 60_000);
    if (!minutes) return `${text}Z`;
    const distance = new Date(Math.abs(minutes) * 60_000).toISOString().slice(11, 16);
    return `${text}${minutes < 0 ? '-' : '+'}${distance}`;
  });
}

/** How many standard deviations: `6.2σ`. */
export function sigma(value) {
  return isNumber(value) ? `${Math.abs(value) >= 100 ? whole.format(value) : value.toFixed(1)}σ` : none;
}

/** A number with its noun: `1 device`, `12,431 devices`. `many` where an s is not enough. */
export function plural(value, one, many = `${one}s`) {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A word of the API as people write it: `admin_down` -> `admin down`. */
export function words(value) {
  return value == null || value === '' ? none : String(value).replaceAll('_', ' ');
}
