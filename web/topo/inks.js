/**
 * What colour and width say of a link. Colours come from the style sheet, so that themes and forced colours hold for
 * the canvas too; each colour has a word in the legend.
 */

import { coloursAt } from '../core/canvas.js';

/** Ways to colour links: what the steps 0 to 5 of the scale mean; step 0 is always "not known". */
export const colourings = {
  utilisation: {
    title: 'Utilisation',
    steps: ['unknown', 'under 10 %', '10–40 %', '40–70 %', '70–90 %', '90 % and more'],
  },
  speed: {
    title: 'Speed',
    steps: ['unknown', 'under 1 Gbit/s', '1 Gbit/s', '10 Gbit/s', '25–40 Gbit/s', '100 Gbit/s and more'],
  },
  status: { title: 'Status', steps: ['unknown', 'up', '', '', '', ''] },
};

/** Ink of a link that is down, whatever the colouring. */
export const downInk = 6;
/** Ink of `status` up. */
const upInk = 7;

const percentSteps = [10, 40, 70, 90];
const speedSteps = [1e9, 1e10, 2.5e10, 1e11];

/** The step of a utilisation in percent, 0 to 5. */
export function percentStep(percent) {
  return Number.isNaN(percent) ? 0 : stepOf(percent, percentSteps);
}

/** The step of a speed in bit/s, 0 to 5. */
export function speedStep(speed) {
  return speed ? stepOf(speed, speedSteps) : 0;
}

function stepOf(value, steps) {
  let step = 1;
  for (const bound of steps) if (value >= bound) step++;
  return step;
}

/** Width class of a speed in bit/s, 0 to 3. */
export function widthClass(speed) {
  if (speed >= 4e10) return 3;
  if (speed >= 1e10) return 2;
  return speed >= 1e9 ? 1 : 0;
}

/**
 * The ink of one half of a link: `percent` is what flows through this half towards the other, `up` is 1, 0 or -1.
 * @returns {number} index into `Inks.links`
 */
export function linkInk(colouring, percent, speed, up) {
  if (up === 0) return downInk;
  if (colouring === 'speed') return speedStep(speed);
  if (colouring === 'status') return up === 1 ? upInk : 0;
  return percentStep(percent);
}

/**
 * Colours for the canvas, as the style sheet has them now.
 * @typedef {{surface: string, text: string, muted: string, accent: string, single: string, links: string[],
 *   nodes: string[], critical: string, warning: string, font: string}} Inks
 */

/** Reads the colours of the page; a canvas that is not in it yet has none of its own. @returns {Inks} */
export function inksOf() {
  const ink = coloursAt(document.documentElement);
  const [surface, text, muted, accent, single, unknown, up, warning, critical] =
    ['surface', 'text', 'muted', 'accent', 'info', 'unknown', 'up', 'warning', 'critical'].map(ink);
  const steps = [0, 1, 2, 3, 4, 5].map(step => ink(`step-${step}`));
  const links = [...steps, critical, up];
  const nodes = [unknown, up, warning, critical];
  return { surface, text, muted, accent, single, critical, warning, links, nodes, font: getComputedStyle(document.body).fontFamily };
}
