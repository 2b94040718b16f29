/** The overview: what an operator looks at first, and what a wall shows all day. */
import { get } from '../core/api.js';
import { html, keyed, render } from '../core/html.js';
import { resource } from '../core/resource.js';
import { place } from '../core/router.js';
import { effect, signal } from '../core/signal.js';
import { dataAge, empty, failed } from '../ui/parts.js';
import { alertsSection, anomaliesSection, pollingSection, topSection } from './overview/lists.js';
import { totalsStrip } from './overview/totals.js';
import { uplinksSection } from './overview/uplinks.js';
import { wall } from './overview/wall.js';

/** What changes a figure of the overview. Traffic changes with each poll, which is no event: hence the interval. */
const EVENTS = ['alert', 'alerts', 'anomaly', 'anomalies', 'catalog', 'job', 'topology.changed'];
const EVERY_MILLISECONDS = 30_000;

const PHONE = '(max-width: 640px)';

/** @type {{title: () => string, mount: (root: Element) => () => void}} */
export const overviewPage = {
  title: () => 'Overview',
  mount(root) {
    const overview = resource(abort => get('/overview', null, { signal: abort }), { on: EVENTS, every: EVERY_MILLISECONDS });
    const isPhone = mediaSignal(PHONE);
    const stop = effect(() => render(view(overview, isPhone.value.value), root));
    return () => {
      stop();
      isPhone.dispose();
      overview.dispose();
    };
  },
};

function mediaSignal(query) {
  const media = matchMedia(query);
  const value = signal(media.matches);
  const follow = () => { value.value = media.matches; };
  media.addEventListener('change', follow);
  return { value, dispose: () => media.removeEventListener('change', follow) };
}

function view(overview, isPhone) {
  const data = overview.data.value;
  const error = overview.error.value;
  if (!data) return error ? failed(error, overview.reload) : placeholder();
  if (place.value.query.get('kiosk') === '1') return wall(data, error);
  if (data.devices.total === 0) return noDevices();
  const order = isPhone ? ['alerts', 'uplinks', 'totals', 'anomalies', 'top', 'polling'] : ['totals', 'alerts', 'anomalies', 'uplinks',
    'top', 'polling'];
  return html`<div class="overview">
    <p class="overview-age">${dataAge(data.at, error)}</p>
    ${error ? failed(error, overview.reload) : null}
    <div class="overview-grid">${keyed(order, id => id, id => html`<div class="overview-part-${id}">${PARTS[id](data)}</div>`)}</div>
  </div>`;
}

/** What stands where; the order in the document is the order on the screen, so that Tab goes as the eye does. */
const PARTS = {
  totals: totalsStrip,
  alerts: alertsSection,
  anomalies: anomaliesSection,
  uplinks: data => uplinksSection(data.uplinks),
  top: data => topSection(data.top),
  polling: data => pollingSection(data.polling),
};

/** Takes the whole height, so that nothing that was on the screen moves when the figures come. */
function placeholder() {
  return html`<div class="overview-placeholder" role="status" aria-label="Reading the overview">
    ${['strip', 'half', 'half', 'full'].map(kind => html`<div class="overview-block ${kind}"></div>`)}
  </div>`;
}

function noDevices() {
  return empty({
    title: 'No devices yet',
    text: 'Add one, import a list or sweep a range.',
    action: html`<a class="button primary" href="/devices/add">Add a device</a>
      <a class="button" href="/devices/import">Import a list</a> <a class="button" href="/devices/sweep">Sweep a range</a>`,
  });
}
