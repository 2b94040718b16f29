import { get, post } from '../../core/api.js';
import { html } from '../../core/html.js';
import { navigate, setQuery } from '../../core/router.js';
import { toastError } from '../../ui/dialog.js';

/** Starts the discovery of a device's interfaces; the run of it, or the one that is at work already. */
export function startDiscovery(deviceId) {
  return post(`/interfaces/discover/${deviceId}`);
}

/** The names of the profiles there are, for choices: [Profile]. */
export async function loadProfiles(signal) {
  const page = await get('/profiles', {}, { signal });
  return page.items;
}

/** Discovers the interfaces of a device and shows how it goes. */
export function discover(page) {
  return start(startDiscovery(page.id));
}

/** Goes to the run. */
async function discoverAll() {
  try {
    const run = await post('/interfaces/discover/all');
    navigate(`/jobs/${run.id}`);
  } catch (error) {
    toastError(error);
  }
}

/** The button that discovers the interfaces of all devices, for those that were just added. */
export function readNow() {
  return html`<button type="button" class="button primary" @click=${discoverAll}>Read their interfaces now</button>`;
}

/** The link to the devices that were just added. */
export function newest() {
  return html`<a class="button" href="/devices?sort=-created_at">The newest devices</a>`;
}

/** The button that reads its neighbours now. */
export function askNeighbours(page) {
  const ask = () => start(post(`/topology/discover/${page.id}`));
  return html`<button type="button" class="button" @click=${ask}>Ask for neighbours now</button>`;
}

// The address names the run, so that its progress is shown there.
async function start(starting) {
  try {
    const run = await starting;
    setQuery({ run: run.id });
  } catch (error) {
    toastError(error);
  }
}
