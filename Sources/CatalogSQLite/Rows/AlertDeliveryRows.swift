import Inventory

/// All columns but the number, which the table gives; it is read behind them. Its alerts are rows of their own.
extension AlertDelivery: TableRow {
    static let table = "alert_deliveries"
    static let columns = [
        "id", "receiver", "group_key", "reason", "alert_count", "state", "attempts", "due_at", "created_at", "ended_at",
        "last_error",
    ]
    static let selectSQL = "SELECT \(columnList), number FROM alert_deliveries"
    static let addSQL = insertSQL
    static let replaceSQL = updateSQL()

    func write(to sink: inout some ColumnSink) {
        sink.id(id)
        sink.text(receiver)
        sink.text(group)
        sink.text(reason.rawValue)
        sink.integer(Int64(alertCount))
        sink.text(state.rawValue)
        sink.integer(Int64(attempts))
        sink.time(dueAt)
        sink.time(createdAt)
        sink.time(endedAt)
        sink.text(lastError)
    }

    init(reading row: inout ColumnReader) throws {
        let (id, receiver, group) = (try row.requiredID(AlertDelivery.self), row.requiredText(), row.requiredText())
        let (reason, count, state): (Reason, Int, State) = (
            try row.word(), Int(row.requiredInteger()), try row.word()
        )
        let (attempts, due) = (Int(row.requiredInteger()), try row.requiredTime())
        self.init(
            id: id, receiver: receiver, group: group, reason: reason, alerts: [], alertCount: count,
            at: try row.requiredTime())
        (self.state, self.attempts, dueAt) = (state, attempts, due)
        endedAt = try row.time()
        lastError = row.text()
        number = row.requiredInteger()
    }
}

/// What a delivery says of one alert.
struct DeliveryAlert: TableRow {
    static let table = "alert_delivery_alerts"
    static let columns = ["delivery", "place", "alert_id", "alert"]
    static let addSQL = insertSQL

    var delivery: Int64
    var place: Int
    var alertID: AlertID
    /// The alert, as JSON.
    var text: String

    init(delivery: Int64, place: Int, _ alert: Alert) {
        (self.delivery, self.place, alertID, text) = (delivery, place, alert.id, alert.json)
    }

    func write(to sink: inout some ColumnSink) {
        sink.integer(delivery)
        sink.integer(Int64(place))
        sink.id(alertID)
        sink.text(text)
    }

    init(reading row: inout ColumnReader) throws {
        (delivery, place) = (row.requiredInteger(), Int(row.requiredInteger()))
        (alertID, text) = (try row.requiredID(), row.requiredText())
    }
}
