import Inventory
import Series
import SeriesTestKit
import Testing

@testable import SeriesEmbedded

/// Days become one block each while others read, while the disk is full, and before they are removed.
@Suite struct CompactionDisturbedTests {
    @Test(arguments: [false, true])
    func `who reads meanwhile finds each reading once`(readOnly: Bool) async throws {
        let trial = try await StoreUnderTest.twoDays(interfaces: 20)
        let right = try await StoreUnderTest.rollups(of: trial.ledger, trial.now)
        let store = try await StoreUnderTest.open(trial.folder, trial.now)
        let reader = readOnly ? try await StoreUnderTest.open(trial.folder, trial.now, readOnly: true) : store
        let (ledger, now) = (trial.ledger, trial.now)
        async let maintained: Void = {
            while try await store.maintain(now: now.now).isMoreDue {}
        }()
        for round in 0..<12 {
            #expect(try await StoreUnderTest.contents(reader) == ledger, "round \(round)")
            #expect(try await StoreUnderTest.rollups(reader) == right, "round \(round)")
        }
        try await maintained
        #expect(try await StoreUnderTest.contents(reader) == ledger)
        if readOnly { await reader.close() }
        await store.close()
        #expect(try StoreUnderTest.blocks(trial.folder, "readings").days == 40)
    }

    @Test(.enabled(if: TinyDisk.isPossible))
    func `on a full disk the blocks stay as they are, and are united when there is room`() async throws {
        let disk = try TinyDisk(octets: 24 << 20)
        let trial = try await StoreUnderTest.twoDays(interfaces: 100, in: disk.folder)
        let store = try await StoreUnderTest.open(disk.folder, trial.now)
        try disk.fill()
        for _ in 0..<20 { _ = try await store.maintain(now: trial.now.now) }
        #expect(try await StoreUnderTest.contents(store) == trial.ledger)
        try disk.clear()
        trial.now.advance(bySeconds: 601)
        while try await store.maintain(now: trial.now.now).isMoreDue {}
        #expect(try await StoreUnderTest.contents(store) == trial.ledger)
        await store.close()
        #expect(try StoreUnderTest.blocks(disk.folder, "readings") == (100, 200))
        let reopened = try await StoreUnderTest.open(disk.folder, trial.now)
        #expect(try await StoreUnderTest.contents(reopened) == trial.ledger)
        await reopened.close()
    }

    @Test(.enabled(if: TinyDisk.isPossible))
    func `a disk that fills up at any step loses nothing`() async throws {
        let disk = try TinyDisk(octets: 24 << 20)
        let trial = try await StoreUnderTest.twoDays(interfaces: 60, in: disk.folder)
        var writing = try StoreUnderTest.writing(disk.folder, trial.now)
        for step in 0..<40 {
            try disk.fill()
            _ = try? writing.compactStep(now: trial.now.now)
            let image = try disk.folder.crashImage(leaving: ["ballast"])
            let found = try await StoreUnderTest.open(image, trial.now)
            #expect(try await StoreUnderTest.contents(found) == trial.ledger, "full at step \(step)")
            await found.close()
            try disk.clear()
            trial.now.advance(bySeconds: 601)
            guard try writing.compactStep(now: trial.now.now) else { break }
        }
        writing.close()
    }

    @Test func `days in one block go when they are old, whole`() async throws {
        let trial = try await StoreUnderTest.twoDays()
        let store = try await StoreUnderTest.open(trial.folder, trial.now)
        while try await store.maintain(now: trial.now.now).isMoreDue {}
        trial.now.set(StoreUnderTest.start.advanced(bySeconds: 36.5 * 86_400))
        for _ in 0..<1_500 {
            trial.now.advance(bySeconds: 60)
            _ = try await store.maintain(now: trial.now.now)
        }
        let left = trial.folder.fileNames.filter { $0.hasPrefix("readings-") && $0.hasSuffix(".sqlite") }
        #expect(left == ["readings-2026-02-27.sqlite"])
        #expect(trial.folder.fileNames.contains { $0.hasPrefix("rollups-2026-02") })
        let from = StoreUnderTest.start.advanced(bySeconds: 40 * 3600)
        let kept = trial.ledger.mapValues { $0.filter { from <= $0.at } }
        #expect(try await StoreUnderTest.contents(store) == kept)
        #expect(try await StoreUnderTest.rollups(store).values.allSatisfy { $0.count == 42 })
        await store.close()
    }
}
