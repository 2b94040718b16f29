/** /status: how WARD FLUX itself stands, part by part, with what to do. */
import { mountViews } from '../ui/views.js';
import { mountAnomalyChecks } from './status/anomaly-checks.js';
import { mountCollection } from './status/collection.js';
import { mountDeliveries } from './status/deliveries.js';
import { mountHealth } from './status/health.js';
import { mountReceivers } from './status/receivers.js';
import { mountSNMP } from './status/snmp.js';
import { mountTraps } from './status/traps.js';

const VIEWS = [
  { id: 'health', title: 'Health', mount: mountHealth },
  { id: 'collection', title: 'Collection and storage', mount: mountCollection },
  { id: 'snmp', title: 'SNMP engine', mount: mountSNMP },
  { id: 'anomalies', title: 'Anomaly checks', mount: mountAnomalyChecks },
  { id: 'receivers', title: 'Receivers', mount: mountReceivers },
  { id: 'deliveries', title: 'Deliveries', mount: mountDeliveries },
  { id: 'traps', title: 'Traps', mount: mountTraps },
];

/** The page of the system's own state. */
export const statusPage = {
  title: () => 'Status of WARD FLUX',
  mount(root) {
    return mountViews(root, VIEWS, '/status');
  },
};
