/**
 * Turning pages on a wall: `?kiosk=1&rotate=30&pages=/,/topology,/alerts` shows each page for 30 seconds.
 * The list travels with the URL, so that one address, opened once, is a whole wall.
 */
import { navigate, place } from '../core/router.js';
import { effect } from '../core/signal.js';

/** A page that is turned faster cannot be read. */
const LEAST_SECONDS = 5;

/**
 * What a URL says of turning pages.
 * @param {URLSearchParams} query
 * @param {string} path the path that is shown
 * @returns {{seconds: number, pages: string[], turn: number}|null} turn: which page is shown, -1 for none of the list; null: nothing turns
 */
export function rotationOf(query, path) {
  const seconds = Number(query.get('rotate'));
  const pages = (query.get('pages') ?? '').split(',').filter(page => page.startsWith('/') && !page.startsWith('//'));
  if (query.get('kiosk') !== '1' || !Number.isFinite(seconds) || seconds <= 0 || pages.length < 2) return null;
  // A path may be in the list twice with other filters, so the URL counts.
  const turn = query.has('turn') ? Number(query.get('turn')) : pages.findIndex(page => page.split('?')[0] === path);
  return { seconds: Math.max(LEAST_SECONDS, seconds), pages, turn: Number.isInteger(turn) ? turn : -1 };
}

/**
 * The URL of the page after the one that is shown; the first where that is none of the list.
 * @param {{seconds: number, pages: string[], turn: number}} rotation
 * @returns {string} path and query, with what keeps the wall turning
 */
export function nextPage({ seconds, pages, turn }) {
  const next = (turn + 1) % pages.length;
  const [path, query] = pages[next].split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('kiosk', '1');
  parameters.set('rotate', String(seconds));
  parameters.set('pages', pages.join(','));
  parameters.set('turn', String(next));
  return `${path}?${parameters}`;
}

/**
 * Turns pages for as long as the URL asks for it.
 * @returns {() => void} ends it
 */
export function startRotation() {
  return effect(() => {
    const { path, query } = place.value;
    const rotation = rotationOf(query, path);
    if (!rotation) return undefined;
    const timer = setTimeout(() => navigate(nextPage(rotation), { replace: true }), rotation.seconds * 1000);
    return () => clearTimeout(timer);
  });
}
