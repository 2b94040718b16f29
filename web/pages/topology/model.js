/** What the page knows: the graph, what is chosen in it, and what the server says of the choice. */
import { get } from '../../core/api.js';
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
  const graph = computed(() => (sources.map.data.value ? graphOf(sources.map.data.value) : null));
  const chosen = computed(() => chosenIn(graph.value, address.selected.value));
  const focus = computed(() => (graph.value ? nodeNamed(graph.value, address.focus.value) : -1));
  const questions = questionsOf(address, graph, chosen);
  const way = computed(() => wayIn(graph.value, questions.path.data.value));
  const filtered = computed(() => graph.value && maskOf(graph.value, choiceOf(address, focus.value)));
  const mask = computed(() => marked(graph.value, filtered.value, questions.impact.data.value, way.value.nodes));
  const all = [...Object.values(sources), ...Object.values(questions)];
  const stopListening = reloadOnCatalog(sources.map);
  const dispose = () => [stopListening, ...all.map(one => () => one.dispose())].forEach(end => end());
  return { address, ...sources, ...questions, graph, chosen, focus, way, filtered, mask, dispose };
}

function sourcesOf(address) {
  const onChange = { on: ['topology.changed'] };
  return {
    map: resource(signal => get('/topology/map', { as_of: address.asOf.value }, { signal }), {
      ...onChange,
      every: refreshMilliseconds,
    }),
    revisions: resource(signal => get('/topology/revisions', { sort: '-number', limit: 1000 }, { signal }), onChange),
  };
}

/** What is asked of the server only while somebody wants to know; null where nobody does. */
function questionsOf(address, graph, chosen) {
  const asked = (load, options) => resource(signal => load(signal) || null, options);
  const nodeID = computed(() => (chosen.value.node >= 0 ? graph.value.ids[chosen.value.node] : ''));
  const cableID = computed(() => (chosen.value.cable >= 0 ? graph.value.cables.ids[chosen.value.cable] : ''));
  const onChange = { on: ['topology.changed'] };
  return {
    device: asked(signal => nodeID.value && get(`/devices/${nodeID.value}`, {}, { signal }), { on: ['catalog'] }),
    impact: asked(signal => {
      const element = nodeID.value ? { device: nodeID.value } : cableID.value ? { link: cableID.value } : null;
      return address.impact.value && element && get('/topology/impact', element, { signal });
    }, onChange),
    path: asked(signal => {
      const [from, to] = [nodeID.value, address.to.value];
      return from && to && get('/topology/path', { from, to }, { signal });
    }, onChange),
    contradictions: asked(
      signal => address.view.value === 'contradictions' && get('/topology/contradictions', {}, { signal }), onChange,
    ),
    changes: asked(signal => {
      const from = `-${address.since.value}`;
      return address.view.value === 'changes' && get('/topology/changes', { from, limit: 10_000 }, { signal });
    }, onChange),
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

function choiceOf(address, focus) {
  return {
    focus,
    hops: address.hops.value,
    tier: address.tier.value,
    type: address.type.value,
    tag: address.tag.value,
  };
}

function marked(graph, mask, impact, wayNodes) {
  if (!graph) return mask;
  if (!impact) return wayNodes.length ? withShown(mask, wayNodes) : mask;
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
