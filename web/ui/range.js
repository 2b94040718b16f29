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

const least = 60_000;
const most = 400 * 86_400_000;

/**
 * The range that a query asks for: `range=7d` up to now, or `from=` and `to=`; a day (`usual`) where it asks for none. Answers `{from:
 * Date, to: Date,
 * text, isLive, range, usual, problem}`; `problem` says what could not be read.
 */
export function rangeOf(query, usual = '24h') {
  const [said, from, to] = [query.get('range'), query.get('from'), query.get('to')];
  if (from || to) return between(from, to, usual);
  const length = parseSpan(said ?? usual);
  if (length === null || length < least || length > most) return { ...liveRange(usual, usual),
    problem: `The range “${said}” is not known; ${usual} is shown.` };
  return liveRange(said ?? usual, usual);
}

function liveRange(range, usual) {
  const to = now.value;
  return { from: new Date(to - parseSpan(range)), to: new Date(to), text: range, isLive: true, range, usual, problem: null };
}

function between(fromText, toText, usual) {
  const to = toText ? parseTime(toText, now.value) : now.value;
  const from = fromText ? parseTime(fromText, now.value) : to - parseSpan(usual);
  if (from === null || to === null || from >= to) return { ...liveRange(usual, usual),
    problem: `“${fromText ?? ''}” to “${toText ?? ''}” is no range of time; ${usual} is shown.` };
  const text = `${moment(from)} – ${moment(to)}`;
  return { from: new Date(from), to: new Date(to), text, isLive: !toText || toText === 'now', range: null, usual, problem: null };
}

/** What stands in the address for a range: `{range}` or `{from, to}`; give it to setQuery. */
export function rangeQuery({ range = null, from = null, to = null }, usual = '24h') {
  if (range) return { range: range === usual ? null : range, from: null, to: null };
  return { range: null, from: utc(from), to: utc(to) };
}

function utc(time) {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The range moved by half of its length, into the past (-1) or towards now (1); up to now it is live again. */
export function shifted(range, direction) {
  const length = Number(range.to) - Number(range.from);
  const to = Number(range.to) + direction * length / 2;
  if (direction > 0 && to >= now.peek()) return { range: spanText(length), from: now.peek() - length, to: now.peek() };
  return { from: to - length, to };
}

/** The range made longer (factor 2) or shorter (0.5); one that goes up to now stays there. */
export function zoomed(range, factor) {
  const length = Math.min(most, Math.max(5 * least, (Number(range.to) - Number(range.from)) * factor));
  if (range.isLive) return { range: spanText(length), from: Number(range.to) - length, to: Number(range.to) };
  const middle = (Number(range.from) + Number(range.to)) / 2;
  const to = Math.min(now.peek(), middle + length / 2);
  return { from: to - length, to };
}

function spanText(length) {
  const minutes = Math.round(length / 60_000);
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

/**
 * The picker. `range`: what rangeOf answered; `onChange(query)` gets `{range, from, to}` as they go into the address (setQuery takes it),
 * which
 * is what happens where it is not given.
 */
export function rangePicker(range, onChange = setQuery) {
  const usual = range.usual ?? '24h';
  const go = next => onChange(rangeQuery(next, usual));
  return html`<div class="range" role="group" aria-label="Range of time">
    <button type="button" class="button icon" aria-label="Earlier" title="Earlier ( [ )" @click=${() => go(shifted(range, -1))}>‹</button>
    ${usualRanges.map(one => html`<button type="button" class="button range-choice" aria-pressed=${range.range === one ? 'true' : 'false'}
      @click=${() => go({ range: one })}>${one}</button>`)}
    <button type="button" class="button range-choice" aria-pressed=${usualRanges.includes(range.range) ? 'false' : 'true'}
      @click=${() => askRange(range, go)}>${
      usualRanges.includes(range.range) ? 'custom…' : range.text}</button>
    <button type="button" class="button icon" aria-label="Later" title="Later ( ] )" ?disabled=${range.isLive}
      @click=${() => go(shifted(range, 1))}>›</button>
    <button type="button" class="button icon" aria-label="Longer" title="Longer ( - )" @click=${() => go(zoomed(range, 2))}>−</button>
    <button type="button" class="button icon" aria-label="Shorter" title="Shorter ( + )"
      @click=${() => go(zoomed(range, 0.5))}>+</button></div>`;
}

/** The keys of the picker: [ ] shift, - + zoom. `current()` -> what rangeOf answers now. Answers a function that ends it. */
export function rangeKeys(current = () => rangeOf(place.peek().query), onChange = setQuery) {
  const go = next => onChange(rangeQuery(next, current().usual ?? '24h'));
  return bindKeys('Range of time', [
    { keys: '[', does: 'earlier', run: () => go(shifted(current(), -1)) },
    { keys: ']', does: 'later', run: () => (current().isLive ? false : go(shifted(current(), 1))) },
    { keys: '-', does: 'longer', run: () => go(zoomed(current(), 2)) },
    { keys: '+', does: 'shorter', run: () => go(zoomed(current(), 0.5)) },
    { keys: '=', does: 'shorter', run: () => go(zoomed(current(), 0.5)) },
  ]);
}

function askRange(range, go) {
  const from = signal(isoZone(range.from));
  const to = signal(range.isLive ? 'now' : isoZone(range.to));
  const errors = signal({});
  openDialog({
    title: 'Range of time',
    body: () => html`${field({ label: 'From', name: 'range-from', value: from.value, error: errors.value.from,
      hint: 'A time (2026-03-01T22:00:00Z), a day (2026-03-01), or before now (-36h, -2w).', onInput: text => (from.value = text) })}
      ${field({ label: 'To', name: 'range-to', value: to.value, error: errors.value.to, hint: '“now” lets it go on.',
        onInput: text => (to.value = text) })}`,
    actions: [{ title: 'Show', kind: 'primary', run: async () => chosen(from.peek(), to.peek(), errors, go) }],
  });
}

function chosen(fromText, toText, errors, go) {
  const [from, to] = [parseTime(fromText), parseTime(toText || 'now')];
  errors.value = {
    from: from === null ? 'This is no time that can be read.' : from >= now.peek() ? 'It lies ahead of now.' : null,
    to: to === null ? 'This is no time that can be read.' : from !== null && to <= from ? 'It lies before the beginning.' : null,
  };
  if (errors.peek().from || errors.peek().to) return false;
  const isNow = (toText || 'now').trim() === 'now';
  go(isNow && (to - from) % 60_000 === 0 && to - from <= most ? { range: spanText(to - from) } : { from, to });
  return true;
}
