import Inventory
import Listing
import Topology
import Traffic

/// The answer of `/topology/map`: the graph in columns, for drawing thousands of devices at once.
///
/// Edges name devices by their place in the columns of nodes. Utilizations are of the moment, percent of the cable's
/// speed: by the interface at either end, whichever is read.
struct TopologyMap {
    private let snapshot: TopologySnapshot
    /// The rates now; nil for a state of the past.
    private let rates: ((InterfaceID) -> InterfaceRates?)?

    init(_ snapshot: TopologySnapshot, rates: ((InterfaceID) -> InterfaceRates?)?) {
        self.snapshot = snapshot
        self.rates = rates
    }

    /// The document.
    var bytes: [UInt8] {
        let graph = snapshot.graph
        var writer = JSONWriter(reserving: 130 * graph.nodes.count + 260 * graph.edges.count + 4096)
        writer.beginObject()
        writer.member("revision", graph.revision)
        writer.member("recorded_at", graph.at)
        writer.member("viewpoint", snapshot.place)
        writer.key("nodes")
        write(graph.nodes, to: &writer)
        writer.key("edges")
        write(graph.edges, to: &writer)
        writer.array("orphans", graph.orphans) { TopologyJSON.orphan($1, to: &$0) }
        writer.array("unconnected", graph.nodes.indices.filter { graph.nodes[$0].degree == 0 }) {
            $0.integer(Int64($1))
        }
        writer.key("single_points")
        writeSinglePoints(to: &writer)
        writer.key("statistics")
        TopologyJSON(snapshot).statistics(of: graph, to: &writer)
        writer.endObject()
        return writer.bytes
    }

    private func write(_ nodes: [TopologyNode], to writer: inout JSONWriter) {
        writer.beginObject()
        writer.array("id", nodes) { $0.identifier(RowID($1.id)) }
        writer.array("name", nodes) { $0.string($1.name) }
        writer.array("type", nodes) { $0.string($1.deviceType.rawValue) }
        writer.array("status", nodes) { $0.string($1.status.rawValue) }
        writer.array("tags", nodes) { writer, node in
            writer.beginArray()
            for tag in node.tags { writer.string(tag) }
            writer.endArray()
        }
        writer.array("tier", nodes) { $0.orNull(($1.position?.tier).map { Int64($0) }) { $0.integer($1) } }
        writer.array("x", nodes) { $0.orNull($1.position?.x) { $0.real($1) } }
        writer.array("y", nodes) { $0.orNull($1.position?.y) { $0.real($1) } }
        writer.endObject()
    }

    private func write(_ edges: [TopologyEdge], to writer: inout JSONWriter) {
        writer.beginObject()
        writer.array("id", edges) { $0.identifier(RowID($1.id)) }
        writer.array("source", edges) { $0.integer(Int64($1.a)) }
        writer.array("target", edges) { $0.integer(Int64($1.b)) }
        writer.array("source_interface", edges) { $0.orNull($1.link.a.port) { $0.string($1) } }
        writer.array("target_interface", edges) { $0.orNull($1.link.b.port) { $0.string($1) } }
        writer.array("source_interface_id", edges) { $0.orNull($1.link.a.interfaceID) { $0.identifier(RowID($1)) } }
        writer.array("target_interface_id", edges) { $0.orNull($1.link.b.interfaceID) { $0.identifier(RowID($1)) } }
        writer.array("speed", edges) { $0.orNull($1.speed) { $0.integer($1) } }
        writer.array("up", edges) { $0.orNull($1.isUp) { $0.boolean($1) } }
        writer.array("confidence", edges) { $0.real($1.link.confidence) }
        let loads = edges.map(load)
        writer.array("to_target", loads) { $0.orNull($1.toTarget) { $0.real($1) } }
        writer.array("to_source", loads) { $0.orNull($1.toSource) { $0.real($1) } }
        writer.endObject()
    }

    /// How much of a cable is used in each direction, percent; nil where neither end was read of late.
    private func load(_ edge: TopologyEdge) -> (toTarget: Double?, toSource: Double?) {
        guard let rates, let speed = edge.speed, speed > 0 else { return (nil, nil) }
        let (a, b) = (edge.link.a.interfaceID.flatMap(rates), edge.link.b.interfaceID.flatMap(rates))
        func percent(_ bits: Double?) -> Double? { bits.map { ($0 / Double(speed) * 1_000).rounded() / 10 } }
        return (
            percent(a?.outBitsPerSecond ?? b?.inBitsPerSecond), percent(a?.inBitsPerSecond ?? b?.outBitsPerSecond)
        )
    }

    private func writeSinglePoints(to writer: inout JSONWriter) {
        var (devices, links): (Set<DeviceID>, Set<LinkRecordID>) = ([], [])
        for point in snapshot.singlePoints {
            switch point.element {
            case .device(let id): devices.insert(id)
            case .link(let id): links.insert(id)
            }
        }
        let graph = snapshot.graph
        writer.beginObject()
        writer.array("nodes", graph.nodes.indices.filter { devices.contains(graph.nodes[$0].id) }) {
            $0.integer(Int64($1))
        }
        writer.array("edges", graph.edges.indices.filter { links.contains(graph.edges[$0].id) }) {
            $0.integer(Int64($1))
        }
        writer.endObject()
    }

    /// The schema of the document.
    static let schema: JSONValue = {
        func column(_ items: JSONValue, _ doc: String) -> JSONValue { Schema.documented(Schema.array(items), doc) }
        let place = Schema.count()
        let nodes = Schema.object([
            ("id", column(Schema.identifier, "Ids of the devices.")), ("name", column(Schema.string(), "Their names.")),
            ("type", column(Schema.string(), "What they are.")), ("status", column(Schema.string(), "How they stand.")),
            ("tags", column(Schema.array(Schema.string()), "Their tags.")),
            ("tier", column(Schema.nullable(Schema.count()), "Their tiers, 0 for the core.")),
            ("x", column(Schema.nullable(Schema.number()), "Where they are drawn.")),
            ("y", column(Schema.nullable(Schema.number()), "Where they are drawn, downwards.")),
        ])
        let percent = Schema.nullable(Schema.number())
        let edges = Schema.object([
            ("id", column(Schema.identifier, "Ids of the cables.")),
            ("source", column(place, "Places of their devices among the nodes.")),
            ("target", column(place, "Places of the devices at their other ends.")),
            ("source_interface", column(Schema.nullable(Schema.string()), "Names of the ports at the sources.")),
            ("target_interface", column(Schema.nullable(Schema.string()), "Names of the ports at the targets.")),
            ("source_interface_id", column(Schema.nullable(Schema.identifier), "Interfaces at the sources.")),
            ("target_interface_id", column(Schema.nullable(Schema.identifier), "Interfaces at the targets.")),
            ("speed", column(Schema.nullable(Schema.count()), "Speeds of the slower ends, bit/s.")),
            ("up", column(Schema.nullable(Schema.boolean()), "Whether both known ends are up.")),
            ("confidence", column(Schema.number(), "How sure it is that they are there, 0 to 1.")),
            ("to_target", column(percent, "What goes from source to target now, percent of the speed.")),
            ("to_source", column(percent, "What goes from target to source now, percent of the speed.")),
        ])
        return Schema.object([
            ("revision", Schema.count()), ("recorded_at", Schema.nullable(Schema.time)),
            ("viewpoint", Schema.nullable(Schema.identifier)), ("nodes", nodes), ("edges", edges),
            ("orphans", Schema.array(Schema.reference("TopologyOrphan"))),
            ("unconnected", column(place, "Places of devices without a cable.")),
            (
                "single_points",
                Schema.object([
                    ("nodes", column(place, "Places of devices whose failure cuts others off.")),
                    ("edges", column(place, "Places of cables whose failure does.")),
                ])
            ),
            ("statistics", Schema.reference("TopologyStatistics")),
        ])
    }()
}

extension JSONWriter {
    /// A value, or `null` where there is none.
    fileprivate mutating func orNull<Value>(_ value: Value?, _ write: (inout JSONWriter, Value) -> Void) {
        if let value { write(&self, value) } else { null() }
    }
}
