import API
import Catalog
import CatalogPostgres
import Cluster
import Inventory
import Jobs
import Pipelines

/// What this process shares with the others of its cluster.
struct ClusterParts: Sendable {
    let keeper: ClusterKeeper
    let wire: ClusterWire
    let queue: any WorkQueue
    let cache: (any SharedCache)?
    let standings = ClusterStandings()
    /// Ends the connections.
    let disconnect: @Sendable () async -> Void

    init(
        keeper: ClusterKeeper, wire: ClusterWire, queue: any WorkQueue, cache: (any SharedCache)?,
        disconnect: @escaping @Sendable () async -> Void
    ) {
        self.keeper = keeper
        self.wire = wire
        self.queue = queue
        self.cache = cache
        self.disconnect = disconnect
    }

    /// What this process does.
    var roles: Set<ClusterRole> { keeper.node.roles }

    /// What of the inventory this process polls.
    var share: CollectionShare {
        let (keeper, wire) = (keeper, wire)
        var share = CollectionShare()
        share.owns = { keeper.owns($0) }
        share.revision = { keeper.tenure.shards.hashValue }
        share.isCertain = { keeper.isCertain }
        share.tell = { news in
            guard let pieces = try? news.pieces() else { return }
            wire.say(.readings, octets: pieces)
        }
        share.showsRates = roles.contains(.api) || roles.contains(.evaluator)
        return share
    }

    /// What the servers keep for each other; nil where nothing can be kept.
    var sharedAnswers: SharedAnswers? {
        cache.map { cache in
            SharedAnswers(
                value: { await cache.value(of: $0) }, keep: { await cache.keep($0, as: $1, seconds: $2) })
        }
    }

    /// Makes the catalog refuse what this process writes of alerts and anomalies while another one has that duty.
    func fence(_ catalog: any Catalog) {
        #if PostgreSQL
            let keeper = keeper
            (catalog as? PostgresCatalog)?.fence(alerts: { keeper.fence(.evaluator) })
        #endif
    }

    /// The books of all processes together.
    ///
    /// - Parameter own: This process's collection; nil where it polls nothing.
    func census(_ own: MetricsCollection?, _ settings: PipelineSettings) -> CycleCensus {
        var source: MetricsJobs.CycleSource?
        if let own { source = { try await own.cycle(of: $0, pollsNow: $1) } }
        return CycleCensus(keeper, wire, deviceSecondsMax: Double(settings.deviceSecondsMax), own: source)
    }

    /// The jobs as the runner of this process does them.
    func arranged(_ jobs: [JobDefinition], _ remote: RemoteWork?) -> [JobDefinition] {
        remote.map { ClusterJobs.arranged(jobs, for: roles, by: $0) } ?? jobs
    }

    /// How membership stands, for `/health`.
    var probe: HealthProbe {
        let (keeper, wire) = (keeper, wire)
        return HealthProbe(name: "cluster") {
            if let fault = keeper.fault {
                return (
                    .degraded, "PostgreSQL has not answered for \(Int(fault.seconds)) s; polls go on: \(fault.reason)"
                )
            }
            if let fault = wire.fault { return (.degraded, "the other processes are told nothing: \(fault)") }
            let nodes = keeper.nodes
            let workers = nodes.count { $0.roles.contains(.worker) }
            let duties = keeper.tenure.duties.keys.map(\.rawValue).sorted().joined(separator: ", ")
            let own = "this one has \(keeper.tenure.shards.count) shards\(duties.isEmpty ? "" : " and is \(duties)")"
            return (.healthy, "\(nodes.count) processes, \(workers) workers; \(own)")
        }
    }
}

/// A duty passed to another process: this one begins anew, without it.
struct DutyLost: Error {
    let duty: ClusterDuty
}

extension CommonParts {
    /// Passes on what notifications say to whoever looks for alerts.
    func heard(_ traps: [ReceivedTrap], by desk: AlertDesk) async {
        if evaluates { return await desk.take(traps) }
        cluster?.wire.say(.traps, traps.map(HeardTrap.init))
    }
}

extension ClusterDesk {
    /// The parts of this process that others speak with; nil where there are no others.
    init?(
        _ common: CommonParts, collection: MetricsCollection, runner: JobRunner, watch: AnomalyWatch,
        alerts: AlertParts,
        remote: RemoteWork?, census: CycleCensus?, jobs: [JobDefinition]
    ) {
        guard let cluster = common.cluster, let remote, let census else { return nil }
        func bench(_ place: ClusterJobs.Place) -> WorkBench {
            WorkBench(
                ClusterJobs.done(at: place, of: jobs), cluster.queue, cluster.wire, clock: common.clock,
                logger: common.logger)
        }
        self.init(
            cluster: cluster, catalog: common.catalog, collection: collection, runner: runner, watch: watch,
            alerts: alerts, remote: remote, census: census, devices: bench(.worker), evaluation: bench(.evaluator),
            clock: common.clock, logger: common.logger)
    }
}
