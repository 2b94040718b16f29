import Catalog
import CatalogRows
@testable import CatalogSQLite
import Foundation
import GRDB
import Inventory
import Testing

/// A catalog that an older program made, opened by this one.
@Suite("The step of the schema that brings the duplex of interfaces")
struct DuplexMigrationTests {
    private static let now = Timestamp(seconds: 1_772_366_400)
    private static let (device, live, retired) = (DeviceID.random(), InterfaceID.random(), InterfaceID.random())

    private static func insert(_ table: String, _ id: InterfaceID, _ index: Int, _ more: (String, String)? = nil)
        -> String
    {
        """
        INSERT INTO \(table) (id, device_id, if_index, if_name, interface_type, is_critical, classification_confidence,
          classification_rule, classification_overridden, operator_overrides, monitoring_enabled, enabled, was_up,
          notes, created_at, updated_at, last_discovered_at, last_seen_at,
          missing_uncounted_seconds\(more.map { ", " + $0.0 } ?? ""))
        VALUES ('\(id)', '\(device)', \(index), 'Gi\(index)', 'trunk', 0, 0.5, 'r', 0, '', 1, 1, 1, 'mine', '\(now)',
          '\(now)', '\(now)', '\(now)', 0\(more.map { ", " + $0.1 } ?? ""))
        """
    }

    private static func fill(_ store: TemporaryStore, version: Int) throws {
        let older = SchemaMigrator(migrations: Array(SchemaMigrator.current.migrations.prefix(version)))
        let queue = try DatabaseQueue(path: store.path)
        try older.migrate(queue)
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO standalone_devices (id, name, ip, port, device_type, enabled, status, tags, created_at,
                      updated_at)
                    VALUES ('\(device)', 'sw', '192.0.2.1', 161, 'switch', 1, 'up', '[]', '\(now)', '\(now)')
                    """)
            try db.execute(sql: insert("device_interfaces", live, 1))
            try db.execute(sql: insert("retired_interfaces", retired, 2, ("removed_at", "'\(now)'")))
        }
        try queue.close()
    }

    @Test("opens a store of every older version with its rows, whose duplex is not known", arguments: 1...8)
    func keepsRows(version: Int) async throws {
        let store = try TemporaryStore()
        try Self.fill(store, version: version)
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await catalog.check()
        let found = try await catalog.interfaces(of: Self.device)
        #expect(found.map(\.id) == [Self.live] && found.map(\.notes) == ["mine"])
        #expect(found.map(\.facts.duplex) == [nil])
        let gone = try await catalog.reviseInterfaces(of: [Self.device]) { ([], $0.first?.retired ?? []) }
        #expect(gone.map(\.id) == [Self.retired] && gone.map(\.facts.duplex) == [nil])
        try await catalog.close()
    }

    @Test("rows that an operator removes and brings back by SQL keep their duplex")
    func survivesRemoval() async throws {
        let store = try TemporaryStore()
        try Self.fill(store, version: 8)
        try await SQLiteCatalog.open(path: store.path).close()
        let queue = try DatabaseQueue(path: store.path)
        try await queue.write { db in
            try db.execute(
                sql: """
                    CREATE TABLE kept AS SELECT * FROM standalone_devices;
                    UPDATE device_interfaces SET duplex = 'half';
                    UPDATE retired_interfaces SET duplex = 'full';
                    DELETE FROM standalone_devices;
                    INSERT INTO standalone_devices SELECT * FROM kept;
                    """)
        }
        let kept = try await queue.read { db in
            try String.fetchAll(db, sql: "SELECT duplex FROM retired_interfaces ORDER BY if_index")
        }
        #expect(kept == ["half", "full"])
    }

    @Test("a word that is none is refused", arguments: ["device_interfaces", "retired_interfaces"])
    func refusesOtherWords(table: String) async throws {
        let store = try TemporaryStore()
        try Self.fill(store, version: 8)
        try await SQLiteCatalog.open(path: store.path).close()
        let queue = try DatabaseQueue(path: store.path)
        await #expect(throws: DatabaseError.self) {
            try await queue.write { db in try db.execute(sql: "UPDATE \(table) SET duplex = 'auto'") }
        }
    }
}
