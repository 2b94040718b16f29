import { plural } from '../core/format.js';
import { html, render } from '../core/html.js';
import { bindKeys } from '../core/keys.js';
import { href, place, setQuery } from '../core/router.js';
import { effect } from '../core/signal.js';
import { setTitle } from '../core/title.js';
import { miniMap } from '../topo/mini.js';
import { section, status, tabs } from '../ui/parts.js';
import { endAll, stages } from '../ui/stages.js';
import { strange } from '../ui/shown.js';
import { dialogInPlace, openInPlace } from './devices/device-dialogs.js';
import { deviceFacts } from './devices/device-facts.js';
import { here, hopChoices, hopsOf, pageOf, strangeHere, tabOf, tabTitles } from './devices/device-page.js';
import { mountTab } from './devices/device-panels.js';
import { discover } from './devices/discover.js';
import { followed, followRun } from './devices/runs.js';
import { troubleBox } from './devices/trouble.js';
import { oneShown } from './shared/one.js';

/** `/devices/ID?tab=&hops=&run=&edit=1&remove=1`: one device. */
export const devicePage = {
  title: () => 'Device',
  mount: (root, { params }) => mountDevice(root, params.id),
};

function mountDevice(root, id) {
  const page = pageOf(id);
  const ends = [
    effect(() => setTitle(page.device.data.value?.name ?? 'Device')),
    stages(() => place.query.get('run'), run => followInPlace(page, run)),
    stages(() => mapOf(page), drawn => (drawn ? drawMap(page, Number(hopsOf())) : undefined)),
    stages(() => dialogInPlace(page), dialog => openInPlace(page, dialog)),
    stages(() => tabOf() + (page.device.data.value ? '' : '-'), () => mountTab(page)),
    effect(() => render(oneShown(page.device, { title: 'All devices', href: '/devices' }, device => view(page, device)), root)),
    bindKeys('Device', [
      { keys: 'd', does: 'discover it now', run: () => discover(page) },
      { keys: 'e', does: 'edit it', run: () => setQuery({ edit: '1' }, { push: true }) },
    ]),
  ];
  return endAll(...ends, ...page.resources);
}

function followInPlace(page, runId) {
  if (!runId) return undefined;
  const following = followRun(runId, () => page.resources.forEach(one => one.reload()));
  page.following.value = following;
  return () => {
    following.dispose();
    page.following.value = null;
  };
}

// The map is drawn anew when the device is called or stands otherwise: new cables alone tell it nothing of that.
function mapOf(page) {
  const device = page.device.data.value;
  return device ? `${hopsOf()} ${device.status} ${device.name}` : '';
}

function drawMap(page, hops) {
  const map = miniMap(page.map, { around: page.id, hops });
  return () => map.dispose();
}

function view(page, device) {
  return html`${strange(strangeHere())}
    ${head(page, device)}
    ${troubleBox(device, html`<a class="button primary" href=${here(page, { edit: '1' })}>Edit address or profile</a>
      <button type="button" class="button" @click=${() => discover(page)}>Try again</button>`)}
    ${discovery(page)}
    <div class="device-columns">
      ${section({ title: 'Facts' }, deviceFacts(device))}
      ${section({ title: 'Around it', actions: hopChoice() }, html`<div class="device-map">${page.map}</div>`)}
    </div>
    ${tabs(tabList(page), tabOf(), tab => tabHref(page, tab))}
    <div class="device-panel">${page.panel.value}</div>`;
}

// What the list of one tab is filtered by says nothing in another.
function tabHref(page, tab) {
  return href(`/devices/${page.id}`, { tab: tab === 'interfaces' ? null : tab, hops: place.query.get('hops') });
}

function discovery(page) {
  const following = page.following.value;
  if (!following) return null;
  const hide = html`<button type="button" class="button quiet" @click=${() => setQuery({ run: null })}>Hide</button>`;
  return section({ title: 'Discovery', actions: hide }, followed(following));
}

function head(page, device) {
  return html`<div class="device-head">
    <p class="device-standing">${device.enabled ? status(device.status) : status('disabled', 'switched off')} ${device.ip}
      ${[device.vendor, device.model].filter(Boolean).join(' ')}</p>
    <p class="device-actions">
      <button type="button" class="button primary" @click=${() => discover(page)}>Discover now</button>
      <a class="button" href=${here(page, { edit: '1' })}>Edit</a>
      <a class="button" href=${href('/topology', { focus: page.id, hops: '2' })}>On the map</a>
      <a class="button" href=${here(page, { remove: '1' })}>Remove</a>
    </p></div>`;
}

function tabList(page) {
  const counts = { neighbours: page.neighbours.data.value?.total, alerts: page.alerts.data.value?.total };
  return tabTitles.map(([id, title]) => ({ id, title, count: counts[id] ?? null }));
}

function hopChoice() {
  const choose = event => setQuery({ hops: event.target.value === hopChoices[0] ? null : event.target.value });
  return html`<label class="device-hops">within <select class="input" @change=${choose}>${hopChoices.map(hops =>
    html`<option .value=${hops} .selected=${hops === hopsOf()}>${plural(Number(hops), 'hop')}</option>`)}</select></label>`;
}
