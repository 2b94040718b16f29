public import Catalog
import CatalogRows
import GRDB
public import Inventory

extension SQLiteCatalog {
    /// Adds what an operator said and gives it the next number.
    public func addAlertAction(_ action: AlertAction) async throws(CatalogError) -> AlertAction {
        try await write("saving what was said of an alert") { db in
            try db.run(db.cachedStatement(sql: AlertAction.insertSQL), action)
            var numbered = action
            numbered.number = db.lastInsertedRowID
            return numbered
        }
    }

    /// What was said after a number, in order.
    public func alertActions(after number: Int64, limit: Int) async throws(CatalogError) -> [AlertAction] {
        try await read("reading what was said of alerts") { db in
            try db.rows("\(AlertAction.selectSQL) WHERE number > ?1 ORDER BY number LIMIT ?2") { sink in
                sink.integer(number)
                sink.integer(Int64(max(0, limit)))
            }
        }
    }

    /// The number of the last action that is applied.
    public func appliedAlertAction() async throws(CatalogError) -> Int64 {
        try await read("reading what was applied of what was said of alerts") { db in
            var number: Int64 = 0
            try db.each("SELECT applied_action FROM alert_progress", { _ in }) { row in number = row.requiredInteger() }
            return number
        }
    }

    /// Adds a silence or replaces the one of the same id.
    public func saveSilence(_ silence: Silence) async throws(CatalogError) {
        if silence.endsAt < silence.startsAt {
            throw refusal(
                "saving a silence",
                "silence.ends_at = \(silence.endsAt) is before starts_at = \(silence.startsAt); swap them")
        }
        if silence.matchers.isEmpty {
            throw refusal("saving a silence", "silence.matchers is empty, which would silence everything; give one")
        }
        try await write("saving a silence") { db in
            try db.run(db.cachedStatement(sql: Silence.saveSQL), silence)
        }
    }

    /// Silences that end after a time, ordered by begin, then id.
    public func silences(endingAfter time: Timestamp?) async throws(CatalogError) -> [Silence] {
        var conditions = SQLConditions()
        if let time { conditions.add("ends_at > \(conditions.parameter(time))") }
        return try await read("reading silences") { [conditions] db in
            try db.rows("\(Silence.selectSQL) \(conditions.sql) ORDER BY starts_at, id") { sink in
                conditions.bind(to: &sink)
            }
        }
    }

    /// Removes a silence; false where there was none.
    public func removeSilence(_ id: SilenceID) async throws(CatalogError) -> Bool {
        try await write("removing a silence") { db in
            try db.run("DELETE FROM alert_silences WHERE id = ?1") { sink in sink.id(id) }
            return db.changesCount > 0
        }
    }

    /// Adds a maintenance window or replaces the one of the same id.
    public func saveMaintenanceWindow(_ window: MaintenanceWindow) async throws(CatalogError) {
        guard (60...2_678_400).contains(window.durationSeconds) else {
            throw refusal(
                "saving a maintenance window",
                "maintenance_window.duration_seconds = \(window.durationSeconds) of '\(window.name)'; it is 60 (1"
                    + " minute) to 2678400 (31 days)")
        }
        try await write("saving the maintenance window '\(window.name)'") { db in
            try db.run(db.cachedStatement(sql: MaintenanceWindow.saveSQL), window)
        }
    }

    /// All maintenance windows, ordered by name, then id.
    public func maintenanceWindows() async throws(CatalogError) -> [MaintenanceWindow] {
        try await read("reading maintenance windows") { db in
            try db.rows("\(MaintenanceWindow.selectSQL) ORDER BY name, id")
        }
    }

    /// Removes a maintenance window; false where there was none.
    public func removeMaintenanceWindow(_ id: MaintenanceWindowID) async throws(CatalogError) -> Bool {
        try await write("removing a maintenance window") { db in
            try db.run("DELETE FROM maintenance_windows WHERE id = ?1") { sink in sink.id(id) }
            return db.changesCount > 0
        }
    }
}

private func refusal(_ operation: String, _ message: String) -> CatalogError {
    CatalogError(.invalidValue, operation: operation, message: message)
}
