/** Where one can go from anywhere: the pages of the navigation, with the key that follows g. */
export const destinations = [
  { path: '/', title: 'Overview', key: 'o' },
  { path: '/interfaces', title: 'Interfaces', key: 'i' },
  { path: '/devices', title: 'Devices', key: 'd', also: ['/profiles'] },
  { path: '/topology', title: 'Topology', key: 't' },
  { path: '/alerts', title: 'Alerts', key: 'a', also: ['/silences'] },
  { path: '/anomalies', title: 'Anomalies', key: 'n', also: ['/incidents'] },
  { path: '/uplinks', title: 'Uplinks', key: 'u' },
  { path: '/discovery', title: 'Discovery', key: 'v' },
  { path: '/jobs', title: 'Jobs', key: 'j' },
  { path: '/rules', title: 'Rules', key: 'r' },
  { path: '/status', title: 'Status', key: 's' },
  { path: '/docs', title: 'API', key: 'p' },
];

/** Further pages that the palette offers. */
export const furtherPages = [
  { path: '/devices/add', title: 'Add a device' },
  { path: '/devices/import', title: 'Import devices' },
  { path: '/devices/sweep', title: 'Sweep address ranges' },
  { path: '/profiles', title: 'Credential profiles' },
  { path: '/silences', title: 'Silences and maintenance windows' },
];

/** The destination that a path belongs to, or undefined. */
export function destinationOf(path) {
  const within = base => path === base || path.startsWith(`${base}/`);
  return destinations.find(one => (one.path === '/' ? path === '/' : [one.path, ...(one.also ?? [])].some(within)));
}
