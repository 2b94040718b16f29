/** The rows of GET /topology as the columns of GET /topology/map, for small parts of the network. */

/** @param {any} topology an answer of GET /topology @returns {any} what `graphOf` takes */
export function columnsOf(topology) {
  const { nodes } = topology;
  const index = new Map(nodes.map((node, place) => [node.id, place]));
  const edges = topology.edges.filter(edge => index.has(edge.source) && index.has(edge.target));
  const column = (rows, name) => rows.map(row => row[name] ?? null);
  return {
    revision: topology.revision,
    recorded_at: topology.at,
    nodes: {
      ...Object.fromEntries(['id', 'name', 'status', 'tier', 'x', 'y', 'tags'].map(name => [name, column(nodes, name)])),
      type: column(nodes, 'device_type'),
    },
    edges: {
      ...Object.fromEntries(edgeColumns.map(name => [name, column(edges, name)])),
      source: edges.map(edge => index.get(edge.source)),
      target: edges.map(edge => index.get(edge.target)),
      up: column(edges, 'is_up'),
      to_target: edges.map(() => null),
      to_source: edges.map(() => null),
    },
    orphans: topology.orphans,
    unconnected: topology.unconnected_devices.map(device => index.get(device.id)).filter(place => place !== undefined),
    single_points: { nodes: [], edges: [] },
  };
}

const edgeColumns = [
  'id', 'source_interface', 'target_interface', 'source_interface_id', 'target_interface_id', 'speed', 'confidence',
];
