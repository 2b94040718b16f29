package import Inventory

/// All columns but the number, which the table gives; it is read behind them.
extension AlertAction: TableRow {
    package static let table = "alert_actions"
    package static let columns = ["id", "alert_id", "kind", "holds_until", "note", "author", "created_at"]
    package static let selectSQL = "SELECT \(columnList), number FROM alert_actions"

    package func write(to sink: inout some ColumnSink) {
        sink.id(id)
        sink.id(alertID)
        sink.text(kind.rawValue)
        sink.time(until)
        sink.text(note)
        sink.text(author)
        sink.time(createdAt)
    }

    package init(reading row: inout some ColumnReading) throws {
        let (id, alert, kind): (AlertActionID, AlertID, Kind) = (
            try row.requiredID(), try row.requiredID(), try row.word()
        )
        let (until, note, author) = (try row.time(), row.text(), row.text())
        self.init(id: id, alertID: alert, kind: kind, at: try row.requiredTime())
        (self.until, self.note, self.author) = (until, note, author)
        number = row.requiredInteger()
    }
}

extension Silence: TableRow {
    package static let table = "alert_silences"
    package static let columns = ["id", "matchers", "starts_at", "ends_at", "comment", "author", "created_at"]

    package func write(to sink: inout some ColumnSink) {
        sink.id(id)
        sink.text(JSONText.list(matchers) { $0.json })
        sink.time(startsAt)
        sink.time(endsAt)
        sink.text(comment)
        sink.text(author)
        sink.time(createdAt)
    }

    package init(reading row: inout some ColumnReading) throws {
        let (id, matchers) = (try row.requiredID(Silence.self), try row.matchers())
        let (start, end) = (try row.requiredTime(), try row.requiredTime())
        let (comment, author) = (row.requiredText(), row.text())
        self.init(id: id, matchers: matchers, from: start, to: end, comment: comment, at: try row.requiredTime())
        self.author = author
    }
}

extension MaintenanceWindow: TableRow {
    package static let table = "maintenance_windows"
    package static let columns = [
        "id", "name", "matchers", "begins_at", "schedule", "duration_seconds", "zone", "ends_at", "comment", "author",
        "created_at",
    ]

    package func write(to sink: inout some ColumnSink) {
        var (once, schedule): (Timestamp?, String?)
        switch begins {
        case .at(let time): once = time
        case .schedule(let text): schedule = text
        }
        sink.id(id)
        sink.text(name)
        sink.text(JSONText.list(matchers) { $0.json })
        sink.time(once)
        sink.text(schedule)
        sink.integer(Int64(durationSeconds))
        sink.text(zone)
        sink.time(endsAt)
        sink.text(comment)
        sink.text(author)
        sink.time(createdAt)
    }

    /// Which column is filled tells when it begins, as the schema demands.
    package init(reading row: inout some ColumnReading) throws {
        let (id, name, matchers) = (
            try row.requiredID(MaintenanceWindow.self), row.requiredText(), try row.matchers()
        )
        let (once, schedule, duration) = (try row.time(), row.requiredText(), Int(row.requiredInteger()))
        let (zone, end, comment, author) = (row.requiredText(), try row.time(), row.text(), row.text())
        self.init(
            id: id, name: name, begins: once.map { .at($0) } ?? .schedule(schedule), durationSeconds: duration,
            zone: zone, at: try row.requiredTime())
        (self.matchers, endsAt, self.comment, self.author) = (matchers, end, comment, author)
    }
}

extension ColumnReading {
    fileprivate mutating func matchers() throws -> [AlertMatcher] {
        try json("a JSON list of matchers") { try $0.list { try AlertMatcher(reading: &$0) } }
    }
}

extension AlertMatcher {
    /// `{"label":"type","comparison":"=","value":"isp"}`.
    fileprivate var json: String {
        var object = JSONObjectText()
        object.add("label", label)
        object.add("comparison", comparison.rawValue)
        object.add("value", value)
        return object.closed
    }

    fileprivate init(reading cursor: inout JSONCursor) throws {
        var (label, comparison, value): (String?, Comparison?, String?)
        try cursor.object { name, member in
            switch name {
            case "label": label = try member.string()
            case "comparison": comparison = try member.word()
            case "value": value = try member.string()
            default: try member.skip()
            }
        }
        guard let label, let comparison, let value else { throw JSONCursor.Malformed() }
        self.init(label, comparison, value)
    }
}
