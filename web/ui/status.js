/** A state, always by shape, word and colour. */
import { html } from '../core/html.js';

// Each shape is told apart by its outline alone, so that grey print and colour-blind eyes can read it. 12 x 12.
const filled = {
  circle: 'M1 6a5 5 0 0 1 10 0A5 5 0 0 1 1 6',
  triangle: 'M6 1l5.6 10H.4z',
  peak: 'M6 .4l5.8 10.8H.2zM5.200 4.400h1.600v3.200H5.200zM5.200 8.600h1.600v1.500H5.200z',
  square: 'M1 1h10v10H1z',
  gem: 'M6 .4 11.6 6 6 11.6.4 6z',
  alarm: 'M.6.6h10.8v10.8H.6zM5 2h2v5H5zM5 8h2v2H5z',
  star: 'M6 0 7.700 4.300 12 6 7.700 7.700 6 12 4.300 7.700 0 6 4.300 4.300z',
};
const drawn = {
  ring: 'M2 6a4 4 0 0 1 8 0A4 4 0 0 1 2 6',
  dotted: 'M2 6a4 4 0 0 1 8 0A4 4 0 0 1 2 6M5 6h2',
  box: 'M2 2h8v8H2z',
  barred: 'M2 2h8v8H2zM2 10 10 2',
  diamond: 'M6 1l5 5-5 5-5-5z',
  check: 'M1.4 6.6 4.6 9.8 10.8 2.6',
  cross: 'M2 2l8 8M10 2l-8 8',
};

/** Which states have which shape and tone. */
const states = {
  'circle up': 'up, healthy, working, ok, live',
  'triangle warning': 'degraded, partial, late, warning, medium',
  'square critical': 'down, unhealthy, failing',
  'diamond unknown': 'unknown, abandoned, off',
  'barred unknown': 'disabled, admin down, cancelled',
  'cross warning': 'missing',
  'dotted info': 'testing, acknowledged, running',
  'ring unknown': 'dormant, queued, waiting',
  'alarm critical': 'critical',
  'peak critical': 'high',
  'gem info': 'low, info, active, raised',
  'star critical': 'firing',
  'ring warning': 'pending',
  'check up': 'resolved, succeeded, delivered, over',
  'check unknown': 'expected',
  'cross critical': 'failed, lost, refused',
  'box unknown': 'expired, muted, silenced, held back',
  'box warning': 'paused',
  'ring info': 'connecting',
};
const looks = Object.fromEntries(Object.entries(states).flatMap(([look, words]) => words.split(', ').map(word => [word, look.split(' ')])));

/**
 * A state by its word: `up`, `down`, `degraded`, `admin down`, `critical`, `resolved`, … A word that is not known shows as unknown does.
 */
export function status(word, text = null) {
  return shown(word, html`<span class="status-word">${text ?? nameOf(word)}</span>`);
}

/** The shape of a state without its word, for where the word stands beside it. */
export function statusMark(word) {
  return shown(word, null);
}

/** The state of a row of `/interfaces/list`, or of an uplink of `/overview`, as one word. */
export function statusOf(row) {
  if (row.missing_since) return 'missing';
  if ((row.if_admin_status_name ?? row.admin_status) === 'down') return 'admin down';
  const state = row.if_oper_status_name ?? row.status ?? 'unknown';
  return { lowerLayerDown: 'down', notPresent: 'missing' }[state] ?? camelless(state);
}

function camelless(name) {
  return name.replace(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`);
}

function nameOf(word) {
  return String(word ?? 'unknown').replaceAll('_', ' ');
}

function shown(word, said) {
  const name = nameOf(word);
  const [shape, tone] = looks[name] ?? looks[camelless(name)] ?? looks.unknown;
  return html`<span class="status status-${tone}"><svg class="status-mark" viewBox="0 0 12 12" aria-hidden="true"
    focusable="false"><path class=${drawn[shape] ? 'status-line' : null} fill-rule="evenodd" d=${drawn[shape]
    ?? filled[shape]}></path></svg>${said}</span>`;
}
