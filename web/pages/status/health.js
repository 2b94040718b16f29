/** How each part stands, with what to look at; the worst first. */
import { get } from '../../core/api.js';
import { count, momentFull } from '../../core/format.js';
import { html } from '../../core/html.js';
import { resource } from '../../core/resource.js';
import { href } from '../../core/router.js';
import { facts, status } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { draw, shown } from '../../ui/shown.js';

const ORDER = ['unhealthy', 'degraded', 'healthy'];

/** What each part does, and where one looks when it is in trouble. */
const PARTS = {
  catalog: ['Devices, interfaces and alerts.', null],
  storage: ['Their file on the disk.', null],
  rules: ['The classification rule file.', href('/rules', { view: 'try' })],
  discovery: ['The last discovery of interfaces.', '/discovery#errors'],
  topology: ['The last discovery of neighbours.', '/discovery#scans'],
  snmp: ['It asks devices.', href('/status', { view: 'snmp' })],
  traps: ['It hears traps and informs.', href('/status', { view: 'traps' })],
  collection: ['The reading of counters.', href('/status', { view: 'collection' })],
  series: ['The store of what was read.', href('/status', { view: 'collection' })],
  anomalies: ['What is unusual.', href('/status', { view: 'anomalies' })],
  alerts: ['The search for alerts, and the alert file.', href('/rules', { view: 'alerts' })],
  deliveries: ['What receivers are told.', href('/status', { view: 'receivers' })],
};

/** Mounts the view: element -> dispose. */
export function mountHealth(root) {
  const health = resource(loadHealth, { every: 10_000 });
  return draw(root, () => shown(health, healthView, 12), [health]);
}

/** The health document; the server answers it with 503 where it is unhealthy, which is an answer all the same. */
async function loadHealth(signal) {
  try {
    return await get('/health', {}, { signal });
  } catch (error) {
    if (error.body?.components) return error.body;
    throw error;
  }
}

function healthView(health) {
  const parts = Object.entries(health.components).map(([name, part]) => ({ name, ...part }));
  parts.sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
  return html`<div class="status-parts stacked">
    ${facts([['All in all', status(health.status)], ['Version', health.version], ['Clock of the server', momentFull(health.time)]])}
    ${table({
    caption: 'Parts of WARD FLUX', rows: parts, keyOf: (part) => part.name,
    columns: [
      { id: 'name', title: 'Part', render: (part) => html`<strong>${part.name}</strong>` },
      { id: 'status', title: 'State', render: (part) => status(part.status) },
      { id: 'detail', title: 'How it stands, or what to do', className: 'status-detail', render: (part) => detailText(part.detail) },
      { id: 'about', title: 'What it is', className: 'status-about', render: (part) => PARTS[part.name]?.[0] },
      { id: 'more', title: 'More', render: (part) => moreLink(part.name) },
    ],
  })}</div>`;
}

function moreLink(name) {
  const target = PARTS[name]?.[1];
  return target ? html`<a href=${target} aria-label=${`More on ${name}`}>show</a>` : null;
}

/** A part's word: what stands between backticks is code. */
function detailText(detail) {
  return detail?.split('`').map((text, place) => (place % 2 ? html`<code>${text}</code>` : readable(text))) ?? 'works';
}

/** Times in the zone that all others are shown in; numbers of things with their thousands apart. */
function readable(text) {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) => momentFull(time))
    .replace(/(?<![\w.:/-]|port )\d{4,}(?= [a-z])/g, (number) => count(Number(number)));
}
