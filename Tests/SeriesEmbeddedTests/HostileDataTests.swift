import Inventory
import Series
import SeriesTestKit
import Testing

@testable import SeriesEmbedded

/// Numbers and times that nobody wrote stop nothing.
@Suite struct HostileDataTests {
    @Test(arguments: [UInt32.max, 1 << 24])
    func `a row of the log with an impossible number is damage`(number: UInt32) {
        let reading = SeriesSpecimens.readings(1, from: StoreUnderTest.start)[0]
        expectDamaged(ReadingBatch.Entry(number: number, reading: reading))
    }

    @Test(arguments: [Int64.min, -1, 1 << 46, Int64.max])
    func `a row of the log with an impossible time is damage`(milliseconds: Int64) {
        var reading = SeriesSpecimens.readings(1, from: StoreUnderTest.start)[0]
        reading.at = Timestamp(milliseconds: milliseconds)
        expectDamaged(ReadingBatch.Entry(number: 1, reading: reading))
    }

    private func expectDamaged(_ entry: ReadingBatch.Entry) {
        var replay = LogReplay(after: -1)
        var state = OpenState()
        ReadingBatch.encode([entry][...]).withUnsafeBytes { replay.take(1, $0, into: &state) }
        #expect(replay.damaged == 1)
        #expect(state.chunks.isEmpty)
    }

    @Test(arguments: ["readings-99999999999999-01-01.sqlite", "rollups-922337203685477-01.sqlite", "readings--.sqlite"])
    func `a file with an impossible date is none of ours`(name: String) {
        #expect(BlockFileName(fileName: name) == nil)
    }

    @Test func `a range of all times asks for what is there`() async throws {
        let trial = try await StoreUnderTest()
        for cycle in 0..<40 { try await trial.append(cycle) }
        try await trial.maintainAll()
        let query = SeriesQuery(
            .all, from: Timestamp(milliseconds: .min), to: Timestamp(milliseconds: .max), leadSeconds: .max)
        #expect(try await trial.store.scan(query) { _ in }.values == 120)
        #expect(try await trial.store.scanRollups(query) { _ in }.interfaces == 3)
        await trial.store.close()
    }

    @Test func `more readings than a block takes are thinned, evenly, with the last`() {
        let readings = SeriesSpecimens.readings(100, from: StoreUnderTest.start)
        let thinned = BlockWriter.thinned(readings, to: 33)
        #expect(thinned.count == 33)
        #expect(thinned.last == readings.last)
        #expect(Set(thinned).isSubset(of: readings))
        #expect(zip(thinned, thinned.dropFirst()).allSatisfy { $0.at < $1.at })
    }
}
