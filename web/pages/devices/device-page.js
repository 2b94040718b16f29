import { get } from '../../core/api.js';
import { onceThere, resource } from '../../core/resource.js';
import { href, place } from '../../core/router.js';
import { signal } from '../../core/signal.js';
import { loadRates } from './device-ports.js';

/** The tabs of a device: [id, title]. */
export const tabTitles = [
  ['interfaces', 'Interfaces'], ['neighbours', 'Neighbours'], ['alerts', 'Alerts'], ['polls', 'Polls and SNMP'], ['runs', 'Runs'],
];

/** How far the map around a device may reach, in cables. */
export const hopChoices = ['1', '2', '3'];

/** What the page of a device holds: its resources, the run that is followed, and elements with a life of their own. */
export function pageOf(id) {
  const device = resource(signal => get(`/devices/${id}`, {}, { signal }), { on: ['catalog', 'job'] });
  const ask = (load, options) => resource(onceThere(device, load), options);
  const alerts = ask(signal => get('/alerts', { device_id: id, limit: 100 }, { signal }), { on: ['alert'] });
  const neighbours = ask(
    signal => get(`/devices/${id}/neighbours`, { limit: 1000, sort: 'local_if_name' }, { signal }),
    { on: ['topology.changed', 'catalog'] });
  const rates = ask(signal => loadRates(id, signal), { every: 60_000 });
  return {
    id, device, alerts, neighbours, rates, resources: [device, alerts, neighbours, rates],
    following: signal(null), map: document.createElement('div'), panel: signal(document.createElement('div')),
  };
}

/** The tab that the address names. */
export function tabOf() {
  return known('tab', tabTitles.map(([id]) => id));
}

/** How many cables around the device the map reaches: '1' to '3'. */
export function hopsOf() {
  return known('hops', hopChoices);
}

// What the address says, or the first of what there is.
function known(name, values) {
  const said = place.query.get(name);
  return values.includes(said) ? said : values[0];
}

/** What the address asks for and this page does not have, as a sentence; null where all is known. */
export function strangeHere() {
  const said = [['tab', tabOf(), 'The tab'], ['hops', hopsOf(), 'The number of hops']]
    .filter(([name, shown]) => (place.query.get(name) ?? shown) !== shown)
    .map(([name, shown, title]) => `${title} “${place.query.get(name)}” is not known: “${shown}” is shown.`);
  return said.join(' ') || null;
}

/** The address of this page as it is, with some of its query changed. */
export function here(page, changes) {
  return href(`/devices/${page.id}`, { ...Object.fromEntries(place.query), ...changes });
}
