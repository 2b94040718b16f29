import API
import Catalog
import CatalogSQLite
import Classification
import Inventory
import Jobs
import Listing
import Logging
import Synchronization

/// An API on a catalog in memory, with jobs that are only recorded.
struct Fixture: Sendable {
    static let now = Timestamp(seconds: 1_790_000_000)
    let catalog: any Catalog
    let jobs: ScriptedJobs
    let application: APIApplication
    let keyring = Keyring()

    init(
        settings: APISettings = Fixture.exact, report: DeviceImportReport = .init(added: 0, changed: 0, unchanged: 0),
        snmp: SNMPStatisticsSource = SNMPStatisticsSource(), metrics: MetricsSource = MetricsSource(),
        topology: TopologySource = TopologySource(), anomalies: AnomalySource = AnomalySource(),
        alerts: AlertSource = AlertSource(), catalog: (any Catalog)? = nil, shared: SharedAnswers? = nil
    ) throws {
        let catalog: any Catalog = try catalog ?? SQLiteCatalog.inMemory()
        self.catalog = catalog
        jobs = ScriptedJobs(catalog: catalog)
        let keyring = keyring
        var services = APIServices(
            catalog: catalog, jobs: jobs, rules: LiveRules(rules: try RuleSet.load(user: nil)),
            importDevices: { _ in report },
            seal: { keyring.seal($0) }, open: { try keyring.open($0) }, hashToken: { "hash of \($0.reveal())" },
            snmp: snmp, metrics: metrics, topology: topology, anomalies: anomalies, alerts: alerts, now: { Self.now },
            version: "1.2.3",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        services.shared = shared
        application = APIApplication(services: services, settings: settings)
    }

    /// Lists always show the latest state.
    static var exact: APISettings {
        var settings = APISettings()
        settings.staleSecondsMax = 0
        return settings
    }

    /// Adds a device with interfaces of these types.
    @discardableResult
    func add(_ name: String, _ types: [InterfaceType] = [], address: String? = nil) async throws -> (
        Device, [Interface]
    ) {
        let device = Device(name: name, address: address ?? "\(name).example", at: Self.now)
        let rows = types.enumerated().map { place, type in
            var facts = InterfaceFacts(ifIndex: Int64(place + 1))
            facts.ifName = "Gi0/\(place + 1)"
            facts.ifType = 6
            facts.ifSpeed = 1_000_000_000
            facts.adminStatus = 1
            facts.operStatus = 1
            var row = Interface(deviceID: device.id, facts: facts, at: Self.now)
            row.interfaceType = type
            row.isCritical = type == .isp
            row.classificationRule = "a-rule"
            row.classificationConfidence = 0.9
            return row
        }
        try await catalog.reviseDevices(.ids([])) { _ in
            var revision = DeviceRevision()
            revision.inserted = [device]
            return (revision, ())
        }
        try await catalog.reviseInterfaces(of: [device.id]) { _ in
            var revision = InterfaceRevision(deviceID: device.id)
            revision.inserted = rows
            return ([revision], ())
        }
        return (device, rows)
    }

    /// Sends a request to a path below the prefix.
    func send(
        _ method: String, _ path: String, _ body: String? = nil, type: String = "application/json",
        headers: [APIHeader] = [], origin: APIRequest.Origin = .process
    ) async -> APIResponse {
        let content = body == nil ? [] : [APIHeader("Content-Type", type)]
        return await application.respond(
            to: APIRequest(
                method, "/api/v1" + path, headers: content + headers, body: Array((body ?? "").utf8), origin: origin))
    }
}

/// Seals by keeping the profile behind a number, so that tests need no vault; a box it did not make does not open.
final class Keyring: Sendable {
    struct Refusal: Error, CustomStringConvertible {
        let description = "another key sealed it; enter the profile again"
    }

    private let kept = Mutex<[CredentialProfile]>([])

    func seal(_ profile: CredentialProfile) -> SealedProfile {
        let number = kept.withLock { kept in
            kept.append(profile)
            return kept.count
        }
        return SealedProfile(
            name: profile.name, version: profile.version, sealed: Array(String(number).utf8),
            createdAt: profile.createdAt, updatedAt: profile.updatedAt)
    }

    func open(_ sealed: SealedProfile) throws -> CredentialProfile {
        let kept = kept.withLock { $0 }
        guard let number = Int(String(decoding: sealed.sealed, as: UTF8.self)), (1...kept.count).contains(number) else {
            throw Refusal()
        }
        return kept[number - 1]
    }
}

/// Jobs that are recorded and never done.
final class ScriptedJobs: JobControl {
    private let catalog: any Catalog
    private let (stream, continuation) = AsyncStream.makeStream(of: JobRun.self)

    init(catalog: any Catalog) {
        self.catalog = catalog
    }

    func schedules() async -> [JobScheduleView] {
        [
            JobScheduleView(
                job: "discover-all-interfaces", schedule: "hourly at :00", enabled: true, nextRunAt: Fixture.now)
        ]
    }

    func start(job: String, subject: String?, parameters: [String: String]) async throws(JobError) -> JobStart {
        let known = [
            "discover-all-interfaces", "discover-device-interfaces", "sweep", "discover-topology",
            "discover-device-topology", "learn-baselines", "relearn-baselines",
        ]
        guard known.contains(job) else { throw JobError(.unknownJob, message: "no job is called '\(job)'") }
        let run = JobRun(job: job, subject: subject, trigger: .manual, scheduledAt: Fixture.now)
        do { try await catalog.saveJobRun(run) } catch { throw JobError(.catalog, message: error.message) }
        continuation.yield(run)
        return .started(run)
    }

    func cancel(_ id: JobRunID) async throws(JobError) -> JobRun {
        throw JobError(.unknownRun, message: "no run has the id \(id)")
    }

    /// A run that waits in the process and is not recorded yet.
    static let waiting = JobRun(job: "discover-all-interfaces", trigger: .startup, scheduledAt: Fixture.now)

    func activeRun(_ id: JobRunID) async -> JobRun? { id == Self.waiting.id ? Self.waiting : nil }

    func updates() async -> AsyncStream<JobRun> { stream }
}

extension APIResponse {
    /// The body as a document.
    var document: JSONValue {
        get throws { try JSONParser.parse(bytes) }
    }

    /// The whole body, pieces too.
    var wholeText: String {
        get async throws {
            guard case .pull(let next) = body else { return text }
            var bytes: [UInt8] = []
            while let piece = try await next() { bytes += piece }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// The body as text.
    var text: String { String(decoding: bytes, as: UTF8.self) }
}
