/**
 * The clocks of a time zone: how far they are from UTC, and where their days begin.
 * `Intl` is slow (microseconds a call), so offsets are kept by quarter of an hour: no zone changes within one.
 */

import { months } from '../core/format.js';

const quarter = 15 * 60_000;
const keptOffsets = 5_000;
const formatters = new Map();
const offsets = new Map();

function formatterOf(zone) {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric',
      hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

function measuredOffset(time, zone) {
  const part = {};
  for (const { type, value } of formatterOf(zone).formatToParts(time)) part[type] = Number(value);
  const shown = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  return shown - time;
}

/** Milliseconds that the clocks of `zone` are ahead of UTC at `time` (ms). */
export function offsetAt(time, zone) {
  if (zone === 'UTC') return 0;
  const begin = Math.floor(time / quarter) * quarter;
  const key = `${zone} ${begin}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    if (offsets.size >= keptOffsets) offsets.clear();
    offset = measuredOffset(begin, zone);
    offsets.set(key, offset);
  }
  return offset;
}

/** What the clocks of `zone` show at `time`, as milliseconds that read like UTC. */
export function clockOf(time, zone) {
  return time + offsetAt(time, zone);
}

/** The moment (ms) at which the clocks of `zone` show `clock`. A clock time that is skipped gives the moment after. */
export function momentOf(clock, zone) {
  const guess = clock - offsetAt(clock, zone);
  return clock - offsetAt(guess, zone);
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const two = (number) => String(number).padStart(2, '0');

/** What the clocks of `zone` show, in parts: {year, month, day, hour, minute, second, weekday 0 = Sunday, names}. */
export function partsOf(time, zone) {
  const date = new Date(clockOf(time, zone));
  return {
    year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate(),
    hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds(),
    weekday: date.getUTCDay(), weekdayName: weekdays[date.getUTCDay()], monthName: months[date.getUTCMonth()],
  };
}

/** 'HH:MM' in `zone`. */
export function hourText(time, zone) {
  const { hour, minute } = partsOf(time, zone);
  return `${two(hour)}:${two(minute)}`;
}

/** 'Mon 23 Nov' in `zone`. */
export function dayText(time, zone) {
  const { weekdayName, day, monthName } = partsOf(time, zone);
  return `${weekdayName} ${day} ${monthName}`;
}

/** 'Mon 23 Nov 14:05' in `zone`: the form charts write a moment in. */
export function momentText(time, zone) {
  return `${dayText(time, zone)} ${hourText(time, zone)}`;
}
