import Catalog
import CatalogRows
@testable import CatalogSQLite
import Foundation
import GRDB
import Inventory
import Testing

/// What baselines and anomalies do in a SQLite file that others use at the same time.
@Suite("Baselines and anomalies in a SQLite catalog")
struct AnomalyStoreTests {
    private static let now = Timestamp(seconds: 1_772_366_400)
    private static let device = Device(name: "a", address: "192.0.2.1", at: now)
    private static let ports = (1...4).map { number in
        Interface(deviceID: device.id, facts: InterfaceFacts(ifIndex: number), at: now)
    }

    private func fill(_ catalog: SQLiteCatalog) async throws {
        try await catalog.reviseDevices(.all) { _ in
            var revision = DeviceRevision()
            revision.inserted = [Self.device]
            return (revision, ())
        }
        try await catalog.reviseInterfaces(of: [Self.device.id]) { _ in
            var revision = InterfaceRevision(deviceID: Self.device.id)
            revision.inserted = Self.ports
            return ([revision], ())
        }
    }

    private static func week(_ port: Int, mean: Double) -> [Baseline] {
        let figures = BaselineFigures(average: mean, standardDeviation: 1, minimum: 0, maximum: mean, sampleCount: 24)
        return (0..<168).map { hour in
            Baseline(
                interfaceID: ports[port].id, hourOfDay: hour % 24, dayOfWeek: hour / 24, inbound: figures,
                outbound: figures, lastUpdated: now)
        }
    }

    private static func anomaly(_ port: Int, at seconds: Double = 0) -> Anomaly {
        Anomaly(
            interfaceID: ports[port].id, side: TrafficSide(.inbound, .traffic), mode: .adaptive,
            at: now.advanced(bySeconds: seconds))
    }

    @Test("two programs that learn at once leave one learning whole, and the ids as they were")
    func learnsInTurn() async throws {
        let store = try TemporaryStore()
        let catalogs = [try SQLiteCatalog.open(path: store.path), try SQLiteCatalog.open(path: store.path)]
        try await fill(catalogs[0])
        let ids = Self.ports.map(\.id)
        let first = Self.ports.indices.flatMap { Self.week($0, mean: 1) }
        #expect(try await catalogs[0].replaceBaselines(of: ids, with: first) == 4 * 168)
        let known = try await catalogs[1].baselines(after: nil, limit: 10).map(\.id)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for round in 2...11 {
                group.addTask {
                    let rows = Self.ports.indices.flatMap { Self.week($0, mean: Double(round)) }
                    let stored = try await catalogs[round % 2].replaceBaselines(of: ids, with: rows)
                    #expect(stored == 4 * 168)
                }
            }
            try await group.waitForAll()
        }
        for catalog in catalogs {
            let found = try await catalog.baselines(after: nil, limit: 10)
            #expect(found.map(\.id) == known)
            #expect(Set(found.map(\.inbound.average)).count == 1)
            try await catalog.close()
        }
    }

    @Test("two programs that save anomalies at once lose none, and both see all of them")
    func savesInTurn() async throws {
        let store = try TemporaryStore()
        let catalogs = [try SQLiteCatalog.open(path: store.path), try SQLiteCatalog.open(path: store.path)]
        try await fill(catalogs[0])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let found = (0..<4).map { Self.anomaly($0, at: Double(number)) }
                    var incident = Incident(scope: .device, at: found[0].startedAt)
                    incident.anomalyIDs = found.map(\.id)
                    try await catalogs[number % 2].saveAnomalies(found, incidents: [incident])
                }
            }
            try await group.waitForAll()
        }
        for catalog in catalogs {
            #expect(try await catalog.anomalyCount(AnomalyQuery(limit: 1)) == 80)
            let incidents = try await catalog.incidents(IncidentQuery(limit: 100))
            #expect(incidents.count == 20 && incidents.allSatisfy { $0.anomalyIDs.count == 4 })
            try await catalog.close()
        }
    }

    @Test("a baseline that an operator wrote counts its samples for both directions, and keeps its id when learnt")
    func readsOperatorsRows() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await fill(catalog)
        let (port, id) = (Self.ports[0].id, BaselineID.random())
        let beside = try DatabaseQueue(path: store.path)
        try await beside.write { db in
            try db.execute(
                sql: """
                    INSERT INTO interface_baselines (id, interface_id, hour_of_day, day_of_week, avg_in_mbps,
                      std_dev_in_mbps, min_in_mbps, max_in_mbps, avg_out_mbps, std_dev_out_mbps, min_out_mbps,
                      max_out_mbps, sample_count, confidence, last_updated)
                    VALUES ('\(id)', '\(port)', 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0.25, '2026-03-01T12:00:00.000Z')
                    """)
        }
        let row = try #require(try await catalog.baselines(of: port).first)
        #expect(row.sampleCount == 9 && row.inbound.sampleCount == 9 && row.outbound.sampleCount == 9)
        #expect(row.confidence == 0.25 && row.inbound.maximum == 4 && row.outbound.average == 5)
        _ = try await catalog.replaceBaselines(of: [port], with: Self.week(0, mean: 7))
        let learnt = try await catalog.baselines(of: port)
        #expect(learnt.count == 168 && learnt.allSatisfy { $0.inbound.average == 7 })
        #expect(learnt.first?.id == id)
        try await catalog.close()
    }

    @Test("an incident goes with its last member when an operator deletes that")
    func followsOperators() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await fill(catalog)
        let found = (0..<2).map { Self.anomaly($0) }
        var incident = Incident(scope: .device, at: Self.now)
        incident.anomalyIDs = found.map(\.id)
        try await catalog.saveAnomalies(found, incidents: [incident])
        let beside = try DatabaseQueue(path: store.path)
        for (number, anomaly) in found.enumerated() {
            try await beside.write { db in try db.execute(sql: "DELETE FROM anomalies WHERE id = '\(anomaly.id)'") }
            let left: [AnomalyID]? = number == 0 ? [found[1].id] : nil
            let members = try await catalog.incident(incident.id)?.anomalyIDs
            #expect(members == left)
        }
        try await catalog.close()
    }

    @Test(
        "what an operator left unreadable is named",
        arguments: [
            ("explanation", "'{\"visits\":\"x\"}'"), ("explanation", "'{\"offset_factor\":1e999}'"),
            ("explanation", "'{\"same_hour_last_weeks\":[null,true]}'"), ("explanation", "'{\"other\":{}}'"),
            ("started_at", "'2026-99-01T00:00:00.000Z'"),
        ])
    func namesUnreadable(column: String, value: String) async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await fill(catalog)
        try await catalog.saveAnomalies([Self.anomaly(0)], incidents: [])
        let beside = try DatabaseQueue(path: store.path)
        try await beside.write { db in try db.execute(sql: "UPDATE anomalies SET \(column) = \(value)") }
        do {
            let found = try await catalog.anomalies(AnomalyQuery(limit: 9))
            Issue.record("\(found) was read from \(column) = \(value)")
        } catch {
            #expect(error.code == .invalidValue)
            #expect(error.message.contains("anomalies.\(column)"), "\(error)")
        }
        try await catalog.close()
    }

    @Test("an explanation of another program's is read as far as it is known")
    func readsForeignExplanations() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await fill(catalog)
        try await catalog.saveAnomalies([Self.anomaly(0)], incidents: [])
        let beside = try DatabaseQueue(path: store.path)
        let text = #"{ "new": [{"x": null}], "duration": "year", "visits": 3, "same_hour_last_weeks": [ 1E2 , null ] }"#
        try await beside.write { db in
            try db.execute(sql: "UPDATE anomalies SET explanation = ?", arguments: [text])
        }
        var expected = AnomalyExplanation()
        (expected.visits, expected.sameHourLastWeeks) = (3, [100, nil])
        #expect(try await catalog.anomalies(AnomalyQuery(limit: 9)).first?.explanation == expected)
        try await catalog.close()
    }

    @Test("numbers that are not finite are refused to operators too")
    func refusesInfinity() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await fill(catalog)
        try await catalog.saveAnomalies([Self.anomaly(0)], incidents: [])
        let beside = try DatabaseQueue(path: store.path)
        for column in ["score", "actual", "expected", "low", "high", "confidence"] {
            for value in ["9e999", "-9e999", "NULL"] {
                await #expect(throws: DatabaseError.self, "\(column) = \(value)") {
                    try await beside.write { db in try db.execute(sql: "UPDATE anomalies SET \(column) = \(value)") }
                }
            }
        }
        try await catalog.close()
    }

    @Test("usual questions walk an index in the order of their answer")
    func usesIndexes() async throws {
        let catalog = try SQLiteCatalog.inMemory()
        let place = AnomalyPlace(startedAt: Self.now, id: .random())
        let questions: [(String, (inout AnomalyQuery) -> Void)] = [
            ("anomalies_started", { _ in }), ("anomalies_started", { $0.after = place }),
            ("anomalies_started", { $0.states = [.raised] }), ("anomalies_open", { $0.isOver = false }),
            ("anomalies_interface", { $0.interfaces = [.random()] }),
            ("anomalies_started", { ($0.from, $0.to) = (Self.now, Self.now) }),
        ]
        for (index, change) in questions {
            var query = AnomalyQuery(limit: 50)
            change(&query)
            let plan = try await plan(query.page.sql, in: catalog)
            #expect(plan.contains(index) && !plan.contains("TEMP B-TREE"), "\(query): \(plan)")
        }
        var open = IncidentQuery(limit: 50)
        open.isOver = false
        for (index, query) in [("incidents_started", IncidentQuery(limit: 50)), ("incidents_open", open)] {
            let plan = try await plan(query.page.sql, in: catalog)
            #expect(plan.contains(index) && plan.contains("anomalies_incident"), "\(plan)")
            #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
        }
        for count in 1...2 {
            var query = AnomalyQuery(limit: 50)
            query.incidents = (0..<count).map { _ in .random() }
            let ofIncidents = try await plan(query.page.sql, in: catalog)
            #expect(ofIncidents.contains("anomalies_incident"), "\(count): \(ofIncidents)")
            (query.ids, query.incidents) = ((0..<count).map { _ in .random() }, nil)
            let ofIDs = try await plan(query.page.sql, in: catalog)
            #expect(ofIDs.contains("sqlite_autoindex_anomalies_1"), "\(count): \(ofIDs)")
        }
        let states = try await plan("SELECT id, state FROM anomalies WHERE ended_at IS NULL", in: catalog)
        #expect(states.contains("anomalies_open"), "\(states)")
        let removal = try await plan("DELETE FROM anomalies WHERE ended_at < ?1", in: catalog)
        #expect(removal.contains("anomalies_ended"))
    }

    private func plan(_ sql: String, in catalog: SQLiteCatalog) async throws -> String {
        try await catalog.store.read { db in
            let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
            try statement.setArguments(StatementArguments(repeatElement(nil as Int?, count: parameterCount(sql))))
            return try Row.fetchAll(statement).map { "\($0["detail"] as String? ?? "")" }.joined(separator: "; ")
        }
    }
}

/// The highest number of a `?` in a statement.
private func parameterCount(_ sql: String) -> Int {
    sql.split(separator: "?").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }.max() ?? 0
}
