import Inventory
import Series
import SeriesTestKit
import Testing

@testable import SeriesEmbedded

/// Damage is found, bounded and reported; it never becomes a number.
@Suite struct DamageTests {
    @Test(arguments: ["log.sqlite", "directory.sqlite", "readings-2026-02-25.sqlite", "rollups-2026-02.sqlite"])
    func `a flipped bit never gives a wrong number`(name: String) async throws {
        let trial = try await closedStore()
        let octets = try trial.folder.octets(of: name)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<60 {
            let place = Int.random(in: 0..<octets.count, using: &random)
            let bit = Int.random(in: 0..<8, using: &random)
            var flipped = octets
            flipped[place] ^= 1 << UInt8(bit)
            let image = try trial.folder.crashImage()
            try image.write(flipped, to: name)
            try await expectNothingWrong(image, trial, "octet \(place) bit \(bit) of \(name)")
        }
    }

    @Test(arguments: ["log.sqlite", "directory.sqlite", "readings-2026-02-25.sqlite", "rollups-2026-02.sqlite"])
    func `a file that is no database is put aside, and the rest works`(name: String) async throws {
        let trial = try await closedStore()
        try trial.folder.write(Array(repeating: 0x55, count: 20_000), to: name)
        let store = try await StoreUnderTest.open(trial.folder, trial.now)
        _ = try await StoreUnderTest.contents(store)
        let query = SeriesQuery(.all, from: StoreUnderTest.start, to: trial.now.now)
        _ = try await store.scanRollups(query) { _ in }
        while try await store.maintain(now: trial.now.now).isMoreDue {}
        #expect(trial.folder.fileNames.contains("\(name).damaged-1"))
        guard case .degraded(let message) = await store.statistics().state else {
            Issue.record("the damage must be told")
            return
        }
        #expect(message.contains(name))
        let later = SeriesSpecimens.readings(1, from: trial.now.now, seed: 99)
        #expect(try await store.append([SeriesReading(.random(), later[0])]).accepted == 1)
        await store.close()
    }

    @Test func `a lost directory is made anew from its copy, with all its readings`() async throws {
        let trial = try await closedStore()
        try trial.folder.write(Array(repeating: 0x55, count: 20_000), to: "directory.sqlite")
        let store = try await StoreUnderTest.open(trial.folder, trial.now)
        #expect(try await StoreUnderTest.contents(store) == trial.ledger)
        await store.close()
    }

    private func closedStore() async throws -> StoreUnderTest {
        let trial = try await StoreUnderTest()
        for cycle in 0..<60 { try await trial.append(cycle) }
        try await trial.maintainAll()
        await trial.store.close()
        return trial
    }

    /// Each reading that is handed over is one that was acknowledged, or the store says that it cannot be opened.
    private func expectNothingWrong(
        _ image: TemporaryFolder, _ trial: StoreUnderTest, _ what: Comment
    ) async throws {
        let store: EmbeddedSeriesStore
        do {
            store = try await StoreUnderTest.open(image, trial.now)
        } catch {
            return
        }
        let ledger = trial.ledger
        do {
            for (interface, readings) in try await StoreUnderTest.contents(store) {
                let known = Set(ledger[interface] ?? [])
                #expect(readings.allSatisfy { known.contains($0) }, what)
            }
        } catch let error as SeriesError {
            #expect(!error.message.isEmpty, what)
        }
        await store.close()
    }
}
