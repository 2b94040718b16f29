import Inventory
import Series
import Traffic

/// A time-series store that is opened when it is first asked: most commands never ask.
actor LateSeriesStore: SeriesStore {
    typealias Opening = @Sendable () async throws(SeriesError) -> any SeriesStore

    private let open: Opening
    private var attempt: Task<Result<any SeriesStore, SeriesError>, Never>?
    private var isClosed = false

    init(_ open: @escaping Opening) {
        self.open = open
    }

    func append(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        try await opened().append(readings)
    }

    func merge(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        try await opened().merge(readings)
    }

    func scan(
        _ query: SeriesQuery, _ take: @escaping @Sendable (SeriesRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        try await opened().scan(query, take)
    }

    func scanRollups(
        _ query: SeriesQuery, _ take: @escaping @Sendable (RollupRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        try await opened().scanRollups(query, take)
    }

    func remove(_ interfaces: [InterfaceID]) async throws(SeriesError) {
        try await opened().remove(interfaces)
    }

    func maintain(now: Timestamp) async throws(SeriesError) -> MaintenanceOutcome {
        try await opened().maintain(now: now)
    }

    func statistics() async -> SeriesStatistics {
        do {
            return await (try opened()).statistics()
        } catch {
            var statistics = SeriesStatistics(kind: "unknown")
            statistics.state = .failing(error.message)
            return statistics
        }
    }

    func close() async {
        isClosed = true
        if let attempt, let store = try? await attempt.value.get() { await store.close() }
        attempt = nil
    }

    /// The store; callers that come while it is being opened wait for the same opening.
    ///
    /// One that failed is tried anew by the next caller.
    private func opened() async throws(SeriesError) -> any SeriesStore {
        guard !isClosed else { throw SeriesError(.closed, message: "the time-series store is closed") }
        let open = open
        let attempt = attempt ?? Task { await Self.result(of: open) }
        self.attempt = attempt
        let result = await attempt.value
        if case .failure = result, self.attempt == attempt { self.attempt = nil }
        return try result.get()
    }

    private static func result(of open: Opening) async -> Result<any SeriesStore, SeriesError> {
        do throws(SeriesError) {
            return .success(try await open())
        } catch {
            return .failure(error)
        }
    }
}
