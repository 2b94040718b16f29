/** Alerts: what is wrong now, the worst first, and what was. */
import { historyList } from './alerts/history.js';
import { openList } from './alerts/open-list.js';
import { mountListTabs } from './shared/list-tabs.js';

const VIEWS = [{ id: 'open', title: 'Open', mount: openList }, { id: 'history', title: 'History', mount: historyList }];
const KEPT = ['q', 'severity', 'condition', 'device_id', 'interface_id'];

/** @type {{title: () => string, mount: (root: Element) => () => void}} */
export const alertsPage = {
  title: () => 'Alerts',
  mount: root => mountListTabs(root, '/alerts', VIEWS, KEPT),
};
