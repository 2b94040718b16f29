/** Words of classification as people read them. */
import { percent } from '../../core/format.js';
import { word } from '../devices/words.js';

/** Fields that evidence names, as the MIB or the protocol calls them. */
const FIELDS = {
  alias: 'ifAlias', descr: 'ifDescr', name: 'ifName', if_type: 'ifType', speed: 'speed', neighbour_name: 'neighbour’s name',
  platform: 'neighbour’s platform', neighbour: 'neighbour', capabilities: 'neighbour’s capabilities',
};

/** A field of evidence for people: 'alias' -> 'ifAlias'. */
export function fieldName(field) {
  return FIELDS[field] ?? field.replaceAll('_', ' ');
}

/** What became of a rule that matched: outcome -> text. */
export function outcomeText(outcome) {
  if (outcome === 'won') return 'decides';
  if (outcome === 'supported') return 'supports it';
  if (outcome === 'lost') return 'weaker';
  if (outcome === 'attributes') return 'sets attributes';
  return outcome;
}

/** How far an answer can be trusted: 0 to 1 -> text. */
export function confidenceText(confidence) {
  const trust = confidence >= 0.9 ? 'sure' : confidence >= 0.7 ? 'likely' : 'a guess to look at';
  return `${percent(100 * confidence, 0)}, ${trust}`;
}

/** A verdict in a line: {type, provider, is_critical} -> text. */
export function verdictText(verdict) {
  return [verdict.type && word(verdict.type), verdict.provider, verdict.is_critical ? 'critical' : null].filter(Boolean).join(', ');
}
