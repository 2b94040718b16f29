import API
import Catalog
import Inventory
import Jobs
import Logging
import Pipelines
import Series
import SeriesEmbedded
import SeriesVictoria

/// Opens the time-series store that the configuration names.
enum SeriesOpening {
    /// The store, open for a server; for a command one that opens itself when it is asked.
    static func open(
        _ configuration: ServerConfiguration, _ purpose: Services.Purpose, catalog: any Catalog, logger: Logger
    ) async throws(SeriesError) -> any SeriesStore {
        let clock = SystemWallClock()
        guard purpose == .once else {
            return try await open(configuration, catalog: catalog, clock: clock, logger: logger)
        }
        return LateSeriesStore { () async throws(SeriesError) in
            try await open(configuration, catalog: catalog, clock: clock, logger: logger)
        }
    }

    private static func open(
        _ configuration: ServerConfiguration, catalog: any Catalog, clock: any WallClock, logger: Logger
    ) async throws(SeriesError) -> any SeriesStore {
        let folder = DataDirectory(path: configuration.dataDirectory).seriesPath
        switch configuration.series.kind {
        case .embedded:
            var embedded = configuration.series.embedded
            embedded.directory = folder
            return try await EmbeddedSeriesStore.open(embedded, now: { clock.now })
        case .victoria:
            var victoria = configuration.series.victoria
            victoria.directory = folder
            return try await VictoriaSeriesStore.open(
                victoria, labels: { await labels(of: $0, catalog) }, now: { clock.now }, logger: logger)
        }
    }

    /// The labels of some interfaces, as the catalog has them; those it does not know are left out.
    private static func labels(
        of interfaces: [InterfaceID], _ catalog: any Catalog
    ) async -> [InterfaceID: SeriesLabels] {
        var labels: [InterfaceID: SeriesLabels] = [:]
        guard let rows = try? await catalog.interfaces(withIDs: interfaces) else { return labels }
        let ids = Array(Set(rows.map(\.deviceID))).sorted()
        guard let devices = try? await catalog.devices(.ids(ids)) else { return labels }
        let names = Dictionary(uniqueKeysWithValues: devices.map { ($0.id, $0.name) })
        for row in rows {
            guard let name = names[row.deviceID] else { continue }
            labels[row.id] = SeriesLabels(row, deviceName: name)
        }
        return labels
    }

    /// How the store stands, for `/health`.
    static func probe(_ store: any SeriesStore, _ purpose: Services.Purpose) -> HealthProbe {
        HealthProbe(name: "series") {
            // A command that only asks for health does not open it.
            purpose == .once ? (.healthy, "only a server keeps it open") : state(of: await store.statistics())
        }
    }

    /// How a store stands by its own word.
    static func state(of statistics: SeriesStatistics) -> (state: HealthState, detail: String?) {
        switch statistics.state {
        case .working:
            let held = statistics.gauges.first { $0.name == "interfaces" }.map { "\($0.value) interfaces" }
            return (.healthy, [statistics.kind, held].compactMap(\.self).joined(separator: ", "))
        case .degraded(let reason): return (.degraded, reason)
        case .failing(let reason): return (.unhealthy, reason)
        }
    }
}
