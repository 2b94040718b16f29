import Catalog
import CatalogRows
import GRDB
import Inventory

/// Writes what an evaluation or a delivery led to: alerts, steps of their lives, deliveries.
///
/// Alerts that are over go before open ones, so that one that is over makes room for a new one of the same key.
struct AlertWriting {
    private let batch: AlertBatch
    private let db: Database

    init(_ batch: AlertBatch, in db: Database) {
        self.batch = batch
        self.db = db
    }

    /// Writes all of it.
    func run() throws {
        try removeForgotten()
        try writeAlerts()
        try writeChanges()
        if !batch.deliveries.isEmpty { try AlertDeliveryWriting(in: db).write(batch.deliveries) }
        if !batch.attempts.isEmpty { try AlertDeliveryWriting(in: db).write(batch.attempts, withAlerts: false) }
        if let number = batch.appliedAction {
            try db.run("UPDATE alert_progress SET applied_action = ?1") { sink in sink.integer(number) }
        }
    }

    private func removeForgotten() throws {
        guard !batch.removed.isEmpty else { return }
        let sql = "DELETE FROM alert_history WHERE id IN (SELECT value FROM json_each(?1))"
        try db.run(sql) { sink in sink.text(idList(batch.removed)) }
    }

    /// Rows that are there are changed in place: an INSERT that runs into one costs twice as much.
    private func writeAlerts() throws {
        guard !batch.alerts.isEmpty else { return }
        let known = try knownAlerts()
        let (add, goOn) = (try db.cachedStatement(sql: Alert.addSQL), try db.cachedStatement(sql: Alert.goOnSQL))
        let replace = try db.cachedStatement(sql: Alert.replaceSQL)
        for place in placesInOrder() {
            let alert = batch.alerts[place]
            do {
                guard known.contains(alert.id) else {
                    try db.run(add, alert)
                    continue
                }
                try db.run(goOn, alert)
                if db.changesCount == 0 { try db.run(replace, alert) }
            } catch let error as RefusedRow where error.cause.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
                throw try conflict(alert) ?? error
            }
        }
    }

    private func knownAlerts() throws -> Set<AlertID> {
        var known: Set<AlertID> = []
        let sql = "SELECT id FROM alert_history WHERE id IN (SELECT value FROM json_each(?1))"
        let list = JSONText.list(batch.alerts) { "\"\($0.id.description)\"" }
        try db.each(sql, { $0.text(list) }) { row in known.insert(try row.requiredID()) }
        return known
    }

    /// Of equal ids the last alone; by id, so that the pages of the table's keys are met one after the other.
    private func placesInOrder() -> [Int] {
        var last: [AlertID: Int] = [:]
        last.reserveCapacity(batch.alerts.count)
        for (place, alert) in batch.alerts.enumerated() { last[alert.id] = place }
        var (over, open): ([(id: AlertID, place: Int)], [(id: AlertID, place: Int)]) = ([], [])
        for (id, place) in last {
            if batch.alerts[place].isOpen { open.append((id, place)) } else { over.append((id, place)) }
        }
        over.sort { $0.id < $1.id }
        open.sort { $0.id < $1.id }
        return (over + open).map(\.place)
    }

    /// Names the alert that is open already; nil where there is none.
    private func conflict(_ alert: Alert) throws -> CatalogError? {
        var open: AlertID?
        let sql = "SELECT id FROM alert_history WHERE entity = ?1 AND condition = ?2 AND state <> 'resolved'"
        let fill: (inout StatementSink) -> Void = { sink in
            sink.text(alert.entity.key)
            sink.text(alert.condition.rawValue)
        }
        try db.each(sql, fill) { row in open = try row.requiredID() }
        guard let open else { return nil }
        let key = "\(alert.condition.rawValue) of \(alert.entity.key)"
        return CatalogError(
            .conflict, operation: "saving alerts",
            message: "alert \(open) of \(key) is open already, so \(alert.id) cannot be; resolve the first, or go on"
                + " with it")
    }

    private func writeChanges() throws {
        guard !batch.changes.isEmpty else { return }
        let statement = try db.cachedStatement(sql: AlertChange.addSQL)
        // Those of an alert in their order, one alert after the other: the index on alerts is met page after page.
        let order = batch.changes.enumerated().map { (alert: $1.alertID, place: $0) }
            .sorted { ($0.alert, $0.place) < ($1.alert, $1.place) }
        for (_, place) in order { try db.run(statement, batch.changes[place]) }
    }
}

/// Writes deliveries; those of known ids keep their number, others get the next one.
struct AlertDeliveryWriting {
    private let db: Database

    init(in db: Database) {
        self.db = db
    }

    /// Writes some deliveries in their order; without their alerts, those of known ones stay.
    func write(_ deliveries: [AlertDelivery], withAlerts: Bool = true) throws {
        let update = try db.cachedStatement(sql: AlertDelivery.replaceSQL)
        let insert = try db.cachedStatement(sql: AlertDelivery.addSQL)
        for delivery in deliveries {
            try db.run(update, delivery)
            if db.changesCount == 0 {
                try db.run(insert, delivery)
                try add(delivery.alerts, to: db.lastInsertedRowID)
            } else if withAlerts {
                try replaceAlerts(of: delivery)
            }
        }
    }

    private func add(_ alerts: [Alert], to number: Int64) throws {
        let rows = alerts.enumerated().map { DeliveryAlert(delivery: number, place: $0, $1) }
        try add(rows)
    }

    private func add(_ rows: [DeliveryAlert]) throws {
        let insert = try db.cachedStatement(sql: DeliveryAlert.addSQL)
        for row in rows { try db.run(insert, row) }
    }

    /// Alerts are many and never change in practice: they are written again only where they did.
    private func replaceAlerts(of delivery: AlertDelivery) throws {
        var number: Int64 = 0
        let sql = "SELECT number FROM alert_deliveries WHERE id = ?1"
        try db.each(sql, { $0.id(delivery.id) }) { row in number = row.requiredInteger() }
        let rows = delivery.alerts.enumerated().map { DeliveryAlert(delivery: number, place: $0, $1) }
        let stored = try db.deliveryAlerts(of: number)
        guard !rows.elementsEqual(stored, by: { $0.text.utf8.elementsEqual($1.text.utf8) }) else { return }
        try db.run("DELETE FROM alert_delivery_alerts WHERE delivery = ?1") { sink in sink.integer(number) }
        try add(rows)
    }
}

extension Database {
    /// What a delivery says of each of its alerts, in its order.
    fileprivate func deliveryAlerts(of number: Int64) throws -> [DeliveryAlert] {
        try rows("\(DeliveryAlert.selectSQL) WHERE delivery = ?1 ORDER BY place") { sink in sink.integer(number) }
    }
}
