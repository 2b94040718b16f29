import Inventory
import Series
import SeriesTestKit
import Testing

@testable import SeriesEmbedded

/// After an error of the disk nobody knows what it holds: the log is opened again and compared with memory.
@Suite struct UnknownOutcomeTests {
    @Test func `readings that reached the disk after all are repeated when they come again`() async throws {
        let (trial, next) = try await begun()
        var writing = try StoreUnderTest.writing(trial.folder, trial.now)
        let entries = next.enumerated().map {
            ReadingBatch.Entry(number: UInt32($0.offset), reading: $0.element.reading)
        }
        let rows = ReadingLog.Row.rows(Chunk(containing: next[0].reading.at), entries)
        try writing.log?.append(rows, from: writing.sequence + 1)
        forgetLog(&writing)
        let outcome = try writing.append(next)
        #expect(outcome.repeated == 3)
        #expect(outcome.accepted == 0)
        writing.close()
        try await expectCounts(trial, 11)
    }

    @Test func `readings that did not reach the disk are taken when they come again`() async throws {
        let (trial, next) = try await begun()
        var writing = try StoreUnderTest.writing(trial.folder, trial.now)
        forgetLog(&writing)
        #expect(try writing.append(next).accepted == 3)
        writing.close()
        try await expectCounts(trial, 11)
    }

    @Test func `a mark that reached the disk after all is taken back while its chunk is in memory`() async throws {
        let (trial, next) = try await begun()
        var writing = try StoreUnderTest.writing(trial.folder, trial.now)
        try writing.log?.append([], from: 0, marks: [Chunk(containing: next[0].reading.at): .sealed])
        forgetLog(&writing)
        #expect(try writing.append(next).accepted == 3)
        writing.close()
        try await expectCounts(trial, 11)
    }

    private func forgetLog(_ writing: inout Writing) {
        writing.log?.close()
        writing.log = nil
    }

    /// A closed store with ten readings of each interface, and the eleventh.
    private func begun() async throws -> (StoreUnderTest, [SeriesReading]) {
        let trial = try await StoreUnderTest()
        for cycle in 0..<10 { try await trial.append(cycle) }
        await trial.store.close()
        trial.now.set(trial.readings[2][10].at)
        return (trial, trial.interfaces.indices.map { SeriesReading(trial.interfaces[$0], trial.readings[$0][10]) })
    }

    private func expectCounts(_ trial: StoreUnderTest, _ count: Int) async throws {
        let store = try await StoreUnderTest.open(trial.folder, trial.now)
        let found = try await StoreUnderTest.contents(store)
        #expect(found.count == 3)
        #expect(found.values.allSatisfy { $0.count == count })
        await store.close()
    }
}
