package import Inventory

/// What a device says of itself: a row of `device_descriptions`.
package struct DescriptionRow: TableRow {
    package static let table = "device_descriptions"
    package static let columns = ["device_id", "read_at", "content"]

    package var deviceID: DeviceID
    /// When it was first read as it is.
    package var readAt: Timestamp
    package var content: LocalSystem

    package init(deviceID: DeviceID, readAt: Timestamp, content: LocalSystem) {
        self.deviceID = deviceID
        self.readAt = readAt
        self.content = content
    }

    package func write(to sink: inout some ColumnSink) {
        sink.id(deviceID)
        sink.time(readAt)
        sink.text(content.json)
    }
}

extension DescriptionRow {
    package init(reading row: inout some ColumnReading) throws {
        deviceID = try row.requiredID()
        readAt = try row.requiredTime()
        content = try row.json("a description of a device") { try LocalSystem(reading: &$0) }
    }
}

extension LocalSystem {
    /// `{"chassis":[…],"system_names":[…],"addresses":[…],"ports":[…],"protocols":[…]}`.
    fileprivate var json: String {
        var object = JSONObjectText()
        object.add("chassis", json: list(chassis.map(\.json)))
        object.add("system_names", json: JSONText.list(systemNames))
        object.add("addresses", json: JSONText.list(addresses))
        object.add("ports", json: list(ports.map(\.json)))
        object.add("protocols", json: JSONText.list(protocols.sorted().map(\.rawValue)))
        return object.closed
    }

    private func list(_ values: [String]) -> String {
        "[" + values.joined(separator: ",") + "]"
    }

    fileprivate init(reading cursor: inout JSONCursor) throws {
        self.init()
        try cursor.object { name, value in
            switch name {
            case "chassis": try value.array { chassis.append(try NeighbourID(reading: &$0)) }
            case "system_names": systemNames = try value.strings()
            case "addresses": addresses = try value.strings()
            case "ports": try value.array { ports.append(try Port(reading: &$0)) }
            case "protocols": protocols = Set(try value.strings().compactMap { NeighbourProtocol(rawValue: $0) })
            default: try value.skip()
            }
        }
    }
}

extension LocalSystem.Port {
    fileprivate var json: String {
        var object = JSONObjectText()
        object.add("if_index", ifIndex)
        object.add("port_id", json: portID?.json)
        object.add("description", portDescription)
        object.add("aggregate", aggregateIfIndex)
        return object.closed
    }

    fileprivate init(reading cursor: inout JSONCursor) throws {
        var index: Int64?
        var (port, description, aggregate): (NeighbourID?, String?, Int64?)
        try cursor.object { name, value in
            switch name {
            case "if_index": index = try value.integer()
            case "port_id": port = try NeighbourID(reading: &value)
            case "description": description = try value.string()
            case "aggregate": aggregate = try value.integer()
            default: try value.skip()
            }
        }
        guard let index else { throw JSONCursor.Malformed() }
        self.init(ifIndex: index)
        portID = port
        portDescription = description
        aggregateIfIndex = aggregate
    }
}

extension NeighbourID {
    fileprivate var json: String {
        var object = JSONObjectText()
        object.add("subtype", subtype.map(Int64.init))
        object.add("kind", kind.rawValue)
        object.add("text", text)
        return object.closed
    }

    fileprivate init(reading cursor: inout JSONCursor) throws {
        var (subtype, kind, text): (Int?, Kind?, String?)
        try cursor.object { name, value in
            switch name {
            case "subtype": subtype = Int(try value.integer())
            case "kind": kind = Kind(rawValue: try value.string())
            case "text": text = try value.string()
            default: try value.skip()
            }
        }
        guard let text else { throw JSONCursor.Malformed() }
        self.init(subtype: subtype, kind: kind ?? .text, text: text)
    }
}
