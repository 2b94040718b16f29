/** Matchers of silences and windows as text: `type=~"isp|trunk"`. */

const MATCHER = /^\s*([A-Za-z_][A-Za-z0-9_]*)\s*(=~|!~|!=|=)\s*(.*?)\s*$/s;

/** How a label is compared, with what that is called. */
export const COMPARISONS = [
  { value: '=', title: 'is' },
  { value: '!=', title: 'is not' },
  { value: '=~', title: 'matches' },
  { value: '!~', title: 'does not match' },
];

/** Labels that every alert may have, as docs/alerts.md lists them; tags and those of rules come beside them. */
export const LABELS = [
  'alertname', 'condition', 'severity', 'rule', 'device', 'device_type', 'location', 'address', 'interface', 'type',
  'provider', 'critical', 'system',
];

/**
 * A matcher in its parts.
 * @param {string} text `device="CORE-SW-01"`
 * @returns {{label: string, comparison: string, value: string}|null} null: it is none
 */
export function parseMatcher(text) {
  const found = MATCHER.exec(text);
  if (!found) return null;
  const [, label, comparison, written] = found;
  return { label, comparison, value: unquoted(written) };
}

function unquoted(text) {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replace(/\\(["\\])/g, '$1');
}

/**
 * The same as text.
 * @param {{label: string, comparison: string, value: string}} matcher
 */
export function matcherText({ label, comparison, value }) {
  return `${label}${comparison}"${value.replace(/[\\"]/g, '\\$&')}"`;
}

/**
 * Whether an alert would be matched, as the server does it: a label that is lacking is the empty text, a pattern must fit
 * the whole value. Patterns are RE2 there; one that this browser cannot read is said to be unknown.
 * @param {{label: string, comparison: string, value: string}[]} matchers
 * @param {Record<string, string>} labels
 * @returns {boolean|null} null: a pattern cannot be read here
 */
export function fits(matchers, labels) {
  let isUnknown = false;
  for (const matcher of matchers) {
    const verdict = fitsOne(matcher, labels[matcher.label] ?? '');
    if (verdict === false) return false;
    if (verdict === null) isUnknown = true;
  }
  return isUnknown ? null : true;
}

function fitsOne({ comparison, value }, actual) {
  if (comparison === '=') return actual === value;
  if (comparison === '!=') return actual !== value;
  const pattern = patternOf(value);
  return pattern && pattern.test(actual) === (comparison === '=~');
}

function patternOf(text) {
  try {
    return new RegExp(`^(?:${text})$`, 'u');
  } catch {
    return null;
  }
}
