/** What the page of an interface loads, and when. */

import { get } from '../../core/api.js';
import { live } from '../../core/live.js';
import { onceThere, resource } from '../../core/resource.js';
import { place } from '../../core/router.js';
import { computed, signal, untracked } from '../../core/signal.js';
import { rangeOf } from '../../ui/range.js';
import { explained, questionOf } from '../rules/explain.js';
import { viewState } from './state.js';

const minute = 60_000;
const week = 7 * 24 * 60 * minute;
/** Points asked for: about one for a pixel of the widest chart. */
const points = 1000;
/** How far back counters are listed. */
const readingsSpan = 2 * 60 * minute;

/** Everything that is shown of interface `id`, as resources; those far down the page are asked for when they are seen. */
export function loadInterface(id) {
  const seen = { heat: signal(false), neighbours: signal(false), forecast: signal(false) };
  const path = `/interfaces/${id}`;
  const rangeKey = computed(() => ['range', 'from', 'to'].map((name) => place.value.query.get(name) ?? '').join(' '));
  const row = resource((abort) => get(path, {}, { signal: abort }), { on: ['catalog'] });
  const deviceId = computed(() => row.data.value?.device_id);
  const resources = { row, ...rangeResources(id, path, rangeKey, row), ...partResources(path, { rangeKey, deviceId, row, seen }) };
  const stopListening = live.on(['anomaly', 'alert'], (told, type) => {
    if (told.interface_id === id) resources[type === 'alert' ? 'alerts' : 'anomalies'].reload();
  });
  return {
    id, seen, ...resources,
    dispose() {
      stopListening();
      for (const one of Object.values(resources)) one.dispose();
    },
  };
}

/** The chosen range as it is now. It is followed through its key, not through the clock, which would load all again at each tick. */
function rangeNow(rangeKey) {
  rangeKey.value;
  return untracked(() => rangeOf(place.peek().query));
}

/** What belongs to the chosen range. It is read from the URL alone, so that other changes of it load nothing again. */
function rangeResources(id, path, rangeKey, row) {
  const isCompared = computed(() => viewState(place.value.query).isCompared);
  const span = (shift = 0) => {
    const { from, to } = rangeNow(rangeKey);
    return { from: new Date(from.getTime() - shift).toISOString(), to: new Date(to.getTime() - shift).toISOString() };
  };
  const of = (load) => resource(onceThere(row, load), { every: minute });
  return {
    // The server takes longest for this one: it is asked for at once, even of an interface that is not there.
    expected: resource((abort) => get(`${path}/expected`, { ...span(), points }, { signal: abort }), { every: minute }),
    metrics: of((abort) => get(`${path}/metrics`, { ...span(), points }, { signal: abort })),
    before: of((abort) => (isCompared.value
      ? get(`${path}/metrics`, { ...span(week), points }, { signal: abort })
      : Promise.resolve(null))),
    anomalies: of((abort) => get(`${path}/anomalies`, { ...span(), limit: 200 }, { signal: abort })),
    alerts: of((abort) => get('/alerts/history', { interface_id: id, ...span(), limit: 200 }, { signal: abort })),
  };
}

function partResources(path, { rangeKey, deviceId, row, seen }) {
  const view = computed(() => viewState(place.value.query));
  const wantsReadings = computed(() => view.value.readings);
  const wantsWhy = computed(() => view.value.why);
  const isUplink = computed(() => row.data.value?.interface_type === 'isp');
  const isLive = computed(() => rangeOf(place.value.query).isLive);
  const when = (condition, load) => (condition ? load() : Promise.resolve(null));
  return {
    summary: resource(onceThere(row, (abort) => get(`${path}/summary`, {}, { signal: abort })), { every: minute / 2 }),
    present: resource(onceThere(row, (abort) => when(!isLive.value, () => presentOf(path, abort))), { every: 5 * minute }),
    baselines: resource((abort) => when(seen.heat.value, () => get(`${path}/baselines`, { limit: 168 }, { signal: abort }))),
    neighbours: resource((abort) => when(seen.neighbours.value && deviceId.value, () => neighboursOf(deviceId.value, path, abort)),
      { on: ['topology.changed'] }),
    forecast: resource((abort) => when(seen.forecast.value && isUplink.value, () => get(`${path}/forecast`, {}, { signal: abort }))),
    readings: resource(onceThere(row, (abort) => when(wantsReadings.value, () => readingsOf(path, rangeNow(rangeKey), abort))),
      { every: minute }),
    why: resource((abort) => when(wantsWhy.value && row.data.value, () => explained(questionOf(row.data.value), abort))),
  };
}

/** What is usual now and what goes on, for a range that does not reach up to now: {expected, anomalies}. */
async function presentOf(path, abort) {
  const [expected, anomalies] = await Promise.all([
    get(`${path}/expected`, { from: '-1h' }, { signal: abort }), get(`${path}/anomalies`, { is_over: false }, { signal: abort }),
  ]);
  return { expected, anomalies };
}

async function neighboursOf(deviceId, path, abort) {
  const page = await get(`/devices/${deviceId}/neighbours`, { interface_id: path.split('/').at(-1), limit: 100 }, { signal: abort });
  return page.items;
}

/** The counters of the last two hours of the range. */
async function readingsOf(path, { from, to }, abort) {
  const begin = new Date(Math.max(from.getTime(), to.getTime() - readingsSpan));
  return get(`${path}/readings`, { from: begin.toISOString(), to: to.toISOString(), limit: 1000 }, { signal: abort });
}
