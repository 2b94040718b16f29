/** The graph as rows of tables: what a focus hides, or a filter dims, is left out. Pure. */
import { statusWords } from '../../topo/graph.js';
import { looks } from '../../topo/scene.js';
import { known, neighbours } from '../../topo/walk.js';
import { cableState } from './cable-row.js';

/** Orders names as people do: Gi1/0/2 before Gi1/0/10. */
export const collator = new Intl.Collator(undefined, { numeric: true });

/** One row a device. @param {import('../../topo/graph.js').Graph} graph @param {Uint8Array} mask */
export function deviceRows(graph, mask) {
  return [...graph.ids.keys()].filter(node => mask[node] >= looks.shown).map(node => {
    const [name, type, status] = [graph.names[node], graph.types[node], statusWords[graph.status[node]]];
    return {
      id: graph.ids[node],
      name,
      status,
      type,
      tier: graph.tier[node] < 0 ? null : graph.tier[node],
      cables: graph.degree[node],
      neighbours: neighbours(graph, node).length,
      single: graph.isSingle[node],
      text: `${name} ${type} ${status}`.toLowerCase(),
    };
  });
}

/** One row a cable with at least one end that is shown, and none that is hidden. */
export function linkRows({ cables, ids, names }, mask) {
  const isShown = cable => {
    const [one, other] = [mask[cables.source[cable]], mask[cables.target[cable]]].sort();
    return other >= looks.shown && one > looks.hidden;
  };
  return [...cables.ids.keys()].filter(isShown).map(cable => {
    const of = column => cables[column][cable];
    const row = {
      id: of('ids'),
      source: names[of('source')],
      sourceID: ids[of('source')],
      sourcePort: of('sourcePort'),
      sourceInterface: of('sourceInterface'),
      target: names[of('target')],
      targetID: ids[of('target')],
      targetPort: of('targetPort'),
      targetInterface: of('targetInterface'),
      state: cableState(of('up')),
      speed: of('speed'),
      toTarget: known(of('toTarget')),
      toSource: known(of('toSource')),
      confidence: of('confidence'),
      single: of('isSingle'),
    };
    return { ...row, text: `${row.source} ${row.sourcePort ?? ''} ${row.target} ${row.targetPort ?? ''} ${row.state}`.toLowerCase() };
  });
}

/** Rows by a column, `-` in front for the largest first; rows without a value come last either way. */
export function sorted(rows, sort) {
  const isDescending = sort.startsWith('-');
  const column = sort.replace('-', '');
  const compare = (a, b) => (typeof a === 'string' ? collator.compare(a, b) : a - b);
  return [...rows].sort((one, other) => {
    const [a, b] = [one[column], other[column]];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return isDescending ? compare(b, a) : compare(a, b);
  });
}
