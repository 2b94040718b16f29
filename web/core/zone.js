/**
 * The clocks of a time zone: how far they are from UTC, and where their days begin.
 * `Intl` is slow (microseconds a call), so offsets are kept by quarter of an hour: no zone changes within one.
 */
import { keptIn } from './kept.js';

const quarter = 15 * 60_000;
const keptOffsets = 5_000;
const formatters = new Map();
const offsets = new Map();

// Swedes write 2026-11-22 14:23:05: the parts in the order that Date.UTC takes.
function measuredOffset(time, timeZone) {
  const format = keptIn(formatters, timeZone, () => new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' }));
  const [year, month, ...rest] = format.format(time).match(/\d+/g).map(Number);
  return Date.UTC(year, month - 1, ...rest) - time;
}

/** Milliseconds that the clocks of `zone` are ahead of UTC at `time` (ms). */
export function offsetAt(time, zone) {
  if (zone === 'UTC') return 0;
  const begin = Math.floor(time / quarter) * quarter;
  if (offsets.size >= keptOffsets) offsets.clear();
  return keptIn(offsets, zone + begin, () => measuredOffset(begin, zone));
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
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** What the clocks of `zone` show: {year, month 0 = January, day, hour, minute, weekday 0 = Sunday, weekdayName, monthName}. */
export function partsOf(time, zone) {
  const date = new Date(clockOf(time, zone));
  const [month, weekday] = [date.getUTCMonth(), date.getUTCDay()];
  return {
    year: date.getUTCFullYear(), month, day: date.getUTCDate(), hour: date.getUTCHours(), minute: date.getUTCMinutes(),
    weekday, weekdayName: weekdays[weekday], monthName: months[month],
  };
}

/** A time in `zone` as ISO 8601 has it, without the distance from UTC: '2026-11-22T14:23:05'. */
export function isoText(time, zone) {
  return new Date(clockOf(time, zone)).toISOString().slice(0, 19);
}

/** 'HH:MM' in `zone`. */
export function hourText(time, zone) {
  return isoText(time, zone).slice(11, 16);
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
