import Baselines
import Catalog
import CatalogSQLite
import Inventory
import Jobs
import Pipelines
import Series
import Synchronization
import Testing

/// Ports of one device in a catalog as a server has it, polled as one would, with a watch over them.
final class PortScene: Sendable {
    /// What a poll finds: by what the usual traffic is multiplied, nil where nothing answers, and the line speed.
    struct Traffic: Sendable {
        var factor: Double? = 1
        var speed: Int64? = 1_000_000_000
    }

    typealias Event = @Sendable (InterfaceID, Timestamp) -> Traffic

    let clock = ManualWallClock(now: WatchScene.start)
    let catalog: SQLiteCatalog
    let series = HistorySeries()
    let states: MemoryStates
    let log = LogRecorder()
    let started = Mutex<[String]>([])
    /// How many of the next runs of relearning cannot be started.
    let refusals = Mutex(0)
    let settings: AnomalySettings
    let device: Device
    private let counters = PolledCounters()
    private let ids = Mutex<[InterfaceID]>([])
    private let event = Mutex<Event>({ _, _ in Traffic() })
    private let seconds: Mutex<Double>

    /// A device without ports.
    init(interval: Double = 300, settings: AnomalySettings = AnomalySettings(), states: MemoryStates = MemoryStates())
        async throws
    {
        catalog = try SQLiteCatalog.inMemory()
        seconds = Mutex(interval)
        self.settings = settings
        self.states = states
        var seed = Seeded(0)
        let device = Device(id: .random(using: &seed), name: "CORE-1", address: "127.0.0.9", at: WatchScene.start)
        self.device = device
        try await catalog.reviseDevices(.all) { _ in
            var revision = DeviceRevision()
            revision.inserted = [device]
            return (revision, ())
        }
    }

    var ports: [InterfaceID] { ids.withLock { $0 } }
    /// Seconds between two polls.
    var interval: Double {
        get { seconds.withLock { $0 } }
        set { seconds.withLock { $0 = newValue } }
    }

    // MARK: - The inventory

    /// A port that discovery found.
    @discardableResult
    func addPort(_ type: InterfaceType = .access, isCritical: Bool = false, speed: Int64 = 1_000_000_000) async throws
        -> InterfaceID
    {
        let number = ports.count + 1
        var facts = InterfaceFacts(ifIndex: Int64(number))
        facts.ifName = "Gi0/\(number)"
        facts.ifAlias = "line \(number)"
        facts.ifSpeed = speed
        var generator = Seeded(UInt64(number))
        var row = Interface(id: .random(using: &generator), deviceID: device.id, facts: facts, at: clock.now)
        (row.interfaceType, row.isCritical) = (type, isCritical)
        let inserted = row
        try await revise { $0.inserted = [inserted] }
        ids.withLock { $0.append(inserted.id) }
        return inserted.id
    }

    /// Changes a port as discovery or an operator does.
    func change(_ id: InterfaceID, _ change: (inout Interface) -> Void) async throws {
        guard var row = try await catalog.interfaces(withIDs: [id]).first else { return }
        change(&row)
        row.updatedAt = clock.now
        let updated = row
        try await revise { $0.updated = [updated] }
    }

    /// Removes a port as the clean-up does.
    func remove(_ id: InterfaceID) async throws { try await revise { $0.retired = [id] } }

    func setDevice(enabled: Bool) async throws {
        try await catalog.reviseDevices(.all) { rows in
            var revision = DeviceRevision()
            revision.updated = rows.map { row in
                var row = row
                row.enabled = enabled
                return row
            }
            return (revision, ())
        }
    }

    private func revise(_ change: @escaping @Sendable (inout InterfaceRevision) -> Void) async throws {
        let device = device.id
        try await catalog.reviseInterfaces(of: [device]) { _ in
            var revision = InterfaceRevision(deviceID: device)
            change(&revision)
            return ([revision], ())
        }
    }

    // MARK: - Traffic

    /// From now on polls find this.
    func happen(_ event: @escaping Event) { self.event.withLock { $0 = event } }

    /// From now on polls find this at one port, and the usual at the others.
    func happen(at port: InterfaceID, _ traffic: Traffic) { happen { id, _ in id == port ? traffic : Traffic() } }

    /// Polls all ports, or some, so many times.
    func poll(_ count: Int = 1, _ only: [InterfaceID]? = nil) async throws {
        for _ in 0..<count {
            clock.advance(bySeconds: interval)
            _ = try await series.append(
                (only ?? ports).compactMap { id in reading(of: id).map { SeriesReading(id, $0) } })
        }
    }

    /// Polls for so many days.
    func poll(days: Double) async throws { try await poll(Int((days * 86_400 / interval).rounded())) }

    private func reading(of id: InterfaceID) -> CounterReading? {
        let found = event.withLock { $0 }(id, clock.now)
        guard let factor = found.factor else { return nil }
        return counters.reading(of: id, at: clock.now, factor: factor, interval: interval, speed: found.speed)
    }

    // MARK: - The watch

    /// Another process on the same stores; it polls every so many seconds as is polled now.
    func watch(_ states: (any DetectionStateStore)? = nil) throws -> AnomalyWatch {
        let (catalog, scene) = (catalog, self)
        let parts = AnomalyWatch.Parts(
            catalog: catalog, revision: { try await catalog.revision() }, series: series,
            states: states ?? self.states, zone: .utc, intervalSeconds: Int(interval),
            startJob: { job, subject in try scene.start(job, subject) }, clock: clock, logger: log.logger)
        return try AnomalyWatch(parts, settings: settings)
    }

    private func start(_ job: String, _ subject: String?) throws {
        let isRefused =
            job == PipelineJobs.relearnBaselines
            && refusals.withLock { count in
                defer { count = max(0, count - 1) }
                return count > 0
            }
        if isRefused { throw PipelineError(.invalidRequest, message: "no run can be started now") }
        started.withLock { $0.append(subject.map { "\(job) \($0)" } ?? job) }
    }

    func context(_ job: String = PipelineJobs.checkAnomalies, subject: String? = nil) -> JobContext {
        let run = JobRun(job: job, subject: subject, trigger: .manual, scheduledAt: clock.now)
        return JobContext(run: run, clock: clock, logger: log.logger)
    }

    /// Polls and checks, so many times.
    func watch(_ watch: AnomalyWatch, polls count: Int) async throws {
        for _ in 0..<count {
            try await poll()
            _ = try await watch.check(context())
        }
    }

    // MARK: - What is stored

    /// Anomalies by start; of one port, or of all.
    func anomalies(of port: InterfaceID? = nil) async throws -> [Anomaly] {
        var query = AnomalyQuery(limit: 1000)
        query.interfaces = port.map { [$0] }
        return try await catalog.anomalies(query).reversed()
    }

    func incidents() async throws -> [Incident] { try await catalog.incidents(IncidentQuery(limit: 1000)) }

    /// Lines of the log that have a text in them.
    func lines(_ text: String) -> Int { log.recorded.count { $0.contains(text) } }
}

/// States as a command beside a server sees them: to be read, not to be kept.
struct ReadOnlyStates: DetectionStateStore {
    let states: MemoryStates
    let isKept = false

    func reader() throws -> (any DetectionStateReader)? { try states.reader() }
    func writer() throws -> any DetectionStateWriter { try states.writer() }
}
