/** Numbers and times as text. Where there is no value the text is an en dash. */
import { now, zone } from './clock.js';

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

/** A length of time in seconds by its two largest units: `3 h 12 min`. */
export function seconds(value) {
  if (!isNumber(value)) return none;
  const total = Math.round(Math.abs(value));
  const sign = value < 0 && total > 0 ? '-' : '';
  if (total < 1) return value > 0 ? '< 1 s' : '0 s';
  const parts = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  const first = parts.findIndex(([, size]) => total >= Number(size));
  return sign + parts.slice(first, first + 2).map(([unit, size], i) => {
    const left = i === 0 ? total : total % Number(parts[first][1]);
    return [Math.floor(left / Number(size)), unit];
  }).filter(([amount], i) => i === 0 || Number(amount) > 0).map(([amount, unit]) => `${amount} ${unit}`).join(' ');
}

/** How long ago a time was, by its largest unit: `2 min ago`; `in 5 min` where it is ahead. Follows the clock. */
export function ago(time) {
  const at = timeOf(time);
  if (at === null) return none;
  const past = (now.value - at) / 1000;
  // Clocks of server and browser differ a little, and ours ticks every 10 s.
  if (past > -15 && past < 15) return 'just now';
  const size = Math.abs(past);
  const [unit, of] = [['d', 86400], ['h', 3600], ['min', 60],
    ['s', 1]].find(([, least]) => size >= Number(least) * (least === 86400 ? 2 : 1)) ?? ['s', 1];
  const text = `${Math.floor(size / Number(of))} ${unit}`;
  return past > 0 ? `${text} ago` : `in ${text}`;
}

const formats = new Map();

function partsOf(time) {
  const name = zone.value;
  if (!formats.has(name)) {
    formats.set(name, new Intl.DateTimeFormat('en-GB', {
      timeZone: name, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
      hourCycle: 'h23',
    }));
  }
  return Object.fromEntries(formats.get(name).formatToParts(time).map(part => [part.type, part.value]));
}

/** Milliseconds of a time given as text of the API, Date or number; null where there is none. */
export function timeOf(time) {
  if (time == null || time === '') return null;
  const at = typeof time === 'number' ? time : time instanceof Date ? time.getTime() : Date.parse(time);
  return Number.isFinite(at) ? at : null;
}

function withParts(time, write) {
  const at = timeOf(time);
  return at === null ? none : write(partsOf(at), at);
}

/** A time in the chosen zone: `2026-11-22 14:23`. */
export function moment(time) {
  return withParts(time, p => `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}`);
}

/** A time in the chosen zone, to the second: `2026-11-22 14:23:05`. */
export function momentFull(time) {
  return withParts(time, p => `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}:${p.second}`);
}

/** A day in the chosen zone: `2026-11-22`. */
export function day(time) {
  return withParts(time, p => `${p.year}-${p.month}-${p.day}`);
}

/** Short names of the months. */
export const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `14:23` today, else `22 Nov 14:23`, in the chosen zone; with the year where it is another one. */
export function momentShort(time) {
  return withParts(time, p => {
    const today = partsOf(now.value);
    const clock = `${p.hour}:${p.minute}`;
    if (p.year === today.year && p.month === today.month && p.day === today.day) return clock;
    return `${p.day} ${months[Number(p.month) - 1]} ${p.year === today.year ? '' : `${p.year} `}${clock}`;
  });
}

/** A time in the chosen zone with its distance from UTC: `2026-11-22T14:23:05+04:00`. */
export function isoZone(time) {
  return withParts(time, (p, at) => {
    const here = Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second);
    const minutes = Math.round((here - Math.floor(at / 1000) * 1000) / 60_000);
    const two = n => String(Math.floor(n)).padStart(2, '0');
    const offset = minutes === 0 ? 'Z' : `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
    return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}:${p.second}${offset}`;
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
