/** What a failure of the choice would cut off, as GET /topology/impact says. */
import { plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { failed, skeleton } from '../../ui/parts.js';
import { archMark, cutMark, mark } from './marks.js';
import { choose } from './state.js';

const mostDevices = 100;

/** The part of a panel; nothing while nobody asks. @param {import('./model.js').MapModel} model */
export function impactPart({ address, impact }) {
  if (!address.impact.value) return null;
  if (impact.error.value) return failed(impact.error.value, impact.reload);
  const answer = impact.data.value;
  return html`<section class="topo-impact" aria-live="polite" aria-label="What would be cut off">
    ${answer ? told(answer) : skeleton(3)}</section>`;
}

function told(answer) {
  return html`<h3>If it failed</h3>
    <p><strong>${verdict(answer)}</strong> ${seenFromText(answer.viewpoint)}</p>
    ${deviceList('Cut off', answer.cut_off, cutMark)}
    ${deviceList('One way left', answer.lost_redundancy, archMark)}`;
}

function verdict({ viewpoint_fails: isAll, cut_off_count: lost, failed_links: links }) {
  if (isAll) return 'The poller itself would be cut off.';
  const cables = links.length > 1 ? `${plural(links.length, 'cable')} would go down` : '';
  if (lost === 0) return cables ? `Nothing would be cut off; ${cables}.` : 'Nothing would be cut off.';
  return `${plural(lost, 'device')} would be cut off${cables ? `; ${cables}` : ''}.`;
}

function seenFromText({ kind, device_name: name }) {
  return kind === 'device' ? `Seen from ${name}, next to the poller.` : 'Seen from the largest part that remains.';
}

function deviceList(title, devices, shape) {
  if (devices.length === 0) return null;
  return html`<h4>${title} <span class="topo-count">${devices.length}</span></h4>
    <ul class="topo-names">${devices.slice(0, mostDevices).map(device => html`<li>${mark(shape)}
      <button type="button" class="topo-link" @click=${() => choose(device.id)}>${device.name}</button></li>`)}</ul>
    ${devices.length > mostDevices ? html`<p>and ${devices.length - mostDevices} more</p>` : null}`;
}
