import Inventory

/// What exports tell of devices and cables, by the names that the API uses.
enum ExportAttributes {
    /// What a value is.
    enum Value {
        case text(String)
        case whole(Int64)
        case real(Double)
        case truth(Bool)
    }

    /// Names and types of what is told of a device.
    static let nodeKeys: [(name: String, type: String)] = [
        ("kind", "string"), ("label", "string"), ("device_type", "string"), ("status", "string"),
        ("address", "string"), ("vendor", "string"), ("model", "string"), ("location", "string"),
        ("tags", "string"), ("degree", "int"), ("tier", "int"), ("x", "double"), ("y", "double"),
    ]

    /// Names and types of what is told of a cable.
    static let edgeKeys: [(name: String, type: String)] = [
        ("source_interface", "string"), ("target_interface", "string"), ("interface_type", "string"),
        ("speed", "long"), ("up", "boolean"), ("origin", "string"), ("confidence", "double"),
        ("seen_from_one_side", "boolean"), ("group", "string"), ("since", "string"),
    ]

    static func values(of node: TopologyNode) -> [(name: String, value: Value)] {
        let all: [(String, Value?)] = [
            ("kind", .text("device")), ("label", .text(node.name)), ("device_type", .text(node.deviceType.rawValue)),
            ("status", .text(node.status.rawValue)), ("address", node.address.isEmpty ? nil : .text(node.address)),
            ("vendor", node.vendor.map(Value.text)), ("model", node.model.map(Value.text)),
            ("location", node.location.map(Value.text)),
            ("tags", node.tags.isEmpty ? nil : .text(node.tags.joined(separator: ","))),
            ("degree", .whole(Int64(node.degree))),
            ("tier", node.position?.tier.map { .whole(Int64($0)) }),
            ("x", node.position.map { .real($0.x * ExportScale.unit) }),
            ("y", node.position.map { .real($0.y * ExportScale.unit) }),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }

    static func values(of edge: TopologyEdge) -> [(name: String, value: Value)] {
        let all: [(String, Value?)] = [
            ("source_interface", edge.link.a.port.map(Value.text)),
            ("target_interface", edge.link.b.port.map(Value.text)),
            ("interface_type", edge.interfaceType.map { .text($0.rawValue) }), ("speed", edge.speed.map(Value.whole)),
            ("up", edge.isUp.map(Value.truth)), ("origin", .text(edge.link.origin.rawValue)),
            ("confidence", .real(edge.link.confidence)), ("seen_from_one_side", .truth(edge.link.isSeenFromOneSide)),
            ("group", edge.link.group.map(Value.text)), ("since", .text("\(edge.since)")),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }
}

/// How large a node's width is in drawings.
enum ExportScale {
    /// Pixels or points to a node's width.
    static let unit = 24.0
}
