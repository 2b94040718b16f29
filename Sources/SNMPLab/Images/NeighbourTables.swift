extension DeviceImage {
    /// Neighbours heard on interfaces that are in the tables and up, with the interface they were heard on.
    private func heard(
        by heardBy: SimulatedNeighbour.NeighbourProtocol
    ) -> [(neighbour: SimulatedNeighbour, port: SimulatedInterface)] {
        let places = Dictionary(present.map { ($0.position, $0.interface) }, uniquingKeysWith: { first, _ in first })
        return device.neighbours.compactMap { neighbour in
            guard neighbour.heardBy == heardBy, let port = places[neighbour.position], port.operStatus == 1 else {
                return nil
            }
            return (neighbour, port)
        }
    }

    private func portNumber(_ interface: SimulatedInterface) -> UInt32 {
        device.manner.numbersPortsByBridge ? (interface.portNumber ?? interface.index) : interface.index
    }

    /// LLDP-MIB: the local system, its ports, the remote systems and their management addresses.
    mutating func addLLDP() {
        guard device.reportsNeighbours, !isShared else { return }
        let objects = Self.prefix([1, 0, 8802, 1, 1, 2, 1])
        addLLDPLocal(name(objects, 3))
        addLLDPRemote(name(objects, 4, 1, 1), name(objects, 4, 2, 1))
    }

    private mutating func addLLDPLocal(_ local: [UInt8]) {
        add(name(local, 1, 0), BER.signed(4))
        add(name(local, 2, 0), BER.element(BER.octetString, device.physicalAddress(offset: 0)))
        add(name(local, 3, 0), Self.text(device.systemName))
        add(name(local, 4, 0), Self.text(device.systemDescr))
        add(name(local, 5, 0), BER.element(BER.octetString, [device.capabilities.rawValue, 0]))
        add(name(local, 6, 0), BER.element(BER.octetString, [device.capabilities.rawValue, 0]))
        for each in present where each.interface.portNumber != nil || each.interface.type == 6 {
            let number = portNumber(each.interface)
            let id = device.portID(of: each.position)
            let octets =
                id.subtype == 7 && device.manner == .juniper
                ? Array(String(each.interface.index).utf8) : id.octets
            add(name(local, 7, 1, 2, number), BER.signed(Int64(id.subtype)))
            add(name(local, 7, 1, 3, number), BER.element(BER.octetString, octets))
            let shown = id.subtype == 5 ? each.interface.descr : each.interface.name
            add(name(local, 7, 1, 4, number), Self.text(shown))
        }
        let address = LabAddress.number(ofDevice: device.ordinal)
        addManagementAddress(name(local, 8, 1), [], address, firstColumn: 3, hasLength: true)
    }

    /// Columns of a management address: its length (local table only), and the interface it stands on.
    private mutating func addManagementAddress(
        _ table: [UInt8], _ index: [UInt32], _ address: UInt32, firstColumn: UInt32, hasLength: Bool
    ) {
        let octets = (0..<4).map { address >> UInt32(24 - 8 * $0) & 0xFF }
        let place = index + [1, 4] + octets
        func entry(_ column: UInt32) -> [UInt8] {
            ([column] + place).reduce(into: table) { ObjectName.append(UInt64($1), to: &$0) }
        }
        var column = firstColumn
        if hasLength {
            add(entry(column), BER.signed(5))
            column += 1
        }
        add(entry(column), BER.signed(2))
        add(entry(column + 1), BER.signed(1))
        add(entry(column + 2), BER.element(BER.objectIdentifier, [0]))
    }

    private mutating func addLLDPRemote(_ table: [UInt8], _ addresses: [UInt8]) {
        for (order, (neighbour, port)) in heard(by: .lldp).enumerated() {
            // The time mark is when the row last changed; agents that restarted their tables say 0.
            let mark = device.ordinal % 3 == 0 ? 0 : UInt32(500 + order * 40 + device.ordinal)
            let index = [mark, portNumber(port), UInt32(order + 1)]
            func entry(_ column: UInt32) -> [UInt8] {
                ([column] + index).reduce(into: table) { ObjectName.append(UInt64($1), to: &$0) }
            }
            add(entry(4), BER.signed(Int64(neighbour.chassisSubtype)))
            add(entry(5), BER.element(BER.octetString, neighbour.chassisID))
            add(entry(6), BER.signed(Int64(neighbour.portSubtype)))
            add(entry(7), BER.element(BER.octetString, neighbour.portID))
            add(entry(8), Self.text(neighbour.portDescr))
            add(entry(9), Self.text(neighbour.systemName))
            add(entry(10), Self.text(neighbour.systemDescr))
            add(entry(11), BER.element(BER.octetString, [neighbour.capabilities.rawValue, 0]))
            add(entry(12), BER.element(BER.octetString, [neighbour.capabilities.rawValue, 0]))
            if let address = neighbour.address {
                addManagementAddress(addresses, index, address, firstColumn: 3, hasLength: false)
            }
        }
    }

    /// CISCO-CDP-MIB: cdpCacheTable by ifIndex, and the device's own id.
    mutating func addCDP() {
        guard device.reportsNeighbours, device.manner.speaksCDP, !isShared else { return }
        let objects = Self.prefix([1, 3, 6, 1, 4, 1, 9, 9, 23, 1])
        for (order, (neighbour, port)) in heard(by: .cdp).enumerated() {
            func entry(_ column: UInt32) -> [UInt8] {
                name(objects, 2, 1, 1, column, port.index, UInt32(order + 1))
            }
            let address = neighbour.address.map { value in
                (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * $0)) }
            }
            let bits = neighbour.capabilities.cdpBits
            let capabilities = (0..<4).map { UInt8(truncatingIfNeeded: bits >> UInt32(24 - 8 * $0)) }
            add(entry(3), BER.signed(1))
            add(entry(4), BER.element(BER.octetString, address ?? []))
            add(entry(5), Self.text(neighbour.systemDescr))
            add(entry(6), Self.text(neighbour.systemName))
            add(entry(7), Self.text(neighbour.portDescr))
            add(entry(8), Self.text(neighbour.platform))
            add(entry(9), BER.element(BER.octetString, capabilities))
        }
        add(name(objects, 3, 1, 0), BER.signed(1))
        add(name(objects, 3, 4, 0), Self.text(device.systemName))
    }
}
