import Inventory

/// Where a bridge learnt MAC addresses: Q-BRIDGE-MIB dot1qTpFdbTable, else BRIDGE-MIB dot1dTpFdbTable (RFC 4363, 4188).
enum Forwarding {
    private static let vlanPort = NeighbourColumn("dot1qTpFdbPort", "1.3.6.1.2.1.17.7.1.2.2.1.2")
    private static let vlanStatus = NeighbourColumn("dot1qTpFdbStatus", "1.3.6.1.2.1.17.7.1.2.2.1.3")
    private static let port = NeighbourColumn("dot1dTpFdbPort", "1.3.6.1.2.1.17.4.3.1.2")
    private static let status = NeighbourColumn("dot1dTpFdbStatus", "1.3.6.1.2.1.17.4.3.1.3")
    private static let learned: Int64 = 3

    /// What is asked for.
    static let columns = [vlanPort, vlanStatus, port, status]

    /// The ifIndex of each address that was learnt (not the bridge's own, not configured ones).
    ///
    /// An address that was learnt at two ports, as happens in two VLANs, is in neither place for certain and left out.
    /// Where the agent has no status for any row, all rows count as learnt. The bridge's ports are put on interfaces by
    /// dot1dBasePortIfIndex, and by `ports` where the agent has none.
    static func decode(_ answer: NeighbourAnswer, _ ports: LocalPorts) -> [String: Int64] {
        let byVLAN = places(answer, vlanPort, vlanStatus, ports)
        return byVLAN.isEmpty ? places(answer, port, status, ports) : byVLAN
    }

    private static func places(
        _ answer: NeighbourAnswer, _ port: NeighbourColumn, _ status: NeighbourColumn, _ ports: LocalPorts
    ) -> [String: Int64] {
        let statuses = statuses(answer[status])
        let bridgePorts = LocalSystemColumns.bridgePorts(answer)
        var interfaces: [UInt32: Int64?] = [:]
        var places: [String: Int64?] = [:]
        for row in answer[port].rows {
            guard let address = address(row.index), let number = row.value.number.flatMap({ UInt32(exactly: $0) }),
                number > 0, statuses.isEmpty || statuses[row.index] == learned
            else { continue }
            let ifIndex =
                interfaces[number]
                ?? (bridgePorts.isEmpty ? ports.resolve(portNumber: number)?.ifIndex : bridgePorts[number])
            interfaces[number] = .some(ifIndex)
            guard let ifIndex else { continue }
            if let known = places[address], known != ifIndex {
                places[address] = .some(nil)
            } else {
                places[address] = ifIndex
            }
        }
        return places.compactMapValues { $0 }
    }

    private static func statuses(_ column: NeighbourRows) -> [[UInt32]: Int64] {
        Dictionary(
            column.rows.compactMap { row in row.value.number.map { (row.index, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The address at the end of an index; nil for group addresses, which belong to no device.
    private static func address(_ index: [UInt32]) -> String? {
        guard index.count >= 6 else { return nil }
        let octets = index.suffix(6).compactMap { UInt8(exactly: $0) }
        guard octets.count == 6, octets[0] & 1 == 0 else { return nil }
        return HardwareAddressText.written(octets)
    }
}
