import Alerting
public import Catalog
public import Inventory
public import Jobs
public import Logging
import Synchronization

/// Where alerts are found: takes what is read and heard, evaluates it, and writes what follows with what is to be sent.
///
/// It owns one `AlertEngine` and is the only writer of alerts. Each evaluation ends in one transaction, a storm in several:
/// alerts, the steps of their lives, deliveries, and up to which action operators were heard. What the catalog refuses is
/// put back, and nobody is told of it before it is written. Evaluations never overlap; what comes while one is being written
/// counts for the next.
public actor AlertDesk {
    /// What of a catalog it reads.
    public typealias Store = DeviceCatalog & InterfaceCatalog & TopologyCatalog

    /// What it works with.
    public struct Parts: Sendable {
        /// The inventory and the topology.
        public var catalog: any Store
        /// Where alerts, deliveries, silences and windows are.
        public var alerts: any AlertCatalog
        /// A number that differs whenever the inventory may have changed.
        public var revision: @Sendable () async throws -> CatalogRevision
        /// The rules, routes and receivers in force; cheap, asked at each look.
        public var laws: @Sendable () -> AlertLaws
        /// The device next to the poller; nil where it is not known.
        public var place: @Sendable () async -> DeviceID? = { nil }
        /// The anomalies that are not over, at start.
        public var openAnomalies: @Sendable () async throws -> [Anomaly] = { [] }
        /// How WARD FLUX itself is; asked at each full check.
        public var health: @Sendable () async -> SystemHealth = { SystemHealth() }
        /// Asks a device for sysUpTime, twice and for a short time; false where it does not answer, nil where it could not be
        /// asked.
        public var probe: @Sendable (DeviceID) async -> Bool?
        /// Asks a device for ifAdminStatus of the interface with an ifIndex, as patiently; nil where it does not tell.
        ///
        /// Asked of a linkDown that lacks it. Where there is no way to ask such a linkDown is believed at once.
        public var adminStatus: (@Sendable (DeviceID, Int64) async -> UInt8?)?
        /// Told when there is something new to be delivered: the courier.
        public var deliveriesWritten: @Sendable () -> Void = {}
        /// Whether `take` hears what becomes of each delivery; then nobody is told more of an alert before that is known.
        public var awaitsDeliveries = false
        /// Where every time comes from, but those of answers.
        public var clock: any WallClock
        /// The log.
        public var logger: Logger

        /// Parts; what is not given here has a default that does nothing.
        public init(
            catalog: any Store, alerts: any AlertCatalog,
            revision: @escaping @Sendable () async throws -> CatalogRevision,
            laws: @escaping @Sendable () -> AlertLaws, probe: @escaping @Sendable (DeviceID) async -> Bool?,
            clock: any WallClock, logger: Logger
        ) {
            self.catalog = catalog
            self.alerts = alerts
            self.revision = revision
            self.laws = laws
            self.probe = probe
            self.clock = clock
            self.logger = logger
        }
    }

    nonisolated let parts: Parts
    nonisolated let settings: AlertSettings
    nonisolated let hub = Broadcast<AlertNews>(bufferMax: 1024)
    /// Evaluations, one at a time, each to its end.
    nonisolated let turning = OneAtATime()
    /// Looks at the catalog, likewise.
    nonisolated let looking = OneAtATime()
    /// Looks at what operators said, likewise: nobody waits for the inventory to be read.
    nonisolated let hearing = OneAtATime()
    nonisolated let signals: AsyncStream<Void>
    nonisolated let signal: AsyncStream<Void>.Continuation
    nonisolated let questions: AsyncStream<DeskQuestion>
    nonisolated let questionQueue: AsyncStream<DeskQuestion>.Continuation

    var engine = AlertEngine()
    var seen = AlertIntake()
    /// Notifications of before the alerts of the catalog were read.
    var early: [HeardTrap] = []
    /// Deliveries that ended before that.
    var earlyEnds: [AlertDelivery] = []
    var anomalies = OpenAnomalies()
    /// Deliveries the catalog did not take yet, in order.
    var unwritten: [AlertDelivery] = []
    /// The action up to which operators were heard, where the catalog does not know it yet.
    var unwrittenAction: Int64?
    /// Devices that are being asked.
    var probing: Set<DeviceID> = []
    /// Devices that are not to be asked before a time: they could not be, or do not answer.
    var unaskable: [DeviceID: Timestamp] = [:]
    /// linkDowns that wait for whether an operator switched the port off.
    var doubtful: [InterfaceID: InterfaceStatusChange] = [:]
    /// Told what notifications say of ports, so that the next poll tells what is otherwise.
    var tellPolls: (@Sendable (InterfaceStatusChange) -> Void)?
    var alarm: Task<Void, Never>?
    var retryAt: Timestamp?
    var failures = 0
    var housekeptAt: Timestamp?
    var tally = AlertTally()
    var numbers = AlertDeskStatistics()

    /// A desk that knows nothing yet; throws `invalidSetting` for a setting out of its range.
    public init(_ parts: Parts, settings: AlertSettings = AlertSettings()) throws(PipelineError) {
        try settings.check()
        self.parts = parts
        self.settings = settings
        (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        (questions, questionQueue) = AsyncStream.makeStream(
            of: DeskQuestion.self, bufferingPolicy: .bufferingOldest(Self.questionsMax))
    }

    /// What evaluations change from now on, once it is written; a watcher that does not keep up loses the oldest.
    public nonisolated func updates() -> AsyncStream<AlertNews> { hub.watch() }

    /// Tells those who watch what the desk of another process changed.
    public nonisolated func tell(_ news: AlertNews) { hub.publish(news) }

    /// Ends all streams of `updates`.
    public nonisolated func finish() { hub.finish() }

    /// The desk in numbers.
    public func statistics() -> AlertDeskStatistics {
        var numbers = numbers
        numbers.open = engine.ledger.open.count
        for alert in engine.ledger.open.values where alert.firedAt != nil {
            numbers.firing += 1
            if alert.hold == .explained { numbers.explained += 1 }
        }
        return numbers
    }

    /// Looks at once at silences, windows, rules and what operators said, instead of within seconds.
    ///
    /// Returns when that is done, and does not wait for the inventory to be read.
    public func nudge() async {
        guard seen.isLoaded else { return }
        takeLaws()
        _ = await hear()
    }
}
