/** What the page knows: the graph, what is chosen in it, and what the server says of the choice. */
import { get } from '../../core/api.js';
import { endAll } from '../../core/listen.js';
import { live } from '../../core/live.js';
import { resource } from '../../core/resource.js';
import { computed } from '../../core/signal.js';
import { graphOf } from '../../topo/graph.js';
import { maskOf, withFailure, withShown } from '../../topo/masks.js';
import { nodeNamed } from '../../topo/search.js';
import { wireBetween } from '../../topo/walk.js';
import { addressOfMap } from './state.js';

/** Rates are a minute old at most. */
const refreshMilliseconds = 60_000;
/** After a change of status the map is read at once, but not more often than this. */
const catalogMilliseconds = 10_000;

/** @typedef {ReturnType<typeof mapModel>} MapModel */

/** Starts reading; `dispose()` ends it. */
export function mapModel() {
  const address = addressOfMap();
  const sources = sourcesOf(address);
  const graph = computed(() => sources.map.data.value && graphOf(sources.map.data.value));
  const chosen = computed(() => chosenIn(graph.value, address.selected.value));
  const focus = computed(() => (graph.value ? nodeNamed(graph.value, address.focus.value) : -1));
  const questions = questionsOf(address, graph, chosen);
  const way = computed(() => wayIn(graph.value, questions.path.data.value));
  const filtered = computed(() => graph.value && maskOf(graph.value, choiceOf(address, focus.value)));
  const mask = computed(() => graph.value && marked(graph.value, filtered.value, questions.impact.data.value, way.value.nodes));
  const dispose = endAll(reloadOnCatalog(sources.map), ...Object.values(sources), ...Object.values(questions));
  return { address, ...sources, ...questions, graph, chosen, focus, way, filtered, mask, dispose };
}

const onChange = { on: ['topology.changed'] };

function sourcesOf({ asOf }) {
  return {
    map: resource(signal => get('/topology/map', { as_of: asOf.value }, { signal }), { ...onChange, every: refreshMilliseconds }),
    revisions: resource(signal => get('/topology/revisions', { sort: '-number', limit: 1000 }, { signal }), onChange),
  };
}

/** What is asked of the server only while somebody wants to know (`ask()` answers a query then); null where nobody does. */
function questionsOf({ impact, to, view, since }, graph, chosen) {
  const asked = (path, ask, options = onChange) => resource(signal => {
    const query = ask();
    return query ? get(`/topology/${path}`, query, { signal }) : null;
  }, options);
  const device = computed(() => graph.value?.ids[chosen.value.node]);
  const link = computed(() => graph.value?.cables.ids[chosen.value.cable]);
  return {
    device: resource(signal => (device.value ? get(`/devices/${device.value}`, {}, { signal }) : null), { on: ['catalog'] }),
    impact: asked('impact', () => impact.value && (device.value ? { device: device.value } : link.value && { link: link.value })),
    path: asked('path', () => device.value && to.value && { from: device.value, to: to.value }),
    contradictions: asked('contradictions', () => view.value === 'contradictions' && {}),
    changes: asked('changes', () => view.value === 'changes' && { from: `-${since.value}`, limit: 10_000 }),
  };
}

/** What an id means: a node, or a cable and its wire; -1 for what it is not. */
function chosenIn(graph, id) {
  if (!graph || !id) return { node: -1, cable: -1, wire: -1 };
  const cable = graph.cableOf.get(id) ?? -1;
  if (cable >= 0) return { node: -1, cable, wire: graph.cables.wire[cable] };
  return { node: nodeNamed(graph, id), cable: -1, wire: -1 };
}

/** The nodes and wires of an answer of GET /topology/path. */
function wayIn(graph, answer) {
  if (!graph || !answer?.is_connected) return { nodes: [], wires: [] };
  const nodes = answer.nodes.map(device => graph.nodeOf.get(device.id)).filter(node => node !== undefined);
  const wires = nodes.slice(1).map((node, place) => wireBetween(graph, nodes[place], node));
  return { nodes, wires: wires.filter(wire => wire >= 0) };
}

function choiceOf({ hops, tier, type, tag }, focus) {
  return { focus, hops: hops.value, tier: tier.value, type: type.value, tag: tag.value };
}

function marked(graph, mask, impact, wayNodes) {
  if (!impact) return withShown(mask, wayNodes);
  const idsOf = devices => devices.map(device => device.id);
  const { edge, device_id: device } = impact.element;
  return withFailure(graph, mask, {
    cutOff: idsOf(impact.cut_off),
    oneWay: idsOf(impact.lost_redundancy),
    failing: edge ? [edge.source, edge.target] : [device],
  });
}

/** A device that went down is a change of the catalog, not of the wiring. */
function reloadOnCatalog(map) {
  let readAt = 0;
  let timer = 0;
  const read = () => {
    timer = 0;
    readAt = Date.now();
    map.reload();
  };
  const stop = live.on(['catalog'], () => {
    timer ||= window.setTimeout(read, Math.max(200, readAt + catalogMilliseconds - Date.now()));
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
