public import Catalog
import Inventory
public import Jobs
import Logging
public import Series
import Synchronization
import Traffic

/// Sums up the last 24 hours of every interface from its readings, for lists and the dashboard.
///
/// Each run reads the whole window anew, so that what was imported or arrived late counts. Every interface of the catalog
/// has a summary; one without readings has zeros and a sample count of 0.
public struct InterfaceSummaries: Sendable {
    /// What of a catalog it uses.
    public typealias Store = InterfaceCatalog & MetricsSummaryCatalog

    /// Seconds that are summed up.
    public static let windowSeconds = 86_400.0
    /// Seconds before the window in which the reading is looked for where the first rate begins.
    private static let leadSeconds = 7200
    private static let pageMax = 4096

    private let catalog: any Store
    private let series: any SeriesStore

    /// A pipeline.
    public init(catalog: any Store, series: any SeriesStore) {
        self.catalog = catalog
        self.series = series
    }

    /// Makes the summaries of the 24 hours up to now; partial where the store has damaged blocks in them.
    ///
    /// Throws where the store or the catalog fails, and where the run is cancelled.
    public func run(_ context: JobContext) async throws -> JobOutcome {
        let now = context.clock.now
        let (sums, outcome) = try await sums(upTo: now)
        try context.checkCancellation()
        let (written, sampled) = try await write(sums, at: now, context)
        let seconds = context.clock.now.secondsSince(now)
        let line = "Updated summaries of \(Wording.count(written, "interface")) in \(Wording.seconds(seconds))"
        context.count("interfaces_summarised", by: Int64(written))
        context.count("interfaces_with_readings", by: Int64(sampled))
        context.count("readings", by: Int64(outcome.values))
        context.count("duration_milliseconds", by: Int64((seconds * 1000).rounded()))
        context.logger.info("\(line)")
        guard outcome.damagedBlocks > 0 else { return JobOutcome(.succeeded, message: line) }
        let damage = "\(Wording.count(outcome.damagedBlocks, "damaged block")) left out"
        context.logger.warning("\(damage)")
        return JobOutcome(.partial, message: "\(line); \(damage)")
    }

    private func sums(upTo now: Timestamp) async throws -> ([InterfaceID: MetricsSummary], ScanOutcome) {
        let from = now.advanced(bySeconds: -Self.windowSeconds)
        let query = SeriesQuery(.all, from: from, to: now, leadSeconds: Self.leadSeconds)
        let made = SummaryBox()
        let outcome = try await series.scan(query) { run in
            var accumulator = SummaryAccumulator(interfaceID: run.interface, from: from, to: now)
            accumulator.add(run.readings)
            made.add(accumulator.summary(updatedAt: now))
        }
        return (made.all, outcome)
    }

    /// What was written so far.
    private struct Progress {
        var written = 0
        var sampled = 0
        /// The last interface written; nil before the first and after the last page.
        var last: InterfaceID?
    }

    private func write(
        _ sums: [InterfaceID: MetricsSummary], at now: Timestamp, _ context: JobContext
    ) async throws -> (written: Int, sampled: Int) {
        let total = try await catalog.interfaceCount()
        var progress = Progress()
        repeat {
            try context.checkCancellation()
            progress = try await writePage(after: progress, sums, at: now)
            context.progress(done: progress.written, total: max(total, progress.written))
        } while progress.last != nil
        return (progress.written, progress.sampled)
    }

    private func writePage(
        after progress: Progress, _ sums: [InterfaceID: MetricsSummary], at now: Timestamp
    ) async throws -> Progress {
        let page = try await catalog.interfaces(after: progress.last, limit: Self.pageMax)
        let summaries = Self.summaries(of: page, sums, at: now)
        try await catalog.saveMetricsSummaries(summaries)
        var progress = progress
        progress.written += summaries.count
        progress.sampled += summaries.count { $0.sampleCount > 0 }
        progress.last = summaries.count == Self.pageMax ? summaries.last?.interfaceID : nil
        return progress
    }

    private static func summaries(
        of page: [Interface], _ sums: [InterfaceID: MetricsSummary], at now: Timestamp
    ) -> [MetricsSummary] {
        let from = now.advanced(bySeconds: -windowSeconds)
        return page.map { sums[$0.id] ?? empty($0, from: from, to: now) }
    }

    private static func empty(_ row: Interface, from: Timestamp, to: Timestamp) -> MetricsSummary {
        var summary = MetricsSummary(interfaceID: row.id, windowStart: from, windowEnd: to, updatedAt: to)
        if let speed = row.facts.ifSpeed, speed > 0 { summary.utilizationPercent = 0 }
        return summary
    }
}

/// Summaries as several threads make them.
private final class SummaryBox: Sendable {
    private let made = Mutex<[InterfaceID: MetricsSummary]>([:])

    var all: [InterfaceID: MetricsSummary] { made.withLock { $0 } }

    func add(_ summary: MetricsSummary) {
        made.withLock { $0[summary.interfaceID] = summary }
    }
}
