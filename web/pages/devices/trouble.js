import { html } from '../../core/html.js';
import { statusMark } from '../../ui/parts.js';
import { partError } from './words.js';

/** What went wrong at a device and what to do: {cause, remedy, isProfile}; null where nothing is known to be wrong. */
function troubleOf(device) {
  if (!device.last_error) return null;
  return { ...partError(device.last_error), isProfile: /credential profile|user |community/.test(device.last_error) };
}

/** The box that says why a device could not be read; `actions` are buttons or links. */
export function troubleBox(device, actions = null) {
  const trouble = troubleOf(device);
  if (!trouble) return null;
  const title = device.status === 'down' ? 'It does not answer' : 'Its last discovery failed';
  return html`<section class="notice notice-critical" aria-label="What is wrong">
    <div class="notice-text">
      <h2>${statusMark('failed')} ${title}</h2>
      <p>${trouble.cause}</p>
      ${trouble.remedy ? html`<p><strong>What to do:</strong> ${trouble.remedy}.</p>` : null}
      <div class="device-actions">${actions}
        ${trouble.isProfile ? html`<a class="button" href="/profiles">Credential profiles</a>` : null}</div>
    </div>
  </section>`;
}
