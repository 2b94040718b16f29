package import Catalog
package import Inventory

extension Alert: TableRow {
    package static let table = "alert_history"
    package static let columns = [
        "id", "device_id", "interface_id", "condition", "entity", "subject", "started_at", "severity", "message",
        "value", "threshold", "state", "last_seen_at", "resolved_at", "acknowledged_at", "acknowledged_by",
        "acknowledged_note", "acknowledged_until", "rule", "fired_at", "hold", "cause_id", "notified_at",
        "owes_recovery", "tellings", "context",
    ]

    package func write(to sink: inout some ColumnSink) {
        sink.id(id)
        sink.id(entity.deviceID)
        sink.id(entity.interfaceID)
        sink.text(condition.rawValue)
        sink.text(entity.key)
        sink.text(entity.subject.rawValue)
        sink.time(startedAt)
        sink.text(severity.rawValue)
        sink.text(message)
        sink.real(value)
        sink.real(threshold)
        sink.text(state.rawValue)
        sink.time(lastSeenAt)
        sink.time(resolvedAt)
        sink.time(acknowledgement?.at)
        sink.text(acknowledgement?.by)
        sink.text(acknowledgement?.note)
        sink.time(acknowledgement?.until)
        sink.text(rule)
        sink.time(firedAt)
        sink.text(hold?.rawValue)
        sink.id(causeID)
        sink.time(notifiedAt)
        sink.flag(owesRecovery)
        sink.text(JSONText.list(tellings) { $0.json })
        sink.text(context.json)
    }

    package init(reading row: inout some ColumnReading) throws {
        let id = try row.requiredID(Alert.self)
        let (device, interface) = (try row.id(Device.self), try row.id(Interface.self))
        let condition: AlertCondition = try row.word()
        let entity = try AlertEntity(reading: &row, device: device, interface: interface)
        let start = try row.requiredTime()
        self.init(id: id, entity: entity, condition: condition, rule: "", severity: try row.word(), at: start)
        (message, value, threshold) = (row.requiredText(), row.optionalReal(), row.optionalReal())
        state = try row.word()
        lastSeenAt = try row.requiredTime()
        resolvedAt = try row.time()
        acknowledgement = try AlertAcknowledgement(reading: &row)
        rule = row.requiredText()
        firedAt = try row.time()
        hold = try row.optionalWord()
        causeID = try row.id()
        notifiedAt = try row.time()
        // Follows from the state and the tellings; the column is for queries.
        _ = row.flag()
        tellings = try row.json("what receivers were told") { try $0.list { try AlertTelling(reading: &$0) } }
        context = try row.json("the context of an alert") { try AlertContext(reading: &$0) }
    }

    /// Throws `invalidValue` where a number is not finite or a time has no written form: nobody could read it again.
    ///
    /// - Parameter withColumns: whether it is kept inside of JSON as a whole, as deliveries do.
    package func requireStorable(withColumns: Bool = false) throws(CatalogError) {
        let numbers = [
            ("value", value), ("threshold", threshold), ("context.penalty", context.penalty),
            ("context.worst", context.worst),
        ]
        for (name, number) in numbers {
            guard let number, !number.isFinite else { continue }
            throw refusal("\(name) = \(number)", "a number is finite, or left out if unknown")
        }
        for time in innerTimes + (withColumns ? columnTimes : []) where time != time.clamped {
            throw refusal("context or tellings or a delivery hold the time \(time)", "it lies in the years 0 to 9999")
        }
    }

    private func refusal(_ wrong: String, _ remedy: String) -> CatalogError {
        CatalogError(
            .invalidValue, operation: "saving alerts", message: "alert_history.\(wrong) of alert \(id); \(remedy)")
    }

    /// Those that are kept inside of JSON, where the schema does not look.
    private var innerTimes: [Timestamp] {
        var times = tellings.map(\.at) + tellings.compactMap { $0.before?.at }
        for fact in context.facts { if let at = fact.at { times.append(at) } }
        for event in context.before { times.append(event.at) }
        for time in [context.penaltyAt, context.clearSince] { if let time { times.append(time) } }
        return times
    }
}

extension AlertAcknowledgement {
    /// Reads its four columns; nil where the first is empty.
    fileprivate init?(reading row: inout some ColumnReading) throws {
        let (at, by, note, until) = (try row.time(), row.text(), row.text(), try row.time())
        guard let at else { return nil }
        self.init(at: at, by: by, note: note, until: until)
    }
}

extension AlertEntity {
    /// What a condition of it is of.
    package var subject: AlertSubject {
        switch self {
        case .device: .device
        case .interface: .interface
        case .system: .system
        }
    }

    /// The entity of a key; nil for what is none, or is not of this device and interface.
    package init?(written key: String, device: DeviceID?, interface: InterfaceID?) {
        switch (device, interface) {
        case (let device?, let interface?): self = .interface(interface, of: device)
        case (let device?, nil): self = .device(device)
        case (nil, _): self = .system(String(key.dropFirst("system:".count)))
        }
        if self.key != key { return nil }
    }

    /// Reads the columns `entity` and `subject`, of which the second is for queries.
    fileprivate init(reading row: inout some ColumnReading, device: DeviceID?, interface: InterfaceID?) throws {
        let (key, _) = (row.requiredText(), row.text())
        guard let entity = AlertEntity(written: key, device: device, interface: interface) else {
            throw UnreadableValue(
                column: "entity", text: key, expected: "interface:… of interface_id, device:… of device_id, or system:…"
            )
        }
        self = entity
    }
}

extension AlertChange: TableRow {
    package static let table = "alert_changes"
    package static let columns = ["alert_id", "changed_at", "kind", "author", "text"]

    package func write(to sink: inout some ColumnSink) {
        sink.id(alertID)
        sink.time(at)
        sink.text(kind.rawValue)
        sink.text(author)
        sink.text(text)
    }

    package init(reading row: inout some ColumnReading) throws {
        let (alert, at, kind): (AlertID, Timestamp, Kind) = (
            try row.requiredID(), try row.requiredTime(), try row.word()
        )
        let author = row.text()
        self.init(alert, kind, at: at, row.requiredText(), author: author)
    }
}
