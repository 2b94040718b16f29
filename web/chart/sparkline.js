/** A line as small as a word: no axes, no numbers; the row it stands in has those. */

import { html, svg } from '../core/html.js';

const width = 96;
const height = 22;

/**
 * Places of values on a small drawing, in runs: a null breaks the line.
 * @param {(number | null)[]} values
 * @param {number} max  the value at the top
 * @returns {[number, number][][]}
 */
export function sparkRuns(values, max) {
  const runs = [];
  let run = [];
  values.forEach((value, index) => {
    if (value === null || value === undefined) {
      if (run.length > 0) runs.push(run);
      run = [];
      return;
    }
    const x = values.length < 2 ? 0 : (index / (values.length - 1)) * (width - 2) + 1;
    run.push([round(x), round(height - 1 - (max > 0 ? Math.min(1, value / max) : 0) * (height - 3))]);
  });
  if (run.length > 0) runs.push(run);
  return runs;
}

function round(pixel) {
  return Math.round(pixel * 10) / 10;
}

/**
 * A sparkline.
 * @param {(number | null)[]} values  evenly spaced, oldest first
 * @param {{title?: string, max?: number | null, kind?: 'in' | 'out'}} [options]  max: the value at the top, the highest where not given
 */
export function sparkline(values, options = {}) {
  const { title = '', max = null, kind = 'in' } = options;
  const top = max ?? values.reduce((highest, value) => Math.max(highest, value ?? 0), 0);
  const runs = sparkRuns(values, top);
  return html`<svg class="chart-spark ${kind}" viewBox="0 0 ${width} ${height}" width=${width} height=${height} preserveAspectRatio="none"
    role="img" aria-label=${title || 'no values'}>${runs.map((run) => sparkRun(run))}</svg>`;
}

function sparkRun(run) {
  if (run.length === 1) return svg`<circle cx=${run[0][0]} cy=${run[0][1]} r="1.2"></circle>`;
  const line = run.map(([x, y]) => `${x},${y}`).join(' ');
  const area = `${run[0][0]},${height} ${line} ${run[run.length - 1][0]},${height}`;
  return svg`<polygon points=${area}></polygon><polyline points=${line}></polyline>`;
}
