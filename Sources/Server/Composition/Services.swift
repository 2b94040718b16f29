public import API
public import Catalog
import Classification
import Cluster
import Inventory
import Jobs
public import Logging
import Pipelines
import SNMP
public import Series
import Vault

/// All parts of the system on one data directory, put together in one place.
///
/// `serving` does what is due by itself; `once` does only what it is asked, beside a server too.
public final class Services: Sendable {
    /// What the parts are opened for.
    public enum Purpose: Sendable, Hashable {
        /// A server: the data directory is locked, schedules are on.
        case serving
        /// One command: nothing runs that was not asked for.
        case once
    }

    /// How all of it is set up.
    public let configuration: ServerConfiguration
    /// Devices, interfaces, runs, profiles, tokens.
    public let catalog: any Catalog
    /// The API without a socket.
    public let application: APIApplication
    /// The log.
    public let logger: Logger
    let runner: JobRunner
    let rules: RuleFile
    /// Reads the rule file again, and applies what is new where the configuration says so.
    let reloadRules: @Sendable () async throws -> LiveRules.Reload
    /// The devices whose cabling is news.
    let topologyFollowUp: TopologyFollowUp
    private let engine: Engine
    private let lock: ServerLock?
    /// Listens for traps, once a server opens it.
    let traps: TrapDesk
    /// Keeps what the engine learns of agents; nil where that is not this process's business.
    let agents: AgentMemoryKeeper?
    /// What polls read; a command opens it when it asks.
    public let series: any SeriesStore
    /// The polls of counters and status; they begin when a server runs them.
    let collection: MetricsCollection
    /// What is usual, and what is not.
    let watch: AnomalyWatch
    /// What is wrong, and who is told.
    let alerts: AlertParts
    /// What is shared with other processes; nil where this one is a whole system of its own.
    let cluster: ClusterParts?
    /// Passes on between this process and the others; nil where there are none.
    let clusterDesk: ClusterDesk?
    private let purpose: Purpose

    /// Opens all parts; makes the data directory, the catalog and the key where there are none.
    ///
    /// - Parameters:
    ///   - environment: Where a key or a key file may be named.
    ///   - version: The program's version, for `/health` and the API's document.
    /// - Throws: `ConfigurationError`, `DataDirectoryError`, `CatalogError`, `VaultError`, `SNMPError`,
    /// `PipelineError`,
    ///   `SeriesError`, each with a remedy.
    public static func open(
        _ configuration: ServerConfiguration, for purpose: Purpose, environment: [String: String] = [:],
        version: String, logger: Logger
    ) async throws -> Services {
        let directory = DataDirectory(path: configuration.dataDirectory)
        try directory.make()
        let lock = purpose == .serving ? try directory.lock() : nil
        let rules = try RuleFile(path: configuration.rulesFile, logger: logger)
        let alertFile = try AlertFileWatch(
            configuration, purpose, environment: environment, now: { SystemWallClock().now }, logger: logger)
        let vault = Vault(key: try VaultKey.load(environment: environment, dataDirectory: directory.path))
        let catalog = try await CatalogOpening.open(configuration, environment: environment)
        var series: (any SeriesStore)?
        var cluster: ClusterParts?
        do {
            if purpose == .serving {
                cluster = try await ClusterOpening.open(
                    configuration, environment: environment, version: version, logger: logger)
                cluster?.fence(catalog)
            }
            let store = try await SeriesOpening.open(configuration, purpose, catalog: catalog, logger: logger)
            series = store
            let services = try Services(
                configuration, purpose, catalog: catalog, series: store, vault: vault, rules: rules,
                alertFile: alertFile, cluster: cluster, lock: lock, version: version, logger: logger)
            // Before anything can be asked.
            if purpose == .serving { await services.recallAgents() }
            return services
        } catch {
            await cluster?.disconnect()
            await series?.close()
            try? await catalog.close()
            throw error
        }
    }

    private init(
        _ configuration: ServerConfiguration, _ purpose: Purpose, catalog: any Catalog, series: any SeriesStore,
        vault: Vault, rules: RuleFile, alertFile: AlertFileWatch, cluster: ClusterParts?, lock: ServerLock?,
        version: String, logger: Logger
    ) throws {
        self.configuration = configuration
        self.catalog = catalog
        self.series = series
        self.logger = logger
        self.rules = rules
        self.lock = lock
        self.purpose = purpose
        self.cluster = cluster
        let engine = try Engine(configuration.engine)
        self.engine = engine
        let clock = SystemWallClock()
        agents = purpose == .serving ? AgentMemoryKeeper(catalog: catalog, clock: clock, engine: engine) : nil
        let (settings, collecting, watching) = configuration.settings(for: purpose)
        let resolver = AddressResolver(
            clock: clock, secondsKept: settings.nameSecondsKept, secondsMax: settings.nameSecondsMax)
        let common = CommonParts(
            configuration: configuration, purpose: purpose, catalog: catalog, series: series, vault: vault,
            engine: engine, resolver: resolver, clock: clock, logger: logger, cluster: cluster)
        let source = DeviceSource.network(engine: engine, resolver: resolver, settings: settings)
        let jobs = try PipelineJobs(
            catalog: catalog, vault: vault, source: source, rules: rules.rules, settings: settings)
        let followUp = jobs.topologyFollowUp
        topologyFollowUp = followUp
        let collection = try common.collection(collecting, settings)
        self.collection = collection
        let census = cluster?.census(common.polls ? collection : nil, settings)
        let metricJobs = MetricsJobs(
            collection: collection, summaries: InterfaceSummaries(catalog: catalog, series: series),
            books: census?.source)
        let late = LateRunner()
        let holidays = try HolidayFile(configuration.holidays)
        let watch = try AnomalyWatch(
            AnomalyWatch.Parts(
                configuration, purpose, catalog: catalog, series: series, holidays: holidays, runner: late,
                clock: clock, logger: logger), settings: watching)
        self.watch = watch
        let alerts = try AlertParts(
            common, file: alertFile, collection: collection, runner: late, settings: settings)
        self.alerts = alerts
        let all = jobs.definitions + metricJobs.definitions + AnomalyJobs(watch: watch).definitions + alerts.definitions
        let remote = cluster.map { RemoteWork($0.queue, $0.wire, logger: logger) }
        let runner = JobRunner(
            definitions: cluster?.arranged(all, remote) ?? all,
            catalog: catalog, clock: clock, zone: configuration.zone, logger: logger,
            settings: configuration.runnerSettings)
        self.runner = runner
        late.set(runner)
        clusterDesk = ClusterDesk(
            common, collection: collection, runner: runner, watch: watch, alerts: alerts, remote: remote,
            census: census, jobs: all)
        let traps = TrapDesk(
            configuration.traps, TrapDesk.Parts(common, runner: runner, followUp: followUp, desk: alerts.desk))
        self.traps = traps
        let reload = Self.reloading(rules, runner, configuration, logger)
        reloadRules = reload
        var services = APIServices(
            common, rules: rules, reload: reload, runner: runner, collection: collection, watch: watch,
            holidays: holidays, alerts: alerts, traps: traps, version: version)
        ProcessNumbers.begin()
        services.process = ProcessNumbers.all
        services.shared = common.cluster?.sharedAnswers
        application = APIApplication(services: services, settings: configuration.apiSettings(purpose))
    }

    /// Does a body with the API of a data directory, in this process, and closes everything after it.
    ///
    /// Jobs that the body starts are at work until they end or the body does; what is at work then is cancelled.
    public static func withTransport<Outcome: Sendable>(
        _ configuration: ServerConfiguration, environment: [String: String] = [:], version: String, logger: Logger,
        _ body: @Sendable (any APITransport) async throws -> Outcome
    ) async throws -> Outcome {
        let services = try await open(
            configuration, for: .once, environment: environment, version: version, logger: logger)
        let result: Result<Outcome, any Error> = await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await services.runner.run() } catch { logger.error("jobs ended: \(error)") }
            }
            let result: Result<Outcome, any Error>
            do {
                result = .success(try await body(InProcessTransport(services.application)))
            } catch {
                result = .failure(error)
            }
            services.runner.stop()
            return result
        }
        await services.close()
        return try result.get()
    }

    /// Gives the engine what was learnt before; without it everything works, the first requests apart, more slowly.
    private func recallAgents() async {
        do {
            try await agents?.recallAll()
        } catch {
            logger.warning("what was learnt of agents before cannot be read: \(error)")
        }
    }

    /// Closes what is open; nothing works after it.
    public func close() async {
        if let agents {
            do { try await agents.save() } catch { logger.warning("what was learnt of agents was not kept: \(error)") }
        }
        if purpose == .serving {
            do { try await watch.save() } catch { logger.warning("what is usual was not kept: \(error)") }
        }
        watch.finish()
        await alerts.close()
        engine.shutdown()
        await series.close()
        await cluster?.keeper.leave()
        await cluster?.disconnect()
        do { try await catalog.close() } catch { logger.warning("the catalog was not closed well: \(error)") }
    }
}

extension ServerConfiguration {
    /// How jobs go about their work; one command does nothing that it was not asked for.
    fileprivate func settings(
        for purpose: Services.Purpose
    ) -> (PipelineSettings, CollectionSettings, AnomalySettings) {
        var (pipelines, collection, anomalies) = (pipelines, collection, anomalies)
        if purpose == .once {
            (pipelines.discoverAllSchedule, pipelines.cleanUpSchedule) = (nil, nil)
            pipelines.discoverTopologySchedule = nil
            (collection.collectSchedule, collection.summariesSchedule) = (nil, nil)
            (anomalies.checkSchedule, anomalies.learnSchedule) = (nil, nil)
        }
        return (pipelines, collection, anomalies)
    }

    /// How the job runner keeps its records.
    var runnerSettings: JobRunnerSettings {
        var settings = JobRunnerSettings()
        settings.keepSeconds = Double(jobRunsKeptDays) * 86_400
        // In a cluster one process at a time starts what is due.
        settings.schedulesWait = cluster.roles != nil
        return settings
    }

    /// How the API answers.
    func apiSettings(_ purpose: Services.Purpose) -> APISettings {
        var settings = APISettings()
        settings.isLoopbackOnly = isLoopback
        settings.requiresToken = requiresToken || !isLoopback
        if purpose == .once { settings.staleSecondsMax = 0 }
        return settings
    }
}
