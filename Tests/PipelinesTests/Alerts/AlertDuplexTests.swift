import Catalog
import Inventory
import Jobs
import SNMP
import SNMPLab
import Synchronization
import Testing

@testable import Pipelines

@Suite("The duplex of interfaces, from the wire to the alert", .timeLimit(.minutes(2)))
struct AlertDuplexTests {
    private static let half = "Duplex of Gi0/1 on SW-1 changed from full to half"

    /// What a discovery makes of the row of the first port.
    private func discover(_ scene: AlertScene, _ duplex: Duplex?) {
        let (id, now) = (scene.ports[0].id, scene.clock.now)
        scene.inventory.state.withLock { state in
            state.live[id]?.facts.duplex = duplex
            state.live[id]?.updatedAt = now
            state.revision += 1
        }
    }

    private func check(_ desk: AlertDesk, _ scene: AlertScene) async throws {
        scene.clock.advance(bySeconds: 60)
        _ = try await desk.check(scene.context())
    }

    private func alerts(_ scene: AlertScene) -> [Alert] {
        scene.memory.alerts.filter { $0.condition == .duplexChanged }
    }

    @Test("A change is one alert, told once, and over after an hour")
    func tellsAChange() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        for duplex in [nil, .full, .full, nil] as [Duplex?] {
            discover(scene, duplex)
            try await check(desk, scene)
            #expect(alerts(scene).isEmpty)
        }
        discover(scene, .half)
        try await check(desk, scene)
        #expect(alerts(scene).map(\.message) == [Self.half])
        #expect(alerts(scene).map(\.severity) == [.medium])
        for _ in 1...59 { try await check(desk, scene) }
        #expect(alerts(scene).map(\.state) == [.firing])
        for _ in 1...2 { try await check(desk, scene) }
        #expect(alerts(scene).map(\.state) == [.resolved])
        let told = scene.memory.deliveries.flatMap(\.alerts).map { ($0.isOpen ? "" : "over: ") + $0.message }
        #expect(told == [Self.half, "over: " + Self.half])
    }

    @Test("Half duplex at first sight is no change, and neither is one of a port that is not monitored")
    func tellsNoFirstSight() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        try await check(desk, scene)
        scene.inventory.state.withLock { $0.live[scene.ports[0].id]?.facts.ifSpeed = 1_000_000_000 }
        discover(scene, .half)
        try await check(desk, scene)
        scene.inventory.state.withLock { $0.live[scene.ports[0].id]?.monitoringEnabled = false }
        discover(scene, .full)
        try await check(desk, scene)
        #expect(alerts(scene).isEmpty)
    }

    @Test("A restart opens nothing twice, goes on with what is open, and hears of what changes after it")
    func survivesARestart() async throws {
        let scene = AlertScene()
        let first = try scene.desk(scene.handle())
        discover(scene, .full)
        try await check(first, scene)
        discover(scene, .half)
        try await check(first, scene)
        let id = try #require(alerts(scene).first?.id)
        let second = try scene.desk(scene.handle())
        for _ in 1...5 { try await check(second, scene) }
        #expect(alerts(scene).map(\.id) == [id] && alerts(scene).map(\.state) == [.firing])
        for _ in 1...60 { try await check(second, scene) }
        #expect(alerts(scene).map(\.state) == [.resolved])
        let third = try scene.desk(scene.handle())
        try await check(third, scene)
        discover(scene, .full)
        try await check(third, scene)
        #expect(alerts(scene).count == 2)
        let open = alerts(scene).filter(\.isOpen).map(\.message)
        #expect(open == ["Duplex of Gi0/1 on SW-1 changed from half to full"])
    }

    @Test("Discovery reads it of ports with a link, and keeps it while one is down")
    func discovers() async throws {
        let network = try SimulatedNetwork(named: "grid-3x6")
        let lab = try LabServer(LabConfiguration(sources: .network(network)))
        try lab.start()
        defer { lab.stop() }
        let engine = try Engine()
        defer { engine.shutdown() }
        let devices = network.devices.map { simulated in
            Device(
                name: simulated.name, address: network.address(of: simulated), port: Int(lab.port),
                at: Timestamp(seconds: 0))
        }
        let scene = Scene(devices)
        let settings = PipelineSettings()
        let jobs = try PipelineJobs(
            catalog: scene.catalog,
            openProfile: {
                CredentialProfile(name: $0.name, version: .v2c, community: Secret("public"), at: $0.createdAt)
            },
            source: .network(
                engine: engine, resolver: AddressResolver(clock: SystemWallClock(), secondsKept: 60, secondsMax: 5),
                settings: settings), classifier: { Scene.nameRules }, settings: settings)
        func rows() async throws -> [Interface] {
            #expect(try await jobs.discovery.discoverAll(scene.context()).completion == .succeeded)
            scene.clock.advance(bySeconds: 3600)
            return scene.catalog.allInterfaces
        }
        let known = try await rows().filter { $0.facts.duplex != nil }
        #expect(known.count > 3 && known.allSatisfy { $0.facts.duplex == .full && $0.facts.operStatus == 1 })
        let names = Dictionary(uniqueKeysWithValues: devices.map { ($0.id, $0.name) })
        let (half, down) = (known[0], known[1])
        let places = try [half, down].map { "\(try #require(names[$0.deviceID])) \($0.displayName)" }
        func order(_ line: String) throws {
            let order = try LabFault.parse(line)
            try lab.apply(order.fault, to: order.device)
        }
        try order("duplex \(places[0]) half")
        try order("link-down \(places[1]) alone")
        let found = Dictionary(uniqueKeysWithValues: try await rows().map { ($0.id, $0.facts) })
        #expect(found[half.id]?.duplex == .half)
        #expect(found[down.id]?.duplex == .full && found[down.id]?.operStatus == 2)
        #expect(known.dropFirst(2).allSatisfy { found[$0.id]?.duplex == .full })
    }
}
