package import Inventory

extension Neighbour: TableRow {
    package static let table = "interface_neighbours"
    package static let columns = [
        "id", "device_id", "interface_id", "local_port", "local_if_index", "local_port_rule", "protocol",
        "chassis_id_subtype", "chassis_id_kind", "chassis_id", "port_id_subtype", "port_id_kind", "port_id",
        "port_description", "neighbor_name", "system_description", "platform", "capabilities", "management_address",
        "management_addresses", "connected_to_device_id", "connected_to_interface_id", "device_rules",
        "interface_rules", "candidates", "match_confidence", "first_seen_at", "last_seen_at",
    ]

    package func write(to sink: inout some ColumnSink) {
        sink.id(id)
        sink.id(deviceID)
        sink.id(interfaceID)
        reading.write(to: &sink)
        match.write(to: &sink)
        sink.time(firstSeenAt)
        sink.time(lastSeenAt)
    }

    package init(reading row: inout some ColumnReading) throws {
        let (id, device): (NeighbourRowID, DeviceID) = (try row.requiredID(), try row.requiredID())
        let interface: InterfaceID? = try row.id()
        self.init(
            id: id, deviceID: device, interfaceID: interface, reading: try NeighbourReading(reading: &row),
            match: try NeighbourMatch(reading: &row), at: try row.requiredTime())
        lastSeenAt = try row.requiredTime()
    }
}

extension NeighbourReading {
    /// The columns from `local_port` to `management_addresses`.
    fileprivate func write(to sink: inout some ColumnSink) {
        sink.text(localPort)
        sink.integer(localIfIndex)
        sink.text(localPortRule?.rawValue)
        sink.text(heardBy.rawValue)
        for id in [chassis, port] {
            sink.integer(id?.subtype.map(Int64.init))
            sink.text(id?.kind.rawValue)
            sink.text(id?.text)
        }
        for text in [portDescription, systemName, systemDescription, platform] { sink.text(text) }
        sink.text(JSONText.list(capabilities.map(\.rawValue).sorted()))
        sink.text(managementAddresses.first)
        sink.text(JSONText.list(managementAddresses))
    }

    fileprivate init(reading row: inout some ColumnReading) throws {
        let (localPort, index, rule) = (row.requiredText(), row.integer(), row.text())
        self.init(heardBy: try row.word(), localPort: localPort)
        localIfIndex = index
        // A rule of a newer program is none here.
        localPortRule = rule.flatMap { LocalPortRule(rawValue: $0) }
        chassis = Self.readID(&row)
        port = Self.readID(&row)
        portDescription = row.text()
        systemName = row.text()
        systemDescription = row.text()
        platform = row.text()
        capabilities = Set(try row.words())
        _ = row.text()  // management_address is the first of management_addresses
        managementAddresses = try row.textList()
    }

    private static func readID(_ row: inout some ColumnReading) -> NeighbourID? {
        let (subtype, kind, text) = (row.integer(), row.text(), row.text())
        guard let text else { return nil }
        return NeighbourID(
            subtype: subtype.map { Int($0) }, kind: kind.flatMap { NeighbourID.Kind(rawValue: $0) } ?? .text, text: text
        )
    }
}

extension NeighbourMatch {
    /// The columns from `connected_to_device_id` to `match_confidence`.
    fileprivate func write(to sink: inout some ColumnSink) {
        sink.id(deviceID)
        sink.id(interfaceID)
        sink.text(JSONText.list(deviceRules.map(\.rawValue)))
        sink.text(JSONText.list(interfaceRules.map(\.rawValue)))
        sink.text(JSONText.list(candidates.map(\.description)))
        sink.real(confidence)
    }

    fileprivate init(reading row: inout some ColumnReading) throws {
        self.init()
        deviceID = try row.id()
        interfaceID = try row.id()
        deviceRules = try row.words()
        interfaceRules = try row.words()
        candidates = try row.textList().compactMap { DeviceID($0) }
        let stored = row.real()
        // The reference is emptied when the device is removed; what was certain then is nothing now.
        confidence = deviceID == nil ? 0 : stored
    }
}

extension ColumnReading {
    /// A JSON list of words of an enumeration; those a newer program may have written are left out.
    package mutating func words<Word: RawRepresentable<String>>(_ type: Word.Type = Word.self) throws -> [Word] {
        try json("a JSON list of words") { cursor in
            var words: [Word] = []
            try cursor.array { element in
                if let word = Word(rawValue: try element.string()) { words.append(word) }
            }
            return words
        }
    }
}
