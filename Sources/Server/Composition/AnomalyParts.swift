import API
import Baselines
import Catalog
import Inventory
import Jobs
import Logging
import Pipelines
import Series

extension AnomalyWatch.Parts {
    /// What the watch of this process works with.
    init(
        _ configuration: ServerConfiguration, _ purpose: Services.Purpose, catalog: any Catalog,
        series: any SeriesStore, holidays: HolidayFile, runner: LateRunner, clock: any WallClock, logger: Logger
    ) {
        self.init(
            catalog: catalog, revision: { try await catalog.revision() }, series: series,
            states: DetectionStateFile(
                path: DataDirectory(path: configuration.dataDirectory).baselinesPath, isKept: purpose == .serving),
            zone: configuration.zone, intervalSeconds: configuration.collection.intervalSeconds,
            holidays: { try holidays.calendar() }, startJob: { try await runner.start($0, $1) }, clock: clock,
            logger: logger)
    }
}

extension AnomalySource {
    /// The watch as the API sees it; in one command nothing is told of by itself.
    init(
        _ configuration: ServerConfiguration, _ purpose: Services.Purpose, watch: AnomalyWatch, holidays: HolidayFile
    ) {
        let settings = configuration.anomalies
        self.init(
            zone: configuration.zone, holidays: { holidays.present() }, detection: settings.detection,
            raising: { settings.mode(of: $0.id, type: $0.interfaceType) }, budget: settings.budget,
            statistics: { AnomalyReport.statistics(watch.statistics()) },
            news: purpose == .once ? nil : { @Sendable in Self.news(of: watch) })
    }

    /// The news of a watch in the API's words; its end ends them.
    private static func news(of watch: AnomalyWatch) -> AsyncStream<API.AnomalyNews> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: API.AnomalyNews.self, bufferingPolicy: .bufferingNewest(64))
        let updates = watch.updates()
        let task = Task {
            for await one in updates {
                continuation.yield(
                    API.AnomalyNews(
                        anomalies: one.anomalies.map(\.anomaly), incidents: one.incidents.map(\.incident)))
            }
            continuation.finish()
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }
}
