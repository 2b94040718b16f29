import Foundation
import Inventory
import Series
import SeriesTestKit
import Testing

@testable import SeriesEmbedded

/// A full disk stops writing, never reading.
@Suite struct FullDiskTests {
    @Test func `a store opens, reads and goes on where no index can be made beside its files`() async throws {
        let trial = try await StoreUnderTest()
        for cycle in 0..<40 { try await trial.append(cycle) }
        // Not closed before: the write-ahead logs hold what is not folded in yet.
        try await trial.maintainAll()
        let image = try trial.folder.crashImage()
        await trial.store.close()
        let names = image.fileNames.filter { $0.hasSuffix(".sqlite") && $0 != "directory.sqlite" }
        for name in names {
            try? FileManager.default.removeItem(atPath: image.path + "/" + name + "-shm")
            try FileManager.default.createSymbolicLink(
                atPath: image.path + "/" + name + "-shm", withDestinationPath: "nowhere")
        }
        let store = try await StoreUnderTest.open(image, trial.now)
        #expect(try await StoreUnderTest.contents(store) == trial.ledger)
        let next = trial.interfaces.indices.map { SeriesReading(trial.interfaces[$0], trial.readings[$0][40]) }
        await #expect(throws: SeriesError.self) { _ = try await store.append(next) }
        #expect(try await StoreUnderTest.contents(store) == trial.ledger)
        for name in names { try FileManager.default.removeItem(atPath: image.path + "/" + name + "-shm") }
        trial.now.set(trial.readings[2][40].at)
        #expect(try await store.append(next).accepted == 3)
        #expect(try await StoreUnderTest.contents(store).values.allSatisfy { $0.count == 41 })
        await store.close()
    }

    @Test(.enabled(if: TinyDisk.isPossible))
    func `on a disk without one free octet a store opens and reads, and takes readings when there is room`()
        async throws
    {
        let disk = try TinyDisk(octets: 8 << 20)
        let trial = try await StoreUnderTest(in: disk.folder)
        for cycle in 0..<40 { try await trial.append(cycle) }
        try await trial.maintainAll()
        await trial.store.close()
        try disk.fill()
        let store = try await StoreUnderTest.open(disk.folder, trial.now)
        #expect(try await StoreUnderTest.contents(store) == trial.ledger)
        #expect(try await StoreUnderTest.rollups(store).count == 3)
        let next = trial.interfaces.indices.map { SeriesReading(trial.interfaces[$0], trial.readings[$0][40]) }
        trial.now.set(trial.readings[2][40].at)
        let refusal = await #expect(throws: SeriesError.self) { _ = try await store.append(next) }
        #expect(refusal?.code == .full, "\(String(describing: refusal))")
        try disk.clear()
        #expect(try await store.append(next).accepted == 3)
        #expect(try await StoreUnderTest.contents(store).values.allSatisfy { $0.count == 41 })
        await store.close()
    }

    @Test(.enabled(if: TinyDisk.isPossible))
    func `on a full disk old files go all the same, as that makes room`() async throws {
        let disk = try TinyDisk(octets: 8 << 20)
        let trial = try await StoreUnderTest(in: disk.folder)
        for cycle in 0..<40 { try await trial.append(cycle) }
        trial.now.advance(bySeconds: 8_000)
        try await trial.maintainAll()
        await trial.store.close()
        try disk.fill()
        let store = try await StoreUnderTest.open(disk.folder, trial.now)
        trial.now.set(StoreUnderTest.start.advanced(bySeconds: 40 * 86_400))
        for _ in 0..<1_500 {
            trial.now.advance(bySeconds: 60)
            _ = try? await store.maintain(now: trial.now.now)
        }
        #expect(!disk.folder.fileNames.contains { $0.hasPrefix("readings-") }, "\(disk.folder.fileNames)")
        #expect(disk.folder.fileNames.contains { $0.hasPrefix("rollups-") })
        await store.close()
    }

    @Test(.enabled(if: TinyDisk.isPossible))
    func `a disk that fills up under a store loses nothing that was acknowledged`() async throws {
        let disk = try TinyDisk(octets: 8 << 20)
        let trial = try await StoreUnderTest(in: disk.folder)
        for cycle in 0..<20 { try await trial.append(cycle) }
        try disk.fill()
        var failures = 0
        for cycle in 20..<60 {
            if cycle == 45 { try disk.clear() }
            do {
                try await trial.append(cycle)
            } catch let error as SeriesError {
                failures += 1
                #expect(error.code == .full, "\(error)")
            }
            _ = try? await trial.store.maintain(now: trial.now.now)
        }
        #expect(failures > 0)
        let found = try await StoreUnderTest.contents(trial.store)
        for place in trial.interfaces.indices {
            #expect(found[trial.interfaces[place]]?.count == 60 - failures)
        }
        await trial.store.close()
        let again = try await StoreUnderTest.open(disk.folder, trial.now)
        #expect(try await StoreUnderTest.contents(again) == found)
        await again.close()
    }
}
