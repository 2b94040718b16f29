/** How each part stands, with what to look at; the worst first. */
import { get } from '../../core/api.js';
import { momentFull } from '../../core/format.js';
import { html } from '../../core/html.js';
import { resource } from '../../core/resource.js';
import { href } from '../../core/router.js';
import { facts, status } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { draw, shown } from '../../ui/shown.js';

const ORDER = ['unhealthy', 'degraded', 'healthy'];

/** What each part does, and where one looks when it is in trouble. */
const PARTS = {
  catalog: ['The database of devices, interfaces and alerts. Without it nothing works.', null],
  storage: ['The catalog’s file on the disk: free space, permissions, damage.', null],
  rules: ['The classification rule file. A broken one keeps the rules in force.', href('/rules', { view: 'try' })],
  discovery: ['The last discovery of interfaces.', '/discovery#errors'],
  topology: ['The last discovery of neighbours.', '/discovery#scans'],
  snmp: ['The engine that asks devices.', href('/status', { view: 'snmp' })],
  traps: ['The listener for traps and informs.', href('/status', { view: 'traps' })],
  collection: ['The reading of counters.', href('/status', { view: 'collection' })],
  series: ['The store of what was read.', href('/status', { view: 'collection' })],
  anomalies: ['The watch over what is unusual.', href('/status', { view: 'anomalies' })],
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
  return html`<div class="status-parts">
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

/** A part's word with its times in the zone that all others are shown in. */
function detailText(detail) {
  return detail?.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) => momentFull(time)) ?? 'works';
}
