import Catalog
import CatalogSQLite
import Foundation
import GRDB
import Inventory
import Testing

/// What topology does in a SQLite file that others use at the same time.
@Suite("Topology in a SQLite catalog")
struct TopologyStoreTests {
    private static let now = Timestamp(seconds: 1_772_366_400)

    private static let devices = [
        Device(name: "a", address: "192.0.2.1", at: now), Device(name: "b", address: "192.0.2.2", at: now),
    ]
    private static let ports = devices.map { device in
        Interface(deviceID: device.id, facts: InterfaceFacts(ifIndex: 1), at: now)
    }

    private func fill(_ catalog: SQLiteCatalog) async throws {
        try await catalog.reviseDevices(.all) { _ in
            var revision = DeviceRevision()
            revision.inserted = Self.devices
            return (revision, ())
        }
        try await catalog.reviseInterfaces(of: Self.devices.map(\.id)) { books in
            (
                books.enumerated().map { number, book in
                    var revision = InterfaceRevision(deviceID: book.device.id)
                    revision.inserted = [Self.ports[number]]
                    return revision
                }, ()
            )
        }
    }

    /// The next revision: both devices hear each other.
    private static func change(after book: TopologyBook, at seconds: Double = 0) -> TopologyChange {
        let number = (book.revision?.number ?? 0) + 1
        var change = TopologyChange(
            revision: TopologyRevisionRecord(number: number, at: now.advanced(bySeconds: seconds)))
        for (near, far) in [(0, 1), (1, 0)] {
            var reading = NeighbourReading(heardBy: .lldp, localPort: "\(number)")
            reading.systemName = devices[far].name
            var row = Neighbour(
                deviceID: devices[near].id, interfaceID: ports[near].id, reading: reading, at: change.revision.at)
            row.match.deviceID = devices[far].id
            change.insertedNeighbours.append(row)
            var connection = InterfaceConnection()
            connection.deviceID = devices[far].id
            connection.neighbourName = devices[far].name
            change.connections[ports[near].id] = connection
        }
        return change
    }

    @Test("two programs that discover at once each follow the other's revision")
    func takesTurns() async throws {
        let store = try TemporaryStore()
        let catalogs = [try SQLiteCatalog.open(path: store.path), try SQLiteCatalog.open(path: store.path)]
        try await fill(catalogs[0])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try await catalogs[number % 2].reviseTopology { book in (Self.change(after: book), ()) }
                }
            }
            try await group.waitForAll()
        }
        for catalog in catalogs {
            #expect(try await catalog.topologyRevisions(limit: 100).map(\.number) == (1...20).reversed())
            #expect(try await catalog.neighbours(of: Self.devices[0].id).count == 20)
            try await catalog.close()
        }
    }

    @Test("another program's write, and an operator's, move state and edition")
    func seesOthers() async throws {
        let store = try TemporaryStore()
        let (here, there) = (try SQLiteCatalog.open(path: store.path), try SQLiteCatalog.open(path: store.path))
        try await fill(there)
        let empty = try await here.topologyState()
        try await there.reviseTopology { book in (Self.change(after: book), ()) }
        let filled = try await here.topologyState()
        #expect(filled.revision == 1 && filled.edition > empty.edition)
        #expect(try await here.topologyState() == filled)
        let beside = try DatabaseQueue(path: store.path)
        var last = filled
        for sql in [
            "UPDATE interface_neighbours SET platform = 'x'", "DELETE FROM interface_neighbours",
            "INSERT INTO topology_positions VALUES ('\(Self.devices[0].id)', 1, 2, NULL)",
            "INSERT INTO device_descriptions VALUES ('\(Self.devices[0].id)', '2026-03-01T12:00:00.000Z', '{}')",
            "UPDATE topology_revisions SET mapped = 7", "DELETE FROM topology_positions",
        ] {
            try await beside.write { db in try db.execute(sql: sql) }
            let state = try await here.topologyState()
            #expect(state.edition > last.edition, "after \(sql)")
            last = state
        }
        let lists = try await here.revision()
        try await beside.write { db in try db.execute(sql: "UPDATE standalone_devices SET location = 'cellar'") }
        #expect(try await here.topologyState() == last)
        #expect(try await here.revision() != lists)
        try await here.close()
        try await there.close()
    }

    @Test("a run that finds nothing new rewrites no row but its seen-timestamps")
    func rewritesNothing() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await fill(catalog)
        try await catalog.reviseTopology { book in (Self.change(after: book), ()) }
        let beside = try DatabaseQueue(path: store.path)
        let watched = ["standalone_devices", "device_interfaces", "topology_links", "device_descriptions"]
        try await beside.write { db in
            try db.execute(sql: "CREATE TABLE rewritten (what TEXT)")
            for table in watched {
                try db.execute(
                    sql: """
                        CREATE TRIGGER watch_\(table) AFTER UPDATE ON \(table)
                          BEGIN INSERT INTO rewritten VALUES ('\(table)'); END
                        """)
            }
            try db.execute(
                sql: """
                    CREATE TRIGGER watch_seen AFTER UPDATE ON interface_neighbours
                      WHEN new.first_seen_at <> old.first_seen_at OR new.neighbor_name <> old.neighbor_name
                        OR new.last_seen_at = old.last_seen_at
                      BEGIN INSERT INTO rewritten VALUES ('neighbour'); END
                    """)
        }
        for day in 1...2 {
            try await catalog.reviseTopology { book in
                guard var revision = book.revision else { return (nil, ()) }
                revision.at = Self.now.advanced(bySeconds: Double(day) * 86_400)
                var change = TopologyChange(revision: revision)
                change.connections = Self.change(after: book).connections
                change.updatedNeighbours = book.neighbours
                change.savedLinks = book.links
                change.heardDevices = Self.devices.map(\.id)
                return (change, ())
            }
        }
        #expect(try await beside.read { db in try String.fetchAll(db, sql: "SELECT what FROM rewritten") } == [])
        let seen = try await catalog.neighbours(of: Self.devices[0].id).map(\.lastSeenAt)
        #expect(seen == [Self.now.advanced(bySeconds: 2 * 86_400)])
        try await catalog.close()
    }

    @Test("a connection an operator's SQL would point nowhere is refused, and what is unreadable is named")
    func namesWhatIsWrong() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await fill(catalog)
        try await catalog.reviseTopology { book in (Self.change(after: book), ()) }
        let beside = try DatabaseQueue(path: store.path)
        for (sql, column) in [
            ("UPDATE interface_neighbours SET capabilities = 'bridge'", "interface_neighbours.capabilities"),
            ("UPDATE interface_neighbours SET protocol = 'LLDP'", "interface_neighbours.protocol"),
            ("UPDATE interface_neighbours SET candidates = '{}'", "interface_neighbours.candidates"),
            ("UPDATE interface_neighbours SET match_confidence = 1.5", "interface_neighbours.match_confidence"),
            ("UPDATE topology_revisions SET number = 0", "topology_revisions.number"),
        ] {
            let error = await #expect(throws: DatabaseError.self) {
                try await beside.write { db in try db.execute(sql: sql) }
            }
            #expect(error?.message?.contains(column) == true, "\(sql): \(String(describing: error))")
        }
        try await beside.write { db in
            try db.execute(sql: "UPDATE interface_neighbours SET candidates = '[1, {}]'")
        }
        let error = await #expect(throws: CatalogError.self) { _ = try await catalog.topologyBook() }
        #expect(error?.code == .invalidValue)
        #expect(error?.message.contains("interface_neighbours.candidates") == true)
        try await catalog.close()
    }
}
