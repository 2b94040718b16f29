import Catalog
import CatalogRows
@testable import CatalogSQLite
import Foundation
import GRDB
import Inventory
import Testing

/// A catalog that an older program filled, opened by this one.
@Suite("The step of the schema that brings topology")
struct TopologyMigrationTests {
    private static let now = Timestamp(seconds: 1_772_366_400)
    private static let time = "'2026-03-01T12:00:00.000Z'"

    /// A store of version 5 with two devices, an interface each, neighbours, a retired interface and a removed device.
    private static func fill(_ store: TemporaryStore) throws -> (devices: [DeviceID], ports: [InterfaceID]) {
        let older = SchemaMigrator(migrations: Array(SchemaMigrator.current.migrations.prefix(5)))
        let queue = try DatabaseQueue(path: store.path)
        try older.migrate(queue)
        let (devices, ports) = ((0..<3).map { _ in DeviceID.random() }, (0..<2).map { _ in InterfaceID.random() })
        try queue.write { db in
            for (number, id) in devices.enumerated() {
                let device = Device(id: id, name: "d\(number)", address: "192.0.2.\(number)", at: now)
                try db.run(db.cachedStatement(sql: Device.insertSQL), device)
            }
            for (number, id) in ports.enumerated() {
                var facts = InterfaceFacts(ifIndex: Int64(number))
                facts.ifName = "Gi\(number)"
                var row = Interface(id: id, deviceID: devices[number], facts: facts, at: now)
                row.connectedToDeviceID = devices[1 - number]
                row.lldpNeighborPort = "Gi\(1 - number)"
                try db.insertIntoOlder(row)
            }
            try db.execute(sql: "DELETE FROM standalone_devices WHERE id = '\(devices[2])'")
            try db.execute(
                sql: neighbour(devices, ports, "lldp", chassis: "'00:1b:21:00:00:01'", address: "'10.0.0.1'"))
            try db.execute(sql: neighbour(devices, ports, "cdp", chassis: "NULL", address: "NULL"))
            try db.execute(sql: neighbour(devices, ports, "edp", chassis: "NULL", address: "NULL"))
        }
        try queue.close()
        return (devices, ports)
    }

    private static func neighbour(
        _ devices: [DeviceID], _ ports: [InterfaceID], _ heardBy: String, chassis: String, address: String
    ) -> String {
        """
        INSERT INTO interface_neighbours VALUES ('\(NeighbourRowID.random())', '\(devices[0])', '\(ports[0])',
          '7', '\(heardBy)', 4, \(chassis), 5, 'Gi1', 'uplink', 'd1', 'cisco', 'bridge', \(address),
          '\(devices[1])', '\(ports[1])', \(time), '2026-03-02T12:00:00.000Z')
        """
    }

    @Test("keeps all that version 5 held, neighbours too")
    func keepsRows() async throws {
        let store = try TemporaryStore()
        let (devices, ports) = try Self.fill(store)
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await catalog.check()
        let book = try await catalog.topologyBook()
        #expect(book.devices.map(\.id) == Array(devices.prefix(2)))
        #expect(book.ports.map(\.connection.neighbourPort).sorted { $0 ?? "" < $1 ?? "" } == ["Gi0", "Gi1"])
        #expect(Set(book.ports.map(\.connection.deviceID)) == Set(devices.prefix(2)))
        #expect(book.neighbours.map(\.reading.heardBy).sorted() == [.lldp, .cdp])
        let lldp = try #require(book.neighbours.first { $0.reading.heardBy == .lldp })
        #expect(lldp.interfaceID == ports[0] && lldp.match.deviceID == devices[1] && lldp.match.interfaceID == ports[1])
        #expect(lldp.reading.chassis == NeighbourID(subtype: 4, kind: .text, text: "00:1b:21:00:00:01"))
        #expect(lldp.reading.port == NeighbourID(subtype: 5, kind: .text, text: "Gi1"))
        #expect(lldp.reading.managementAddresses == ["10.0.0.1"] && lldp.reading.localPort == "7")
        #expect(lldp.firstSeenAt == Self.now && lldp.lastSeenAt == Self.now.advanced(bySeconds: 86_400))
        let cdp = try #require(book.neighbours.first { $0.reading.heardBy == .cdp })
        #expect(cdp.reading.chassis == nil && cdp.reading.managementAddresses == [])
        // The removed device returns as before.
        let back = try await catalog.addDevice(Device(name: "d2", address: "192.0.2.2", at: Self.now))
        #expect(back.id == devices[2])
        try await catalog.close()
    }

    @Test("references of the tables made anew hold: nothing refers to what is gone, and removals reach them")
    func keepsReferences() async throws {
        let store = try TemporaryStore()
        let (devices, _) = try Self.fill(store)
        let catalog = try SQLiteCatalog.open(path: store.path)
        let beside = try DatabaseQueue(path: store.path)
        try await beside.write { db in
            #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
            try db.execute(sql: "DELETE FROM standalone_devices WHERE id = '\(devices[1])'")
            let far = try Row.fetchAll(
                db, sql: "SELECT connected_to_device_id, connected_to_interface_id FROM interface_neighbours")
            #expect(far.count == 2 && far.allSatisfy { $0[0] == nil && $0[1] == nil })
            try db.execute(sql: "DELETE FROM standalone_devices WHERE id = '\(devices[0])'")
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM interface_neighbours") == 0)
            #expect(try String.fetchAll(db, sql: "PRAGMA integrity_check") == ["ok"])
        }
        try await catalog.close()
    }

    @Test("earlier steps are as they were released")
    func earlierStepsStand() {
        let names = SchemaMigrator.current.migrations.prefix(6).map(\.name)
        #expect(names == ["inventory", "operations", "observations", "agents", "removals", "topology"])
        let texts = SchemaMigrator.current.migrations.prefix(6).map { $0.statements.joined(separator: ";\n") }
        #expect(texts.map { Self.checksum($0) } == Self.released)
    }

    /// FNV-1a over the statements of the released steps.
    private static let released: [UInt64] = [
        16_746_463_492_068_427_319, 12_251_609_219_622_397_931, 10_707_126_231_992_496_766, 13_901_432_957_092_308_946,
        11_190_240_622_623_381_407, 1_814_290_619_379_144_992,
    ]

    private static func checksum(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
