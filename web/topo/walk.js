/** Walks over the graph: who is near, who is next in a direction, which cables lead where. */

/** How many cables each node is from `start`, at most `hops`; -1 for those farther away. @returns {Int32Array} */
export function distances(graph, start, hops) {
  const distance = new Int32Array(graph.count).fill(-1);
  const queue = [start];
  distance[start] = 0;
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head];
    if (distance[node] >= hops) continue;
    for (const next of neighbours(graph, node)) {
      if (distance[next] >= 0) continue;
      distance[next] = distance[node] + 1;
      queue.push(next);
    }
  }
  return distance;
}

/** Nodes next to a node, each once. @returns {Int32Array} */
export function neighbours(graph, node) {
  return graph.next.subarray(graph.firstNext[node], graph.firstNext[node + 1]);
}

/** Wires at a node. @returns {Int32Array} */
export function wiresAt(graph, node) {
  return graph.nextWire.subarray(graph.firstNext[node], graph.firstNext[node + 1]);
}

/** Cables of a wire. @returns {Int32Array} */
export function cablesOfWire(graph, wire) {
  return graph.wires.cables.subarray(graph.wires.firstCable[wire], graph.wires.firstCable[wire + 1]);
}

/** Cables at a node, neighbour by neighbour. @returns {number[]} */
export function cablesAt(graph, node) {
  return [...wiresAt(graph, node)].flatMap(wire => [...cablesOfWire(graph, wire)]);
}

/** The wire between two nodes, or -1. @returns {number} */
export function wireBetween(graph, one, other) {
  const place = neighbours(graph, one).indexOf(other);
  return place < 0 ? -1 : wiresAt(graph, one)[place];
}

/** A cable as it is seen from one of its ends: the other end, both ports, percent out of and into the node. */
export function seenFrom(graph, cable, node) {
  const { cables } = graph;
  const isSource = cables.source[cable] === node;
  const pick = (atSource, atTarget) => (isSource ? atSource : atTarget)[cable];
  return {
    far: pick(cables.target, cables.source),
    port: pick(cables.sourcePort, cables.targetPort),
    farPort: pick(cables.targetPort, cables.sourcePort),
    interfaceID: pick(cables.sourceInterface, cables.targetInterface),
    farInterfaceID: pick(cables.targetInterface, cables.sourceInterface),
    outPercent: known(pick(cables.toTarget, cables.toSource)),
    inPercent: known(pick(cables.toSource, cables.toTarget)),
  };
}

/** A number, or null where it is NaN. */
export function known(value) {
  return Number.isNaN(value) ? null : value;
}

/**
 * The neighbour that lies in a direction (dx, dy) of a node: within 60 degrees of it, the straighter and nearer the
 * better; -1 where there is none. Only nodes whose `mask` is not 0 count.
 */
export function neighbourTowards(graph, node, dx, dy, mask) {
  let best = -1;
  let cheapest = Infinity;
  for (const next of neighbours(graph, node)) {
    const [x, y] = [graph.x[next] - graph.x[node], graph.y[next] - graph.y[node]];
    const length = Math.hypot(x, y);
    const cosine = (x * dx + y * dy) / (length * Math.hypot(dx, dy));
    if (!mask[next] || !(cosine > 0.5)) continue;
    const cost = length * (2 - cosine) * (2 - cosine);
    if (cost < cheapest) [best, cheapest] = [next, cost];
  }
  return best;
}
