import Discovery
import Inventory
import Jobs
import SNMP
import SNMPLab
import Testing

@testable import Pipelines

/// The simulated bank, read over the wire: what is found is compared with how it was cabled.
@Suite(.timeLimit(.minutes(5)))
struct BankTopologyTests {
    /// One cable as `DEVICE port | DEVICE port`, the smaller end first.
    private static func cable(_ ends: [(device: String, port: String)]) -> String {
        ends.map { "\($0.device) \($0.port)" }.sorted().joined(separator: " | ")
    }

    /// Cables between devices of the network that at least one end tells of.
    private static func cables(of network: SimulatedNetwork) -> [String] {
        var found: Set<String> = []
        for device in network.devices {
            for neighbour in device.neighbours where neighbour.device != nil {
                guard case .interface(let far, let position)? = device.truth[neighbour.position].farEnd else {
                    continue
                }
                found.insert(
                    cable([
                        (device.name, device.interfaces[neighbour.position].name),
                        (network.devices[far].name, network.devices[far].interfaces[position].name),
                    ]))
            }
        }
        return found.sorted()
    }

    @Test("Every cable of the bank is found, with the right ports, and none that is not there")
    func everyCable() async throws {
        let network = try SimulatedNetwork(named: "bank-876")
        let lab = try LabServer(LabConfiguration(sources: .network(network)))
        try lab.start()
        defer { lab.stop() }
        let then = Timestamp(seconds: 1_795_354_200)
        let engine = try Engine()
        defer { engine.shutdown() }
        let clock = SystemWallClock()
        let settings = PipelineSettings()
        let catalog = MemoryCatalog(
            devices: network.devices.map { device in
                Device(name: device.name, address: network.address(of: device), port: Int(lab.port), at: then)
            })
        let scene = Scene([])
        let source = DeviceSource.network(
            engine: engine, resolver: AddressResolver(clock: clock, secondsKept: 300, secondsMax: 5),
            settings: settings)
        let jobs = try PipelineJobs(
            catalog: catalog,
            openProfile: { CredentialProfile(name: $0.name, version: .v2c, community: Secret("public"), at: then) },
            source: source, classifier: { Scene.nameRules }, settings: settings)
        func context(_ job: String) -> JobContext {
            JobContext(
                run: JobRun(job: job, trigger: .manual, scheduledAt: clock.now), clock: clock,
                logger: scene.log.logger, report: scene.report)
        }
        _ = try await jobs.discovery.discoverAll(context(PipelineJobs.discoverAll))
        let before = scene.log.recorded.count
        let outcome = try await jobs.topology.discoverAll(context(PipelineJobs.discoverTopology))
        #expect(outcome.completion == .succeeded, "\(outcome.message ?? "")")
        #expect(
            scene.log.recorded.dropFirst(before).dropLast() == [
                "info Starting topology discovery for 876 devices", "info Discovered 2,145 connections",
                "info Mapped 1,987 connections to database devices", "info Found 158 orphan devices",
            ])
        let rows = Dictionary(uniqueKeysWithValues: catalog.allInterfaces.map { ($0.id, $0) })
        let found = catalog.allLinks.map(\.link).filter { !$0.isOrphan }.map { link in
            Self.cable(
                [link.a, link.b].map { end in
                    (end.deviceName, end.interfaceID.flatMap { rows[$0]?.facts.ifName } ?? "unknown port")
                })
        }
        let expected = Self.cables(of: network)
        #expect(expected.count == network.groundTruth.cables)
        #expect(Set(found).subtracting(expected).sorted() == [])
        #expect(Set(expected).subtracting(found).sorted() == [])
        #expect(found.count == Set(found).count)
    }
}
