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
  record_only: { title: 'recorded only', text: 'Its rule says send: false.' },
  explained: { title: 'explained', text: 'Another alert explains it and is told.' },
  maintenance: { title: 'maintenance', text: 'A maintenance window covers it; it is sent afterwards if it still holds.' },
  silenced: { title: 'silenced', text: 'A silence matches it.' },
  verifying: { title: 'verifying', text: 'Whether another alert explains it is being found out.' },
};

/** The short ones alone. */
export const HOLD_TITLES = Object.fromEntries(Object.entries(HOLDS).map(([name, { title }]) => [name, title]));

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

/** What may stand in the field of a beginning. */
export const BEGINS = '2h, 2026-03-01T22:00:00Z; empty: now.';

/** The field of the reason of a silence. */
export const WHY = { label: 'Why', kind: 'textarea', hint: 'The next shift reads it.' };
