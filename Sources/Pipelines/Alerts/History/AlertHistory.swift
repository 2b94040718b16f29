public import Alerting
public import Catalog
public import Inventory
public import Series
public import Traffic

/// What is stored of the past, run through the engine that judges the present: what rules would have done.
///
/// Known of the past are the readings of monitored interfaces, wiring, raised anomalies, and what the alerts of that
/// time tell of ports, devices and WARD FLUX itself between polls. Devices, interfaces, silences and windows are those
/// of today. A device counts as silent when three polls of all its interfaces are missing; what operators said of
/// alerts is left out. Readings are taken in pieces: memory grows with the number of interfaces, not with the time.
public struct AlertHistory: Sendable {
    /// What of a catalog it reads.
    public typealias Store = DeviceCatalog & InterfaceCatalog & TopologyCatalog & AnomalyCatalog & AlertCatalog

    /// What it works with.
    public struct Parts: Sendable {
        /// The inventory, the wiring, anomalies and alerts.
        public var catalog: any Store
        /// The readings.
        public var series: any SeriesStore
        /// The device next to the poller; nil where it is not known.
        public var place: @Sendable () async -> DeviceID? = { nil }
        /// How rates are made of readings.
        public var rateLaw = RateLaw()

        /// Parts; the poller's place is set apart.
        public init(catalog: any Store, series: any SeriesStore) {
            self.catalog = catalog
            self.series = series
        }
    }

    /// What is asked.
    public struct Question: Sendable {
        /// The first moment.
        public var from: Timestamp
        /// The moment after the last.
        public var to: Timestamp
        /// The rules and routes that are tried.
        public var laws: AlertLaws
        /// Those in force, to compare with; nil for no comparison.
        public var inForce: AlertLaws?
        /// Seconds between two polls of counters as they are set.
        public var intervalSeconds = 300
        /// Most alerts that are told one by one; all are counted.
        public var alertsMax = 10_000

        /// A question about a range of time.
        public init(from: Timestamp, to: Timestamp, laws: AlertLaws, inForce: AlertLaws? = nil) {
            self.from = from
            self.to = to
            self.laws = laws
            self.inForce = inForce
        }
    }

    /// What is answered.
    public struct Answer: Sendable, Hashable {
        /// What the tried rules would have done.
        public var tried: AlertReplayResult
        /// What those in force would have; nil where that was not asked.
        public var inForce: AlertReplayResult?
        /// Readings that were taken.
        public var readings = 0
        /// Blocks of readings that are damaged and were left out.
        public var damagedBlocks = 0

        /// What is other; nil where nothing is compared.
        public var comparison: AlertReplayComparison? {
            inForce.map { AlertReplayComparison(before: $0, after: tried) }
        }
    }

    private let parts: Parts

    /// Seconds before the range from which on the past is run, so that what held already is known.
    private static let leadSeconds = 3_600.0
    /// Ranges up to this length are looked at every minute, as it is done live; longer ones with every poll.
    private static let minutelySeconds = 172_800.0

    /// The past of a catalog and a time-series store.
    public init(_ parts: Parts) { self.parts = parts }

    /// Runs the past through the engine; ends early, with an error, where the task is cancelled.
    ///
    /// - Parameter progress: told now and then how much of the range is done, 0 to 1.
    public func replay(
        _ question: Question, progress: @Sendable (Double) -> Void = { _ in }
    ) async throws -> Answer {
        let interval = max(1, question.intervalSeconds)
        let start = question.from.advanced(bySeconds: -max(Self.leadSeconds, 4 * Double(interval)))
        let scene = try await PastScene.read(parts, from: start, to: question.to)
        var tried = scene.replay(by: question.laws, settings(question, question.laws), parts.rateLaw)
        var inForce = question.inForce.map { scene.replay(by: $0, settings(question, $0), parts.rateLaw) }
        var feed = PastFeed(scene, parts.series, intervalSeconds: interval)
        while let facts = try await feed.next() {
            let isDone = tried.take(facts) { !Task.isCancelled }
            guard isDone, inForce?.take(facts, goesOn: { !Task.isCancelled }) ?? true else {
                throw CancellationError()
            }
            progress(feed.done)
            await Task.yield()
        }
        var answer = Answer(tried: tried.finish(), inForce: inForce?.finish())
        (answer.readings, answer.damagedBlocks) = (feed.readings, feed.damagedBlocks)
        return answer
    }

    private func settings(_ question: Question, _ laws: AlertLaws) -> AlertReplaySettings {
        var settings = AlertReplaySettings(from: question.from, to: question.to)
        let isLong = question.to.secondsSince(question.from) > Self.minutelySeconds
        settings.checkSeconds = isLong ? Double(max(60, question.intervalSeconds)) : 60
        // Until all devices were asked once more, and a moment for their answers.
        settings.waitSeconds = max(laws.waitSeconds, question.intervalSeconds + 60)
        settings.alertsMax = question.alertsMax
        return settings
    }
}
