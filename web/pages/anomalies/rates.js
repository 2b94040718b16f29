/** Rates and times of anomalies as text, in the unit of what was measured. */
import { ago, bits, bitsShort, moment, percent, seconds, sigma } from '../../core/format.js';

/**
 * A rate as text.
 * @param {number|null} rate bit/s, or packets a second (pps)
 * @param {'traffic'|'packets'} measure
 */
export function rateText(rate, measure) {
  if (rate === null || rate === undefined) return '–';
  return measure === 'packets' ? packetsText(rate) : bits(rate);
}

function packetsText(rate) {
  const number = bitsShort(rate);
  return /[A-Za-z]$/.test(number) ? `${number}pps` : `${number} pps`;
}

/**
 * How far it is from the usual: `6.2σ`. The score of the adaptive method has the same scale and is no z-score, so it says so.
 * @param {{score: number, mode: string}} anomaly
 */
export function scoreText({ score, mode }) {
  return mode === 'classic' ? `${sigma(score)} by the classic method` : `${sigma(score)} by the adaptive method (limit 3)`;
}

/**
 * What was there beside what was expected, in percent.
 * @param {number} actual
 * @param {number} expected
 * @returns {string} `+210.0 %`; empty where nothing was expected
 */
export function differenceText(actual, expected) {
  if (!(expected > 0)) return '';
  const difference = (100 * (actual - expected)) / expected;
  return `${difference > 0 ? '+' : ''}${percent(difference, Math.abs(difference) < 10 ? 1 : 0)}`;
}

/**
 * Places on a scale from nothing to the largest of the values, for a picture of them.
 * @param {{low: number, high: number, expected: number, actual: number}} anomaly rates of one unit
 * @returns {{low: number, high: number, expected: number, actual: number}} from 0 to 1
 */
export function places({ low, high, expected, actual }) {
  const most = Math.max(high, expected, actual, Number.MIN_VALUE) * 1.08;
  const at = value => Math.max(0, value) / most;
  return { low: at(low), high: at(high), expected: at(expected), actual: at(actual) };
}

/**
 * Since when, or from when to when.
 * @param {{started_at: string, ended_at: string|null, is_over: boolean}} lasting an anomaly or an incident
 */
export function lastsText({ started_at: from, ended_at: to, is_over: isOver }) {
  if (!isOver) return `Since ${moment(from)} (${ago(from)}), it goes on`;
  return `${moment(from)} to ${moment(to)}, ${seconds((Date.parse(to) - Date.parse(from)) / 1000)}`;
}
