import Inventory

/// The device's own side: its interfaces, and its ports as LLDP and its bridge number them.
enum LocalSystemColumns {
    /// A scalar: asked by its instance .0.
    static let sysObjectID = NeighbourColumn("sysObjectID", "1.3.6.1.2.1.1.2")
    static let ifIndex = NeighbourColumn("ifIndex", "1.3.6.1.2.1.2.2.1.1")
    static let ifDescr = NeighbourColumn("ifDescr", "1.3.6.1.2.1.2.2.1.2")
    static let ifPhysAddress = NeighbourColumn("ifPhysAddress", "1.3.6.1.2.1.2.2.1.6")
    static let ifName = NeighbourColumn("ifName", "1.3.6.1.2.1.31.1.1.1.1")
    static let ifAlias = NeighbourColumn("ifAlias", "1.3.6.1.2.1.31.1.1.1.18")
    static let portSubtype = NeighbourColumn("lldpLocPortIdSubtype", "1.0.8802.1.1.2.1.3.7.1.2")
    static let portID = NeighbourColumn("lldpLocPortId", "1.0.8802.1.1.2.1.3.7.1.3")
    static let portDescription = NeighbourColumn("lldpLocPortDesc", "1.0.8802.1.1.2.1.3.7.1.4")
    static let bridgePort = NeighbourColumn("dot1dBasePortIfIndex", "1.3.6.1.2.1.17.1.4.1.2")

    /// What puts a port number on an interface, and what names the interface.
    static let placing = [
        ifIndex, ifDescr, ifPhysAddress, ifName, ifAlias, portSubtype, portID, portDescription, bridgePort,
    ]

    /// The interfaces, by ifIndex.
    static func interfaces(_ answer: NeighbourAnswer) -> [LocalInterface] {
        var rows = NeighbourRowSet(answer, [ifIndex, ifDescr, ifName, ifAlias, ifPhysAddress])
        rows.sort()
        return rows.indexes.compactMap { index in
            guard index.count == 1 else { return nil }
            let row = rows[index]
            return LocalInterface(
                ifIndex: Int64(index[0]), ifName: NeighbourText.clean(row[ifName]),
                ifDescr: NeighbourText.clean(row[ifDescr]), ifAlias: NeighbourText.clean(row[ifAlias]),
                ifPhysAddress: row[ifPhysAddress].flatMap { PhysicalAddress.text(of: $0) })
        }
    }

    /// lldpLocPortTable.
    static func ports(_ answer: NeighbourAnswer) -> [LocalPort] {
        var rows = NeighbourRowSet(answer, [portSubtype, portID, portDescription])
        rows.sort()
        return rows.indexes.compactMap { index in
            guard let number = index.first else { return nil }
            let row = rows[index]
            let subtype = row[portSubtype]?.number.map { Int(clamping: $0) }
            return LocalPort(
                number: number, id: .port(subtype: subtype, row[portID]),
                portDescription: NeighbourText.clean(row[portDescription]))
        }
    }

    /// dot1dBasePortIfIndex (BRIDGE-MIB, RFC 4188): ifIndex by bridge port.
    static func bridgePorts(_ answer: NeighbourAnswer) -> [UInt32: Int64] {
        answer[bridgePort].rows.reduce(into: [:]) { ports, row in
            guard row.index.count == 1, let ifIndex = row.value.unsignedNumber, ifIndex > 0 else { return }
            if ports[row.index[0]] == nil { ports[row.index[0]] = ifIndex }
        }
    }
}
