import Inventory
import Listing
import Topology

/// Writes wiring as the API shows it; names of devices come from one snapshot.
struct TopologyJSON: Sendable {
    private let snapshot: TopologySnapshot

    init(_ snapshot: TopologySnapshot) {
        self.snapshot = snapshot
    }

    /// A graph, whole or a part, as `/topology` shows it.
    func graph(_ graph: TopologyGraph) -> [UInt8] {
        var writer = JSONWriter(reserving: 400 * graph.nodes.count + 900 * graph.edges.count + 4096)
        writer.beginObject()
        writer.member("revision", snapshot.graph.revision)
        writer.member("at", snapshot.graph.at)
        writer.member("viewpoint", snapshot.place)
        writer.array("nodes", graph.nodes) { Self.node($1, to: &$0) }
        writer.array("edges", graph.edges) { edge($1, to: &$0) }
        writer.array("orphans", graph.orphans) { Self.orphan($1, to: &$0) }
        writer.array("contradictions", graph.contradictions) { contradiction($1, to: &$0) }
        let alone = graph.nodes.filter { $0.degree == 0 }
        writer.array("unconnected_devices", alone) { Self.device($1, to: &$0) }
        writer.array("hints", graph.hints) { hint($1, to: &$0) }
        writer.key("statistics")
        statistics(of: graph, to: &writer)
        writer.endObject()
        return writer.bytes
    }

    /// The sums of a graph, whole or a part.
    func statistics(of graph: TopologyGraph, to writer: inout JSONWriter) {
        let sums = graph.statistics
        writer.beginObject()
        writer.member("total_devices", Int64(sums.totalDevices))
        writer.member("connected_devices", Int64(sums.connectedDevices))
        writer.member("connected_percent", sums.connectedPercent)
        writer.member("unconnected_devices", Int64(sums.unconnectedDevices))
        writer.member("total_connections", Int64(sums.totalConnections))
        writer.member("mapped_connections", Int64(sums.mappedConnections))
        writer.member("orphan_connections", Int64(sums.orphanConnections))
        writer.member("orphans", Int64(sums.orphans))
        writer.member("edges", Int64(sums.edges))
        writer.member("edges_seen_from_both_sides", Int64(sums.edgesSeenFromBothSides))
        writer.member("components", Int64(sums.components))
        writer.member("largest_component", Int64(sums.largestComponent))
        writer.member("articulation_points", Int64(sums.articulationPoints))
        writer.member("bridges", Int64(sums.bridges))
        writer.member("contradictions", Int64(graph.contradictions.count))
        writer.member("hints", Int64(graph.hints.count))
        writer.member("revision", snapshot.graph.revision)
        writer.member("at", snapshot.graph.at)
        writer.endObject()
    }

    /// One device of the graph.
    static func node(_ node: TopologyNode, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", node.id)
        writer.member("name", node.name)
        writer.member("device_type", node.deviceType.rawValue)
        writer.member("status", node.status.rawValue)
        writer.member("ip", node.address)
        writer.member("vendor", node.vendor)
        writer.member("model", node.model)
        writer.member("location", node.location)
        writer.member("tags", node.tags)
        writer.member("degree", Int64(node.degree))
        writer.member("is_gone", node.isGone)
        writer.member("x", node.position?.x)
        writer.member("y", node.position?.y)
        writer.member("tier", (node.position?.tier).map { Int64($0) })
        writer.endObject()
    }

    /// One cable of the graph.
    func edge(_ edge: TopologyEdge, to writer: inout JSONWriter) {
        let link = edge.link
        writer.beginObject()
        writer.member("id", edge.id)
        writer.member("source", link.a.deviceID)
        writer.member("target", link.b.deviceID)
        writer.member("source_interface", link.a.port)
        writer.member("target_interface", link.b.port)
        writer.member("interface_type", edge.interfaceType?.rawValue)
        writer.member("source_name", name(link.a))
        writer.member("target_name", name(link.b))
        writer.member("source_interface_id", link.a.interfaceID)
        writer.member("target_interface_id", link.b.interfaceID)
        writer.member("protocols", Self.protocols(link))
        writer.member("origin", link.origin.rawValue)
        writer.array("evidence", link.witnesses) { witness($1, to: &$0) }
        writer.member("confidence", link.confidence)
        writer.member("seen_from", Self.seenFrom(link))
        writer.member("group", link.group)
        writer.member("speed", edge.speed)
        writer.member("is_up", edge.isUp)
        writer.member("since", edge.since)
        writer.endObject()
    }

    /// One neighbour that is no device of the inventory.
    static func orphan(_ orphan: TopologyOrphan, to writer: inout JSONWriter) {
        writer.beginObject()
        for column in OrphanColumns.schema.columns {
            writer.key(column.name)
            writer.cell(column.value(PlacedRow(place: 0, value: orphan)))
        }
        writer.array("seen_from", orphan.seenFrom) { sighting($1, to: &$0) }
        writer.endObject()
    }

    /// A device in a few words.
    static func device(_ node: TopologyNode, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", node.id)
        writer.member("name", node.name)
        writer.member("device_type", node.deviceType.rawValue)
        writer.member("status", node.status.rawValue)
        writer.endObject()
    }

    /// Devices in a few words, by id; those that are not in the graph are left out.
    func devices(_ name: String, _ ids: [DeviceID], to writer: inout JSONWriter) {
        writer.array(name, ids.compactMap(snapshot.node)) { Self.device($1, to: &$0) }
    }

    /// Cables by id; those that are not in the graph are left out.
    func edges(_ name: String, _ ids: [LinkRecordID], to writer: inout JSONWriter) {
        writer.array(name, ids.compactMap(snapshot.edge)) { edge($1, to: &$0) }
    }

    /// What contradicts itself.
    func contradiction(_ contradiction: Contradiction, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("kind", contradiction.kind.rawValue)
        writer.member("device_ids", contradiction.deviceIDs.map(\.description))
        writer.member("device_names", contradiction.deviceIDs.map(snapshot.name))
        writer.member("interface_ids", contradiction.interfaceIDs.map(\.description))
        writer.member("explanation", contradiction.explanation)
        writer.endObject()
    }

    /// By which protocols, or other sources, a cable is known.
    static func protocols(_ link: Link) -> [String] {
        Set(link.witnesses.map(\.source)).sorted()
    }

    private static func seenFrom(_ link: Link) -> String? {
        guard link.origin == .heard else { return nil }
        return link.isSeenFromOneSide ? "one" : "both"
    }

    /// The present name of a device, else the one it had then.
    private func name(_ end: LinkEnd) -> String {
        end.deviceID.flatMap(snapshot.node)?.name ?? end.deviceName
    }

    private func witness(_ witness: LinkWitness, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("device_id", witness.deviceID)
        writer.member("device_name", snapshot.name(witness.deviceID))
        writer.member("source", witness.source)
        writer.member("device_rules", witness.deviceRules.map(\.rawValue))
        writer.member("interface_rules", witness.interfaceRules.map(\.rawValue))
        writer.endObject()
    }

    private static func sighting(_ sighting: TopologyOrphan.Sighting, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("device_id", sighting.deviceID)
        writer.member("device_name", sighting.deviceName)
        writer.member("interface_id", sighting.interfaceID)
        writer.member("interface", sighting.port)
        writer.member("protocol", sighting.reading.heardBy.rawValue)
        writer.member("neighbor_port", sighting.reading.displayPort)
        writer.endObject()
    }

    private func hint(_ hint: AliasHint, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("device_id", hint.deviceID)
        writer.member("device_name", snapshot.name(hint.deviceID))
        writer.member("interface_id", hint.interfaceID)
        writer.member("alias", hint.alias)
        writer.member("names_device_id", hint.namesDeviceID)
        writer.member("names_device_name", snapshot.name(hint.namesDeviceID))
        writer.endObject()
    }
}

extension JSONWriter {
    mutating func member<Entity>(_ name: String, _ value: Identifier<Entity>?) {
        key(name)
        if let value { identifier(RowID(value)) } else { null() }
    }

    mutating func member(_ name: String, _ value: Bool?) {
        key(name)
        if let value { boolean(value) } else { null() }
    }

    /// A member that is an array, element by element.
    mutating func array<Element>(
        _ name: String, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
    ) {
        key(name)
        beginArray()
        for element in elements { write(&self, element) }
        endArray()
    }
}
