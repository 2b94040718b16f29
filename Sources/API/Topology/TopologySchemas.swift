import Inventory
import Listing
import Topology

/// What the answers about topology look like in the document.
enum TopologySchemas {
    static var all: [JSONMember] {
        [
            JSONMember("Topology", graph), JSONMember("TopologyMap", TopologyMap.schema),
            JSONMember("TopologyNode", node), JSONMember("TopologyEdge", edge),
            JSONMember("TopologyOrphan", orphan), JSONMember("TopologyOrphanPage", orphanPage),
            JSONMember("TopologyContradiction", contradiction),
            JSONMember(
                "TopologyContradictions", Schema.object([array("items", "TopologyContradiction"), count("total")])),
            JSONMember("TopologyDevice", device), JSONMember("TopologyStatistics", statistics),
            JSONMember("TopologyRevision", TopologyRevisionColumns.schema.rowSchema),
            JSONMember("TopologyRevisionPage", TopologyRevisionColumns.schema.pageSchema(of: "TopologyRevision")),
            JSONMember("TopologyViewpoint", viewpoint), JSONMember("TopologyChanges", changes),
            JSONMember("SinglePointsOfFailure", singlePoints), JSONMember("TopologyImpact", impact),
            JSONMember("TopologyPath", path), JSONMember("ManualLink", ManualLinkRow.schema.rowSchema),
            JSONMember("ManualLinkPage", ManualLinkRow.schema.pageSchema(of: "ManualLink")),
            JSONMember("Neighbour", NeighbourColumns.schema.rowSchema),
            JSONMember("NeighbourPage", NeighbourColumns.schema.pageSchema(of: "Neighbour")),
        ]
    }

    private typealias Property = (name: String, schema: JSONValue)

    private static let graph = Schema.object([
        ("revision", Schema.count("Number of the revision; 0 where there is none.")),
        ("at", nullable(Schema.time, "When it was made; with as_of that time.")),
        ("viewpoint", nullable(Schema.identifier, "The device next to the poller, where it is known.")),
        array("nodes", "TopologyNode"), array("edges", "TopologyEdge"), array("orphans", "TopologyOrphan"),
        array("contradictions", "TopologyContradiction"), array("unconnected_devices", "TopologyDevice"),
        ("hints", Schema.array(hint)), ("statistics", Schema.reference("TopologyStatistics")),
    ])

    private static let deviceProperties: [Property] = [
        ("id", Schema.identifier), ("name", Schema.string()),
        ("device_type", Schema.choice(DeviceType.allCases.map(\.rawValue))),
        ("status", Schema.choice(DeviceStatus.allCases.map(\.rawValue))),
    ]

    private static let device = Schema.object(deviceProperties)

    private static let node = Schema.object(
        deviceProperties + [
            ("ip", Schema.string()), ("vendor", text), ("model", text), ("location", text),
            ("tags", Schema.array(Schema.string())), count("degree", "Cables at it."),
            ("is_gone", Schema.boolean("Whether it is no device of the inventory any more; only with as_of.")),
            ("x", nullable(Schema.number(), "Rightwards, in widths of a node; null where it is not placed.")),
            ("y", nullable(Schema.number(), "Downwards, in the same units.")),
            ("tier", nullable(Schema.count(), "0 core, 1 distribution, 2 and more towards branches.")),
        ])

    private static let edge = Schema.object([
        ("id", Schema.identifier), ("source", Schema.documented(Schema.identifier, "A device.")),
        ("target", Schema.documented(Schema.identifier, "The device at the other end.")),
        ("source_interface", text), ("target_interface", text),
        (
            "interface_type",
            nullable(
                Schema.choice(InterfaceType.allCases.map(\.rawValue)), "What the interface at the source is for.")
        ),
        ("source_name", Schema.string()), ("target_name", Schema.string()),
        ("source_interface_id", id), ("target_interface_id", id),
        ("protocols", Schema.array(Schema.string("lldp, cdp, fdp, mndp, fdb or manual."))),
        ("origin", Schema.choice(LinkOrigin.allCases.map(\.rawValue))),
        ("evidence", Schema.array(witness)), ("confidence", Schema.number("0 to 1.")),
        ("seen_from", nullable(Schema.choice(["both", "one"]), "How many ends tell of it; null where none does.")),
        ("group", nullable(Schema.string(), "The aggregate or the parallel cables that it belongs to.")),
        ("speed", nullable(Schema.of(.integer), "In bit/s, of the slower end.")),
        ("is_up", nullable(Schema.boolean(), "Whether both known ends are up.")), ("since", Schema.time),
    ])

    private static let witness = Schema.object([
        ("device_id", Schema.identifier), ("device_name", Schema.string()), ("source", Schema.string()),
        ("device_rules", rules), ("interface_rules", rules),
    ])

    private static let hint = Schema.object([
        ("device_id", Schema.identifier), ("device_name", Schema.string()), ("interface_id", Schema.identifier),
        ("alias", Schema.string()), ("names_device_id", Schema.identifier), ("names_device_name", Schema.string()),
    ])

    private static let sighting = Schema.object([
        ("device_id", Schema.identifier), ("device_name", Schema.string()), ("interface_id", id),
        ("interface", Schema.string("Name of the interface, else the device's own word for the port.")),
        ("protocol", Schema.choice(NeighbourProtocol.allCases.map(\.rawValue))), ("neighbor_port", text),
    ])

    /// The columns of the list, and who sees it where.
    private static let orphan: JSONValue = {
        guard case .object(var members) = OrphanColumns.schema.rowSchema else { return .null }
        for place in members.indices {
            switch (members[place].name, members[place].value) {
            case ("properties", .object(let properties)):
                let seenFrom = JSONMember("seen_from", Schema.array(sighting))
                members[place].value = .object(properties + [seenFrom])
            case ("required", .array(let names)): members[place].value = .array(names + ["seen_from"])
            default: break
            }
        }
        return .object(members)
    }()

    private static let orphanPage = OrphanColumns.schema.pageSchema(of: "TopologyOrphan")

    private static let contradiction = Schema.object([
        ("kind", Schema.choice(Contradiction.Kind.allCases.map(\.rawValue))),
        ("device_ids", Schema.array(Schema.identifier)), ("device_names", Schema.array(Schema.string())),
        ("interface_ids", Schema.array(Schema.identifier)), ("explanation", Schema.string()),
    ])

    private static let statistics = Schema.object([
        count("total_devices"), count("connected_devices", "Those with a cable to another device."),
        ("connected_percent", Schema.number("Connected devices of all; 0 without devices.")),
        count("unconnected_devices"), count("total_connections", "Neighbours: an interface's neighbour each."),
        count("mapped_connections", "Those that are devices of the inventory."),
        count("orphan_connections", "Those that are none."),
        count("orphans", "Neighbours that are no devices, each counted once."), count("edges", "Cables."),
        count("edges_seen_from_both_sides"),
        count("components", "Connected parts with two devices or more."), count("largest_component"),
        count("articulation_points", "Devices whose failure cuts others off."),
        count("bridges", "Cables whose failure cuts devices off."), count("contradictions"),
        count("hints", "Cables that only the alias of an interface speaks of."), count("revision"),
        ("at", Schema.nullable(Schema.time)),
    ])

    private static let viewpoint = Schema.object([
        ("kind", Schema.choice(["device", "largest_part"])), ("device_id", id), ("device_name", text),
    ])

    private static let elementProperties: [Property] = [
        ("kind", Schema.choice(["device", "link"])), ("device_id", id), ("device_name", text),
        ("edge", Schema.nullable(Schema.reference("TopologyEdge"))),
    ]

    private static let singlePoints = Schema.object([
        ("viewpoint", Schema.reference("TopologyViewpoint")),
        (
            "items",
            Schema.array(
                Schema.object(elementProperties + [count("cut_off", "Devices that lose their last path.")]))
        ), count("total"),
    ])

    private static let impact = Schema.object([
        ("element", Schema.object(elementProperties)), ("viewpoint", Schema.reference("TopologyViewpoint")),
        ("viewpoint_fails", Schema.boolean("Whether everything is cut off, as it is seen from what fails.")),
        count("cut_off_count"), array("cut_off", "TopologyDevice"),
        (
            "parts",
            Schema.documented(
                Schema.array(Schema.array(Schema.identifier)), "The parts into which those fall, the largest first.")
        ), array("failed_links", "TopologyEdge"), array("lost_redundancy", "TopologyDevice"),
    ])

    private static let path = Schema.object([
        ("is_connected", Schema.boolean()), ("from", Schema.identifier), ("to", Schema.identifier),
        ("cables", Schema.nullable(Schema.count())), array("nodes", "TopologyDevice"),
        array("edges", "TopologyEdge"),
        ("is_redundant", Schema.boolean("Whether a second path exists that shares no cable with it.")),
        array("single_points", "TopologyDevice"),
    ])

    private static let endProperties: [Property] = ["source", "target"].flatMap { name -> [Property] in
        [
            (name, id), ("\(name)_name", Schema.string()), ("\(name)_interface", text),
            ("\(name)_interface_id", id),
        ]
    }

    private static let changes: JSONValue = {
        let ends = Schema.nullable(Schema.object(endProperties))
        let item = Schema.object(
            [
                ("change", Schema.choice(LinkChange.Kind.allCases.map(\.rawValue))), count("revision"),
                ("at", Schema.time), ("link_id", Schema.identifier),
            ] + endProperties + [
                ("is_orphan", Schema.boolean("Whether its far end is no device of the inventory.")),
                ("origin", Schema.choice(LinkOrigin.allCases.map(\.rawValue))),
                ("protocols", Schema.array(Schema.string())), ("confidence", Schema.number()),
                ("since", Schema.time),
                ("from", Schema.documented(ends, "Its ends before it moved.")),
                ("to", Schema.documented(ends, "Its ends since it moved.")),
            ])
        return Schema.object([
            ("from", Schema.time), ("to", Schema.time), count("appeared"), count("vanished"), count("moved"),
            ("is_complete", Schema.boolean("Whether all of the time was looked at.")),
            ("items", Schema.array(item)),
        ])
    }()

    private static let rules = Schema.array(
        Schema.choice(MatchRule.allCases.map(\.rawValue)))
    private static let text = Schema.nullable(Schema.string())
    private static let id = Schema.nullable(Schema.identifier)

    private static func nullable(_ schema: JSONValue, _ doc: String) -> JSONValue {
        Schema.documented(Schema.nullable(schema), doc)
    }

    private static func count(_ name: String, _ doc: String? = nil) -> Property { (name, Schema.count(doc)) }

    private static func array(_ name: String, _ schema: String) -> Property {
        (name, Schema.array(Schema.reference(schema)))
    }
}
