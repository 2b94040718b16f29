package import Inventory

/// All columns but the number, which the table gives; it is read behind them. Its alerts are rows of their own.
extension AlertDelivery: TableRow {
    package static let table = "alert_deliveries"
    package static let columns = [
        "id", "receiver", "group_key", "reason", "alert_count", "state", "attempts", "due_at", "created_at", "ended_at",
        "last_error",
    ]
    package static let selectSQL = "SELECT \(columnList), number FROM alert_deliveries"

    package func write(to sink: inout some ColumnSink) {
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

    package init(reading row: inout some ColumnReading) throws {
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
package struct DeliveryAlert: TableRow {
    package static let table = "alert_delivery_alerts"
    package static let columns = ["delivery", "place", "alert_id", "alert"]

    package var delivery: Int64
    package var place: Int
    package var alertID: AlertID
    /// The alert, as JSON.
    package var text: String

    package init(delivery: Int64, place: Int, _ alert: Alert) {
        (self.delivery, self.place, alertID, text) = (delivery, place, alert.id, alert.json)
    }

    package func write(to sink: inout some ColumnSink) {
        sink.integer(delivery)
        sink.integer(Int64(place))
        sink.id(alertID)
        sink.text(text)
    }

    package init(reading row: inout some ColumnReading) throws {
        (delivery, place) = (row.requiredInteger(), Int(row.requiredInteger()))
        (alertID, text) = (try row.requiredID(), row.requiredText())
    }
}
