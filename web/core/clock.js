/** The time now, the zone it is shown in, and times as users and links write them. */
import { computed, signal } from './signal.js';
import { settings } from './settings.js';

const tick = 10_000;
const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** The time in ms since 1970, moved on every 10 s; stands still while the page is held. */
export const now = signal(Date.now());

/** The zone a link asked for, for this page only: '' where none. */
export const linkedZone = signal('');

/** The zone of the browser, an IANA name. */
export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** The zone that times are shown in, an IANA name. */
export const zone = computed(() => linkedZone.value || validZone(settings.zone.value) || browserZone);

let isHeld = false;

/** Lets the clock go on by itself. */
export function startClock() {
  setInterval(() => {
    if (!isHeld) now.value = Date.now();
  }, tick);
}

/** Stops the clock, or lets it go on from the time it is. */
export function holdClock(isHeldNow) {
  isHeld = isHeldNow;
  if (!isHeld) now.value = Date.now();
}

/** The zone where it is one that the browser knows, else ''. */
export function validZone(name) {
  try {
    return name ? new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone && name : '';
  } catch {
    return '';
  }
}

/** How the zone is called next to times: `UTC`, `Asia/Tbilisi, UTC+4`. */
export function zoneLabel(name = zone.value, at = now.peek()) {
  if (name === 'UTC' || name === 'Etc/UTC') return 'UTC';
  const part = new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'shortOffset' }).formatToParts(at).find(p =>
    p.type === 'timeZoneName');
  return `${name}, ${(part?.value ?? '').replace('GMT', 'UTC')}`;
}

/** Milliseconds of `-24h`, `now`, `now-15m`, RFC 3339 or `YYYY-MM-DD` (midnight UTC); null where the text is none of these. */
export function parseTime(text, at = now.peek()) {
  const word = String(text ?? '').trim();
  if (word === 'now') return at;
  const before = /^(?:now)?-(\d{1,9})([smhdw]?)$/.exec(word);
  if (before) return at - Number(before[1]) * units[before[2] || 's'];
  if (/^\d{4}-\d{2}-\d{2}$/.test(word)) return dateOf(word, `${word}T00:00:00Z`);
  const moment = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)([Zz]|[+ -]\d{2}:\d{2})$/.exec(word);
  if (!moment) return null;
  return dateOf(moment[1], `${moment[1]}T${moment[2]}${moment[3].replace(' ', '+').toUpperCase()}`);
}

// Date.parse takes 30 February for 2 March: the day must come back as it was written.
function dateOf(day, text) {
  const time = Date.parse(text);
  return Number.isNaN(time) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day ? null : time;
}

/** Milliseconds of a length of time such as `90s`, `15m`, `7d`; null where the text is none. */
export function parseSpan(text) {
  const found = /^(\d{1,9})([smhdw])$/.exec(String(text ?? '').trim());
  return found ? Number(found[1]) * units[found[2]] : null;
}
