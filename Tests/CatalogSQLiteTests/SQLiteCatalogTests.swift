import Catalog
import CatalogRows
@testable import CatalogSQLite
import Foundation
import GRDB
import Inventory
import Testing

@Suite("A catalog in a SQLite file")
struct SQLiteCatalogTests {
    private static let now = Timestamp(seconds: 1_772_366_400)

    private func add(_ device: Device, to catalog: SQLiteCatalog) async throws {
        try await catalog.reviseDevices(.ids([])) { _ in
            var revision = DeviceRevision()
            revision.inserted = [device]
            return (revision, ())
        }
    }

    private func failure(_ body: () async throws -> Void) async -> CatalogError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? CatalogError
        }
    }

    @Test("keeps what it was given when opened again")
    func reopens() async throws {
        let store = try TemporaryStore()
        let device = Device(name: "a", address: "192.0.2.1", at: Self.now)
        let first = try SQLiteCatalog.open(path: store.path)
        try await add(device, to: first)
        try await first.close()
        try await first.close()
        let second = try SQLiteCatalog.open(path: store.path)
        #expect(try await second.devices(.all) == [device])
        try await second.close()
    }

    @Test("is durable at every return: write-ahead log, full synchronisation, foreign keys")
    func isDurable() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        let pragmas = try await catalog.store.writeWithoutTransaction { db in
            try ["journal_mode", "synchronous", "foreign_keys"].map { name in
                try String.fetchOne(db, sql: "PRAGMA \(name)")
            }
        }
        #expect(pragmas == ["wal", "2", "1"])
        try await catalog.close()
    }

    @Test("only the owner of the file may read it, its log and its index")
    func isPrivate() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await add(Device(name: "a", address: "192.0.2.1", at: Self.now), to: catalog)
        for suffix in ["", "-wal", "-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: store.path + suffix)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "catalog.sqlite\(suffix)")
        }
        try await catalog.close()
    }

    @Test("two catalogs on one file see each other's writes and revisions")
    func sharesTheFile() async throws {
        let store = try TemporaryStore()
        let (here, there) = (try SQLiteCatalog.open(path: store.path), try SQLiteCatalog.open(path: store.path))
        let before = try await here.revision()
        try await add(Device(name: "a", address: "192.0.2.1", at: Self.now), to: there)
        #expect(try await here.revision() != before)
        #expect(try await here.devices(.all).map(\.name) == ["a"])
        let settled = try await here.revision()
        #expect(try await here.revision() == settled)
        try await here.close()
        try await there.close()
    }

    @Test("two programs that revise one device at once lose no update and need not try again")
    func takesTurns() async throws {
        let store = try TemporaryStore()
        let catalogs = [try SQLiteCatalog.open(path: store.path), try SQLiteCatalog.open(path: store.path)]
        let device = Device(name: "a", address: "192.0.2.1", at: Self.now)
        try await add(device, to: catalogs[0])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try await catalogs[number % 2].reviseDevices(.ids([device.id])) { devices in
                        var revision = DeviceRevision()
                        revision.updated = devices
                        for position in devices.indices { revision.updated[position].tags.append("\(number)") }
                        return (revision, ())
                    }
                }
            }
            try await group.waitForAll()
        }
        let tags = try await catalogs[0].devices(.all).first?.tags ?? []
        #expect(Set(tags) == Set((0..<40).map { "\($0)" }))
        for catalog in catalogs { try await catalog.close() }
    }

    @Test("an operator's own UPDATE moves the revision, a job's progress does not")
    func revisionFollowsLists() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await add(Device(name: "a", address: "192.0.2.1", at: Self.now), to: catalog)
        let before = try await catalog.revision()
        try await catalog.saveJobRun(JobRun(job: "discover", trigger: .manual, scheduledAt: Self.now))
        #expect(try await catalog.revision() == before)
        let beside = try DatabaseQueue(path: store.path)
        try await beside.write { db in try db.execute(sql: "UPDATE standalone_devices SET location = 'cellar'") }
        #expect(try await catalog.revision() != before)
        try await catalog.close()
    }

    @Test("waits for another writer, and tells when that takes too long")
    func tellsBusy() async throws {
        let store = try TemporaryStore()
        var configuration = SQLiteCatalogConfiguration()
        configuration.busyTimeoutSeconds = 0.05
        let catalog = try SQLiteCatalog.open(path: store.path, configuration: configuration)
        var unsafe = Configuration()
        unsafe.allowsUnsafeTransactions = true
        let beside = try DatabaseQueue(path: store.path, configuration: unsafe)
        let device = Device(name: "a", address: "192.0.2.1", at: Self.now)
        try await beside.writeWithoutTransaction { db in try db.beginTransaction(.immediate) }
        let error = await failure { try await add(device, to: catalog) }
        #expect(error?.code == .busy, "\(String(describing: error))")
        try await beside.writeWithoutTransaction { db in try db.rollback() }
        try await add(device, to: catalog)
        try await catalog.close()
    }

    @Test("many programs starting at once on a new file all find one schema")
    func opensConcurrently() async throws {
        let store = try TemporaryStore()
        let path = store.path
        let catalogs = try await withThrowingTaskGroup(of: SQLiteCatalog.self) { group in
            for _ in 0..<4 { group.addTask { try SQLiteCatalog.open(path: path) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for catalog in catalogs {
            try await catalog.check()
            try await catalog.close()
        }
    }

    @Test("tells the operator where the schema stands")
    func tellsItsSchema() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        let beside = try DatabaseQueue(path: store.path)
        let names = try await beside.read { db in
            try String.fetchAll(db, sql: "SELECT name FROM wardflux_schema ORDER BY version")
        }
        let steps = [
            "inventory", "operations", "observations", "agents", "removals", "topology", "anomalies", "alerts",
            "duplex",
        ]
        #expect(names == steps)
        try await catalog.close()
    }

    @Test("a schema of a newer program is refused and left alone")
    func refusesNewerSchema() async throws {
        let store = try TemporaryStore()
        try await SQLiteCatalog.open(path: store.path).close()
        let beside = try DatabaseQueue(path: store.path)
        try await beside.write { db in
            try db.execute(
                sql: "INSERT INTO wardflux_schema VALUES (10, 'future', '2030-01-01T00:00:00.000Z')")
        }
        let error = await failure { _ = try SQLiteCatalog.open(path: store.path) }
        #expect(error?.code == .schemaTooNew)
        #expect(error?.message.contains("future") == true)
    }

    @Test("a folder that does not exist is named, with the remedy")
    func tellsUnavailable() async throws {
        let store = try TemporaryStore()
        let path = store.folder + "/missing/catalog.sqlite"
        let error = await failure { _ = try SQLiteCatalog.open(path: path) }
        #expect(error?.code == .unavailable)
        #expect(error?.description.contains(path) == true)
        #expect(error?.message.contains("folder") == true)
    }

    @Test("a file that is no database is corrupt")
    func tellsCorrupt() async throws {
        let store = try TemporaryStore()
        try Data(repeating: 0x58, count: 8192).write(to: URL(fileURLWithPath: store.path))
        let error = await failure { _ = try SQLiteCatalog.open(path: store.path) }
        #expect(error?.code == .corrupt, "\(String(describing: error))")
    }

    @Test("a value an operator's UPDATE left unreadable is named")
    func namesUnreadableValues() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await add(Device(name: "a", address: "192.0.2.1", at: Self.now), to: catalog)
        let beside = try DatabaseQueue(path: store.path)
        try await beside.write { db in
            try db.execute(sql: "UPDATE standalone_devices SET created_at = '2026-99-01T00:00:00.000Z'")
        }
        let error = await failure { _ = try await catalog.devices(.all) }
        #expect(error?.code == .invalidValue)
        #expect(error?.message.contains("standalone_devices.created_at") == true)
        #expect(error?.message.contains("2026-99-01") == true)
        try await catalog.close()
    }

    @Test("an unchanged rediscovery rewrites no row but its seen-timestamps")
    func rewritesNothing() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        let device = Device(name: "a", address: "192.0.2.1", at: Self.now)
        try await add(device, to: catalog)
        let beside = try DatabaseQueue(path: store.path)
        try await beside.write { db in
            try db.execute(
                sql: """
                    CREATE TABLE rewritten (what TEXT);
                    CREATE TRIGGER watch_columns AFTER UPDATE OF updated_at, if_index, if_name, interface_type, notes
                      ON device_interfaces BEGIN INSERT INTO rewritten VALUES (new.id); END;
                    CREATE TRIGGER watch_devices AFTER UPDATE ON standalone_devices
                      BEGIN INSERT INTO rewritten VALUES (new.id); END;
                    """)
        }
        for round in 0..<2 {
            try await catalog.reviseInterfaces(of: [device.id]) { books in
                var revision = InterfaceRevision(deviceID: device.id)
                if books.first?.live.isEmpty == true {
                    revision.inserted = (1...48).map {
                        Interface(deviceID: device.id, facts: InterfaceFacts(ifIndex: $0), at: Self.now)
                    }
                }
                revision.seenAt = Self.now.advanced(bySeconds: Double(round))
                return ([revision], ())
            }
        }
        let rewritten = try await beside.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM rewritten") }
        #expect(rewritten == 0)
        try await catalog.close()
    }

    @Test("alerts outlive their device and its interfaces")
    func alertsOutlive() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        let device = Device(name: "a", address: "192.0.2.1", at: Self.now)
        try await add(device, to: catalog)
        let beside = try DatabaseQueue(path: store.path)
        try await beside.write { db in
            try db.execute(
                sql: """
                    INSERT INTO alert_history
                      (id, device_id, condition, severity, message, state, started_at, last_seen_at, entity, subject,
                       rule, owes_recovery, tellings, context)
                    VALUES ('\(DeviceID.random())', '\(device.id)', 'device_unreachable', 'critical', 'down', 'firing',
                      '2026-03-01T04:00:00.000Z', '2026-03-01T04:00:00.000Z', 'device:\(device.id)', 'device',
                      '', 0, '[]', '{}')
                    """)
        }
        try await catalog.reviseDevices(.all) { devices in
            var revision = DeviceRevision()
            revision.removed = devices.map(\.id)
            return (revision, ())
        }
        #expect(try await beside.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM alert_history") } == 1)
        try await catalog.close()
    }
}
