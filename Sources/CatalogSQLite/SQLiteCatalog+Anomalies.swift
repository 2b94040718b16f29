public import Catalog
import CatalogRows
import GRDB
public import Inventory

extension SQLiteCatalog {
    /// Adds or replaces anomalies and incidents in one transaction.
    public func saveAnomalies(_ anomalies: [Anomaly], incidents: [Incident]) async throws(CatalogError) {
        guard !anomalies.isEmpty || !incidents.isEmpty else { return }
        for anomaly in anomalies { try anomaly.requireFinite() }
        try await write("saving anomalies") { db in
            try AnomalyWriting(anomalies, incidents: incidents, in: db).run()
        }
    }

    /// Gives anomalies other states where they still have the one that was read, and their incidents what follows.
    @discardableResult
    public func moveAnomalies(_ moves: [AnomalyMove]) async throws(CatalogError) -> MovedAnomalies {
        guard !moves.isEmpty else { return MovedAnomalies() }
        return try await write("moving anomalies") { db in try AnomalyMoving(moves, in: db).run() }
    }

    /// The states of all anomalies that are not over.
    public func openAnomalyStates() async throws(CatalogError) -> [AnomalyID: AnomalyState] {
        try await read("reading the states of anomalies") { db in
            var states: [AnomalyID: AnomalyState] = [:]
            try db.each("SELECT id, state FROM anomalies WHERE ended_at IS NULL", { _ in }) { row in
                states[try row.requiredID()] = try row.word() as AnomalyState
            }
            return states
        }
    }

    /// The anomalies a query asks for, the latest start first, then by id.
    public func anomalies(_ query: AnomalyQuery) async throws(CatalogError) -> [Anomaly] {
        let (sql, conditions) = query.page
        return try await read("reading anomalies") { db in
            try db.rows(sql) { sink in conditions.bind(to: &sink) }
        }
    }

    /// How many anomalies a query asks for.
    public func anomalyCount(_ query: AnomalyQuery) async throws(CatalogError) -> Int {
        try await count("anomalies", query.conditions)
    }

    /// One anomaly.
    public func anomaly(_ id: AnomalyID) async throws(CatalogError) -> Anomaly? {
        try await read("reading an anomaly") { db in
            let found: [Anomaly] = try db.rows("\(Anomaly.selectSQL) WHERE id = ?1") { sink in sink.id(id) }
            return found.first
        }
    }

    /// The incidents a query asks for, the latest start first, then by id.
    public func incidents(_ query: IncidentQuery) async throws(CatalogError) -> [Incident] {
        let (sql, conditions) = query.page
        return try await read("reading incidents") { db in
            try db.rows(sql) { sink in conditions.bind(to: &sink) }
        }
    }

    /// How many incidents a query asks for.
    public func incidentCount(_ query: IncidentQuery) async throws(CatalogError) -> Int {
        try await count("incidents", query.conditions)
    }

    /// One incident.
    public func incident(_ id: IncidentID) async throws(CatalogError) -> Incident? {
        try await read("reading an incident") { db in
            let found: [Incident] = try db.rows("\(Incident.selectSQL) WHERE id = ?1") { sink in sink.id(id) }
            return found.first
        }
    }

    /// Removes anomalies that were over before a time; a trigger removes incidents with their last member.
    public func removeAnomalies(endedBefore time: Timestamp) async throws(CatalogError) -> Int {
        try await write("removing old anomalies") { db in
            try db.run("DELETE FROM anomalies WHERE ended_at < ?1") { sink in sink.time(time.clamped) }
            return db.changesCount
        }
    }

    /// How many rows of a table some conditions let pass.
    func count(_ table: String, _ conditions: SQLConditions) async throws(CatalogError) -> Int {
        try await read("counting \(table)") { db in
            var count = 0
            try db.each("SELECT count(*) FROM \(table) \(conditions.sql)", { conditions.bind(to: &$0) }) { row in
                count = Int(row.requiredInteger())
            }
            return count
        }
    }
}

extension AnomalyQuery {
    /// The statement that reads its answer, with its parameters.
    var page: (sql: String, conditions: SQLConditions) {
        var conditions = conditions
        if let place = after { conditions.add(after: place.startedAt, place.id) }
        let order = conditions.latestFirst(limit)
        return ("\(Anomaly.selectSQL) \(conditions.sql) \(order)", conditions)
    }

    /// Without its place and its limit.
    fileprivate var conditions: SQLConditions {
        var conditions = SQLConditions()
        if let ids { conditions.add("id", in: ids) }
        if let interfaces { conditions.add("interface_id", in: interfaces) }
        if let devices {
            let list = conditions.parameter(idList(devices))
            let owned = "SELECT id FROM device_interfaces WHERE device_id IN (SELECT value FROM json_each(\(list)))"
            conditions.add("interface_id IN (\(owned))")
        }
        if let incidents { conditions.add("incident_id", in: incidents) }
        conditions.add("state", in: states)
        conditions.add("severity", in: severities)
        conditions.add("pattern", in: patterns)
        conditions.add(from: from, to: to, isOver: isOver)
        return conditions
    }
}

extension IncidentQuery {
    /// The statement that reads its answer, with its parameters.
    var page: (sql: String, conditions: SQLConditions) {
        var conditions = conditions
        if let place = after { conditions.add(after: place.startedAt, place.id) }
        let order = conditions.latestFirst(limit)
        return ("\(Incident.selectSQL) \(conditions.sql) \(order)", conditions)
    }

    /// Without its place and its limit.
    fileprivate var conditions: SQLConditions {
        var conditions = SQLConditions()
        conditions.add("state", in: states)
        conditions.add(from: from, to: to, isOver: isOver)
        return conditions
    }
}
