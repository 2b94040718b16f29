/** The range of time that is shown, kept in the address. */
import { now, parseSpan, parseTime } from '../core/clock.js';
import { isoZone, moment } from '../core/format.js';
import { html } from '../core/html.js';
import { bindKeys } from '../core/keys.js';
import { place, setQuery } from '../core/router.js';
import { signal } from '../core/signal.js';
import { openDialog } from './dialog.js';
import { field } from './form.js';

/** The ranges on offer, the most usual ones of a network's day. */
const usualRanges = ['1h', '6h', '24h', '7d', '14d', '30d', '90d'];
const ordinary = '24h';

const minute = 60_000;
const most = 400 * 1440 * minute;

/**
 * The range that a query asks for: `range=7d` up to now, or `from=` and `to=`; a day (`usual`) where it asks for none. Answers `{from:
 * Date, to: Date, text, isLive, range, usual, problem}`; `problem` says what could not be read.
 */
export function rangeOf(query, usual = ordinary) {
  const [said, from, to] = [query.get('range'), query.get('from'), query.get('to')];
  if (from || to) return between(from, to, usual);
  const length = parseSpan(said ?? usual);
  const isKnown = length >= minute && length <= most;
  return isKnown ? liveRange(said ?? usual, usual) : liveRange(usual, usual, `The range “${said}” is not known`);
}

function liveRange(range, usual, problem = null) {
  const to = now.value;
  return { from: new Date(to - parseSpan(range)), to: new Date(to), text: range, isLive: true, range, usual,
    problem: problem && `${problem}; ${usual} is shown.` };
}

function between(fromText, toText, usual) {
  const to = parseTime(toText || 'now', now.value);
  const from = fromText ? parseTime(fromText, now.value) : to - parseSpan(usual);
  if (from === null || to === null || from >= to) {
    return liveRange(usual, usual, `“${fromText ?? ''}” to “${toText ?? ''}” is no range of time`);
  }
  return { from: new Date(from), to: new Date(to), text: `${moment(from)} – ${moment(to)}`, isLive: !toText || toText === 'now',
    range: null, usual, problem: null };
}

/** What stands in the address for a range: `{range}` or `{from, to}`; give it to setQuery. */
export function rangeQuery({ range = null, from = null, to = null }, usual = ordinary) {
  const utc = time => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
  return range ? { range: range === usual ? null : range, from: null, to: null } : { range: null, from: utc(from), to: utc(to) };
}

/** The range moved by half of its length, into the past (-1) or towards now (1); up to now it is live again. */
export function shifted(range, direction) {
  const length = range.to - range.from;
  const to = Number(range.to) + direction * length / 2;
  return direction > 0 && to >= now.peek() ? upTo(now.peek(), length) : { from: to - length, to };
}

function upTo(to, length) {
  return { range: spanText(length), from: to - length, to };
}

/** The range made longer (factor 2) or shorter (0.5); one that goes up to now stays there. */
export function zoomed(range, factor) {
  const length = Math.min(most, Math.max(5 * minute, (range.to - range.from) * factor));
  if (range.isLive) return upTo(Number(range.to), length);
  const middle = (Number(range.from) + Number(range.to)) / 2;
  const to = Math.min(now.peek(), middle + length / 2);
  return { from: to - length, to };
}

function spanText(length) {
  const minutes = Math.round(length / minute);
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

/** @type {[string, string, string, (range: any) => any][]} What the buttons and keys of the picker do: key, name, sign, what comes. */
const moves = [
  ['[', 'Earlier', '‹', range => shifted(range, -1)],
  [']', 'Later', '›', range => shifted(range, 1)],
  ['-', 'Longer', '−', range => zoomed(range, 2)],
  ['+', 'Shorter', '+', range => zoomed(range, 0.5)],
];

/**
 * The picker. `range`: what rangeOf answered; `onChange(query)` gets `{range, from, to}` as they go into the address (setQuery takes it),
 * which is what happens where it is not given.
 */
export function rangePicker(range, onChange = setQuery) {
  const go = next => onChange(rangeQuery(next, range.usual));
  const button = ([key, name, sign, move]) => html`<button type="button" class="button icon" aria-label=${name} title="${name} ( ${key} )"
    ?disabled=${key === ']' && range.isLive} @click=${() => go(move(range))}>${sign}</button>`;
  const choice = (text, isChosen, run) => html`<button type="button" class="button" aria-pressed=${String(isChosen)}
    @click=${run}>${text}</button>`;
  const isUsual = usualRanges.includes(range.range);
  return html`<div class="range" role="group" aria-label="Range of time">${button(moves[0])}
    ${usualRanges.map(one => choice(one, one === range.range, () => go({ range: one })))}
    ${choice(isUsual ? 'custom…' : range.text, !isUsual, () => askRange(range, go))}${moves.slice(1).map(button)}</div>`;
}

/** The keys of the picker: [ ] shift, - + zoom. `current()` -> what rangeOf answers now. Answers a function that ends it. */
export function rangeKeys(current = () => rangeOf(place.peek().query), onChange = setQuery) {
  const keyOf = ([keys, name, , move]) => ({ keys, does: name.toLowerCase(),
    run: () => (keys === ']' && current().isLive ? false : onChange(rangeQuery(move(current()), current().usual))) });
  return bindKeys('Range of time', [...moves.map(keyOf), { ...keyOf(moves[3]), keys: '=' }]);
}

function askRange(range, go) {
  const texts = { from: signal(isoZone(range.from)), to: signal(range.isLive ? 'now' : isoZone(range.to)) };
  const errors = signal({});
  const ask = (name, label, hint) => field({ label, name: `range-${name}`, value: texts[name].value, error: errors.value[name], hint,
    onInput: text => (texts[name].value = text) });
  openDialog({
    title: 'Range of time',
    body: () => [
      ask('from', 'From', 'A time (2026-03-01T22:00:00Z), a day (2026-03-01), or before now (-36h, -2w).'),
      ask('to', 'To', '“now” lets it go on.'),
    ],
    actions: [{ title: 'Show', kind: 'primary', run: async () => chosen(texts.from.peek(), texts.to.peek().trim() || 'now', errors, go) }],
  });
}

function chosen(fromText, toText, errors, go) {
  const [from, to] = [parseTime(fromText), parseTime(toText)];
  const unread = time => (time === null ? 'This is no time that can be read.' : null);
  const wrong = {
    from: unread(from) ?? (from >= now.peek() ? 'It lies ahead of now.' : null),
    to: unread(to) ?? (from !== null && to <= from ? 'It lies before the beginning.' : null),
  };
  errors.value = wrong;
  if (wrong.from || wrong.to) return false;
  const length = to - from;
  go(toText === 'now' && length % minute === 0 && length <= most ? { range: spanText(length) } : { from, to });
  return true;
}
