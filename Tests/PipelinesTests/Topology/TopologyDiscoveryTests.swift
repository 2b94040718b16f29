import Catalog
import Classification
import Discovery
import Inventory
import Jobs
import Synchronization
import Testing

@testable import Pipelines

@Suite(.timeLimit(.minutes(5)))
struct TopologyDiscoveryTests {
    /// A neighbour heard on the interface of this number, which names itself and its port.
    private static func row(
        _ ifIndex: Int64, _ name: String, _ port: String, _ capabilities: Set<NeighbourCapability> = [.bridge],
        by heardBy: NeighbourProtocol = .lldp
    ) -> NeighbourReading {
        var row = NeighbourReading(heardBy: heardBy, localPort: "\(ifIndex)")
        row.localIfIndex = ifIndex
        row.localPortRule = .bridgePort
        row.systemName = name
        row.port = NeighbourID(subtype: 5, kind: .text, text: port)
        row.capabilities = capabilities
        return row
    }

    private static func hears(_ rows: [NeighbourReading]) -> DeviceNeighbours {
        var answer = DeviceNeighbours()
        answer.neighbours = rows
        answer.local.protocols = [.lldp]
        return answer
    }

    /// Three switches with two ports each, discovered already; the first hears the second and a stranger.
    private static func scene(_ count: Int = 3) async throws -> Scene {
        let scene = Scene(Scene.devices(count))
        for device in scene.catalog.allDevices {
            scene.script.set(device.name) { _, _ in Scene.reading(["Gi0/1", "Gi0/2"]) }
        }
        scene.script.setNeighbours("D001") { _ in
            Self.hears([Self.row(1, "D002.example.net", "Gi0/1"), Self.row(2, "isp-router", "xe-0", [.router])])
        }
        scene.script.setNeighbours("D002") { _ in Self.hears([Self.row(1, "D001", "Gi0/1")]) }
        _ = try await scene.jobs().discovery.discoverAll(scene.context())
        return scene
    }

    private static func discover(_ scene: Scene) async throws -> JobOutcome {
        try await scene.jobs().topology.discoverAll(scene.context(PipelineJobs.discoverTopology))
    }

    private static func interface(_ scene: Scene, _ device: String, _ name: String) throws -> Interface {
        let id = try #require(scene.catalog.allDevices.first { $0.name == device }?.id)
        return try #require(
            scene.catalog.allInterfaces.first { $0.deviceID == id && $0.facts.ifName == name })
    }

    @Test("A discovery stores neighbours, connections and links and says so in the lines operators grep")
    func goldenLines() async throws {
        let scene = try await Self.scene()
        let clock = scene.clock
        scene.script.setNeighbours("D003") { _ in
            clock.advance(bySeconds: 1.25)
            return DeviceNeighbours()
        }
        let before = scene.log.recorded.count
        let outcome = try await Self.discover(scene)
        #expect(
            scene.log.recorded.dropFirst(before) == [
                "info Starting topology discovery for 3 devices", "info Discovered 3 connections",
                "info Mapped 2 connections to database devices", "info Found 1 orphan device",
                "info Topology discovery completed in 1.3 seconds",
            ])
        #expect(outcome.completion == .succeeded)
        #expect(
            outcome.message
                == "3 connections of 3 devices, 2 mapped, in 1.3 seconds; 2 links appeared, 0 vanished")
        let cables = scene.catalog.allLinks.filter { !$0.link.isOrphan }
        #expect(cables.count == 1 && cables.first?.link.isSeenFromOneSide == false)
        let results = scene.report.content.results
        #expect(results["devices_read"] == 3 && results["devices_failed"] == 0)
        #expect(results["connections"] == 3 && results["connections_mapped"] == 2 && results["orphan_devices"] == 1)
        #expect(scene.report.content.done == 3 && scene.report.content.total == 3)
        #expect(try await scene.catalog.topologyState().revision == 1)
    }

    @Test("A discovery that finds the same again makes no revision and writes no interface")
    func unchanged() async throws {
        let scene = try await Self.scene()
        _ = try await Self.discover(scene)
        let before = (scene.catalog.allInterfaces, scene.catalog.allLinks, scene.catalog.allNeighbours.map(\.id))
        scene.clock.advance(bySeconds: 86_400)
        _ = try await Self.discover(scene)
        #expect(scene.catalog.allInterfaces == before.0)
        #expect(scene.catalog.allLinks == before.1)
        #expect(scene.catalog.allNeighbours.map(\.id) == before.2)
        #expect(try await scene.catalog.topologyState().revision == 1)
        #expect(scene.catalog.allNeighbours.allSatisfy { $0.lastSeenAt == scene.clock.now })
    }

    @Test("A device that does not answer keeps its neighbours, and the run is partial")
    func failures() async throws {
        let scene = try await Self.scene()
        _ = try await Self.discover(scene)
        let (neighbours, links) = (scene.catalog.allNeighbours, scene.catalog.allLinks)
        scene.script.setNeighbours("D001") { _ in throw PipelineError(.deviceFailed, message: "no route") }
        scene.script.setNeighbours("D003") { _ in
            var answer = DeviceNeighbours()
            answer.failed[.cdp] = "timeout"
            return answer
        }
        scene.clock.advance(bySeconds: 60)
        let outcome = try await Self.discover(scene)
        #expect(outcome.completion == .partial)
        #expect(
            outcome.message?.hasSuffix("1 device could not be read: D001; 1 device read in part: D003") == true,
            "\(outcome.message ?? "")")
        #expect(scene.log.recorded.contains("warning 1 device could not be read: D001"))
        #expect(scene.catalog.allLinks.map(\.id) == links.map(\.id))
        #expect(scene.catalog.allNeighbours.map(\.id) == neighbours.map(\.id))
        #expect(scene.catalog.allDevices.allSatisfy { $0.lastError == nil })
    }

    @Test("Where no device answers nothing is written and the run has failed")
    func nobody() async throws {
        let scene = try await Self.scene()
        for name in ["D001", "D002", "D003"] {
            scene.script.setNeighbours(name) { _ in throw PipelineError(.deviceFailed, message: "no route") }
        }
        let error = await #expect(throws: PipelineError.self) { try await Self.discover(scene) }
        #expect(error?.code == .deviceFailed)
        #expect(error?.message.hasPrefix("none of 3 devices could be read") == true)
        #expect(scene.catalog.state.withLock { $0.topology.writes } == 0)
    }

    @Test("Cancelling before the end changes nothing")
    func cancelled() async throws {
        let scene = try await Self.scene()
        let clock = scene.clock
        let forever = clock.now.advanced(bySeconds: 1000)
        scene.script.setNeighbours("D003") { _ in
            try await clock.sleep(until: forever)
            return DeviceNeighbours()
        }
        let run = Task { try await Self.discover(scene) }
        await clock.untilSleeping(until: forever)
        run.cancel()
        await #expect(throws: CancellationError.self) { try await run.value }
        #expect(scene.catalog.state.withLock { $0.topology.writes } == 0)
        #expect(
            scene.log.recorded.last?.hasSuffix("of 3 devices; nothing was changed") == true,
            "\(scene.log.recorded.last ?? "")")
    }

    @Test("A neighbour decides what a port is for, an operator's word stays, and a lost neighbour leaves no trace")
    func reclassification() async throws {
        var scene = try await Self.scene()
        let rules = try RuleSet.load(user: nil)
        scene.rules = { rules.classifier }
        _ = try await scene.jobs().discovery.discoverAll(scene.context())
        let before = try Self.interface(scene, "D003", "Gi0/1")
        let chosen = try Self.interface(scene, "D003", "Gi0/2")
        scene.catalog.state.withLock { state in
            state.live[chosen.id]?.overrides = [.interfaceType]
            state.live[chosen.id]?.interfaceType = .camera
        }
        let phones = Self.hears([
            Self.row(1, "SEP001122334455", "Port 1", [.telephone, .bridge]), Self.row(1, "pc-17", "eth0", [.station]),
            Self.row(2, "SEP001122334456", "Port 1", [.telephone, .bridge]),
        ])
        scene.script.setNeighbours("D003") { _ in phones }
        _ = try await Self.discover(scene)
        let heard = try Self.interface(scene, "D003", "Gi0/1")
        #expect(before.interfaceType == .access && heard.interfaceType == .voice)
        #expect(heard.classificationConfidence > before.classificationConfidence)
        #expect(try Self.interface(scene, "D003", "Gi0/2").interfaceType == .camera)
        // The hourly discovery reads no neighbours; the stored ones count.
        scene.clock.advance(bySeconds: 3600)
        _ = try await scene.jobs().discovery.discoverAll(scene.context())
        _ = try await scene.jobs().reclassification.run(scene.context(PipelineJobs.reclassify))
        #expect(try Self.interface(scene, "D003", "Gi0/1").interfaceType == .voice)
        scene.script.setNeighbours("D003") { _ in Self.hears([]) }
        _ = try await Self.discover(scene)
        let lost = try Self.interface(scene, "D003", "Gi0/1")
        #expect(lost.interfaceType == .access)
        #expect(lost.classificationConfidence == before.classificationConfidence)
        #expect(lost.classificationRule == before.classificationRule)
    }

    @Test("One device is read alone, its sums are told, and its rows are matched with all others")
    func oneDevice() async throws {
        let scene = try await Self.scene()
        let devices = scene.catalog.allDevices
        let topology = try scene.jobs().topology
        func run(_ subject: String) async throws -> JobOutcome {
            try await topology.discoverOne(scene.context(PipelineJobs.discoverDeviceTopology, subject: subject))
        }
        let first = try await run("\(devices[0].id)")
        #expect(first.message?.hasPrefix("2 connections of 1 device, 1 mapped") == true, "\(first.message ?? "")")
        let second = try await run("\(devices[1].id)")
        #expect(second.message?.hasPrefix("1 connection of 1 device, 1 mapped") == true, "\(second.message ?? "")")
        let cables = scene.catalog.allLinks.filter { !$0.link.isOrphan }
        #expect(cables.count == 1 && cables.first?.link.isSeenFromOneSide == false)
        #expect(scene.script.asked.filter { $0.hasSuffix("neighbours") } == ["D001 neighbours", "D002 neighbours"])
        for (subject, code) in [("x", PipelineError.Code.invalidRequest), ("\(DeviceID.random())", .noSuchDevice)] {
            let error = await #expect(throws: PipelineError.self) { try await run(subject) }
            #expect(error?.code == code)
        }
        scene.script.setNeighbours("D003") { _ in throw PipelineError(.deviceFailed, message: "no route") }
        let error = await #expect(throws: PipelineError.self) { try await run("\(devices[2].id)") }
        #expect(error?.message == "D003: no route")
    }

    @Test("What another run stored while this one was reading is newer and stays")
    func overtaken() async throws {
        let scene = try await Self.scene()
        let (clock, catalog) = (scene.clock, scene.catalog)
        let devices = catalog.allDevices
        let port = try Self.interface(scene, "D002", "Gi0/2")
        scene.script.setNeighbours("D002") { _ in
            // It is read now; another run reads it later and is done before this one.
            clock.advance(bySeconds: 10)
            let newer = Neighbour(
                deviceID: devices[1].id, interfaceID: port.id, reading: Self.row(2, "D001", "Gi0/1"), at: clock.now)
            catalog.state.withLock { $0.topology.beforeNext = { $0.neighbours[newer.id] = newer } }
            clock.advance(bySeconds: 10)
            return Self.hears([Self.row(1, "D001", "Gi0/1")])
        }
        _ = try await Self.discover(scene)
        let rows = catalog.allNeighbours.filter { $0.deviceID == devices[1].id }
        #expect(rows.map(\.reading.localIfIndex) == [2])
    }

    @Test("No more devices are read at once than the settings say")
    func bounds() async throws {
        var scene = Scene(Scene.devices(40))
        scene.settings.devicesInFlightMax = 4
        let (clock, narrow) = (scene.clock, scene)
        let until = clock.now.advanced(bySeconds: 1)
        for device in scene.catalog.allDevices {
            scene.script.setNeighbours(device.name) { _ in
                try await clock.sleep(until: until)
                return DeviceNeighbours()
            }
        }
        async let outcome = Self.discover(narrow)
        await clock.untilSleeping(count: 4)
        clock.advance(to: until)
        #expect(try await outcome.completion == .succeeded)
        #expect(scene.script.readingMost == 4)
    }

    @Test("Devices that are switched off are not asked")
    func switchedOff() async throws {
        let scene = try await Self.scene()
        let id = scene.catalog.allDevices[1].id
        scene.catalog.state.withLock { $0.devices[id]?.enabled = false }
        _ = try await Self.discover(scene)
        #expect(
            scene.script.asked.filter { $0.hasSuffix("neighbours") }.sorted() == ["D001 neighbours", "D003 neighbours"])
    }
}
