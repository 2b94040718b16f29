package import Inventory

extension LinkRecord: TableRow {
    package static let table = "topology_links"
    package static let columns = [
        "id", "key", "a_device_id", "a_interface_id", "a_device_name", "a_port", "b_device_id", "b_interface_id",
        "b_device_name", "b_port", "origin", "confidence", "link_group", "witnesses", "appeared_revision",
        "appeared_at", "vanished_revision", "vanished_at",
    ]

    package func write(to sink: inout some ColumnSink) {
        sink.id(id)
        sink.text(link.key)
        for end in [link.a, link.b] {
            sink.id(end.deviceID)
            sink.id(end.interfaceID)
            sink.text(end.deviceName)
            sink.text(end.port)
        }
        sink.text(link.origin.rawValue)
        sink.real(link.confidence)
        sink.text(link.group)
        sink.text("[" + link.witnesses.map(\.json).joined(separator: ",") + "]")
        sink.integer(appearedRevision)
        sink.time(appearedAt)
        sink.integer(vanishedRevision)
        sink.time(vanishedAt)
    }

    package init(reading row: inout some ColumnReading) throws {
        let id: LinkRecordID = try row.requiredID()
        _ = row.text()  // key follows from the ends
        let (a, b) = (try LinkEnd(reading: &row), try LinkEnd(reading: &row))
        var link = Link(a: a, b: b, origin: try row.word(), confidence: row.real(), group: row.text())
        link.witnesses = try row.json("a JSON list of testimonies") { cursor in
            var witnesses: [LinkWitness] = []
            try cursor.array { witnesses.append(try LinkWitness(reading: &$0)) }
            return witnesses
        }
        self.init(id: id, link: link, revision: row.requiredInteger(), at: try row.requiredTime())
        vanishedRevision = row.integer()
        vanishedAt = try row.time()
    }
}

extension LinkEnd {
    fileprivate init(reading row: inout some ColumnReading) throws {
        self.init(
            deviceID: try row.id(), interfaceID: try row.id(), deviceName: row.requiredText(), port: row.text())
    }
}

extension LinkWitness {
    fileprivate var json: String {
        var object = JSONObjectText()
        object.add("device_id", deviceID.description)
        object.add("source", source)
        object.add("device_rules", json: JSONText.list(deviceRules.map(\.rawValue)))
        object.add("interface_rules", json: JSONText.list(interfaceRules.map(\.rawValue)))
        return object.closed
    }

    fileprivate init(reading cursor: inout JSONCursor) throws {
        var (device, source): (DeviceID?, String?)
        var (deviceRules, interfaceRules): ([MatchRule], [MatchRule]) = ([], [])
        try cursor.object { name, value in
            switch name {
            case "device_id": device = DeviceID(try value.string())
            case "source": source = try value.string()
            case "device_rules": deviceRules = try value.strings().compactMap { MatchRule(rawValue: $0) }
            case "interface_rules": interfaceRules = try value.strings().compactMap { MatchRule(rawValue: $0) }
            default: try value.skip()
            }
        }
        guard let device, let source else { throw JSONCursor.Malformed() }
        self.init(deviceID: device, source: source, deviceRules: deviceRules, interfaceRules: interfaceRules)
    }
}

extension ManualLink: TableRow {
    package static let table = "manual_links"
    package static let columns = [
        "id", "a_device_id", "a_interface_id", "b_device_id", "b_interface_id", "note", "created_at",
    ]

    package func write(to sink: inout some ColumnSink) {
        sink.id(id)
        sink.id(aDeviceID)
        sink.id(aInterfaceID)
        sink.id(bDeviceID)
        sink.id(bInterfaceID)
        sink.text(note)
        sink.time(createdAt)
    }

    package init(reading row: inout some ColumnReading) throws {
        self.init(
            id: try row.requiredID(), aDeviceID: try row.requiredID(), aInterfaceID: try row.id(),
            bDeviceID: try row.requiredID(), bInterfaceID: try row.id(), note: row.text(), at: try row.requiredTime())
    }
}

extension TopologyRevisionRecord: TableRow {
    package static let table = "topology_revisions"
    package static let columns = [
        "number", "made_at", "devices_read", "connections", "mapped", "links", "appeared", "vanished",
    ]

    package func write(to sink: inout some ColumnSink) {
        sink.integer(number)
        sink.time(at)
        for count in [devicesRead, connections, mapped, links, appeared, vanished] { sink.integer(Int64(count)) }
    }

    package init(reading row: inout some ColumnReading) throws {
        self.init(number: row.requiredInteger(), at: try row.requiredTime())
        devicesRead = Int(row.requiredInteger())
        connections = Int(row.requiredInteger())
        mapped = Int(row.requiredInteger())
        links = Int(row.requiredInteger())
        appeared = Int(row.requiredInteger())
        vanished = Int(row.requiredInteger())
    }
}

extension NodePosition: TableRow {
    package static let table = "topology_positions"
    package static let columns = ["device_id", "x", "y", "tier"]

    package func write(to sink: inout some ColumnSink) {
        sink.id(deviceID)
        sink.real(x)
        sink.real(y)
        sink.integer(tier.map(Int64.init))
    }

    package init(reading row: inout some ColumnReading) throws {
        self.init(
            deviceID: try row.requiredID(), x: row.real(), y: row.real(), tier: row.integer().map { Int($0) })
    }
}
