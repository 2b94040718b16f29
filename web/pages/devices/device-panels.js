import { get } from '../../core/api.js';
import { render } from '../../core/html.js';
import { resource } from '../../core/resource.js';
import { effect } from '../../core/signal.js';
import { shown } from '../../ui/shown.js';
import { tableKeys } from '../../ui/table.js';
import { endAll } from '../../ui/stages.js';
import { alertTable, runTable } from './device-history.js';
import { tabOf } from './device-page.js';
import { portList } from './device-ports.js';
import { askNeighbours } from './discover.js';
import { enginePanel } from './engine.js';
import { neighbourTable } from './neighbours.js';

/**
 * The panel of the chosen tab has an element and a life of its own: what changes around it leaves its state alone. Answers how to end it.
 */
export function mountTab(page) {
  const device = page.device.data.peek();
  if (!device) return undefined;
  const panel = document.createElement('div');
  page.panel.value = panel;
  return endAll(panels[tabOf()](page, panel, device), tabOf() === 'interfaces' ? null : tableKeys(panel));
}

/** What each tab shows in its panel; each answers how to end it. A resource that is made here ends with the tab. */
const panels = {
  interfaces: (page, panel, device) => portList(device, page.rates)(panel),
  neighbours: (page, panel) => showResource(panel, page.neighbours, ({ items }) => neighbourTable(items, askNeighbours(page))),
  alerts: (page, panel) => showResource(panel, page.alerts, ({ items }) => alertTable(items)),
  polls: (page, panel) => {
    const engine = resource(signal => get(`/devices/${page.id}/snmp`, {}, { signal }), { every: 30_000 });
    return showResource(panel, engine, agent => enginePanel(agent, page.device.data.value, page.rates.data.value));
  },
  runs: (page, panel) => {
    const runs = resource(signal => get('/jobs', { subject: page.id, limit: 50 }, { signal }), { on: ['job'] });
    return showResource(panel, runs, ({ items }) => runTable(items));
  },
};

function showResource(panel, one, template) {
  return effect(() => render(shown(one, template, 8), panel));
}
