import FoundationEssentials
package import Inventory

/// An alert as deliveries keep it; names as in the table.
extension Alert: JSONWritten {
    /// `{"id":"…","entity":"interface:…","device_id":"…","condition":"interface_down",…}`; what is empty is left out.
    package func write(to object: inout JSONObjectText) {
        object.add("id", id: id)
        object.add("entity", entity.key)
        object.add("device_id", id: entity.deviceID)
        object.add("interface_id", id: entity.interfaceID)
        object.add("condition", condition.rawValue)
        object.add("rule", rule)
        object.add("severity", severity.rawValue)
        object.add("message", message)
        object.add("value", value)
        object.add("threshold", threshold)
        object.add("state", state.rawValue)
        object.add("started_at", time: startedAt)
        object.add("fired_at", time: firedAt)
        object.add("last_seen_at", time: lastSeenAt)
        object.add("resolved_at", time: resolvedAt)
        object.add("acknowledgement", object: acknowledgement)
        object.add("hold", hold?.rawValue)
        object.add("cause_id", id: causeID)
        object.add("notified_at", time: notifiedAt)
        object.add("tellings", objects: tellings)
        object.add("context", object: context)
    }

    /// Throws `Malformed` where what every alert has is missing.
    package init(reading cursor: inout JSONCursor) throws {
        let nobody = AlertID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
        self.init(
            id: nobody, entity: .system(""), condition: .anomaly, rule: "", severity: .low,
            at: Timestamp(milliseconds: 0))
        var (device, interface): (DeviceID?, InterfaceID?)
        var (key, found) = ("", 0)
        func required<Value>(_ value: Value) -> Value {
            found += 1
            return value
        }
        try cursor.object { name, value in
            switch name {
            case "id": id = required(try value.id())
            case "entity": key = required(try value.string())
            case "device_id": device = try value.id()
            case "interface_id": interface = try value.id()
            case "condition": condition = required(try value.word())
            case "severity": severity = required(try value.word())
            case "state": state = required(try value.word())
            case "started_at": startedAt = required(try value.time())
            case "last_seen_at": lastSeenAt = required(try value.time())
            default: try readMember(name, &value)
            }
        }
        guard found == 7, let entity = AlertEntity(written: key, device: device, interface: interface) else {
            throw JSONCursor.Malformed()
        }
        self.entity = entity
    }

    private mutating func readMember(_ name: String, _ value: inout JSONCursor) throws {
        switch name {
        case "rule": rule = try value.string()
        case "message": message = try value.string()
        case "value": self.value = try value.number()
        case "threshold": threshold = try value.number()
        case "fired_at": firedAt = try value.time()
        case "resolved_at": resolvedAt = try value.time()
        case "acknowledgement": acknowledgement = try AlertAcknowledgement(reading: &value)
        case "hold": hold = try value.word()
        case "cause_id": causeID = try value.id()
        case "notified_at": notifiedAt = try value.time()
        case "tellings": tellings = try value.list { try AlertTelling(reading: &$0) }
        case "context": context = try AlertContext(reading: &value)
        default: try value.skip()
        }
    }

    /// Those of its times that its row has in columns of their own, where the schema looks at them.
    package var columnTimes: [Timestamp] {
        [
            startedAt, firedAt, lastSeenAt, resolvedAt, notifiedAt, acknowledgement?.at, acknowledgement?.until,
        ].compactMap(\.self)
    }
}

extension AlertTelling: JSONWritten {
    /// `{"receiver":"noc","at":"…","severity":"high"}`, and what else there is of `is_over`, `group`, `is_counted`,
    /// `is_due` and `before`.
    package func write(to object: inout JSONObjectText) {
        object.add("receiver", receiver)
        object.add("at", time: at)
        object.add("severity", severity.rawValue)
        object.add("is_over", ifTrue: isOver)
        if !group.isEmpty { object.add("group", group) }
        object.add("is_counted", ifTrue: isCounted)
        object.add("is_due", ifTrue: isDue)
        object.add("before", object: before)
    }

    package init(reading cursor: inout JSONCursor) throws {
        var (receiver, time, severity, before): (String?, Timestamp?, AlertSeverity?, Earlier?)
        var (group, isOver, isCounted, isDue) = ("", false, false, false)
        try cursor.object { name, value in
            switch name {
            case "receiver": receiver = try value.string()
            case "at": time = try value.time()
            case "severity": severity = try value.word()
            case "is_over": isOver = try value.boolean()
            case "group": group = try value.string()
            case "is_counted": isCounted = try value.boolean()
            case "is_due": isDue = try value.boolean()
            case "before": before = try Earlier(reading: &value)
            default: try value.skip()
            }
        }
        guard let receiver, let time, let severity else { throw JSONCursor.Malformed() }
        self.init(receiver, at: time, severity: severity, isOver: isOver, group: group)
        (self.isCounted, self.isDue, self.before) = (isCounted, isDue, before)
    }
}

extension AlertTelling.Earlier: JSONWritten {
    package func write(to object: inout JSONObjectText) {
        object.add("at", time: at)
        object.add("severity", severity.rawValue)
    }

    fileprivate init(reading cursor: inout JSONCursor) throws {
        var (time, severity): (Timestamp?, AlertSeverity?)
        try cursor.object { name, value in
            switch name {
            case "at": time = try value.time()
            case "severity": severity = try value.word()
            default: try value.skip()
            }
        }
        guard let time, let severity else { throw JSONCursor.Malformed() }
        self.init(at: time, severity: severity)
    }
}

extension AlertAcknowledgement: JSONWritten {
    package func write(to object: inout JSONObjectText) {
        object.add("at", time: at)
        object.add("by", by)
        object.add("note", note)
        object.add("until", time: until)
    }

    fileprivate init(reading cursor: inout JSONCursor) throws {
        var (time, by, note, until): (Timestamp?, String?, String?, Timestamp?)
        try cursor.object { name, value in
            switch name {
            case "at": time = try value.time()
            case "by": by = try value.string()
            case "note": note = try value.string()
            case "until": until = try value.time()
            default: try value.skip()
            }
        }
        guard let time else { throw JSONCursor.Malformed() }
        self.init(at: time, by: by, note: note, until: until)
    }
}
