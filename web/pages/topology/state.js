/** What the address says of the map, each name of the query by itself, so that one change wakes only what it concerns. */
import { place, setQuery } from '../../core/router.js';
import { computed } from '../../core/signal.js';

/** The views, with their titles. */
export const views = [
  ['map', 'Map'],
  ['list', 'Devices'],
  ['links', 'Links'],
  ['orphans', 'Orphans'],
  ['unconnected', 'Unconnected'],
  ['contradictions', 'Contradictions'],
  ['changes', 'Changes'],
];

/** Views that replace the map; the others stand beside it. */
export const tableViews = ['list', 'links'];
/** How far back changes can be asked for. */
export const spans = ['1d', '7d', '30d', '365d'];
export const mostHops = 9;

const choices = { view: views.map(([id]) => id), colour: ['utilisation', 'speed', 'status'], since: spans };

/** A name of the query as a computed text; '' where it is absent. */
function text(name) {
  return computed(() => place.query.get(name) ?? '');
}

function oneOf(name, usual = choices[name][0]) {
  return computed(() => choices[name].find(one => one === place.query.get(name)) ?? usual);
}

function whole(name, least, most, absent) {
  return computed(() => (isWhole(place.query.get(name), least, most) ? Number(place.query.get(name)) : absent));
}

function isWhole(value, least, most) {
  return /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
}

/** Reads the address; each member is a computed. */
export function addressOfMap() {
  return {
    view: oneOf('view'),
    colour: oneOf('colour'),
    since: oneOf('since', '7d'),
    hops: whole('hops', 1, mostHops, 1),
    tier: whole('tier', 0, 99, null),
    page: whole('page', 1, 1e6, 1),
    focus: text('focus'),
    selected: text('selected'),
    to: text('to'),
    asOf: text('as_of'),
    type: text('type'),
    tag: text('tag'),
    q: text('q'),
    sort: text('sort'),
    impact: computed(() => place.query.get('impact') === '1'),
    camera: computed(() => ['x', 'y', 'z'].map(name => place.query.get(name) ?? '').join(' ').trim()),
  };
}

/** What of the address means nothing, as sentences. `known` says what can be told only with the graph. */
export function strangeIn(query, known) {
  const strange = [];
  const refuse = (name, isFine, why) => query.get(name) && !isFine(query.get(name)) && strange.push(why(`${name}=${query.get(name)}`));
  for (const name in choices) refuse(name, one => choices[name].includes(one), said => `${said} is none of ${choices[name].join(', ')}.`);
  refuse('hops', one => isWhole(one, 1, mostHops), () => `hops is 1 to ${mostHops}.`);
  refuse('tier', one => isWhole(one, 0, 99), () => 'tier is a whole number.');
  for (const name in known) refuse(name, () => known[name], said => `${said} is not on this map.`);
  return strange;
}

/** Chooses a device or link by its id; '' chooses nothing. A choice ends the question that was asked of the last one. */
export function choose(id, more = {}) {
  setQuery({ selected: id, impact: null, to: null, ...more }, { push: Boolean(id) });
}

/** Shows a device and what is at most `hops` cables away. */
export function focusOn(id, hops = 1) {
  setQuery({ focus: id, hops: id ? hops : null, x: null, y: null, z: null }, { push: true });
}

/** What to change in the address, so that the map is seen. */
export function onMap({ view }) {
  return tableViews.includes(view.peek()) ? { view: null } : {};
}
