public import Catalog
public import Inventory
public import Jobs
public import Logging
public import SNMP
public import Series
import Synchronization
import Traffic

/// Collects the counters of all monitored interfaces, without end: plans, polls, makes rates and stores.
///
/// Each device is polled once in each interval, at a time of its own. What is to be polled follows the inventory within
/// seconds. Readings are stored in the order they were taken; where the store takes none they wait in memory, bounded.
/// Devices without a recorded interface are only asked whether they are there, by one request for sysUpTime.
public final class MetricsCollection: Sendable {
    /// What of a catalog it uses.
    public typealias Store = DeviceCatalog & InterfaceCatalog & CredentialCatalog

    /// What it works with.
    public struct Parts: Sendable {
        /// Asks the devices.
        public var engine: Engine
        /// The inventory.
        public var catalog: any Store
        /// A number that differs whenever the inventory may have changed.
        public var revision: @Sendable () async throws -> CatalogRevision
        /// Opens a sealed credential profile.
        public var openProfile: @Sendable (SealedProfile) throws -> CredentialProfile
        /// Looks host names up.
        public var resolver: AddressResolver
        /// Where readings go.
        public var series: any SeriesStore
        /// Where every time comes from, but those of answers.
        public var clock: any WallClock
        /// The log.
        public var logger: Logger
        /// What of the inventory is polled here; all of it by default.
        public var share = CollectionShare()

        /// Parts.
        public init(
            engine: Engine, catalog: any Store, revision: @escaping @Sendable () async throws -> CatalogRevision,
            openProfile: @escaping @Sendable (SealedProfile) throws -> CredentialProfile, resolver: AddressResolver,
            series: any SeriesStore, clock: any WallClock, logger: Logger
        ) {
            self.engine = engine
            self.catalog = catalog
            self.revision = revision
            self.openProfile = openProfile
            self.resolver = resolver
            self.series = series
            self.clock = clock
            self.logger = logger
        }
    }

    struct State {
        var isRunning = false
        /// Whether `run` was called.
        var isMeantToRun = false
        var isStopped = false
        var restarts = RestartSchedule()
        var stops: [AsyncStream<Void>.Continuation] = []
        var restartDiscovery: (@Sendable (DeviceID) async -> Void)?
        var unusable: [String] = []
        var ambiguousInterfaces = 0
        var plannedFor: Planned?
        /// Why the last planning failed; nil where it did not.
        var planFault: String?
        var cycles = 0
        var lastCycle: CollectionCycle?
    }

    /// What a plan was made for.
    struct Planned: Sendable, Equatable {
        var revision: CatalogRevision
        /// The share it was made for.
        var share: Int
        var profiles: [SealedProfile]
        var at: Timestamp
        var hasHostNames: Bool
        /// How long it took.
        var seconds: Double
    }

    /// The rates of every monitored interface now.
    public let board = RateBoard()
    /// The settings in force.
    public let settings: CollectionSettings
    let parts: Parts
    let desk: CollectionDesk
    let planner: CollectionPlanner
    let writer: SeriesWriter
    let recorder: StatusRecorder
    let deadlineSeconds: Double
    let changes = Broadcast<[StatusChange]>(bufferMax: 1024)
    let ends = Broadcast<[DeviceContact]>(bufferMax: 1024)
    let flushing = OneAtATime()
    let planning = OneAtATime()
    /// Beginning, ending, and collecting once.
    let turning = OneAtATime()
    let state = Mutex(State())

    /// A collection at rest; throws `invalidSetting` for a setting out of its range.
    ///
    /// - Parameter pipelines: How patiently devices are asked.
    public init(
        _ parts: Parts, settings: CollectionSettings = CollectionSettings(),
        pipelines: PipelineSettings = PipelineSettings()
    ) throws(PipelineError) {
        try settings.check()
        self.parts = parts
        self.settings = settings
        desk = CollectionDesk(settings)
        planner = CollectionPlanner(
            parts.catalog, owns: parts.share.owns, needsAll: parts.share.showsRates, openProfile: parts.openProfile,
            resolver: parts.resolver, settings: pipelines)
        writer = SeriesWriter(
            parts.series, readingsMax: settings.bufferedReadingsMax, clock: parts.clock, logger: parts.logger)
        recorder = StatusRecorder(parts.catalog, clock: parts.clock, logger: parts.logger)
        deadlineSeconds = Double(pipelines.deviceSecondsMax) + 10
    }

    /// Changes of status as polls see them, from now on; a watcher that does not keep up loses the oldest.
    public func statusChanges() -> AsyncStream<[StatusChange]> { changes.watch() }

    /// The ends of all polls from now on, in batches; a watcher that does not keep up loses the oldest.
    public func contacts() -> AsyncStream<[DeviceContact]> { ends.watch() }

    /// Takes what another process read, as if it had been read here, but for storing it.
    public func receive(_ news: CollectionNews) {
        board.take(news.readings)
        if !news.changes.isEmpty { changes.publish(news.changes) }
        if !news.contacts.isEmpty { ends.publish(news.contacts) }
    }

    /// Takes what a notification said of an interface, 0 for what it did not: the next poll tells a change from that, not
    /// from the poll before.
    public func heard(_ change: InterfaceStatusChange) { desk.heard(change) }

    /// How it stands, and what it did since the process began; cheap.
    public func statistics() -> CollectionStatistics {
        let (totals, standing, written) = (desk.totals, desk.standing, writer.standing)
        var result = CollectionStatistics()
        state.withLock { state in
            result.isRunning = state.isRunning
            result.unusableDevices = state.unusable.count
            result.ambiguousInterfaces = state.ambiguousInterfaces
            result.cycles = state.cycles
            result.lastCycle = state.lastCycle
        }
        (result.devices, result.interfaces, result.heldDevices) = standing
        result.polls = totals.polls
        result.readings = totals.readings
        result.dataPoints = totals.dataPoints
        result.missedPolls = totals.missed
        result.failedPolls = totals.failed
        result.heldBack = totals.heldBack
        result.buffered = written.buffered
        result.dropped = written.dropped + totals.dropped
        result.stored = written.stored
        result.refused = written.refused
        result.lagSeconds = written.oldest.map { max(0, parts.clock.now.secondsSince($0)) } ?? 0
        result.storeFault = written.fault
        return result
    }

    /// Collects until `stop()` or until the task is cancelled; what was read by then is stored when it returns.
    ///
    /// Throws where the engine refuses; an inventory or a store that fails is tried again.
    ///
    /// - Parameter restartDiscovery: Asks for the discovery of a device that started anew or changed its interfaces; its
    ///   readings are held back until it was discovered.
    public func run(restartDiscovery: @escaping @Sendable (DeviceID) async -> Void) async throws {
        let (stopped, stop) = AsyncStream.makeStream(of: Void.self)
        let isStopped = state.withLock { state in
            state.restartDiscovery = restartDiscovery
            state.stops.append(stop)
            state.isMeantToRun = !state.isStopped
            return state.isStopped
        }
        if isStopped { return }
        try await turning.run { await self.begin() }.get()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in stopped {} }
            group.addTask { await self.keepPlanning() }
            group.addTask { await self.keepFlushing() }
            group.addTask { await self.writer.maintain() }
            await group.next()
            group.cancelAll()
        }
        await turning.run { await self.end() }
        changes.finish()
        ends.finish()
        board.finish()
    }

    /// Ends `run`.
    public func stop() {
        let stops = state.withLock { state in
            state.isStopped = true
            return state.stops
        }
        for continuation in stops { continuation.finish() }
    }

    // MARK: - Begin and end

    func begin() async -> Result<Void, SNMPError> {
        if parts.share.showsRates { await prime() }
        do throws(SNMPError) { try desk.begin(parts.engine) } catch { return .failure(error) }
        state.withLock { $0.isRunning = true }
        await plan()
        return .success(())
    }

    func end() async {
        state.withLock { state in
            state.isRunning = false
            state.isMeantToRun = false
        }
        desk.end()
        await flushing.run { await self.flush(isLast: true) }
    }

    /// Shows the rates of before on the board, as long as they are not older than two intervals.
    public func prime() async {
        let now = parts.clock.now
        let seconds = Double(2 * settings.intervalSeconds)
        let query = SeriesQuery(.all, from: now.advanced(bySeconds: -seconds), to: now)
        let board = board
        do throws(SeriesError) {
            _ = try await parts.series.scan(query) { run in
                board.take(run.readings.suffix(2).map { SeriesReading(run.interface, $0) })
            }
        } catch {
            parts.logger.warning("the last rates of before are not shown: \(error)")
        }
    }
}
