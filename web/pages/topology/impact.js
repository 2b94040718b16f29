/** What a failure of the choice would cut off, as GET /topology/impact says. */
import { plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { shown } from '../../ui/shown.js';
import { askImpact } from './map-keys.js';
import { archMark, cutMark, mark } from './marks.js';
import { chooser, counted } from './panel.js';

const mostDevices = 100;

/** The button that asks, or stops asking. @param {import('./model.js').MapModel} model */
export function impactButton(model) {
  return html`<button type="button" class="button" aria-pressed=${String(model.address.impact.value)}
    @click=${() => askImpact(model)}>What if it fails? <kbd>x</kbd></button>`;
}

/** The part of a panel; nothing while nobody asks. @param {import('./model.js').MapModel} model */
export function impactPart({ address, impact }) {
  return address.impact.value && html`<section class="topo-impact" aria-live="polite" aria-label="What would be cut off">${
    shown(impact, told, 3)}</section>`;
}

function told(answer) {
  const { kind, device_name: name } = answer.viewpoint;
  return html`<h3>If it failed</h3><p><strong>${verdict(answer)}</strong>
    ${kind === 'device' ? `Seen from ${name}, next to the poller.` : 'Seen from the largest part that remains.'}</p>
    ${deviceList('Cut off', answer.cut_off, cutMark)}${deviceList('One way left', answer.lost_redundancy, archMark)}`;
}

function verdict({ viewpoint_fails: isAll, cut_off_count: lost, failed_links: links }) {
  if (isAll) return 'The poller itself would be cut off.';
  const cables = links.length > 1 ? `; ${plural(links.length, 'cable')} would go down` : '';
  return `${lost ? plural(lost, 'device') : 'Nothing'} would be cut off${cables}.`;
}

function deviceList(title, devices, shape) {
  return devices.length > 0 && html`<h4>${title} ${counted(devices.length)}</h4>
    <ul class="topo-names">${devices.slice(0, mostDevices).map(({ id, name }) => html`<li>${mark(shape)} ${chooser(id, name)}</li>`)}</ul>
    ${devices.length > mostDevices && html`<p>and ${devices.length - mostDevices} more</p>`}`;
}
