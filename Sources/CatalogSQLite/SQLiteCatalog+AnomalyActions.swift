public import Catalog
import CatalogRows
import GRDB
public import Inventory

extension SQLiteCatalog {
    /// Adds what an operator said or replaces what has the same id.
    public func saveAnomalyAction(_ action: AnomalyAction) async throws(CatalogError) {
        try await write("saving what was said of an anomaly") { db in
            try db.requireInterface(action.interfaceID)
            try db.run(db.cachedStatement(sql: AnomalyAction.saveSQL), action)
        }
    }

    /// What operators said after a time, ordered by creation, then id.
    public func anomalyActions(after: Timestamp?) async throws(CatalogError) -> [AnomalyAction] {
        var conditions = SQLConditions()
        if let after { conditions.add("created_at > \(conditions.parameter(after))") }
        return try await read("reading what was said of anomalies") { [conditions] db in
            try db.rows("\(AnomalyAction.selectSQL) \(conditions.sql) ORDER BY created_at, id") { sink in
                conditions.bind(to: &sink)
            }
        }
    }

    /// What operators said of one interface, ordered by creation, then id.
    public func anomalyActions(of interface: InterfaceID) async throws(CatalogError) -> [AnomalyAction] {
        try await read("reading what was said of an interface") { db in
            try db.rows("\(AnomalyAction.selectSQL) WHERE interface_id = ?1 ORDER BY created_at, id") { sink in
                sink.id(interface)
            }
        }
    }

    /// One of the things that operators said; nil where there is none.
    public func anomalyAction(_ id: AnomalyActionID) async throws(CatalogError) -> AnomalyAction? {
        try await read("reading what was said of an anomaly") { db in
            let found: [AnomalyAction] = try db.rows("\(AnomalyAction.selectSQL) WHERE id = ?1") { sink in sink.id(id) }
            return found.first
        }
    }

    /// Takes back what an operator said; false where there was nothing.
    public func removeAnomalyAction(_ id: AnomalyActionID) async throws(CatalogError) -> Bool {
        try await write("taking back what was said of an anomaly") { db in
            try db.run("DELETE FROM anomaly_actions WHERE id = ?1") { sink in sink.id(id) }
            return db.changesCount > 0
        }
    }

    /// Adds an excluded time or replaces the one of the same id.
    public func saveBaselineExclusion(_ exclusion: BaselineExclusion) async throws(CatalogError) {
        if exclusion.to < exclusion.from {
            throw refusal("it ends (\(exclusion.to)) before it begins (\(exclusion.from)); swap them")
        }
        try await write("saving an excluded time") { db in
            switch exclusion.scope {
            case .all, .tag: break
            case .device(let device): try db.requireDevice(device)
            case .interface(let interface): try db.requireInterface(interface)
            }
            try db.run(db.cachedStatement(sql: BaselineExclusion.saveSQL), exclusion)
        }
    }

    /// All excluded times, ordered by begin, then id.
    public func baselineExclusions() async throws(CatalogError) -> [BaselineExclusion] {
        try await read("reading excluded times") { db in
            try db.rows("\(BaselineExclusion.selectSQL) ORDER BY starts_at, id")
        }
    }

    /// Removes an excluded time; false where there was none.
    public func removeBaselineExclusion(_ id: BaselineExclusionID) async throws(CatalogError) -> Bool {
        try await write("removing an excluded time") { db in
            try db.run("DELETE FROM baseline_exclusions WHERE id = ?1") { sink in sink.id(id) }
            return db.changesCount > 0
        }
    }
}

extension Database {
    fileprivate func requireDevice(_ id: DeviceID) throws {
        var isKnown = false
        try each("SELECT 1 FROM standalone_devices WHERE id = ?1", { $0.id(id) }) { _ in isKnown = true }
        if !isKnown { throw refusal("there is no device \(id); add it first") }
    }

    fileprivate func requireInterface(_ id: InterfaceID) throws {
        var isKnown = false
        try each("SELECT 1 FROM device_interfaces WHERE id = ?1", { $0.id(id) }) { _ in isKnown = true }
        if !isKnown { throw refusal("there is no interface \(id); discover its device first") }
    }
}

private func refusal(_ message: String) -> CatalogError {
    CatalogError(.invalidValue, operation: "saving an excluded time", message: message)
}
