import Catalog
import CatalogRows
@testable import CatalogSQLite
import Foundation
import GRDB
import Inventory
import Testing

/// A catalog that an older program made, and in whose `alert_history` an operator wrote, opened by this one.
@Suite("The step of the schema that brings alerts")
struct AlertsMigrationTests {
    private static let now = Timestamp(seconds: 1_772_366_400)
    private static let (device, port) = (DeviceID.random(), InterfaceID.random())

    /// Alerts as an operator could have written them, open, acknowledged and over, and what comes of each.
    private static var kept: [(sql: String, alert: Alert)] {
        var open = Alert(
            entity: .interface(port, of: device), condition: .interfaceDown, rule: "", severity: .critical, at: now)
        (open.message, open.value, open.threshold) = ("down", 2, 1.5)
        (open.state, open.firedAt) = (.firing, now)
        var seen = Alert(entity: .device(device), condition: .deviceUnreachable, rule: "", severity: .high, at: now)
        (seen.state, seen.firedAt) = (.acknowledged, now)
        seen.acknowledgement = AlertAcknowledgement(at: now, by: "me")
        var over = Alert(entity: .system("disk_space"), condition: .diskSpace, rule: "", severity: .low, at: now)
        (over.state, over.firedAt, over.resolvedAt) = (.resolved, now, now)
        return [
            ("'\(device)', '\(port)', 'interface_down', 'critical', 'down', 2, 1.5, 'open', NULL, NULL, NULL", open),
            ("'\(device)', NULL, 'device_unreachable', 'high', '', NULL, NULL, 'x', NULL, '\(now)', 'me'", seen),
            ("NULL, NULL, 'disk_space', 'low', '', NULL, NULL, 'open', '\(now)', NULL, NULL", over),
        ]
    }

    /// Of a condition that is none, of an interface of no device, infinite, and a second open one of an interface.
    private static let left = [
        "'\(device)', NULL, 'gone', 'high', '', NULL, NULL, 'open', NULL, NULL, NULL",
        "NULL, '\(port)', 'anomaly', 'high', '', NULL, NULL, 'open', NULL, NULL, NULL",
        "'\(device)', NULL, 'anomaly', 'high', '', 9e999, NULL, 'open', NULL, NULL, NULL",
    ]

    private static func fill(_ store: TemporaryStore, version: Int) throws {
        let older = SchemaMigrator(migrations: Array(SchemaMigrator.current.migrations.prefix(version)))
        let queue = try DatabaseQueue(path: store.path)
        try older.migrate(queue)
        guard version >= 3 else { return }
        try queue.write { db in
            for (id, sql) in kept.map({ ($0.alert.id, $0.sql) }) + left.map({ (.random(), $0) }) {
                try db.execute(
                    sql: """
                        INSERT INTO alert_history (id, device_id, interface_id, condition, severity, message, value,
                          threshold, state, resolved_at, acknowledged_at, acknowledged_by, started_at, last_seen_at,
                          context)
                        VALUES ('\(id)', \(sql), '\(now)', '\(now)', '{"device":"x"}')
                        """)
            }
        }
        try queue.close()
    }

    @Test("opens a store of every older version, and keeps those alerts that fit", arguments: 1...7)
    func keepsRows(version: Int) async throws {
        let store = try TemporaryStore()
        try Self.fill(store, version: version)
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await catalog.check()
        let found = try await catalog.alerts(AlertQuery(limit: 99))
        let expected = version < 3 ? [] : Self.kept.map(\.alert)
        #expect(found.map(\.message).sorted() == expected.map(\.message).sorted())
        for alert in found {
            var same = try #require(expected.first { $0.key == alert.key })
            same.id = alert.id
            #expect(alert == same)
        }
        // The life of what came along goes on.
        let alert = Alert(
            entity: .interface(Self.port, of: Self.device), condition: .interfaceDown, rule: "r", severity: .low,
            at: Self.now)
        var batch = AlertBatch()
        batch.alerts = [alert]
        if version >= 3 {
            await #expect(throws: CatalogError.self) { try await catalog.saveAlerts(batch) }
            var over = try #require(found.first { $0.key == alert.key })
            (over.state, over.resolvedAt) = (.resolved, Self.now)
            batch.alerts.append(over)
        }
        batch.changes = batch.alerts.map { AlertChange($0.id, .began, at: Self.now, "") }
        try await catalog.saveAlerts(batch)
        #expect(try await catalog.alert(alert.id) == alert)
        try await catalog.close()
    }

    @Test("references hold, the file is sound, and nothing of the old table is left")
    func isSound() async throws {
        let store = try TemporaryStore()
        try Self.fill(store, version: 7)
        let catalog = try SQLiteCatalog.open(path: store.path)
        let beside = try DatabaseQueue(path: store.path)
        try await beside.read { db in
            #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
            #expect(try String.fetchAll(db, sql: "PRAGMA integrity_check") == ["ok"])
            let names = try String.fetchAll(db, sql: "SELECT name || ifnull(sql, '') FROM sqlite_schema")
            #expect(!names.contains { $0.contains("alert_history_7") })
        }
        try await catalog.close()
    }
}
