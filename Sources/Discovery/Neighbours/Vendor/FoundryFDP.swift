import Inventory

/// FOUNDRY-SN-SWITCH-GROUP-MIB snFdpCacheTable: what IronWare (Foundry, Brocade, Ruckus ICX) heard by FDP and by CDP.
///
/// Indexed by ifIndex and a number; snFdpCacheVendorId tells the protocol.
enum FoundryFDP {
    private static let entry = "1.3.6.1.4.1.1991.1.1.3.20.1.2.1.1."
    private static let deviceID = NeighbourColumn("snFdpCacheDeviceId", entry + "3")
    private static let addressType = NeighbourColumn("snFdpCacheAddressType", entry + "4")
    private static let address = NeighbourColumn("snFdpCacheAddress", entry + "5")
    private static let version = NeighbourColumn("snFdpCacheVersion", entry + "6")
    private static let devicePort = NeighbourColumn("snFdpCacheDevicePort", entry + "7")
    private static let platform = NeighbourColumn("snFdpCachePlatform", entry + "8")
    private static let capabilities = NeighbourColumn("snFdpCacheCapabilities", entry + "9")
    private static let vendor = NeighbourColumn("snFdpCacheVendorId", entry + "10")
    private static let moreAddresses = NeighbourColumn("snFdpCachedAddrValue", "1.3.6.1.4.1.1991.1.1.3.20.1.4.1.1.5")
    private static let table = [
        deviceID, addressType, address, version, devicePort, platform, capabilities, vendor,
    ]
    private static let indexLength = 2

    /// What is asked for.
    static let columns = table + [moreAddresses]

    /// Foundry's enterprise 1991.
    static func isWorthAsking(sysObjectID: String?) -> Bool { Enterprise.isOne(of: [1991], sysObjectID) }

    /// Decodes the table; rows are on the interface of their index.
    static func decode(_ answer: NeighbourAnswer, _ ports: LocalPorts) -> NeighbourTableReading {
        var rows = NeighbourRowSet(answer, table)
        rows.sort()
        var reading = NeighbourTableReading(failure: answer.failure(of: columns))
        let addresses = addresses(answer)
        var readings = [NeighbourProtocol.fdp: NeighbourRowMerger(), .cdp: NeighbourRowMerger()]
        for (position, index) in rows.indexes.enumerated() {
            guard index.count >= indexLength else {
                reading.drop(.unusableIndex)
                continue
            }
            let neighbour = read(
                rows.values(at: position), index[0], addresses[Array(index.prefix(indexLength))] ?? [])
            guard neighbour.saysSomething else {
                reading.drop(.placeholder)
                continue
            }
            if readings[neighbour.heardBy]?.add(neighbour) == false { reading.drop(.repeated) }
        }
        reading.neighbours = [.fdp, .cdp].flatMap { readings[$0]?.readings ?? [] }
        return reading
    }

    private static func read(
        _ row: [NeighbourColumn: MIBValue], _ number: UInt32, _ addresses: [String]
    ) -> NeighbourReading {
        var reading = NeighbourReading(heardBy: row[vendor]?.number == 2 ? .cdp : .fdp, localPort: String(number))
        if let ifIndex = Int32(exactly: number), ifIndex > 0 {
            (reading.localIfIndex, reading.localPortRule) = (Int64(ifIndex), .ifIndex)
        }
        reading.chassis = .hardwareAddress(row[deviceID])
        if reading.chassis == nil { reading.systemName = NeighbourText.clean(row[deviceID]) }
        reading.port = .port(subtype: nil, row[devicePort])
        reading.platform = NeighbourText.clean(row[platform])
        reading.systemDescription = NeighbourText.clean(row[version], octetsMax: NeighbourText.descriptionOctetsMax)
        reading.capabilities = capabilities(row[capabilities], platform: reading.platform)
        let isIP = row[addressType].map { $0.number == 1 } ?? true
        let first = isIP ? NeighbourAddresses.inValue(row[address]) : nil
        reading.managementAddresses = (first.map { [$0] } ?? []) + addresses.filter { $0 != first }
        return reading
    }

    /// FDP's are words (`Router`), CDP's bits; both as DisplayString.
    private static func capabilities(_ value: MIBValue?, platform: String?) -> Set<NeighbourCapability> {
        if case .octets(let octets) = value, NeighbourText.isText(octets) {
            let hasWords = octets.contains { ($0 | 0x20) > UInt8(ascii: "f") && ($0 | 0x20) <= UInt8(ascii: "z") }
            if hasWords { return NeighbourCapability.lldp(value) }
        }
        return NeighbourCapability.cdp(value, platform: platform)
    }

    private static func addresses(_ answer: NeighbourAnswer) -> [[UInt32]: [String]] {
        var addresses = IndexedAddresses()
        for row in answer[moreAddresses].rows where row.index.count > indexLength {
            addresses.add(NeighbourAddresses.inValue(row.value), at: Array(row.index.prefix(indexLength)))
        }
        return addresses.all
    }
}
