import Catalog
import Inventory
import Jobs
@testable import Pipelines
import SNMP
import SNMPLab
import Synchronization

/// A simulated network on loopback, discovered already, and a collection of its counters.
final class LabScene: Sendable {
    let network: SimulatedNetwork
    let lab: LabServer
    /// The lab's time, Unix milliseconds: moves only when told, so that counters are known exactly.
    let labTime: LabTime
    let engine: Engine
    let catalog: MemoryCatalog
    let series = ScriptedSeries()
    let log = LogRecorder()
    let collection: MetricsCollection

    final class LabTime: Sendable {
        private let now: Mutex<Int64>
        init(_ start: Int64) { now = Mutex(start) }
        var milliseconds: Int64 { now.withLock { $0 } }
        func advance(seconds: Int64) { now.withLock { $0 += seconds * 1000 } }
    }

    init(
        _ name: String, version: SNMPVersionName = .v2c, settings: CollectionSettings = LabScene.settings,
        share: CollectionShare = CollectionShare()
    ) throws {
        network = try SimulatedNetwork(named: name)
        let labTime = LabTime(SystemWallClock().now.milliseconds)
        self.labTime = labTime
        lab = try LabServer(LabConfiguration(sources: .network(network), clock: { labTime.milliseconds }))
        try lab.start()
        engine = try Engine()
        catalog = MemoryCatalog()
        Self.fill(catalog, network, port: Int(lab.port))
        let clock = SystemWallClock()
        var pipelines = PipelineSettings()
        pipelines.timeoutMilliseconds = 300
        pipelines.retries = 1
        let catalog = catalog
        var parts = MetricsCollection.Parts(
            engine: engine, catalog: catalog,
            revision: { CatalogRevision(Int64(catalog.state.withLock { $0.revision })) },
            openProfile: {
                CredentialProfile(name: $0.name, version: version, community: Secret("public"), at: $0.createdAt)
            },
            resolver: AddressResolver(clock: clock, secondsKept: 300, secondsMax: 5), series: series, clock: clock,
            logger: log.logger)
        parts.share = share
        collection = try MetricsCollection(parts, settings: settings, pipelines: pipelines)
    }

    /// The longest interval, so that nothing but what a test asks for is polled.
    static var settings: CollectionSettings {
        var settings = CollectionSettings()
        settings.intervalSeconds = 3600
        settings.statusIntervalSeconds = 3600
        settings.flushMilliseconds = 20
        settings.lookSeconds = 0.1
        settings.planSecondsMin = 0.1
        return settings
    }

    func close() {
        engine.shutdown()
        lab.stop()
    }

    /// All is in the catalog as a discovery a minute ago would have left it.
    private static func fill(_ catalog: MemoryCatalog, _ network: SimulatedNetwork, port: Int) {
        let then = SystemWallClock().now.advanced(bySeconds: -60)
        catalog.state.withLock { state in
            for simulated in network.devices {
                let address = network.address(of: simulated)
                var device = Device(name: simulated.name, address: address, port: port, at: then)
                device.lastCompleteDiscoveryAt = then
                device.status = .up
                state.devices[device.id] = device
                for (interface, truth) in zip(simulated.interfaces, simulated.truth) {
                    var facts = InterfaceFacts(ifIndex: Int64(interface.index))
                    facts.ifName = interface.name
                    facts.ifSpeed = Int64(interface.speedBitsPerSecond)
                    facts.adminStatus = Int(interface.adminStatus)
                    facts.operStatus = Int(interface.operStatus)
                    var row = Interface(deviceID: device.id, facts: facts, at: then)
                    row.monitoringEnabled = truth.isMonitored
                    state.live[row.id] = row
                }
            }
        }
    }

    func collect(_ trigger: JobTrigger = .manual, device: DeviceID? = nil, report: JobReport = JobReport()) async throws
        -> JobOutcome
    {
        let run = JobRun(
            job: PipelineJobs.collect, subject: device?.description, trigger: trigger,
            scheduledAt: SystemWallClock().now)
        let context = JobContext(run: run, clock: SystemWallClock(), logger: log.logger, report: report)
        return try await collection.collect(context)
    }

    /// A monitored interface with its true counters at the lab's time.
    struct Truth {
        var row: Interface
        var counters: InterfaceCounters
    }

    var truths: [Truth] {
        let rows = catalog.allInterfaces.filter(\.monitoringEnabled)
        let devices = Dictionary(uniqueKeysWithValues: catalog.allDevices.map { ($0.id, $0.name) })
        let ordinals = Dictionary(uniqueKeysWithValues: network.devices.map { ($0.name, $0.ordinal) })
        return rows.compactMap { row in
            guard let name = devices[row.deviceID], let ordinal = ordinals[name],
                let place = network.devices[ordinal].interfaces.firstIndex(where: { $0.name == row.facts.ifName })
            else { return nil }
            let counters = network.counters(interface: place, ofDevice: ordinal, at: labTime.milliseconds)
            return Truth(row: row, counters: counters)
        }
    }
}

extension InterfaceCounters {
    /// In the order of `CounterKind`.
    var inOrder: SIMD8<UInt64> {
        [
            inbound.octets, outbound.octets, inbound.errors, outbound.errors, inbound.discards, outbound.discards,
            inbound.unicast, outbound.unicast,
        ]
    }
}
