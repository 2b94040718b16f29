public import Catalog
public import Classification
public import Inventory
public import Jobs
public import Logging

/// All that the API needs of the rest of the system.
public struct APIServices: Sendable {
    /// Devices, interfaces, runs, profiles, tokens.
    public var catalog: any Catalog
    /// Starts, cancels and lists jobs.
    public var jobs: any JobControl
    /// The classification rules in force.
    public var rules: LiveRules
    /// Reads the rule file again and says what came of it; nil where no rule file is configured.
    public var reloadRules: (@Sendable () async throws -> LiveRules.Reload)?
    /// Imports devices from a file.
    public var importDevices: @Sendable (DeviceImportRequest) async throws -> DeviceImportReport
    /// Seals a profile so that it can be stored.
    public var seal: @Sendable (CredentialProfile) throws -> SealedProfile
    /// Opens a profile again; throws why it does not open, without secrets.
    public var open: @Sendable (SealedProfile) throws -> CredentialProfile
    /// Lower-case hex of the SHA-256 of an access token.
    public var hashToken: @Sendable (Secret) -> String
    /// The numbers of the SNMP engine.
    public var snmp: SNMPStatisticsSource
    /// The traffic of interfaces.
    public var metrics: MetricsSource
    /// Where the poller stands in the network.
    public var topology: TopologySource
    /// How anomalies are detected, and what is found.
    public var anomalies: AnomalySource
    /// How alerts are found, who is told, and what is new.
    public var alerts: AlertSource
    /// The parts whose state `/health` tells, besides the catalog.
    public var probes: [HealthProbe]
    /// The numbers of the process, for `/metrics`.
    public var process: @Sendable () -> [ProcessNumber] = { [] }
    /// What the servers of a cluster keep for each other; nil where there is one.
    public var shared: SharedAnswers?
    /// The present moment.
    public var now: @Sendable () -> Timestamp
    /// The program's version.
    public var version: String
    /// The log.
    public var logger: Logger

    /// Services of these parts.
    public init(
        catalog: any Catalog, jobs: any JobControl, rules: LiveRules,
        reloadRules: (@Sendable () async throws -> LiveRules.Reload)? = nil,
        importDevices: @escaping @Sendable (DeviceImportRequest) async throws -> DeviceImportReport,
        seal: @escaping @Sendable (CredentialProfile) throws -> SealedProfile,
        open: @escaping @Sendable (SealedProfile) throws -> CredentialProfile,
        hashToken: @escaping @Sendable (Secret) -> String, snmp: SNMPStatisticsSource = SNMPStatisticsSource(),
        metrics: MetricsSource = MetricsSource(), topology: TopologySource = TopologySource(),
        anomalies: AnomalySource = AnomalySource(), alerts: AlertSource = AlertSource(), probes: [HealthProbe] = [],
        now: @escaping @Sendable () -> Timestamp, version: String, logger: Logger
    ) {
        self.catalog = catalog
        self.jobs = jobs
        self.rules = rules
        self.reloadRules = reloadRules
        self.importDevices = importDevices
        self.seal = seal
        self.open = open
        self.hashToken = hashToken
        self.snmp = snmp
        self.metrics = metrics
        self.topology = topology
        self.anomalies = anomalies
        self.alerts = alerts
        self.probes = probes
        self.now = now
        self.version = version
        self.logger = logger
    }
}

/// What the API asks of jobs.
public protocol JobControl: Sendable {
    /// The jobs with their schedules, in a fixed order.
    func schedules() async -> [JobScheduleView]
    /// Asks for a run now and returns at once.
    func start(job: String, subject: String?, parameters: [String: String]) async throws(JobError) -> JobStart
    /// Asks a run to end.
    func cancel(_ id: JobRunID) async throws(JobError) -> JobRun
    /// A run at work or waiting in this process, which may not be recorded yet; nil where there is none.
    func activeRun(_ id: JobRunID) async -> JobRun?
    /// Every update of every run from now on.
    func updates() async -> AsyncStream<JobRun>
}

/// A job and its schedule.
public struct JobScheduleView: Sendable, Hashable {
    /// Name of the job.
    public var job: String
    /// When it is due, for people and as written in the configuration; nil where it runs only when asked.
    public var schedule: String?
    /// Whether its schedule is switched on.
    public var enabled: Bool
    /// When it runs next.
    public var nextRunAt: Timestamp?

    /// A job and its schedule.
    public init(job: String, schedule: String?, enabled: Bool, nextRunAt: Timestamp?) {
        self.job = job
        self.schedule = schedule
        self.enabled = enabled
        self.nextRunAt = nextRunAt
    }
}

/// How a part of the system stands.
public enum HealthState: String, Sendable, Hashable, CaseIterable, Comparable {
    /// It works.
    case healthy
    /// It works in part.
    case degraded
    /// It does not work.
    case unhealthy

    /// Orders from good to bad.
    public static func < (left: HealthState, right: HealthState) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .healthy: 0
        case .degraded: 1
        case .unhealthy: 2
        }
    }
}

/// A part of the system that can say how it stands.
public struct HealthProbe: Sendable {
    /// Its name.
    public var name: String
    /// Asks it; the detail says what is wrong and what to do, or how it stands.
    public var check: @Sendable () async -> (state: HealthState, detail: String?)

    /// A part with its question.
    public init(name: String, check: @escaping @Sendable () async -> (state: HealthState, detail: String?)) {
        self.name = name
        self.check = check
    }
}
