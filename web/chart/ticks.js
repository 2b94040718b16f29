/** Where the ticks of both axes stand and what they say. Values only: nothing here draws. */

import { clockOf, hourText, momentOf, partsOf } from '../core/zone.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** 5 January 1970 was a Monday: weeks are counted from it. */
const firstMonday = 4 * day;
const steps = [
  minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute,
  hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day,
];

/**
 * Ticks of a time axis at round clock times of `zone`, at most about `count`.
 * @returns {{at: number, text: string, isDay: boolean}[]} isDay: a day begins there, or the axis counts in days
 */
export function timeTicks(from, to, zone, count) {
  if (!(to > from)) return [];
  const step = steps.find((width) => (to - from) / width <= Math.max(1, count));
  if (!step) return monthTicks(from, to, zone);
  return clockMultiples(from, to, zone, step).map((at) => ({ at, ...labelOf(at, zone, step) }));
}

function clockMultiples(from, to, zone, step) {
  const origin = step >= day ? firstMonday : 0;
  const found = [];
  let clock = Math.ceil((clockOf(from, zone) - origin) / step) * step + origin;
  for (; ; clock += step) {
    const at = momentOf(clock, zone);
    if (at > to) return found;
    // Where clocks are set back an hour shows twice, where they are set forward one is missing: no tick twice.
    const isNew = found.length === 0 || at > found[found.length - 1];
    if (at >= from && isNew) found.push(at);
  }
}

function labelOf(at, zone, step) {
  const { hour: hours, minute: minutes, weekdayName, day: date, monthName } = partsOf(at, zone);
  if (step >= 2 * day) return { text: `${date} ${monthName}`, isDay: true };
  if (hours === 0 && minutes === 0) return { text: `${weekdayName} ${date}`, isDay: true };
  return { text: hourText(at, zone), isDay: false };
}

function monthTicks(from, to, zone) {
  const found = [];
  const { year, month } = partsOf(from, zone);
  for (let index = month; ; index += 1) {
    const at = momentOf(Date.UTC(year, index, 1), zone);
    if (at > to) return found;
    const { monthName, month: number, year: shown } = partsOf(at, zone);
    if (at >= from) found.push({ at, text: number === 0 ? String(shown) : monthName, isDay: true });
  }
}

/**
 * Round values from 0 to `top`, at most about `count` of them above zero: 0, 200, 400 …
 * @param {boolean} whole only whole numbers, for what is counted
 */
export function valueTicks(top, count, whole = false) {
  if (!(top > 0)) return [0];
  const step = roundStep(top / Math.max(1, count), whole);
  const ticks = [];
  for (let index = 0; index * step <= top * 1.000001; index += 1) ticks.push(index * step);
  return ticks;
}

function roundStep(least, whole) {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((width) => width >= least * 0.999999);
  return whole ? Math.max(1, Math.ceil(step)) : step;
}
