/** The bar of operational statuses under the traffic: when it was up, and when not. */

import { percent, plural, seconds } from '../../core/format.js';
import { html } from '../../core/html.js';
import { momentText } from '../../core/zone.js';

const words = { 1: 'up', 2: 'down', 3: 'testing', 4: 'unknown', 5: 'dormant', 6: 'not present', 7: 'lower layer down' };

/**
 * Runs of one status.
 * @param {number[]} times  ms
 * @param {(number | null)[]} statuses  ifOperStatus; null where nothing was read
 * @param {number} step  ms of a point
 * @returns {{from: number, to: number, word: string}[]}
 */
export function statusRuns(times, statuses, step) {
  const runs = [];
  times.forEach((from, index) => {
    const word = statuses[index] === null ? 'not read' : words[statuses[index]] ?? 'unknown';
    const last = runs.at(-1);
    if (last?.word === word) last.to = from + step;
    else runs.push({ from, to: from + step, word });
  });
  return runs;
}

/** What the runs come to: 'Up 99.3 % of the time that was read; not up 2 times, 14 min in all.' */
export function statusText(runs) {
  const lasting = (some) => some.reduce((total, { from, to }) => total + to - from, 0);
  const read = runs.filter(({ word }) => word !== 'not read');
  if (read.length === 0) return 'Its status was not read in this time.';
  const away = read.filter(({ word }) => word !== 'up');
  if (away.length === 0) return 'Up all the time that was read.';
  const share = (100 * (lasting(read) - lasting(away))) / lasting(read);
  return `Up ${percent(share)} of the time that was read; not up ${plural(away.length,
    'time')}, about ${seconds(lasting(away) / 1000)} in all.`;
}

/**
 * The bar, its sentence, and the list of changes.
 * @param {{from: number, to: number, step: number}} span
 */
export function statusHistory(times, statuses, span, zone) {
  const runs = statusRuns(times, statuses, span.step);
  return html`<div class="interface-history">
    <div class="interface-history-bar" aria-hidden="true">${runs.map((run) => runPart(run, span, zone))}</div>
    <p class="interface-history-text"><strong>Status.</strong> ${statusText(runs)}</p>
    ${runs.length > 1 ? changes(runs, zone) : null}
  </div>`;
}

function runPart({ from, to, word }, span, zone) {
  const share = (time) => (100 * (Math.min(span.to, Math.max(span.from, time)) - span.from)) / (span.to - span.from);
  const [begin, end] = [share(from), share(to)];
  const kind = word === 'up' ? 'up' : word === 'not read' ? 'none' : 'down';
  return html`<span class=${kind} title="${word}, ${momentText(from, zone)} to ${momentText(to, zone)}"
    .style=${{ left: `${begin}%`, width: `${end - begin}%` }}></span>`;
}

function changes(runs, zone) {
  return html`<details class="interface-history-list"><summary>${plural(runs.length - 1, 'change')} of status</summary>
    <ul>${runs.slice(-200).reverse().map(({ from, to, word }) =>
      html`<li>${momentText(from, zone)} – ${momentText(to, zone)}: ${word}</li>`)}</ul></details>`;
}
