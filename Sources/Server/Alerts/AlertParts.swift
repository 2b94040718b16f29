import Cluster
import Topology
import Alerting
import Catalog
import Inventory
import Jobs
import Pipelines
import Synchronization

/// The parts of alerts: the file that says what is looked for and who is told, the desk that finds, the courier that
/// tells.
struct AlertParts: Sendable {
    let file: AlertFileWatch
    let desk: AlertDesk
    let courier: AlertCourier
    /// What rules would have done.
    let past: AlertPast
    private let purpose: Services.Purpose
    private let cluster: ClusterParts?

    /// Puts them together; they rest until `run`.
    init(
        _ common: CommonParts, file: AlertFileWatch, collection: MetricsCollection, runner: LateRunner,
        settings pipelines: PipelineSettings
    ) throws(PipelineError) {
        self.file = file
        purpose = common.purpose
        cluster = common.cluster
        let settings = common.configuration.alertSettings(for: purpose)
        let catalog = common.catalog
        let late = LateCourier()
        let look = SystemLook(common, file: file, collection: collection, runner: runner)
        let place = KnownPlace(PollerPlace(common.configuration), catalog: catalog, clock: common.clock)
        past = AlertPast(common, file: file, place: place)
        let probe = DeviceProbe(
            engine: common.engine, catalog: catalog, open: common.open, resolver: common.resolver, settings: pipelines)
        var finding = AlertDesk.Parts(
            catalog: catalog, alerts: catalog, revision: { try await catalog.revision() }, laws: { file.laws },
            probe: { await probe.answers($0) }, clock: common.clock, logger: common.logger)
        finding.adminStatus = { await probe.adminStatus(of: $1, on: $0) }
        finding.place = { await place.device() }
        finding.openAnomalies = { try await catalog.raisedAnomalies() }
        finding.health = { await look.health() }
        finding.deliveriesWritten = { late.nudge() }
        finding.awaitsDeliveries = true
        let desk = try AlertDesk(finding, settings: settings)
        var telling = AlertCourier.Parts(
            alerts: catalog, senders: { file.senders }, clock: common.clock, logger: common.logger)
        telling.externalURL = common.configuration.externalURL
        telling.report = { await desk.take($0) }
        telling.ended = { await desk.take($0) }
        courier = try AlertCourier(telling, settings: settings)
        late.set(courier)
        self.desk = desk
    }

    /// The job of alerts; alerts are written by one process alone, so that a command does not look for any.
    var definitions: [JobDefinition] {
        if purpose == .serving { return AlertJobs(desk: desk).definitions }
        return [
            JobDefinition(name: PipelineJobs.checkThresholds) { _ in
                throw PipelineError(
                    .invalidRequest, message: "only a server looks for alerts; start it, and ask it by its address")
            }
        ]
    }

    /// Finds alerts and tells of them until the task is cancelled; can be called once.
    func run(_ collection: MetricsCollection, _ watch: AnomalyWatch) async {
        var feeds = AlertFeeds(collection)
        feeds.anomalies = watch.updates()
        if let wire = cluster?.wire {
            // Other processes may poll the port.
            feeds.heard = { change in
                collection.heard(change)
                wire.say(.ports, [change])
            }
        }
        let all = feeds
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await courier.run() }
            await desk.run(all)
        }
    }

    /// Looks whether the alert file changed, and follows it; called now and then.
    func lookAtFile() async {
        guard file.look() else { return }
        file.reload()
        await nudge()
    }

    /// Looks at once at what operators changed, and at what is to be delivered.
    func nudge() async {
        guard purpose == .serving else { return }
        if let cluster, cluster.keeper.tenure.duties[.evaluator] == nil { return cluster.wire.say(.nudges, true) }
        await desk.nudge()
        courier.nudge()
    }

    /// Ends what is told to those who watch, and gives back what notifiers hold.
    func close() async {
        desk.finish()
        await file.close()
    }
}

/// The courier for the desk, which is made before it.
private final class LateCourier: Sendable {
    private let courier = Mutex<AlertCourier?>(nil)

    func set(_ courier: AlertCourier) { self.courier.withLock { $0 = courier } }

    func nudge() { courier.withLock { $0 }?.nudge() }
}

extension ServerConfiguration {
    /// How alerts are found; one command looks for nothing by itself.
    fileprivate func alertSettings(for purpose: Services.Purpose) -> AlertSettings {
        var settings = alerts
        if purpose == .once { settings.checkSchedule = nil }
        return settings
    }
}

extension PollerPlace {
    /// The place of this process.
    init(_ configuration: ServerConfiguration) {
        self.init(configured: configuration.pipelines.topology.pollerDevice, gateways: { DefaultGateways.ofHost() })
    }
}

extension SystemLook {
    /// The look at the parts of this process.
    fileprivate init(
        _ common: CommonParts, file: AlertFileWatch, collection: MetricsCollection, runner: LateRunner
    ) {
        self.init(
            directory: common.directory, catalog: common.catalog,
            file: common.catalogFile, series: common.series, collecting: { common.standing(of: collection) },
            runner: runner, standing: JobStanding(since: common.now(), zone: common.configuration.zone),
            clock: common.clock, receivers: { file.receivers.map(\.name) })
    }
}

extension AnomalyCatalog {
    private static var pageMax: Int { 4096 }

    /// The anomalies that are raised and not over.
    func raisedAnomalies() async throws(CatalogError) -> [Anomaly] {
        var (query, found) = (AnomalyQuery(limit: Self.pageMax), [Anomaly]())
        (query.states, query.isOver) = ([.raised], false)
        while true {
            let page = try await anomalies(query)
            found += page
            guard page.count == query.limit, let last = page.last else { return found }
            query.after = AnomalyPlace(startedAt: last.startedAt, id: last.id)
        }
    }
}
