import Catalog
import CatalogSQLite
import Foundation
import GRDB
import Inventory
import Testing

/// What a killed process leaves: the file, and a write-ahead log that ends anywhere.
@Suite("A catalog whose process was killed")
struct CrashTests {
    private static let batchSize = 20
    private static let now = Timestamp(seconds: 1_772_366_400)

    @Test("opens, is consistent and holds whole batches only, wherever the log was cut", arguments: [1, 2, 3, 4, 5, 6])
    func survivesACut(seed: UInt64) async throws {
        let store = try TemporaryStore()
        var random = SeededGenerator(state: seed)
        let catalog = try SQLiteCatalog.open(path: store.path)
        let device = Device(name: "a", address: "192.0.2.1", at: Self.now)
        try await catalog.reviseDevices(.all) { _ in
            var revision = DeviceRevision()
            revision.inserted = [device]
            return (revision, ())
        }
        let snapshots = Snapshots(of: store)
        for batch in 0..<6 {
            try await catalog.reviseInterfaces(of: [device.id]) { books in
                // Inside the open transaction, before and after which the files are copied too.
                snapshots.take()
                return ([Self.revision(of: device, batch: batch, book: books.first)], ())
            }
            snapshots.take()
        }
        try await catalog.close()
        for copy in snapshots.copies {
            for _ in 0..<4 {
                let cut = Int.random(in: 0...copy.log.count, using: &random)
                try await checkRemains(file: copy.file, log: Array(copy.log.prefix(cut)), seed: seed, cut: cut)
            }
            try await checkRemains(file: copy.file, log: copy.log, seed: seed, cut: copy.log.count)
        }
    }

    @Test("opens and is consistent when killed while another thread writes")
    func survivesCopiesDuringWriting() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        let device = Device(name: "a", address: "192.0.2.1", at: Self.now)
        try await catalog.reviseDevices(.all) { _ in
            var revision = DeviceRevision()
            revision.inserted = [device]
            return (revision, ())
        }
        let snapshots = Snapshots(of: store)
        async let writing: Void = {
            for batch in 0..<30 {
                try await catalog.reviseInterfaces(of: [device.id]) { books in
                    ([Self.revision(of: device, batch: batch, book: books.first)], ())
                }
            }
        }()
        // The log only grows here (no checkpoint below 4000 pages), so that a copy is a log cut somewhere.
        for _ in 0..<20 { snapshots.take() }
        try await writing
        try await catalog.close()
        for copy in snapshots.copies {
            try await checkRemains(file: copy.file, log: copy.log, seed: 0, cut: copy.log.count)
        }
    }

    /// Adds a batch; every third one also retires the batch before it.
    private static func revision(of device: Device, batch: Int, book: InterfaceBook?) -> InterfaceRevision {
        var revision = InterfaceRevision(deviceID: device.id)
        revision.inserted = (0..<batchSize).map { number in
            var facts = InterfaceFacts(ifIndex: Int64(batch * batchSize + number))
            facts.ifAlias = String(repeating: "x", count: 300)
            return Interface(deviceID: device.id, facts: facts, at: now)
        }
        if batch % 3 == 2 { revision.retired = (book?.live ?? []).suffix(batchSize).map(\.id) }
        revision.seenAt = now.advanced(bySeconds: Double(batch))
        return revision
    }

    private func checkRemains(file: [UInt8], log: [UInt8], seed: UInt64, cut: Int) async throws {
        let remains = try TemporaryStore()
        try Data(file).write(to: URL(fileURLWithPath: remains.path))
        try Data(log).write(to: URL(fileURLWithPath: remains.path + "-wal"))
        let catalog = try SQLiteCatalog.open(path: remains.path)
        try await catalog.check()
        let count = try await catalog.interfaceCount()
        try await catalog.close()
        let raw = try DatabaseQueue(path: remains.path)
        let (integrity, orphans, retired) = try await raw.read { db in
            (
                try String.fetchAll(db, sql: "PRAGMA integrity_check"),
                try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count,
                try Int.fetchOne(db, sql: "SELECT count(*) FROM retired_interfaces") ?? 0
            )
        }
        let context: Comment = "seed \(seed), log cut at \(cut)"
        #expect(integrity == ["ok"], context)
        #expect(orphans == 0, context)
        #expect(count % Self.batchSize == 0, context)
        #expect(retired % Self.batchSize == 0, context)
    }
}

/// Copies of a store's file and log, as they were at some moments.
private final class Snapshots: Sendable {
    private let path: String
    private let taken = Locked<[(file: [UInt8], log: [UInt8])]>([])

    init(of store: TemporaryStore) {
        path = store.path
    }

    /// No checkpoint happens meanwhile (the log stays far below 4000 pages): the file stands still, the log grows.
    func take() {
        let log = FileManager.default.contents(atPath: path + "-wal").map { Array($0) } ?? []
        let file = FileManager.default.contents(atPath: path).map { Array($0) } ?? []
        taken.change { $0.append((file, log)) }
    }

    var copies: [(file: [UInt8], log: [UInt8])] { taken.value }
}
