/** What the words of the alert API are called on the screen, and in which order they come. */

/** Conditions as docs/alerts.md lists them. */
export const CONDITIONS = {
  interface_down: 'Interface down',
  high_utilization: 'High utilisation',
  high_error_rate: 'High error rate',
  high_discard_rate: 'High discard rate',
  interface_flapping: 'Interface flapping',
  speed_changed: 'Speed changed',
  duplex_changed: 'Duplex changed',
  neighbor_changed: 'Neighbour changed',
  neighbor_lost: 'Neighbour lost',
  anomaly: 'Anomaly',
  device_unreachable: 'Device unreachable',
  device_restarted: 'Device restarted',
  network_unreachable: 'Network unreachable',
  disk_space: 'Disk space',
  store_trouble: 'Store trouble',
  job_trouble: 'Job trouble',
};

/** Why nobody is told of an alert: short for a row, and as a sentence. */
export const HOLDS = {
  record_only: { title: 'recorded only', text: 'Its rule says send: false, so it is recorded and nobody is told.' },
  explained: { title: 'explained', text: 'Another alert explains it, and that one is told.' },
  maintenance: { title: 'maintenance', text: 'A maintenance window covers it; what still holds when that ends is sent then.' },
  silenced: { title: 'silenced', text: 'A silence matches it.' },
  verifying: { title: 'verifying', text: 'It is being found out whether another failure explains it.' },
};

/** Severities, the worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'];

/** States, those that need somebody first. */
export const STATES = ['firing', 'acknowledged', 'pending', 'resolved'];

/** Steps of an alert's life. */
export const STEPS = {
  began: 'began',
  fired: 'fired',
  worsened: 'got worse',
  held: 'held back',
  released: 'released',
  acknowledged: 'acknowledged',
  unacknowledged: 'acknowledgement taken back',
  notified: 'told',
  escalated: 'escalated',
  relapsed: 'came back',
  resolved: 'over',
};

/** How long a person usually sees to something, or keeps it quiet: as the API writes durations. */
export const DURATIONS = [
  { value: '30m', title: '30 minutes' },
  { value: '1h', title: '1 hour' },
  { value: '4h', title: '4 hours' },
  { value: '8h', title: '8 hours' },
  { value: '1d', title: '1 day' },
  { value: '3d', title: '3 days' },
  { value: '7d', title: '7 days' },
];
