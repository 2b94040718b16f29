import Foundation
import GRDB
import Inventory
import Series
import SeriesTestKit
import Synchronization
import Testing
import Traffic

@testable import SeriesEmbedded

/// The blocks of a day become one for each interface, and nobody who asks can tell.
@Suite struct CompactionTests {
    /// Without those of retention: the clock goes to and fro for the days to be over.
    static let traits = SeriesTraits(
        counterMax: .max, keepsContext: true, removes: true, retentionDays: nil, keepsRollups: true)

    @Test("keeps the contract with all of it in blocks of days", arguments: SeriesContract.checks(for: traits))
    func contract(_ check: SeriesContract.Check) async throws {
        let folder = try TemporaryFolder()
        try await check.run(
            on: SeriesBench(traits: Self.traits) { now in
                CompactedStore(try await StoreUnderTest.open(folder, now), now)
            })
        withExtendedLifetime(folder) {}
    }

    @Test func `every question is answered as before`() async throws {
        let trial = try await StoreUnderTest.twoDays()
        let queries = Self.queries(trial)
        let image = try trial.folder.crashImage()
        let before = try await StoreUnderTest.open(image, trial.now)
        let expected = try await Self.answers(before, queries)
        await before.close()
        let store = try await StoreUnderTest.open(trial.folder, trial.now)
        while try await store.maintain(now: trial.now.now).isMoreDue {}
        #expect(try StoreUnderTest.blocks(trial.folder, "readings") == (3, 6), "the third day is not over")
        #expect(try StoreUnderTest.blocks(trial.folder, "rollups") == (3, 6))
        for (number, answer) in try await Self.answers(store, queries).enumerated() {
            let isSame = answer == expected[number]
            #expect(isSame, "\(queries[number])")
        }
        #expect(await store.statistics().state == .working)
        await store.close()
        let reopened = try await StoreUnderTest.open(trial.folder, trial.now)
        let isSame = try await Self.answers(reopened, queries) == expected
        #expect(isSame)
        #expect(await reopened.statistics().newest == trial.readings.compactMap(\.last?.at).max())
        #expect(await reopened.statistics().oldest == trial.readings.compactMap(\.first?.at).min())
        await reopened.close()
    }

    @Test func `a crash after any step leaves every reading and every hour once`() async throws {
        let trial = try await StoreUnderTest.twoDays(interfaces: 2)
        let right = try await StoreUnderTest.rollups(of: trial.ledger, trial.now)
        var writing = try StoreUnderTest.writing(trial.folder, trial.now)
        var (isMore, steps) = (true, 0)
        while isMore {
            isMore = try writing.compactStep(now: trial.now.now)
            steps += 1
            let image = try trial.folder.crashImage()
            for _ in 0..<2 {
                let store = try await StoreUnderTest.open(image, trial.now)
                #expect(try await StoreUnderTest.contents(store) == trial.ledger, "after step \(steps)")
                #expect(try await StoreUnderTest.rollups(store) == right, "after step \(steps)")
                while try await store.maintain(now: trial.now.now).isMoreDue {}
                await store.close()
            }
            #expect(try StoreUnderTest.blocks(image, "r") == (4, 8))
        }
        #expect(steps > 6)
        writing.close()
    }

    @Test func `what comes late goes into the block of its day, and a new interface gets one`() async throws {
        let trial = try await StoreUnderTest.twoDays()
        let store = try await StoreUnderTest.open(trial.folder, trial.now)
        while try await store.maintain(now: trial.now.now).isMoreDue {}
        var ledger = trial.ledger
        let late = InterfaceID.random()
        var changes: [SeriesReading] = []
        for (cycle, interface) in [(0, 0), (191, 1), (192, 1), (300, 2), (479, 0)] {
            var replaced = trial.readings[interface][cycle]
            replaced.counters[0] &+= 1
            var added = trial.readings[interface][cycle]
            added.at = added.at.advanced(bySeconds: 100)
            changes += [replaced, added].map { SeriesReading(trial.interfaces[interface], $0) }
            ledger[trial.interfaces[interface]]?[cycle] = replaced
            ledger[trial.interfaces[interface], default: []].append(added)
            changes.append(SeriesReading(late, replaced))
            ledger[late, default: []].append(replaced)
        }
        for id in ledger.keys { ledger[id]?.sort { $0.at < $1.at } }
        _ = try await store.merge(changes)
        let right = try await StoreUnderTest.rollups(of: ledger, trial.now)
        #expect(try await StoreUnderTest.contents(store) == ledger)
        #expect(try await StoreUnderTest.rollups(store) == right)
        #expect(try StoreUnderTest.blocks(trial.folder, "readings") == (3 + 5, 6))
        trial.now.advance(bySeconds: 601)
        while try await store.maintain(now: trial.now.now).isMoreDue {}
        #expect(try StoreUnderTest.blocks(trial.folder, "readings") == (3, 8))
        #expect(try await StoreUnderTest.contents(store) == ledger)
        #expect(try await StoreUnderTest.rollups(store) == right)
        await store.close()
    }

    @Test(arguments: ["readings-2026-02-26.sqlite", "rollups-2026-02.sqlite"])
    func `a damaged block stays beside the day of the others, and is told of after every start`(name: String)
        async throws
    {
        let trial = try await StoreUnderTest.twoDays()
        let damaged = try Self.damage(trial.folder, name, interface: 1)
        for _ in 0..<2 {
            let store = try await StoreUnderTest.open(trial.folder, trial.now)
            while try await store.maintain(now: trial.now.now).isMoreDue {}
            var expected = trial.ledger
            if name.hasPrefix("readings") {
                expected[trial.interfaces[1]]?.removeAll { damaged.contains($0.at) }
            }
            #expect(try await StoreUnderTest.contents(store) == expected)
            _ = try await StoreUnderTest.rollups(store)
            #expect(await store.statistics().counters.contains { $0.name == "damaged_blocks" && $0.value == 1 })
            await store.close()
        }
        let blocks = try StoreUnderTest.blocks(trial.folder, String(name.prefix(8)))
        #expect(blocks == (3 + 12, 5), "the day of one interface stays in blocks of two hours")
    }

    @Test func `a reading that is late for a damaged day leaves the damage to be told of`() async throws {
        let trial = try await StoreUnderTest.twoDays()
        let first = try await StoreUnderTest.open(trial.folder, trial.now)
        while try await first.maintain(now: trial.now.now).isMoreDue {}
        await first.close()
        let name = "readings-2026-02-26.sqlite"
        let queue = try SQLiteFile.open(
            trial.folder.path + "/" + name, for: .write(pageOctets: 4096, writeAheadLog: true))
        let key = BlockSpan.day(Day(of: Chunk(containing: trial.readings[1][300].at))).key(1)
        try await queue.writeWithoutTransaction { try BlockTable.write($0, key, [1, 2, 3, 4, 5, 6, 7, 8]) }
        try queue.close()
        for _ in 0..<2 {
            let store = try await StoreUnderTest.open(trial.folder, trial.now)
            _ = try await store.merge([SeriesReading(trial.interfaces[1], trial.readings[1][300])])
            trial.now.advance(bySeconds: 601)
            while try await store.maintain(now: trial.now.now).isMoreDue {}
            let found = try await StoreUnderTest.contents(store)
            #expect(found[trial.interfaces[1]]?.count == 500 - 288 + 1)
            #expect(await store.statistics().counters.contains { $0.name == "damaged_blocks" && $0.value == 1 })
            await store.close()
        }
    }

    @Test func `days of more readings than a block takes stay in blocks of two hours`() async throws {
        let folder = try TemporaryFolder()
        let now = ManualNow(StoreUnderTest.start.advanced(bySeconds: 48 * 3600))
        let store = try await StoreUnderTest.open(folder, now)
        let midnight = StoreUnderTest.start.advanced(bySeconds: 16 * 3600)
        let interface = InterfaceID.random()
        let all = SeriesSpecimens.readings(68_000, from: midnight, stepSeconds: 1)
        _ = try await store.merge(all.prefix(60_000).map { SeriesReading(interface, $0) })
        while try await store.maintain(now: now.now).isMoreDue {}
        #expect(try StoreUnderTest.blocks(folder, "readings") == (0, 1))
        _ = try await store.merge(all.suffix(8_000).map { SeriesReading(interface, $0) })
        now.advance(bySeconds: 601)
        while try await store.maintain(now: now.now).isMoreDue {}
        #expect(try StoreUnderTest.blocks(folder, "readings") == (10, 0))
        #expect(try await StoreUnderTest.contents(store) == [interface: all])
        await store.close()
    }

    @Test func `files of a program before it are taken over`() async throws {
        let trial = try await StoreUnderTest.twoDays()
        for name in trial.folder.fileNames where name.hasPrefix("r") {
            let queue = try DatabaseQueue(path: trial.folder.path + "/" + name)
            try await queue.writeWithoutTransaction { db in
                for pragma in ["journal_mode = DELETE", "auto_vacuum = NONE", "user_version = 1"] {
                    try db.execute(sql: "PRAGMA \(pragma)")
                }
                try db.execute(sql: "VACUUM")
            }
            try queue.close()
        }
        let store = try await StoreUnderTest.open(trial.folder, trial.now)
        while try await store.maintain(now: trial.now.now).isMoreDue {}
        #expect(try await StoreUnderTest.contents(store) == trial.ledger)
        #expect(try StoreUnderTest.blocks(trial.folder, "readings") == (3, 6))
        await store.close()
    }

    @Test func `the room of many small blocks is given back to the disk`() async throws {
        let trial = try await StoreUnderTest.twoDays(interfaces: 150)
        let name = "readings-2026-02-26.sqlite"
        let before = try trial.folder.octets(of: name).count
        let store = try await StoreUnderTest.open(trial.folder, trial.now)
        while try await store.maintain(now: trial.now.now).isMoreDue {}
        #expect(try await StoreUnderTest.contents(store) == trial.ledger)
        await store.close()
        let after = try trial.folder.octets(of: name).count
        #expect(after * 10 < before * 9, "\(before) octets became \(after)")
        let queue = try SQLiteFile.open(trial.folder.path + "/" + name, for: .readOnly)
        #expect(try await queue.read { try Int.fetchOne($0, sql: "PRAGMA freelist_count") } == 0)
        try queue.close()
    }

    private struct Answers: Equatable, Sendable {
        var runs: [InterfaceID: [CounterReading]] = [:]
        var hours: [InterfaceID: [HourlyRollup]] = [:]
    }

    /// Ranges that begin and end in, at and beside blocks; one interface and all; some counters and all; with leads.
    private static func queries(_ trial: StoreUnderTest) -> [SeriesQuery] {
        let hours: [(Double, Double)] = [
            (-24, 72), (0, 16), (15.5, 16.5), (16, 40), (17.25, 17.5), (30, 31), (39.9, 40.1), (40, 72), (20, 20),
        ]
        return hours.flatMap { from, to in
            [SeriesQuery.Selection.all, .ids([trial.interfaces[1]])].flatMap { interfaces in
                [(CounterSet.all, 0), (.octets, 600), (.octets, 86_400)].map { counters, lead in
                    SeriesQuery(
                        interfaces, from: StoreUnderTest.start.advanced(bySeconds: from * 3600),
                        to: StoreUnderTest.start.advanced(bySeconds: to * 3600), counters: counters, leadSeconds: lead)
                }
            }
        }
    }

    private static func answers(_ store: EmbeddedSeriesStore, _ queries: [SeriesQuery]) async throws -> [Answers] {
        var all: [Answers] = []
        for query in queries {
            let found = Mutex(Answers())
            _ = try await store.scan(query) { run in found.withLock { $0.runs[run.interface] = run.readings } }
            _ = try await store.scanRollups(query) { run in found.withLock { $0.hours[run.interface] = run.hours } }
            all.append(found.withLock { $0 })
        }
        return all
    }

    /// Flips a bit in the block of an interface and the fourth two hours of a day; answers the times that were in it.
    private static func damage(_ folder: TemporaryFolder, _ name: String, interface: UInt32) throws -> Set<Timestamp> {
        let queue = try SQLiteFile.open(folder.path + "/" + name, for: .write(pageOctets: 4096, writeAheadLog: true))
        defer { try? queue.close() }
        let chunk = Chunk(index: Day(of: Chunk(containing: StoreUnderTest.start)).next.first.index + 3)
        let key = BlockSpan.chunk(chunk).key(interface)
        var octets: [UInt8] = []
        var readings: [CounterReading] = []
        try queue.writeWithoutTransaction { db in
            _ = try BlockTable.block(db, key) { octets = Array($0) }
            if name.hasPrefix("readings") {
                try octets.withUnsafeBytes { try CounterReading.decode($0, into: &readings) }
            }
            octets[octets.count / 2] ^= 4
            try BlockTable.write(db, key, octets)
        }
        return Set(readings.map(\.at))
    }
}
