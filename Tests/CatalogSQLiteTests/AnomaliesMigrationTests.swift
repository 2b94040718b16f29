import Catalog
import CatalogRows
@testable import CatalogSQLite
import Foundation
import GRDB
import Inventory
import Testing

/// A catalog that an older program filled, opened by this one.
@Suite("The step of the schema that brings anomalies")
struct AnomaliesMigrationTests {
    private static let now = Timestamp(seconds: 1_772_366_400)

    /// A store of an older version with a device, an interface, and a baseline where there is a table for it.
    private static func fill(_ store: TemporaryStore, version: Int) throws -> (port: InterfaceID, baseline: BaselineID)
    {
        let older = SchemaMigrator(migrations: Array(SchemaMigrator.current.migrations.prefix(version)))
        let queue = try DatabaseQueue(path: store.path)
        try older.migrate(queue)
        let device = Device(name: "d", address: "192.0.2.1", at: now)
        let port = Interface(deviceID: device.id, facts: InterfaceFacts(ifIndex: 1), at: now)
        let baseline = BaselineID.random()
        try queue.write { db in
            try db.run(db.cachedStatement(sql: Device.insertSQL), device)
            try db.insertIntoOlder(port)
            guard version >= 3 else { return }
            try db.execute(
                sql: """
                    INSERT INTO interface_baselines VALUES ('\(baseline)', '\(port.id)', 14, 1, 320.5, 80, 100, 500,
                      20, 8, 1, 50, 24, 0.5, '2026-03-01T12:00:00.000Z')
                    """)
        }
        try queue.close()
        return (port.id, baseline)
    }

    @Test("opens a store of every older version and keeps its baselines", arguments: 1...6)
    func keepsRows(version: Int) async throws {
        let store = try TemporaryStore()
        let (port, id) = try Self.fill(store, version: version)
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await catalog.check()
        var figures = BaselineFigures(
            average: 320.5, standardDeviation: 80, minimum: 100, maximum: 500, sampleCount: 24)
        var kept = Baseline(
            id: id, interfaceID: port, hourOfDay: 14, dayOfWeek: 1, inbound: figures,
            outbound: BaselineFigures(
                average: 20, standardDeviation: 8, minimum: 1, maximum: 50, sampleCount: 24), lastUpdated: Self.now)
        kept.confidence = 0.5
        let known = version < 3 ? [] : [kept]
        #expect(try await catalog.baselines(of: port) == known)
        // Learning goes on in the same rows.
        figures.sampleCount = 31
        (kept.id, kept.inbound) = (.random(), figures)
        #expect(try await catalog.replaceBaselines(of: [port], with: [kept]) == 1)
        if version >= 3 { kept.id = id }
        #expect(try await catalog.baselines(of: port) == [kept])
        let anomaly = Anomaly(
            interfaceID: port, side: TrafficSide(.inbound, .traffic), mode: .adaptive, at: Self.now)
        try await catalog.saveAnomalies([anomaly], incidents: [])
        #expect(try await catalog.anomaly(anomaly.id) == anomaly)
        try await catalog.close()
    }

    @Test("references hold, and the file is sound")
    func isSound() async throws {
        let store = try TemporaryStore()
        let (port, _) = try Self.fill(store, version: 6)
        let catalog = try SQLiteCatalog.open(path: store.path)
        let beside = try DatabaseQueue(path: store.path)
        try await beside.write { db in
            #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
            #expect(try String.fetchAll(db, sql: "PRAGMA integrity_check") == ["ok"])
            try db.execute(sql: "DELETE FROM device_interfaces WHERE id = '\(port)'")
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM interface_baselines") == 0)
        }
        try await catalog.close()
    }
}
