/** What shapes, colours and strokes mean, always with the word. */
import { html } from '../../core/html.js';
import { count } from '../../core/format.js';
import { colourings } from '../../topo/inks.js';
import { status } from '../../ui/parts.js';
import { archMark, cutMark, downMark, line, mark, ringMark, singleMark } from './marks.js';

/** @param {import('./model.js').MapModel} model */
export function legend({ address: { colour }, map, impact }) {
  const { steps, title } = colourings[colour.value];
  const inks = steps.map((text, step) => [colour.value === 'status' && step ? 'up' : `step-${step}`, text]).filter(([, text]) => text);
  // Counted from the answer itself, so that it is the API's number.
  const singles = kind => count(map.data.value?.single_points[kind].length ?? 0);
  return html`<details class="topo-legend" ref=${openWhereRoom}><summary>Legend</summary>
    <h2>Devices</h2><ul>${['up', 'down', 'unknown'].map(word => html`<li>${status(word)}</li>`)}
      <li>${mark(ringMark)} single point of failure (${singles('nodes')})</li></ul>
    <h2>Links by ${title.toLowerCase()}</h2><ul>${inks.map(([ink, text]) => html`<li>${line(ink)} ${text}</li>`)}
      <li>${mark(downMark)} down</li><li>${mark(singleMark)} single link (${singles('edges')})</li></ul>
    ${colour.value === 'utilisation' && html`<p>Each half of a link shows what leaves the device next to it.</p>`}
    ${impact.data.value && html`<h2>Failure</h2><ul><li>${mark(cutMark)} cut off</li><li>${mark(archMark)} one way left</li></ul>`}
  </details>`;
}

/** On a small screen the legend would cover the map. */
function openWhereRoom(details) {
  details.open = matchMedia('(min-width: 901px)').matches;
}
