import Dispatch
public import Inventory
public import Series
import Synchronization

/// The time-series store of a single binary: SQLite files in one folder, readings in blocks with checksums.
///
/// What `append` accepted is on the disk when it returns. One process writes; others may read beside it
/// (`EmbeddedSeriesConfiguration.readOnly`). `docs/decisions/0009-series-store.md` tells what lies where, and why.
public final class EmbeddedSeriesStore: SeriesStore {
    let shared: SeriesShared
    private let writing: Mutex<Writing>
    private let writingThread = DispatchQueue(label: "wardflux.series.write")
    private let readingThreads = ReadingThreads(count: FileCache.lanes)

    private init(shared: SeriesShared, writing: consuming sending Writing) {
        self.shared = shared
        self.writing = Mutex(writing)
    }

    /// Opens the store, making its folder and files where there are none.
    ///
    /// Damaged files are put aside and reported by `statistics`. Throws `cannotOpen` where another process writes
    /// there, where a later version of the program wrote it, or where rights are missing.
    public static func open(
        _ configuration: EmbeddedSeriesConfiguration, now: @escaping @Sendable () -> Timestamp
    ) async throws(SeriesError) -> EmbeddedSeriesStore {
        let begin = ContinuousClock.now
        return try await open(configuration, now: now) {
            let passed = (ContinuousClock.now - begin).components
            return Double(passed.seconds) + Double(passed.attoseconds) / 1e18
        }
    }

    /// Opens the store with a monotonic clock of the caller's.
    package static func open(
        _ configuration: EmbeddedSeriesConfiguration, now: @escaping @Sendable () -> Timestamp,
        monotonicSeconds: @escaping @Sendable () -> Double
    ) async throws(SeriesError) -> EmbeddedSeriesStore {
        if let wrong = configuration.fault { throw SeriesError(.cannotOpen, message: wrong) }
        let shared = SeriesShared(configuration, now: now, monotonicSeconds: monotonicSeconds)
        let store = EmbeddedSeriesStore(shared: shared, writing: Writing(shared: shared))
        try await store.write("opening the time series in \(configuration.directory)") { writing in
            do {
                if configuration.readOnly { try writing.openForReading() } else { try writing.openForWriting() }
            } catch {
                writing.close()
                throw error
            }
        }
        return store
    }

    /// Adds readings as polls bring them; those accepted are on the disk when it returns.
    public func append(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        try await write("appending readings") { try $0.append(readings) }
    }

    /// Adds history; appends come in between, a chunk at a time.
    public func merge(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        var job = try await write("merging readings") { try $0.beginMerge(readings) }
        // One step a turn, so that appends come in between.
        var isMore = true
        while isMore {
            (job, isMore) = try await write("merging readings") { [job] writing in
                var job = job
                do {
                    // First the step, then the job it changed: a tuple takes its parts from left to right.
                    let isMore = try writing.mergeStep(&job)
                    return (job, isMore)
                } catch {
                    writing.abandon(job)
                    throw error
                }
            }
        }
        let outcome = job.outcome
        shared.state.withLock { $0.tally.merged += outcome.accepted }
        return outcome
    }

    /// Hands over the readings of interfaces, from two threads at once.
    public func scan(
        _ query: SeriesQuery, _ take: @escaping @Sendable (SeriesRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        guard let plan = try await plan(query, .readings) else { return ScanOutcome() }
        return try await scan(plan) { reader in
            var scan = ReadingScan(plan: plan, reader: reader)
            return { numbers in try scan.scan(numbers) { run in try Self.give(run, take) } }
        }
    }

    /// Hands over the hourly roll-ups of interfaces, from two threads at once.
    public func scanRollups(
        _ query: SeriesQuery, _ take: @escaping @Sendable (RollupRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        guard let plan = try await plan(query, .rollups) else { return ScanOutcome() }
        return try await scan(plan) { reader in
            let scan = RollupScan(plan: plan, reader: reader)
            return { numbers in try scan.scan(numbers) { run in try Self.give(run, take) } }
        }
    }

    /// Forgets interfaces: none of their readings is found from now on.
    public func remove(_ interfaces: [InterfaceID]) async throws(SeriesError) {
        try await write("removing interfaces") { try $0.remove(interfaces) }
    }

    /// Does one bounded piece of what is due: sealing, roll-ups, retention.
    public func maintain(now: Timestamp) async throws(SeriesError) -> MaintenanceOutcome {
        try await write("maintaining the time series") { try $0.maintain(now: now) }
    }

    /// What the store holds and how it fares.
    public func statistics() async -> SeriesStatistics {
        let shared = shared
        return await readingThreads.run { _ in shared.statistics() }
    }

    /// Closes all files; their write-ahead logs are folded in.
    public func close() async {
        try? await write("closing") { $0.close() }
    }

    /// Runs something on the writing thread.
    private func write<Outcome: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (inout Writing) throws -> Outcome
    ) async throws(SeriesError) -> Outcome {
        let result: Result<Outcome, SeriesError> = await withCheckedContinuation { continuation in
            writingThread.async {
                continuation.resume(
                    returning: Result { try self.writing.withLock { try body(&$0) } }
                        .mapError { seriesError($0, operation) })
            }
        }
        return try result.get()
    }

    private func plan(
        _ query: SeriesQuery, _ kind: BlockFileName.Kind
    ) async throws(SeriesError) -> ScanPlan? {
        if shared.configuration.readOnly {
            try await write("reading the time series") { try $0.refresh() }
        } else if shared.isClosed.load(ordering: .acquiring) {
            throw seriesError(ClosedSeries(), "reading the time series")
        }
        let state = shared.state.withLock { $0 }
        return ScanPlan(query, kind: kind, state: state, files: shared.folder.blockFiles())
    }

    /// Scans all slices, by two threads where there is much to read.
    private func scan(
        _ plan: ScanPlan,
        _ begin: @escaping @Sendable (BlockReader) -> (ArraySlice<UInt32>) throws -> ScanOutcome
    ) async throws(SeriesError) -> ScanOutcome {
        let isCancelled = CancelFlag()
        let slices = Slices(count: plan.numbers.count, sliceCount: plan.sliceCount)
        let work: @Sendable (Int) -> Result<ScanOutcome, SeriesError> = { [shared] lane in
            let slice = begin(BlockReader(shared: shared, lane: lane))
            return Result {
                var sum = ScanOutcome()
                while let range = slices.next() {
                    if isCancelled.isSet { throw CancellationError() }
                    let one = try slice(plan.numbers[range])
                    sum.interfaces += one.interfaces
                    sum.values += one.values
                    sum.damagedBlocks += one.damagedBlocks
                }
                return sum
            }.mapError { error in
                isCancelled.set()
                return seriesError(error, "reading the time series")
            }
        }
        let isLarge = plan.numbers.count > plan.sliceCount
        let results = await withTaskCancellationHandler {
            async let first = readingThreads.run(work)
            guard isLarge else { return [await first] }
            async let second = readingThreads.run(work)
            return await [first, second]
        } onCancel: {
            isCancelled.set()
        }
        return try Self.sum(results)
    }

    private static func sum(_ results: [Result<ScanOutcome, SeriesError>]) throws(SeriesError) -> ScanOutcome {
        var sum = ScanOutcome()
        var failures: [SeriesError] = []
        for result in results {
            switch result {
            case .success(let one):
                sum.interfaces += one.interfaces
                sum.values += one.values
                sum.damagedBlocks += one.damagedBlocks
            case .failure(let error): failures.append(error)
            }
        }
        // The thread that was only told to stop says less than the one that failed.
        if let failure = failures.first(where: { !$0.message.hasSuffix(": cancelled") }) ?? failures.first {
            throw failure
        }
        return sum
    }

    private static func give<Run>(_ run: Run, _ take: (Run) throws -> Void) throws {
        do {
            try take(run)
        } catch {
            throw SeriesError(.cancelled, message: "the reader of the time series stopped: \(error)")
        }
    }
}
