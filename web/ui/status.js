/** A state, always by shape, word and colour. */
import { html, svg } from '../core/html.js';

// Each shape is told apart by its outline alone, so that grey print and colour-blind eyes can read it. 12 x 12.
const shapes = {
  circle: () => svg`<circle cx="6" cy="6" r="5"></circle>`,
  ring: () => svg`<circle class="status-line" cx="6" cy="6" r="4.2"></circle>`,
  dotted: () => svg`<circle class="status-line" cx="6" cy="6" r="4.2"></circle><circle cx="6" cy="6" r="2"></circle>`,
  triangle: () => svg`<path d="M6 .8 11.6 11H.4z"></path>`,
  peak: () => svg`<path fill-rule="evenodd"
    d="M6 .4 11.800 11.200H.2zM5.200 4.400h1.600v3.200H5.200zM5.200 8.600h1.600v1.500H5.200z"></path>`,
  open: () => svg`<path class="status-line" d="M6 2.2 10.4 10.2H1.6z"></path>`,
  square: () => svg`<path d="M1.2 1.2h9.6v9.6H1.2z"></path>`,
  box: () => svg`<path class="status-line" d="M2 2h8v8H2z"></path>`,
  barred: () => svg`<path class="status-line" d="M2 2h8v8H2zM2 10 10 2"></path>`,
  diamond: () => svg`<path class="status-line" d="M6 1.2 10.8 6 6 10.8 1.2 6z"></path>`,
  gem: () => svg`<path d="M6 .4 11.6 6 6 11.6.4 6z"></path>`,
  alarm: () => svg`<path fill-rule="evenodd" d="M.6.6h10.8v10.8H.6zM5 2.200h2v4.600H5zM5 8h2v2H5z"></path>`,
  star: () => svg`<path d="M6 0 7.700 4.300 12 6 7.700 7.700 6 12 4.300 7.700 0 6 4.300 4.300z"></path>`,
  check: () => svg`<path class="status-line status-stroke" d="M1.4 6.6 4.6 9.8 10.8 2.6"></path>`,
  cross: () => svg`<path class="status-line status-stroke" d="M2 2l8 8M10 2l-8 8"></path>`,
};

const looks = {
  up: ['circle', 'up'], healthy: ['circle', 'up'], working: ['circle', 'up'], ok: ['circle', 'up'], live: ['circle', 'up'],
  degraded: ['triangle', 'warning'], partial: ['triangle', 'warning'], late: ['triangle', 'warning'],
  down: ['square', 'critical'], unhealthy: ['square', 'critical'], failing: ['square', 'critical'],
  unknown: ['diamond', 'unknown'], abandoned: ['diamond', 'unknown'], disabled: ['barred', 'unknown'],
  'admin down': ['barred', 'unknown'], missing: ['cross', 'warning'], testing: ['dotted', 'info'], dormant: ['ring', 'unknown'],
  critical: ['alarm', 'critical'], high: ['peak', 'critical'], warning: ['triangle', 'warning'], medium: ['triangle', 'warning'],
  low: ['gem', 'info'], info: ['gem', 'info'], active: ['gem', 'info'], raised: ['gem', 'info'],
  firing: ['star', 'critical'], pending: ['ring', 'warning'], acknowledged: ['dotted', 'info'],
  resolved: ['check', 'up'], succeeded: ['check', 'up'], delivered: ['check', 'up'], over: ['check', 'up'], expected: ['check', 'unknown'],
  failed: ['cross', 'critical'], lost: ['cross', 'critical'], refused: ['cross', 'critical'],
  queued: ['ring', 'unknown'], waiting: ['ring', 'unknown'], running: ['dotted', 'info'], cancelled: ['barred', 'unknown'],
  expired: ['box', 'unknown'], muted: ['box', 'unknown'], silenced: ['box', 'unknown'], 'held back': ['box', 'unknown'],
  paused: ['box', 'warning'], off: ['diamond', 'unknown'], connecting: ['ring', 'info'],
};

/**
 * A state by its word: `up`, `down`, `degraded`, `admin down`, `critical`, `resolved`, … A word that is not known shows as unknown does.
 */
export function status(word, text = null) {
  const name = String(word ?? 'unknown').replaceAll('_', ' ');
  const [shape, tone] = looks[name] ?? looks[camelless(name)] ?? looks.unknown;
  return html`<span class="status status-${tone}">${shapeOf(shape)}<span class="status-word">${text ?? name}</span></span>`;
}

/** The shape of a state without its word, for where the word stands beside it. */
export function statusMark(word) {
  const [shape, tone] = looks[String(word ?? 'unknown').replaceAll('_', ' ')] ?? looks.unknown;
  return html`<span class="status status-${tone}">${shapeOf(shape)}</span>`;
}

/** The state of a row of `/interfaces/list`, or of an uplink of `/overview`, as one word. */
export function statusOf(row) {
  if (row.missing_since) return 'missing';
  if ((row.if_admin_status_name ?? row.admin_status) === 'down') return 'admin down';
  const state = row.if_oper_status_name ?? row.status ?? 'unknown';
  return stateNames[state] ?? camelless(state);
}

const stateNames = { lowerLayerDown: 'down', notPresent: 'missing' };

function camelless(name) {
  return name.replace(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`);
}

function shapeOf(name) {
  return html`<svg class="status-mark" viewBox="0 0 12 12" aria-hidden="true" focusable="false">${shapes[name]()}</svg>`;
}
