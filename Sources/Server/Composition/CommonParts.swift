import Cluster
import API
import Catalog
import Classification
import Inventory
import Jobs
import Logging
import Pipelines
import SNMP
import Series
import Vault

/// What most parts of this process are made with.
struct CommonParts: Sendable {
    let configuration: ServerConfiguration
    let purpose: Services.Purpose
    let catalog: any Catalog
    let series: any SeriesStore
    let vault: Vault
    let engine: Engine
    let resolver: AddressResolver
    let clock: any WallClock
    let logger: Logger
    /// What is shared with other processes; nil where this one is a whole system of its own.
    let cluster: ClusterParts?

    /// Whether this process polls devices.
    var polls: Bool { cluster.map { $0.roles.contains(.worker) } ?? true }

    /// Whether this process looks for alerts and anomalies now.
    var evaluates: Bool { cluster.map { $0.keeper.tenure.duties[.evaluator] != nil } ?? true }

    /// How collection stands, in all processes together.
    func standing(of collection: MetricsCollection) -> CollectionStatistics {
        let own = collection.statistics()
        return cluster?.standings.total(own) ?? own
    }

    /// Opens a sealed credential profile.
    var open: @Sendable (SealedProfile) throws -> CredentialProfile {
        { [vault] in try vault.open($0) }
    }

    /// The present moment.
    var now: @Sendable () -> Timestamp {
        { [clock] in clock.now }
    }

    var directory: DataDirectory { DataDirectory(path: configuration.dataDirectory) }

    /// The catalog's file as it is now; nil where the catalog is a database.
    var catalogFile: CatalogFile? {
        configuration.catalog.url == nil ? CatalogFile(path: directory.catalogPath) : nil
    }
}

extension CommonParts {
    /// The polls of this process's share of the devices.
    func collection(
        _ settings: CollectionSettings, _ pipelines: PipelineSettings
    ) throws(PipelineError) -> MetricsCollection {
        let catalog = catalog
        var parts = MetricsCollection.Parts(
            engine: engine, catalog: catalog, revision: { try await catalog.revision() }, openProfile: open,
            resolver: resolver, series: series, clock: clock, logger: logger)
        if let cluster { parts.share = cluster.share }
        return try MetricsCollection(parts, settings: settings, pipelines: pipelines)
    }
}

extension TrapDesk.Parts {
    /// What a process's desk of traps works with.
    init(_ common: CommonParts, runner: JobRunner, followUp: TopologyFollowUp, desk: AlertDesk) {
        self.init(
            catalog: common.catalog, open: common.open, resolver: common.resolver, runner: runner,
            clock: common.clock, logger: common.logger)
        heard = { await common.heard($0, by: desk) }
        // Who follows up neighbours asks devices; another process posts the work.
        neighboursChanged = { device in
            if common.polls { return followUp.note([device]) }
            Task { _ = try? await runner.start(job: PipelineJobs.discoverDeviceTopology, subject: "\(device)") }
        }
    }
}

extension APIServices {
    /// The parts as the API sees them.
    init(
        _ common: CommonParts, rules: RuleFile, reload: @escaping @Sendable () async throws -> LiveRules.Reload,
        runner: JobRunner, collection: MetricsCollection, watch: AnomalyWatch, holidays: HolidayFile,
        alerts: AlertParts, traps: TrapDesk, version: String
    ) {
        let (configuration, purpose, catalog) = (common.configuration, common.purpose, common.catalog)
        let (vault, now) = (common.vault, common.now)
        self.init(
            catalog: catalog, jobs: RunnerControl(runner: runner, cluster: common.cluster), rules: rules.rules,
            reloadRules: rules.path == nil ? nil : reload,
            importDevices: { try await DeviceImporter(catalog: catalog, vault: vault, now: now).run($0) },
            seal: { try vault.seal($0) }, open: common.open,
            hashToken: { AccessTokenSecret.hash($0.reveal()) },
            snmp: SNMPStatisticsSource(common.engine, resolver: common.resolver),
            metrics: MetricsSource(collection, common), topology: TopologySource(configuration),
            anomalies: AnomalySource(configuration, purpose, watch: watch, holidays: holidays),
            alerts: AlertSource(alerts, common),
            probes: HealthProbes.all(
                rules: rules, catalog: catalog, engine: common.engine, file: common.catalogFile)
                + [
                    traps.probe, CollectionReport.probe(collection, common),
                    SeriesOpening.probe(common.series, purpose), AnomalyReport.probe(watch, common),
                    AlertReport.probe(alerts, common), AlertReport.deliveriesProbe(alerts, common),
                ] + (common.cluster.map { [$0.probe] } ?? []),
            now: now, version: version, logger: common.logger)
    }
}
