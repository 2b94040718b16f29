/** Which page shows which path. */
// What is alike stands together, so that it is smaller as gzip, which looks 32 KB back.
import { topologyPage } from './pages/topology.js';
import { interfacePage } from './pages/interface.js';
import { interfacesPage } from './pages/interfaces.js';
import { overviewPage } from './pages/overview.js';
import { deviceSweepPage } from './pages/device-sweep.js';
import { deviceAddPage } from './pages/device-add.js';
import { deviceImportPage } from './pages/device-import.js';
import { profilesPage } from './pages/profiles.js';
import { devicePage } from './pages/device.js';
import { devicesPage } from './pages/devices.js';
import { discoveryPage } from './pages/discovery.js';
import { jobsPage } from './pages/jobs.js';
import { jobPage } from './pages/job.js';
import { alertsPage } from './pages/alerts.js';
import { alertPage } from './pages/alert.js';
import { silencesPage } from './pages/silences.js';
import { anomaliesPage } from './pages/anomalies.js';
import { anomalyPage } from './pages/anomaly.js';
import { incidentPage } from './pages/incident.js';
import { uplinksPage } from './pages/uplinks.js';
import { rulesPage } from './pages/rules.js';
import { statusPage } from './pages/status.js';
import { docsPage } from './pages/docs.js';

/** The first that fits counts. */
export const routes = [
  { path: '/', page: overviewPage },
  { path: '/interfaces', page: interfacesPage },
  { path: '/interfaces/:id', page: interfacePage },
  { path: '/devices', page: devicesPage },
  { path: '/devices/add', page: deviceAddPage },
  { path: '/devices/import', page: deviceImportPage },
  { path: '/devices/sweep', page: deviceSweepPage },
  { path: '/devices/:id', page: devicePage },
  { path: '/profiles', page: profilesPage },
  { path: '/topology', page: topologyPage },
  { path: '/alerts', page: alertsPage },
  { path: '/alerts/:id', page: alertPage },
  { path: '/silences', page: silencesPage },
  { path: '/anomalies', page: anomaliesPage },
  { path: '/anomalies/:id', page: anomalyPage },
  { path: '/incidents/:id', page: incidentPage },
  { path: '/discovery', page: discoveryPage },
  { path: '/jobs', page: jobsPage },
  { path: '/jobs/:id', page: jobPage },
  { path: '/uplinks', page: uplinksPage },
  { path: '/rules', page: rulesPage },
  { path: '/status', page: statusPage },
  { path: '/docs', page: docsPage },
];
