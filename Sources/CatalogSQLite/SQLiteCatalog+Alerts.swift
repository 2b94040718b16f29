public import Catalog
import CatalogRows
import GRDB
public import Inventory

extension SQLiteCatalog {
    /// Writes alerts, the steps of their lives and what is to be sent of them, in one transaction.
    public func saveAlerts(_ batch: AlertBatch) async throws(CatalogError) {
        guard !batch.isEmpty else { return }
        for alert in batch.alerts { try alert.requireStorable() }
        for delivery in batch.deliveries + batch.attempts {
            for alert in delivery.alerts { try alert.requireStorable(withColumns: true) }
        }
        try await write("saving alerts") { db in
            try db.withRoom { try AlertWriting(batch, in: db).run() }
        }
    }

    /// The alerts a query asks for, the latest start first, then by id.
    public func alerts(_ query: AlertQuery) async throws(CatalogError) -> [Alert] {
        let (sql, conditions) = query.page
        return try await read("reading alerts") { db in
            try db.rows(sql) { sink in conditions.bind(to: &sink) }
        }
    }

    /// How many alerts a query asks for.
    public func alertCount(_ query: AlertQuery) async throws(CatalogError) -> Int {
        try await count("alert_history", query.filter)
    }

    /// One alert.
    public func alert(_ id: AlertID) async throws(CatalogError) -> Alert? {
        try await read("reading an alert") { db in
            let found: [Alert] = try db.rows("\(Alert.selectSQL) WHERE id = ?1") { sink in sink.id(id) }
            return found.first
        }
    }

    /// The steps in the life of an alert, in the order in which they were written.
    public func alertChanges(of alert: AlertID) async throws(CatalogError) -> [AlertChange] {
        try await read("reading the steps of an alert") { db in
            try db.rows("\(AlertChange.selectSQL) WHERE alert_id = ?1 ORDER BY number") { sink in sink.id(alert) }
        }
    }

    /// Removes alerts that were over before a time, with their steps and what was said of them.
    public func removeAlerts(resolvedBefore time: Timestamp) async throws(CatalogError) -> Int {
        let sql = """
            DELETE FROM alert_history WHERE resolved_at < ?1 AND NOT EXISTS (
              SELECT 1 FROM alert_history AS explained
              WHERE explained.cause_id = alert_history.id AND explained.state <> 'resolved')
            """
        return try await write("removing old alerts") { db in
            try db.run(sql) { sink in sink.time(time.clamped) }
            return db.changesCount
        }
    }
}

extension AlertQuery {
    /// The statement that reads its answer, with its parameters.
    var page: (sql: String, conditions: SQLConditions) {
        var conditions = filter
        if let place = after { conditions.add(after: place.startedAt, place.id) }
        let order = conditions.latestFirst(limit)
        return ("\(Alert.selectSQL) \(conditions.sql) \(order)", conditions)
    }

    /// Without its place and its limit.
    fileprivate var filter: SQLConditions {
        var conditions = SQLConditions()
        if let ids { conditions.add("id", in: ids) }
        if let devices { conditions.add("device_id", in: devices) }
        if let interfaces { conditions.add("interface_id", in: interfaces) }
        if let causes { conditions.add("cause_id", in: causes) }
        // Said in these words, it lets the index of open alerts answer.
        if !states.isEmpty, !states.contains(.resolved) { conditions.add("state <> 'resolved'") }
        conditions.add("state", in: states)
        conditions.add("severity", in: severities)
        conditions.add("condition", in: self.conditions)
        conditions.add("hold", in: holds)
        if let isHeld { conditions.add("hold IS \(isHeld ? "NOT " : "")NULL") }
        if let owesRecovery { conditions.add("owes_recovery = \(owesRecovery ? 1 : 0)") }
        if let from {
            let bound = conditions.parameter(from)
            conditions.add("(state <> 'resolved' OR resolved_at > \(bound) OR started_at >= \(bound))")
        }
        if let to { conditions.add("started_at < \(conditions.parameter(to))") }
        return conditions
    }
}
