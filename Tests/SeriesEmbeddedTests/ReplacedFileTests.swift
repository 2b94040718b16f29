import Foundation
import GRDB
import Inventory
import Series
import SeriesTestKit
import Synchronization
import Testing

@testable import SeriesEmbedded

/// A file that is replaced because it is damaged takes nothing along that is elsewhere too.
@Suite struct ReplacedFileTests {
    @Test func `a file damaged in the midst of sealing is written anew from its beginning`() async throws {
        let trial = try await StoreUnderTest(interfaces: 300, cycles: 26)
        for cycle in 0..<26 { try await trial.append(cycle) }
        await trial.store.close()
        trial.now.set(StoreUnderTest.start.advanced(bySeconds: 8_000))
        var writing = try StoreUnderTest.writing(trial.folder, trial.now)
        #expect(try writing.sealStep(now: trial.now.now) == 250)
        let name = BlockFileName.readings(Chunk(containing: StoreUnderTest.start))
        writing.shared.files.drop(name)
        try trial.folder.write(Array(repeating: 0x55, count: 20_000), to: name.description)
        while try writing.maintain(now: trial.now.now).isMoreDue {}
        writing.close()
        let store = try await StoreUnderTest.open(trial.folder, trial.now)
        #expect(try await StoreUnderTest.contents(store) == trial.ledger)
        await store.close()
    }

    @Test func `a log written anew marks no chunk that is in memory`() async throws {
        let trial = try await StoreUnderTest()
        for cycle in 0..<10 { try await trial.append(cycle) }
        await trial.store.close()
        var writing = try StoreUnderTest.writing(trial.folder, trial.now)
        writing.remaking = [(Chunk(containing: StoreUnderTest.start), nil)]
        try writing.renewLog(because: "of a test")
        writing.close()
        let store = try await StoreUnderTest.open(trial.folder, trial.now)
        #expect(try await StoreUnderTest.contents(store) == trial.ledger)
        await store.close()
    }

    @Test func `a log that cannot be written anew stays, and is written anew when it can`() async throws {
        let trial = try await StoreUnderTest()
        for cycle in 0..<10 { try await trial.append(cycle) }
        await trial.store.close()
        var writing = try StoreUnderTest.writing(trial.folder, trial.now)
        let obstacle = trial.folder.path + "/log.sqlite.new/obstacle"
        try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: true)
        #expect(throws: (any Error).self) { try writing.renewLog(because: "of a test") }
        let image = try trial.folder.crashImage()
        try FileManager.default.removeItem(atPath: image.path + "/log.sqlite.new")
        let reopened = try await StoreUnderTest.open(image, trial.now)
        #expect(try await StoreUnderTest.contents(reopened) == trial.ledger)
        await reopened.close()
        try FileManager.default.removeItem(atPath: trial.folder.path + "/log.sqlite.new")
        try writing.renewLog(because: "of a test")
        writing.close()
        let store = try await StoreUnderTest.open(trial.folder, trial.now)
        #expect(try await StoreUnderTest.contents(store) == trial.ledger)
        await store.close()
    }

    @Test func `a lost mark of a sealed chunk never makes its blocks smaller`() async throws {
        let trial = try await StoreUnderTest()
        for cycle in 0..<40 { try await trial.append(cycle) }
        let rows = try rows(of: trial.folder)
        try await trial.maintainAll()
        await trial.store.close()
        // As if the mark were damaged while some of the chunk's rows were still to be removed.
        let damaged = try ReadingLog.open(trial.folder.path + "/log.sqlite")
        for row in rows {
            try damaged.append(
                [ReadingLog.Row(chunk: Chunk(containing: StoreUnderTest.start), payload: row.payload)], from: row.seq)
        }
        try damaged.forgetMarks(before: Chunk(index: 1 << 20))
        damaged.close()
        let store = try await StoreUnderTest.open(trial.folder, trial.now)
        while try await store.maintain(now: trial.now.now).isMoreDue {}
        #expect(try await StoreUnderTest.contents(store) == trial.ledger)
        await store.close()
    }

    /// Some rows of the log.
    private func rows(of folder: TemporaryFolder) throws -> [(seq: Int64, payload: [UInt8])] {
        let log = try ReadingLog.open(folder.path + "/log.sqlite")
        defer { log.close() }
        return try log.queue.read { db in
            var rows: [(seq: Int64, payload: [UInt8])] = []
            try ReadingLog.rows(db, after: 8) { row, octets in if row < 16 { rows.append((row, Array(octets))) } }
            return rows
        }
    }

    @Test func `the good blocks of a damaged day are kept`() async throws {
        let trial = try await StoreUnderTest(interfaces: 400, cycles: 50)
        for cycle in 0..<50 { try await trial.append(cycle) }
        try await trial.maintainAll()
        await trial.store.close()
        let name = BlockFileName.readings(Chunk(containing: StoreUnderTest.start)).description
        var octets = try trial.folder.octets(of: name)
        let page = octets.count / 16_384 / 2 * 16_384
        for place in page..<page + 16_384 { octets[place] = 0x55 }
        try trial.folder.write(octets, to: name)
        let store = try await StoreUnderTest.open(trial.folder, trial.now)
        let ledger = trial.ledger
        _ = try await StoreUnderTest.contents(store)
        while try await store.maintain(now: trial.now.now).isMoreDue {}
        let found = try await StoreUnderTest.contents(store)
        let kept = found.values.reduce(0) { $0 + $1.count }
        #expect(kept > ledger.values.reduce(0) { $0 + $1.count } * 3 / 4, "\(kept) readings are left")
        for (interface, readings) in found {
            #expect(Set(readings).isSubset(of: ledger[interface] ?? []))
        }
        await store.close()
    }

    @Test func `who read a file before it was put aside does not suspect the new one`() async throws {
        let trial = try await StoreUnderTest()
        for cycle in 0..<40 { try await trial.append(cycle) }
        try await trial.maintainAll()
        let name = BlockFileName.readings(Chunk(containing: StoreUnderTest.start))
        let before = trial.store.shared.files.drops(of: name)
        _ = try trial.store.shared.putAside(name)
        trial.store.shared.suspect(name, before)
        #expect(trial.store.shared.suspects.withLock { $0.isEmpty })
        await trial.store.close()
    }
}
