/** Small networks as GET /topology/map tells them. */

const devices = [
  ['a', 'core-1', 'switch', 'up', 0, 0, 0],
  ['b', 'dist-1', 'router', 'down', 1, 10, 0],
  ['c', 'dist-2', 'switch', 'up', 1, 0, 10],
  ['d', 'access-1', 'switch', 'unknown', 2, 0, 20],
  ['e', 'old-core', 'other', 'up', 2, 30, 30],
  ['f', 'new', 'other', 'up', null, null, null],
];

const links = [
  [0, 1, 'a0', 'b0', 1e10, 1, 50, 20],
  [0, 1, 'a1', 'b1', 1e10, 0, 80, 10],
  [0, 2, 'a2', 'c0', 1e11, 1, 5, 95],
  [1, 2, 'b2', 'c1', 1e9, 1, 0, 0],
  [2, 3, 'c2', null, null, null, null, null],
];

/** Four connected devices, two parallel cables, one cable that is down, one device without a place. */
export function exampleMap(nodes = devices, edges = links) {
  const column = (rows, place) => rows.map(row => row[place]);
  return {
    revision: 7,
    recorded_at: '2026-01-01T00:00:00Z',
    nodes: {
      id: column(nodes, 0), name: column(nodes, 1), type: column(nodes, 2), status: column(nodes, 3),
      tier: column(nodes, 4), x: column(nodes, 5), y: column(nodes, 6), tags: nodes.map(row => (row[0] === 'd' ? ['edge'] : [])),
    },
    edges: {
      id: edges.map((_, place) => `cable-${place}`), source: column(edges, 0), target: column(edges, 1),
      source_interface: column(edges, 2), target_interface: column(edges, 3),
      source_interface_id: edges.map(() => null), target_interface_id: edges.map(() => null),
      speed: column(edges, 4), up: column(edges, 5), confidence: edges.map(() => 0.9),
      to_target: column(edges, 6), to_source: column(edges, 7),
    },
    orphans: nodes.length ? [{ key: 'o', neighbor_name: 'phone', seen_from: [] }] : [],
    unconnected: nodes.length ? [4, 5] : [],
    single_points: { nodes: nodes.length ? [2] : [], edges: edges.length ? [4] : [] },
  };
}

/** A square of devices, one apart, each with a cable to the next in its row and column. */
export function gridMap(side) {
  const nodes = [];
  const edges = [];
  for (let place = 0; place < side * side; place++) {
    const [x, y] = [place % side, Math.floor(place / side)];
    nodes.push([`n${place}`, `device-${place}`, 'switch', 'up', y % 4, x, y]);
    if (x > 0) edges.push([place - 1, place, 'p', 'q', 1e9, 1, 10, 10]);
    if (y > 0) edges.push([place - side, place, 'p', 'q', 1e9, 1, 10, 10]);
  }
  const map = exampleMap(nodes, edges);
  return { ...map, unconnected: [], single_points: { nodes: [], edges: [] } };
}
