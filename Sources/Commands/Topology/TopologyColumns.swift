/// The columns of tables about wiring.
extension Columns {
    static let cables = [
        TableColumn("DEVICE", "source_name", minimumWidth: 12),
        TableColumn("INTERFACE", "source_interface", minimumWidth: 8),
        TableColumn("NEIGHBOUR", "target_name", minimumWidth: 12),
        TableColumn("INTERFACE", "target_interface", minimumWidth: 8),
        TableColumn("TYPE", "interface_type").with(leftOut: 3),
        TableColumn("SPEED", "speed", .right, format: { $0.integer.map(Units.speed) ?? $0.plainText }).with(leftOut: 4),
        TableColumn("STATUS", row: { upOrDown($0["is_up"]) }).coloured { colour(of: $0["is_up"]) },
        TableColumn("BY", "protocols").with(leftOut: 2),
        TableColumn("SEEN FROM", "seen_from").with(leftOut: 1),
        TableColumn("CONF", "confidence", .right, format: confidence).with(leftOut: 5),
    ]

    static let orphans = [
        TableColumn("NEIGHBOUR", "neighbor_name", minimumWidth: 12).with(maximumWidth: 60),
        TableColumn(
            "SEEN FROM", minimumWidth: 12,
            row: { row in
                (row["seen_from"]?.items ?? []).map { sighting in
                    "\(sighting["device_name"]?.plainText ?? "") \(sighting["interface"]?.plainText ?? "")"
                }.joined(separator: ", ")
            }
        ).with(maximumWidth: 80),
        TableColumn("BY", "protocols"),
        TableColumn("ADDRESS", "management_addresses", minimumWidth: 10).with(maximumWidth: 40),
        TableColumn("PLATFORM", "platform", minimumWidth: 8).with(maximumWidth: 40, leftOut: 1),
        TableColumn("CAPABILITIES", "capabilities", minimumWidth: 8).with(leftOut: 2),
        TableColumn("KEY", "key", minimumWidth: 8).with(maximumWidth: 60),
    ]

    static let neighbours = [
        TableColumn("INTERFACE", row: { $0["local_if_name"]?.string ?? $0["local_port"]?.plainText ?? "" }),
        TableColumn("NEIGHBOUR", "neighbor_name", minimumWidth: 12).with(maximumWidth: 60),
        TableColumn("PORT", "neighbor_port", minimumWidth: 8).with(maximumWidth: 40),
        TableColumn("BY", "protocol"),
        TableColumn(
            "DEVICE",
            row: { row in
                let names = [row["connected_to_device_name"], row["connected_to_if_name"]]
                return names.compactMap { $0?.string }.joined(separator: " ")
            }),
        TableColumn("CONF", "confidence", .right, format: confidence).with(leftOut: 3),
        TableColumn("PLATFORM", "platform", minimumWidth: 8).with(maximumWidth: 40, leftOut: 1),
        TableColumn("CAPABILITIES", "capabilities", minimumWidth: 8).with(leftOut: 2),
        TableColumn("SINCE", "first_seen_at", format: { Units.time($0.plainText) }).with(leftOut: 4),
        TableColumn("LAST HEARD", "last_seen_at", format: { Units.time($0.plainText) }).with(leftOut: 5),
    ]

    static let wiringChanges = [
        TableColumn("TIME", "at", format: { Units.time($0.plainText) }),
        TableColumn("CHANGE", row: { $0["change"]?.plainText ?? "" }).coloured { row in
            switch row["change"]?.string {
            case "appeared": .green
            case "vanished": .red
            default: .yellow
            }
        },
        TableColumn("DEVICE", "source_name", minimumWidth: 12),
        TableColumn("INTERFACE", "source_interface", minimumWidth: 8),
        TableColumn("NEIGHBOUR", "target_name", minimumWidth: 12).with(maximumWidth: 60),
        TableColumn("INTERFACE", "target_interface", minimumWidth: 8),
        TableColumn("BEFORE", minimumWidth: 8, row: { row in row["from"]?.members == nil ? "" : before(row) }),
    ]

    static let contradictions = [
        TableColumn("KIND", "kind"),
        TableColumn("DEVICES", "device_names", minimumWidth: 12),
        TableColumn("WHAT EACH SIDE SAYS", "explanation", minimumWidth: 20),
    ]

    static let singlePoints = [
        TableColumn("KIND", "kind"),
        TableColumn("WHAT FAILS", minimumWidth: 20, row: { TopologyText.element($0) }),
        TableColumn("CUTS OFF", "cut_off", .right),
    ]

    static let wiredDevices = [
        TableColumn("NAME", "name", minimumWidth: 12), TableColumn("TYPE", "device_type"),
        TableColumn("STATUS", "status"),
    ]

    static let hops = [
        TableColumn("DEVICE", "device", minimumWidth: 12), TableColumn("INTERFACE", "out"),
        TableColumn("NEXT", "next", minimumWidth: 12), TableColumn("INTERFACE", "in"),
        TableColumn("SPEED", "speed", .right, format: { $0.integer.map(Units.speed) ?? $0.plainText }),
    ]

    static let manualLinks = [
        TableColumn("ID", "id"), TableColumn("DEVICE", "a_device_name", minimumWidth: 12),
        TableColumn("INTERFACE", "a_interface"), TableColumn("DEVICE", "b_device_name", minimumWidth: 12),
        TableColumn("INTERFACE", "b_interface"), TableColumn("NOTE", "note", minimumWidth: 8),
        TableColumn("ENTERED", "created_at", format: { Units.time($0.plainText) }),
    ]

    /// Both ends of a cable before it moved; by their ports alone where the devices are those of now.
    private static func before(_ row: JSONValue) -> String {
        let sides = ["source", "target"]
        func names(_ ends: JSONValue?) -> [String] { sides.compactMap { ends?["\($0)_name"]?.string } }
        let old = row["from"]
        let isSamePair = names(old).sorted() == names(row).sorted() || names(old).isEmpty
        return sides.map { side in
            let port = old?["\(side)_interface"]?.string ?? "?"
            return isSamePair ? port : "\(old?["\(side)_name"]?.string ?? "?") \(port)"
        }.joined(separator: " – ")
    }

    private static func upOrDown(_ value: JSONValue?) -> String {
        value?.bool.map { $0 ? "up" : "down" } ?? ""
    }

    private static func colour(of value: JSONValue?) -> Colour? {
        value?.bool.map { $0 ? .green : .red }
    }
}
