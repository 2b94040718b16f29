import Inventory

/// CISCO-CDP-MIB (1.3.6.1.4.1.9.9.23): cdpCacheTable, indexed by ifIndex and the number of the neighbour.
enum CDPTable {
    static let address = NeighbourColumn("cdpCacheAddress", cache + "4")
    static let version = NeighbourColumn("cdpCacheVersion", cache + "5")
    static let deviceID = NeighbourColumn("cdpCacheDeviceId", cache + "6")
    static let devicePort = NeighbourColumn("cdpCacheDevicePort", cache + "7")
    static let platform = NeighbourColumn("cdpCachePlatform", cache + "8")
    static let capabilities = NeighbourColumn("cdpCacheCapabilities", cache + "9")
    static let systemName = NeighbourColumn("cdpCacheSysName", cache + "17")
    static let primaryAddress = NeighbourColumn("cdpCachePrimaryMgmtAddr", cache + "20")
    static let secondaryAddress = NeighbourColumn("cdpCacheSecondaryMgmtAddr", cache + "22")

    /// The columns that are asked for.
    static let columns = [
        address, version, deviceID, devicePort, platform, capabilities, systemName, primaryAddress, secondaryAddress,
    ]

    private static let cache = "1.3.6.1.4.1.9.9.23.1.2.1.1."

    /// Decodes the cache; `names` gives ifName by ifIndex, for the local port's word.
    static func decode(_ answer: NeighbourAnswer, names: [Int64: String]) -> NeighbourTableReading {
        var rows = NeighbourRowSet(answer, columns)
        rows.sort()
        var table = NeighbourTableReading(failure: answer.failure(of: columns))
        var readings = NeighbourRowMerger()
        for index in rows.indexes {
            guard let ifIndex = index.first.map({ Int64($0) }), index.count >= 2 else {
                table.drop(.unusableIndex)
                continue
            }
            let reading = read(rows[index], ifIndex, names[ifIndex] ?? String(ifIndex))
            guard reading.saysSomething else {
                table.drop(.placeholder)
                continue
            }
            if !readings.add(reading) { table.drop(.repeated) }
        }
        table.neighbours = readings.readings
        return table
    }

    private static func read(_ row: [NeighbourColumn: MIBValue], _ ifIndex: Int64, _ port: String) -> NeighbourReading {
        var reading = NeighbourReading(heardBy: .cdp, localPort: port)
        reading.localIfIndex = ifIndex
        reading.localPortRule = .ifIndex
        if let address = NeighbourID.hardwareAddress(row[deviceID]) {
            reading.chassis = address
            reading.systemName = NeighbourText.clean(row[systemName])
        } else {
            reading.systemName = NeighbourText.clean(row[deviceID]) ?? NeighbourText.clean(row[systemName])
            reading.chassis = reading.systemName.flatMap(telephone)
        }
        reading.port = .port(subtype: nil, row[devicePort])
        reading.systemDescription = NeighbourText.clean(row[version], octetsMax: NeighbourText.descriptionOctetsMax)
        reading.platform = NeighbourText.clean(row[platform])
        reading.capabilities = NeighbourCapability.cdp(row[capabilities], platform: reading.platform)
        for column in [address, primaryAddress, secondaryAddress] {
            guard let address = NeighbourAddresses.inValue(row[column]) else { continue }
            if !reading.managementAddresses.contains(address) { reading.managementAddresses.append(address) }
        }
        return reading
    }

    /// Cisco's telephones and analogue adapters are named by their MAC address: `SEP001B21000001`, `ATA001B21000001`.
    private static func telephone(_ name: String) -> NeighbourID? {
        guard name.utf8.count == 15, name.hasPrefix("SEP") || name.hasPrefix("ATA") else { return nil }
        return .hardwareAddress(.octets(Array(name.utf8.dropFirst(3))))
    }
}
