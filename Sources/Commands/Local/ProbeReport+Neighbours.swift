import Discovery
import Inventory

extension ProbeReport {
    /// One member each, in the order in which the neighbours were read.
    var neighbourRows: [JSONValue] {
        let names = Dictionary(
            reading.interfaces.map { ($0.ifIndex, $0.ifName ?? $0.ifDescr) }, uniquingKeysWith: { first, _ in first })
        return neighbours.neighbours.map { neighbour in
            let name = neighbour.localIfIndex.flatMap { names[$0] ?? nil }
            return [
                "protocol": .string(neighbour.heardBy.rawValue),
                "local_if_index": JSONValue(neighbour.localIfIndex),
                "local_if_name": JSONValue(name),
                // The device id of CDP is the neighbour's name, a MAC address too.
                "neighbor_name": JSONValue(
                    neighbour.systemName ?? (neighbour.heardBy == .cdp ? neighbour.chassis?.text : nil)),
                "neighbor_port": JSONValue(neighbour.port?.text),
                "neighbor_port_desc": JSONValue(neighbour.portDescription),
                "chassis_id": JSONValue(neighbour.chassis?.text),
                "management_address": JSONValue(neighbour.managementAddresses.first),
                "platform": JSONValue(neighbour.platform ?? neighbour.systemDescription),
                "capabilities": .array(neighbour.capabilities.map(\.rawValue).sorted().map(JSONValue.string)),
            ]
        }
    }

    /// How many there are, and a table of them.
    func neighbourText(width: Int?, colours: Bool) -> [String] {
        let rows = neighbourRows
        let count = "\(rows.count) \(rows.count == 1 ? "neighbour" : "neighbours")"
        guard !rows.isEmpty else { return [count] }
        return [count, Table(columns: Self.neighbourColumns, rows: rows).render(width: width, colours: colours)]
    }

    private static let neighbourColumns = [
        TableColumn(
            "PORT",
            row: { row in
                [row["local_if_name"], row["local_if_index"]].compactMap { $0?.isNull == false ? $0 : nil }.first?
                    .plainText ?? ""
            }
        ),
        TableColumn("BY", "protocol"),
        TableColumn(
            "NEIGHBOUR",
            row: { row in
                [row["neighbor_name"], row["management_address"], row["chassis_id"]]
                    .compactMap { $0?.isNull == false ? $0 : nil }.first?.plainText ?? ""
            }
        ).with(maximumWidth: 60),
        TableColumn("ITS PORT", "neighbor_port", minimumWidth: 8).with(maximumWidth: 60),
        TableColumn("ADDRESS", "management_address"),
        TableColumn(
            "IS",
            row: { row in (row["capabilities"]?.items ?? []).map(\.plainText).joined(separator: " ") }),
        TableColumn("PLATFORM", "platform", minimumWidth: 8).with(maximumWidth: 60),
    ]
}

extension DeviceNeighbours {
    /// What classification wants to know of them by ifIndex, the one that speaks for its interface first.
    var facts: [Int64: [NeighbourFacts]] {
        var rows: [Int64: [NeighbourReading]] = [:]
        for neighbour in neighbours {
            if let ifIndex = neighbour.localIfIndex { rows[ifIndex, default: []].append(neighbour) }
        }
        return rows.mapValues { rows in
            rows.sorted {
                ($0.precedence, $0.heardBy, $0.displayName) < ($1.precedence, $1.heardBy, $1.displayName)
            }
            .map(\.facts)
        }
    }
}
