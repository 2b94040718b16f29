/** The graph as rows of tables: what a focus hides, or a filter dims, is left out. Pure. */
import { looks } from '../../topo/scene.js';
import { neighbours } from '../../topo/walk.js';

/** One row a device. @param {import('../../topo/graph.js').Graph} graph @param {Uint8Array} mask */
export function deviceRows(graph, mask, { statusWords }) {
  const nodes = [...graph.ids.keys()].filter(node => mask[node] >= looks.shown);
  return nodes.map(node => ({
    id: graph.ids[node],
    name: graph.names[node],
    status: statusWords[graph.status[node]],
    type: graph.types[node],
    tier: graph.tier[node] < 0 ? null : graph.tier[node],
    cables: graph.degree[node],
    neighbours: neighbours(graph, node).length,
    single: graph.isSingle[node],
    text: `${graph.names[node]} ${graph.types[node]} ${statusWords[graph.status[node]]}`.toLowerCase(),
  }));
}

/** One row a cable with at least one end that is shown, and none that is hidden. */
export function linkRows(graph, mask, { cableState, known }) {
  const { cables, ids, names } = graph;
  const isShown = cable => {
    const [one, other] = [mask[cables.source[cable]], mask[cables.target[cable]]];
    return Math.max(one, other) >= looks.shown && Math.min(one, other) > looks.hidden;
  };
  return [...cables.ids.keys()].filter(isShown).map(cable => {
    const [source, target] = [cables.source[cable], cables.target[cable]];
    return {
      id: cables.ids[cable],
      source: names[source],
      sourceID: ids[source],
      sourcePort: cables.sourcePort[cable],
      sourceInterface: cables.sourceInterface[cable],
      target: names[target],
      targetID: ids[target],
      targetPort: cables.targetPort[cable],
      targetInterface: cables.targetInterface[cable],
      state: cableState(cables.up[cable]),
      speed: cables.speed[cable],
      toTarget: known(cables.toTarget[cable]),
      toSource: known(cables.toSource[cable]),
      confidence: cables.confidence[cable],
      single: cables.isSingle[cable],
      text: `${names[source]} ${cables.sourcePort[cable] ?? ''} ${names[target]} ${cables.targetPort[cable]
        ?? ''} ${cableState(cables.up[cable])}`.toLowerCase(),
    };
  });
}

/** Rows by a column, `-` in front for the largest first; rows without a value come last either way. */
export function sorted(rows, sort) {
  const isDescending = sort.startsWith('-');
  const column = sort.replace(/^-/, '');
  const compare = (a, b) => (typeof a === 'string' ? collator.compare(a, b) : a - b);
  return [...rows].sort((one, other) => {
    const [a, b] = [one[column], other[column]];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return isDescending ? compare(b, a) : compare(a, b);
  });
}

const collator = new Intl.Collator(undefined, { numeric: true });
