package import Inventory

extension AlertContext: JSONWritten {
    /// `{"device":{"name":"CORE-SW-03",…},"interface":{…},"facts":[…],…}`; what is empty is left out.
    package func write(to object: inout JSONObjectText) {
        object.add("device", object: device)
        object.add("interface", object: interface)
        object.add("facts", objects: facts)
        object.add("before", objects: before)
        object.add("cause", object: cause)
        object.add("labels", texts: labels)
        object.add("remedy", remedy)
        if relapses != 0 { object.add("relapses", Int64(relapses)) }
        if penalty != 0 { object.add("penalty", penalty) }
        object.add("penalty_at", time: penaltyAt)
        object.add("clear_since", time: clearSince)
        object.add("worst", worst)
    }

    package init(reading cursor: inout JSONCursor) throws {
        self.init()
        try cursor.object { name, value in
            switch name {
            case "device": device = try Device(reading: &value)
            case "interface": interface = try Interface(reading: &value)
            case "facts": facts = try value.list { try AlertFact(reading: &$0) }
            case "before": before = try value.list { try AlertEvent(reading: &$0) }
            case "cause": cause = try AlertCause(reading: &value)
            case "labels": labels = try value.texts()
            case "remedy": remedy = try value.string()
            case "relapses": relapses = Int(try value.integer())
            case "penalty": penalty = try value.number()
            case "penalty_at": penaltyAt = try value.time()
            case "clear_since": clearSince = try value.time()
            case "worst": worst = try value.number()
            default: try value.skip()
            }
        }
    }
}

extension AlertContext.Device: JSONWritten {
    package func write(to object: inout JSONObjectText) {
        object.add("name", name)
        object.add("address", address)
        object.add("type", type.rawValue)
        object.add("location", location)
        object.add("tags", texts: tags)
    }

    fileprivate init(reading cursor: inout JSONCursor) throws {
        self.init(name: "", address: "", type: .other)
        try cursor.object { name, value in
            switch name {
            case "name": self.name = try value.string()
            case "address": address = try value.string()
            case "type": type = try value.word()
            case "location": location = try value.string()
            case "tags": tags = try value.strings()
            default: try value.skip()
            }
        }
    }
}

extension AlertContext.Interface: JSONWritten {
    package func write(to object: inout JSONObjectText) {
        object.add("name", name)
        object.add("index", index)
        object.add("alias", alias)
        object.add("type", type.rawValue)
        object.add("provider", provider)
        object.add("is_critical", ifTrue: isCritical)
        object.add("speed", speed)
        object.add("neighbor_name", neighborName)
        object.add("neighbor_port", neighborPort)
    }

    fileprivate init(reading cursor: inout JSONCursor) throws {
        self.init(name: "", type: .access)
        try cursor.object { name, value in
            switch name {
            case "name": self.name = try value.string()
            case "index": index = try value.integer()
            case "alias": alias = try value.string()
            case "type": type = try value.word()
            case "provider": provider = try value.string()
            case "is_critical": isCritical = try value.boolean()
            case "speed": speed = try value.integer()
            case "neighbor_name": neighborName = try value.string()
            case "neighbor_port": neighborPort = try value.string()
            default: try value.skip()
            }
        }
    }
}

extension AlertFact: JSONWritten {
    package func write(to object: inout JSONObjectText) {
        object.add("name", name)
        object.add("text", text)
        object.add("at", time: at)
    }

    fileprivate init(reading cursor: inout JSONCursor) throws {
        self.init("", "")
        try cursor.object { name, value in
            switch name {
            case "name": self.name = try value.string()
            case "text": text = try value.string()
            case "at": at = try value.time()
            default: try value.skip()
            }
        }
    }
}

extension AlertEvent: JSONWritten {
    package func write(to object: inout JSONObjectText) {
        object.add("at", time: at)
        object.add("device_id", id: deviceID)
        object.add("interface_id", id: interfaceID)
        object.add("text", text)
    }

    fileprivate init(reading cursor: inout JSONCursor) throws {
        var time: Timestamp?
        self.init(at: Timestamp(milliseconds: 0), "")
        try cursor.object { name, value in
            switch name {
            case "at": time = try value.time()
            case "device_id": deviceID = try value.id()
            case "interface_id": interfaceID = try value.id()
            case "text": text = try value.string()
            default: try value.skip()
            }
        }
        guard let time else { throw JSONCursor.Malformed() }
        at = time
    }
}

extension AlertCause: JSONWritten {
    package func write(to object: inout JSONObjectText) {
        object.add("alert_id", id: alertID)
        object.add("name", name)
        object.add("path", texts: path)
        object.add("reason", reason)
    }

    fileprivate init(reading cursor: inout JSONCursor) throws {
        var (alert, title, path, reason): (AlertID?, String, [String], String) = (nil, "", [], "")
        try cursor.object { name, value in
            switch name {
            case "alert_id": alert = try value.id()
            case "name": title = try value.string()
            case "path": path = try value.strings()
            case "reason": reason = try value.string()
            default: try value.skip()
            }
        }
        guard let alert else { throw JSONCursor.Malformed() }
        self.init(alertID: alert, name: title, path: path, reason: reason)
    }
}
