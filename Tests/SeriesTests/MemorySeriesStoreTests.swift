import Inventory
import Series
import SeriesTestKit
import Testing

@Suite("The contract of time-series stores, kept in memory")
struct MemorySeriesStoreTests {
    @Test("keeps the contract", arguments: SeriesContract.checks(for: .exact))
    func contract(_ check: SeriesContract.Check) async throws {
        try await check.run(on: SeriesBench { now in MemorySeriesStore(now: { now.now }) })
    }

    @Test("the contract finds a store that does one thing wrong", arguments: CrookedStore.Flaw.allCases)
    func crooked(_ flaw: CrookedStore.Flaw) async {
        for check in SeriesContract.all {
            do {
                try await check.run(on: SeriesBench { now in CrookedStore(flaw, now) })
            } catch {
                return
            }
        }
        Issue.record("no check fails a store of flaw \(flaw)")
    }

    @Test("a store that keeps less is asked for less")
    func traits() {
        #expect(SeriesContract.checks(for: .exact).count == SeriesContract.all.count)
        #expect(SeriesContract.checks(for: .doubles).count < SeriesContract.all.count)
        #expect(Set(SeriesContract.all.map(\.name)).count == SeriesContract.all.count)
    }
}
