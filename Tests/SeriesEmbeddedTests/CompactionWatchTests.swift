import Inventory
import Testing

@testable import SeriesEmbedded

/// A day is gone through when it is over for some hours, once, and again when it was written to.
@Suite struct CompactionWatchTests {
    let noon = Timestamp(seconds: 1_772_323_200 + 43_200)

    private func name(_ time: Timestamp) -> BlockFileName { .readings(Chunk(containing: time)) }

    private func swept(
        _ watch: inout CompactionWatch, _ now: Timestamp, _ seconds: Double, _ files: [BlockFileName]
    ) -> [BlockFileName] {
        var names: [BlockFileName] = []
        while watch.look(now: now, monotonicSeconds: seconds, files: { files }) {
            if let sweep = watch.sweep { names.append(sweep.name) }
            watch.went(nil)
        }
        return names
    }

    @Test func `a day is due six hours after its end, and never the day that may still change`() {
        let (yesterday, today) = (name(noon.advanced(bySeconds: -86_400)), name(noon))
        let files = [yesterday, today]
        var watch = CompactionWatch()
        #expect(swept(&watch, noon.advanced(bySeconds: -6 * 3600 - 1), 0, files).isEmpty)
        #expect(swept(&watch, noon.advanced(bySeconds: -6 * 3600), 0, files) == [yesterday])
        #expect(swept(&watch, noon, 0, files).isEmpty, "once is enough")
        #expect(swept(&watch, noon.advanced(bySeconds: 86_400), 0, files) == [today])
    }

    @Test func `of a month only the days that are over are gone through`() throws {
        var watch = CompactionWatch()
        let month = BlockFileName.rollups(Chunk(containing: noon))
        #expect(watch.look(now: noon.advanced(bySeconds: 86_400), monotonicSeconds: 0) { [month] })
        let sweep = try #require(watch.sweep)
        #expect(sweep.end == Day(of: Chunk(containing: noon)).next.first)
        let keys = try #require(sweep.keys)
        #expect(keys.contains(BlockSpan.chunk(sweep.end.previous).key(7)))
        #expect(!keys.contains(BlockSpan.chunk(sweep.end).key(0)))
    }

    @Test func `a file that was written to late is due again after ten minutes of rest`() {
        var watch = CompactionWatch()
        let (yesterday, today) = (name(noon.advanced(bySeconds: -86_400)), name(noon))
        #expect(swept(&watch, noon, 0, [yesterday]) == [yesterday])
        watch.wrote([yesterday, today], monotonicSeconds: 10)
        watch.wrote([yesterday], monotonicSeconds: 50)
        #expect(swept(&watch, noon, 649, [yesterday]).isEmpty)
        #expect(swept(&watch, noon, 650, [yesterday, today]) == [yesterday])
    }

    @Test func `after an error it is tried again ten minutes later`() {
        var watch = CompactionWatch()
        let yesterday = name(noon.advanced(bySeconds: -86_400))
        #expect(watch.look(now: noon, monotonicSeconds: 0) { [yesterday] })
        watch.failed(monotonicSeconds: 5)
        #expect(swept(&watch, noon, 604, [yesterday]).isEmpty)
        #expect(swept(&watch, noon, 605, [yesterday]) == [yesterday])
    }

    @Test func `a clock that went on too far and came back leaves no day out`() {
        var watch = CompactionWatch()
        let yesterday = name(noon.advanced(bySeconds: -86_400))
        #expect(swept(&watch, noon.advanced(bySeconds: 40 * 86_400), 0, []).isEmpty)
        #expect(swept(&watch, noon.advanced(bySeconds: -86_400), 0, [yesterday]).isEmpty)
        #expect(swept(&watch, noon, 0, [yesterday]) == [yesterday])
    }
}
