public import Baselines
public import Catalog
public import Inventory
public import Jobs
public import Logging
public import Series
import Synchronization
import Traffic

/// Watches the traffic of all monitored interfaces for what is out of the usual, and learns what is usual.
///
/// It owns the states of all interfaces. A check reads from the time-series store what came since each state's cursor,
/// so that a state is a function of the readings stored, of what operators said and of the settings: after a crash it
/// goes on from the states kept last, and comes to the same scores and the same anomalies. Checks, learning and the
/// keeping of states take turns; judging runs on the threads of the store's scan.
public actor AnomalyWatch {
    /// What of a catalog it uses.
    public typealias Store = DeviceCatalog & InterfaceCatalog & BaselineCatalog & AnomalyCatalog

    /// What it works with.
    public struct Parts: Sendable {
        /// The inventory, baselines and anomalies.
        public var catalog: any Store
        /// A number that differs whenever the inventory may have changed.
        public var revision: @Sendable () async throws -> CatalogRevision
        /// What polls read.
        public var series: any SeriesStore
        /// Where states are kept from start to start; nil where this process keeps none.
        public var states: (any DetectionStateStore)?
        /// The zone whose hours are learnt.
        public var zone: ZoneRules
        /// Seconds between two polls.
        public var intervalSeconds: Int
        /// The holidays as they are now; asked at each check.
        public var holidays: @Sendable () throws -> HolidayCalendar
        /// Asks for a run of a job, by name and subject.
        public var startJob: @Sendable (String, String?) async throws -> Void
        /// Where every time comes from, but those of readings.
        public var clock: any WallClock
        /// The log.
        public var logger: Logger

        /// Parts.
        public init(
            catalog: any Store, revision: @escaping @Sendable () async throws -> CatalogRevision,
            series: any SeriesStore, states: (any DetectionStateStore)? = nil, zone: ZoneRules, intervalSeconds: Int,
            holidays: @escaping @Sendable () throws -> HolidayCalendar = { HolidayCalendar() },
            startJob: @escaping @Sendable (String, String?) async throws -> Void = { _, _ in },
            clock: any WallClock, logger: Logger
        ) {
            self.catalog = catalog
            self.revision = revision
            self.series = series
            self.states = states
            self.zone = zone
            self.intervalSeconds = intervalSeconds
            self.holidays = holidays
            self.startJob = startJob
            self.clock = clock
            self.logger = logger
        }
    }

    /// What scans and questions from outside see of the watch.
    struct Shared: Sendable {
        var watched: [InterfaceID: WatchedInterface] = [:]
        var ports: [InterfaceID: WatchedPort] = [:]
        var clock: HourClock
        var statistics = AnomalyWatchStatistics()
    }

    /// When it was seen that nothing new of an interface is stored.
    struct Look: Sendable {
        /// When newly stored readings were last looked for.
        var at: Timestamp
        /// When all since its cursor was last read.
        var wholeAt: Timestamp
    }

    nonisolated let parts: Parts
    nonisolated let settings: AnomalySettings
    nonisolated let detector: Detector
    nonisolated let writer: AnomalyWriter
    nonisolated let shared: Mutex<Shared>
    nonisolated let hub = Broadcast<AnomalyNews>(bufferMax: 64)
    /// What scans found and nobody was told yet.
    nonisolated let findings = Mutex<[InterfaceFindings]>([])
    private nonisolated let turn = Turn()

    var isRestored = false
    /// States as they were kept, until the inventory says whose they are.
    var keptEntries: [InterfaceID: WatchedInterface.Entry] = [:]
    var memory = WatchMemory()
    /// Whether exclusions were not looked at since states began from nothing.
    var isFirstIntake = true
    /// What is to happen to states with the next scan.
    var pendingEvents: [InterfaceID: [StateEvent]] = [:]
    var rosterRevision: CatalogRevision?
    /// Interfaces that are watched no more since the last telling.
    var gone: Set<InterfaceID> = []
    var census = InterfaceCensus()
    var calendar = HolidayCalendar()
    var calendarFault: String?
    var exclusionRows: [BaselineExclusion] = []
    var exclusions = ExclusionIndex()
    var actions: [AnomalyAction] = []
    var book: AnomalyBook?
    var incidents = IncidentBook()
    var ledger = IncidentLedger()
    /// Rows the catalog did not take yet.
    var unsavedAnomalies: [AnomalyID: Anomaly] = [:]
    var unsavedIncidents: [IncidentID: Incident] = [:]
    /// What was not told yet.
    var unsentNews = AnomalyNews(at: Timestamp(milliseconds: 0))
    /// Whether the catalog has baselines; nil where that is not known.
    var hasBaselines: Bool?
    /// When the newest of them were learnt.
    var learntAt: Timestamp?
    /// When it was last looked whether they were learnt elsewhere.
    var baselinesSeenAt: Timestamp?
    /// Interfaces whose baselines were looked for since their states began from nothing.
    var askedForBaselines: Set<InterfaceID> = []
    /// Interfaces that the classic method is to watch as soon as their samples of before were read.
    var lateClassics: Set<InterfaceID> = []
    /// Interfaces of which nothing is stored after their cursors, and when that was seen.
    var looks: [InterfaceID: Look] = [:]
    var askedToLearnAt: Timestamp?
    var askedToRelearnAt: Timestamp?
    /// When the first check of this process began.
    var beganAt: Timestamp?
    var savedAt: Timestamp?
    var housekeptAt: Timestamp?

    /// A watch that knows nothing yet; throws `invalidSetting` for a setting out of its range.
    public init(_ parts: Parts, settings: AnomalySettings = AnomalySettings()) throws(PipelineError) {
        try settings.check()
        try PipelineError.check("intervalSeconds", Double(parts.intervalSeconds), 10...3600)
        self.parts = parts
        self.settings = settings
        detector = Detector(intervalSeconds: parts.intervalSeconds, settings: settings.detection)
        writer = AnomalyWriter(zone: parts.zone, intervalSeconds: parts.intervalSeconds)
        shared = Mutex(Shared(clock: HourClock(zone: parts.zone)))
    }

    /// What checks change from now on; a watcher that does not keep up loses the oldest.
    public nonisolated func updates() -> AsyncStream<AnomalyNews> { hub.watch() }

    /// Tells those who watch what the watch of another process found.
    public nonisolated func tell(_ news: AnomalyNews) { hub.publish(news) }

    /// Ends all streams of `updates`.
    public nonisolated func finish() { hub.finish() }

    /// The watch in numbers; cheap.
    public nonisolated func statistics() -> AnomalyWatchStatistics { shared.withLock(\.statistics) }

    /// Does a body when no check, learning or keeping is under way.
    nonisolated func inTurn<Outcome: Sendable>(
        _ body: @Sendable () async throws -> Outcome
    ) async throws -> Outcome {
        try await turn.run(body)
    }
}
