import CatalogSQLite
import Inventory
import Pipelines
import Series
import Traffic

/// A store of readings during whose scans something happens, or that gives readings otherwise than they are.
struct SeriesBetween: SeriesStore {
    private let series: HistorySeries
    private let speak: @Sendable () async -> Void
    private let alter: @Sendable (inout CounterReading) -> Void

    init(_ series: HistorySeries, during speak: @escaping @Sendable () async -> Void) {
        self.series = series
        self.speak = speak
        alter = { _ in }
    }

    init(_ series: HistorySeries, altered alter: @escaping @Sendable (inout CounterReading) -> Void) {
        self.series = series
        speak = {}
        self.alter = alter
    }

    func scan(
        _ query: SeriesQuery, _ take: @escaping @Sendable (SeriesRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        await speak()
        return try await series.scan(query) { run in
            var readings = run.readings
            for place in readings.indices { alter(&readings[place]) }
            try take(SeriesRun(run.interface, readings))
        }
    }

    func scanRollups(
        _ query: SeriesQuery, _ take: @escaping @Sendable (RollupRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        try await series.scanRollups(query, take)
    }

    func append(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        try await series.append(readings)
    }

    func merge(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        try await series.merge(readings)
    }

    func remove(_ interfaces: [InterfaceID]) async throws(SeriesError) {}
    func maintain(now: Timestamp) async throws(SeriesError) -> MaintenanceOutcome { MaintenanceOutcome() }
    func statistics() async -> SeriesStatistics { SeriesStatistics(kind: "between") }
    func close() async {}
}

extension PortScene {
    /// Another process whose readings come from elsewhere.
    func watch(series: any SeriesStore) throws -> AnomalyWatch {
        let catalog = catalog
        let parts = AnomalyWatch.Parts(
            catalog: catalog, revision: { try await catalog.revision() }, series: series, states: states, zone: .utc,
            intervalSeconds: Int(interval), clock: clock, logger: log.logger)
        return try AnomalyWatch(parts, settings: settings)
    }
}
