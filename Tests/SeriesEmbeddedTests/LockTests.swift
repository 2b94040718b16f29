import Inventory
import Series
import SeriesTestKit
import Testing

@testable import SeriesEmbedded

/// One process writes; others read beside it.
@Suite struct LockTests {
    @Test func `a second writer is refused with a remedy`() async throws {
        let trial = try await StoreUnderTest()
        do {
            _ = try await StoreUnderTest.open(trial.folder, trial.now)
            Issue.record("two writers at once")
        } catch let error as SeriesError {
            #expect(error.code == .cannotOpen)
            #expect(error.message.contains("read-only"))
        }
        await trial.store.close()
        let again = try await StoreUnderTest.open(trial.folder, trial.now)
        await again.close()
    }

    @Test func `a reader beside the writer sees every committed reading and changes nothing`() async throws {
        let trial = try await StoreUnderTest()
        try await trial.append(0)
        let reader = try await StoreUnderTest.open(trial.folder, trial.now, readOnly: true)
        for cycle in 1..<60 {
            try await trial.append(cycle)
            #expect(try await StoreUnderTest.contents(reader) == trial.ledger, "after cycle \(cycle)")
            try await trial.maintainAll {
                let found = try await StoreUnderTest.contents(reader)
                #expect(found == trial.ledger, "sealing after cycle \(cycle)")
            }
        }
        await #expect(throws: SeriesError.self) { _ = try await reader.append([]) }
        await reader.close()
        await trial.store.close()
    }
}
