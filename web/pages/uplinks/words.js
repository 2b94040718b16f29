/** What the report of uplinks says in words. */
import { count, percent, seconds } from '../../core/format.js';

/** What each outcome of a forecast means where there is no date. */
const OUTCOMES = {
  already_there: 'full in its busy hour now',
  beyond_five_years: 'not full within five years',
  not_growing: 'not growing',
  too_little_history: 'too little history to tell',
  capacity_unknown: 'capacity unknown: no speed',
};

/** When a line is full, as text: forecast of /uplinks or null -> text. */
export function forecastText(forecast) {
  if (!forecast) return '–';
  if (forecast.outcome !== 'reaches') return OUTCOMES[forecast.outcome] ?? forecast.message;
  const direction = forecast.direction === 'in' ? 'inbound' : 'outbound';
  return `${direction} full about ${forecast.date}, between ${forecast.earliest} and ${forecast.latest ?? 'five years from now'}`;
}

/** How grave a forecast is, as the tone of its mark: forecast -> 'critical', 'warning' or null. */
export function forecastTone(forecast) {
  if (!forecast) return null;
  if (forecast.urgency === 0) return 'critical';
  return forecast.urgency === 1 ? 'warning' : null;
}

/** Minutes without a link as text; null where it is not known: minutes -> text. */
export function outageText(minutes) {
  if (minutes == null) return '–';
  return minutes === 0 ? 'none' : seconds(minutes * 60);
}

/** The share of the line that a rate takes; null where either is not known: bit/s, bit/s -> text or null. */
export function shareText(rate, speed) {
  return rate == null || !speed ? null : percent((100 * rate) / speed, 0);
}

/** How far a 95th percentile can be trusted: samples of five minutes -> text. */
export function samplesText(samples) {
  return samples ? `over ${count(samples)} samples of five minutes` : 'no samples';
}
