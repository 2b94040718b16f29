/** Whether what an interface carries now is what it usually carries at this hour, in a sentence. */

import { bits, percent } from '../../core/format.js';
import { partsOf } from '../../core/zone.js';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/**
 * @typedef {'normal' | 'unusual' | 'learning' | 'reading' | 'stale' | 'off'} Verdict
 * @typedef {{low: number, high: number, expected: number} | null} Range  bit/s
 */

/**
 * The verdict and its sentence.
 * @param {object} row  the interface
 * @param {{at: string, stale: boolean, in_bps: number | null, out_bps: number | null} | null} current
 * @param {{in: Range, out: Range} | null | undefined} usual  of the same moment; undefined: it is still being read
 * @param {string} zone
 * @param {boolean} isGoingOn  whether an anomaly is going on: some take longer than a moment to see
 * @returns {{verdict: Verdict, text: string}}
 */
export function verdictOf(row, current, usual, zone, isGoingOn = false) {
  if (!row.monitoring_enabled || !row.enabled) return { verdict: 'off', text: 'Its counters are not recorded: monitoring is off.' };
  if (!current || current.stale) return { verdict: 'stale', text: 'Nothing was read of it lately.' };
  const hour = hourOfWeek(Date.parse(current.at), zone);
  const sides = [side('in', current.in_bps, usual?.in), side('out', current.out_bps, usual?.out)].filter(Boolean);
  const judged = sides.filter(({ judgement }) => judgement !== 'unknown');
  if (usual === undefined) return { verdict: 'reading',
    text: `${sides.map(plainText).join(', ')} now. What is usual on ${hour} is being read …` };
  if (judged.length === 0) return { verdict: 'learning', text: learningText(sides, hour) };
  const odd = judged.filter(({ judgement }) => judgement !== 'usual');
  const plain = sides.map(plainText).join(', ');
  if (odd.length === 0 && isGoingOn) return { verdict: 'unusual',
    text: `Unusual, though in the usual range for ${hour} at this moment: ${plain}.` };
  if (odd.length === 0) return { verdict: 'normal', text: `Normal for ${hour}: ${plain}.` };
  const rest = sides.filter((one) => !odd.includes(one));
  return { verdict: 'unusual', text: `Unusual for ${hour}: ${[...odd.map(oddText), ...rest.map(plainText)].join('; ')}.` };
}

/** 'Monday 14:00' in `zone`. */
function hourOfWeek(time, zone) {
  const { weekday, hour } = partsOf(time, zone);
  return `${weekdays[weekday]} ${String(hour).padStart(2, '0')}:00`;
}

function side(name, value, range) {
  if (value === null || value === undefined) return null;
  return { name, value, range, judgement: judgementOf(value, range) };
}

function judgementOf(value, range) {
  if (!range) return 'unknown';
  if (value > range.high) return 'above';
  return value < range.low ? 'below' : 'usual';
}

function rangeText({ low, high }) {
  return `${bits(low)} to ${bits(high)}`;
}

function plainText({ name, value, range }) {
  return `${bits(value)} ${name}${range ? ` (usually ${rangeText(range)})` : ''}`;
}

function oddText({ name, value, range, judgement }) {
  return `${bits(value)} ${name} is ${judgement} the usual ${rangeText(range)}`;
}

function learningText(sides, hour) {
  const now = sides.map(({ name, value }) => `${bits(value)} ${name}`).join(', ');
  return `${now || 'No rate'} now. What is usual on ${hour} is still being learnt.`;
}

/**
 * How much of the time since `midnight` (ms) was in the usual range; '' where nothing can be compared.
 * @param {object[]} points  of /metrics
 * @param {object[]} usual  points of /expected, of the same times
 */
export function todayText(points, usual, midnight) {
  const ranges = new Map(usual.map((point) => [point.at, point]));
  const hasRange = (at) => Boolean(ranges.get(at)?.in && ranges.get(at)?.out);
  const compared = points.filter(({ at, in_bps, out_bps }) => Date.parse(at) >= midnight && in_bps && out_bps && hasRange(at));
  if (compared.length < 3) return '';
  const within = compared.filter(({ at, in_bps, out_bps }) => isWithin(in_bps.avg, ranges.get(at).in)
    && isWithin(out_bps.avg, ranges.get(at).out));
  return `Since midnight ${percent((100 * within.length) / compared.length, 0)} of the time was in the usual range.`;
}

function isWithin(value, { low, high }) {
  return value >= low && value <= high;
}

/** The point of /expected whose span holds `time` (ms); null where there is none. */
export function usualAt(expected, time) {
  if (!expected) return null;
  const width = expected.step_seconds * 1000;
  return expected.points.find(({ at }) => Date.parse(at) <= time && time < Date.parse(at) + width) ?? null;
}

/** Why the chart has no band of what is usual; '' where it has one, or will have as soon as it is read. */
export function bandNote(expected, error) {
  if (!expected) return error ? `What is usual could not be read: ${error.detail || error.title}` : '';
  const isKnown = expected.points.some((point) => point.in || point.out);
  return isKnown ? '' : 'Still learning what is usual; the band comes later.';
}
