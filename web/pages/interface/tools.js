/** The row above the charts: the range, and how they are drawn. */

import { html } from '../../core/html.js';
import { setQuery } from '../../core/router.js';
import { rangePicker } from '../../ui/range.js';

/**
 * Range picker and switches.
 * @param {object} range  of rangeOf
 * @param {object} view  of viewState
 */
export function toolsPart(range, view) {
  return html`<div class="interface-tools">
    ${rangePicker(range, (change) => setQuery(change, { push: true }))}
    <div class="interface-switches" role="group" aria-label="How the charts are drawn">
      ${toggle('Last week', view.isCompared, { compare: view.isCompared ? null : 'week' }, 'Beside the week before')}
      ${toggle('Usual range', view.hasBand, { band: view.hasBand ? 'off' : null }, 'What is usual at each hour')}
      ${toggle('Mirrored', view.isMirrored, { sides: view.isMirrored ? 'up' : null }, 'In upwards, out downwards')}
      ${toggle('Line speed', view.toLineSpeed, { scale: view.toLineSpeed ? null : 'line' }, 'Axis up to the line’s speed')}
    </div>
  </div>`;
}

function toggle(title, isOn, change, explanation) {
  return html`<button type="button" class="button" aria-pressed=${String(isOn)} title=${explanation}
    @click=${() => setQuery(change)}>${title}</button>`;
}
