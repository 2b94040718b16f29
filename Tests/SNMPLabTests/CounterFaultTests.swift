import Testing

@testable import SNMPLab

@Suite struct CounterFaultTests {
    private let address = "127.1.1.60"
    private let upTime = "1.3.6.1.2.1.1.3.0"
    private let inOctets = "31.1.1.1.6"
    private let discontinuity = "31.1.1.1.19"

    /// A lab with a clock, a client, a device and one of its interfaces that carries something.
    private struct Scene {
        let lab: LabServer
        let client: TestClient
        let clock: TestClock
        let network: SimulatedNetwork
        let device: SimulatedDevice
        let position: Int

        var index: UInt32 { device.interfaces[position].index }

        func fault(_ words: String) throws {
            try lab.apply(LabFault.parse(words))
        }

        func truth(_ milliseconds: Int64) -> InterfaceCounters {
            network.counters(interface: position, ofDevice: device.ordinal, at: milliseconds)
        }
    }

    private func scene() throws -> Scene {
        let network = try #require(BankNetworkTests.bank)
        let clock = TestClock(SimulatedNetwork.defaultReferenceMilliseconds)
        let lab = try LabServer(LabConfiguration(sources: .network(network), clock: { clock.now }))
        try lab.start()
        let device = network.devices[try #require(network.ordinal(of: address))]
        let position = try #require(device.interfaces.firstIndex { $0.traffic.inbound.octetsPerSecond > 1000 })
        return Scene(
            lab: lab, client: try TestClient(port: lab.port), clock: clock, network: network, device: device,
            position: position)
    }

    private func value(_ scene: Scene, _ column: String) throws -> TestMessage.VarBind {
        try #require(
            try scene.client.ask(TestMessage.get(["1.3.6.1.2.1.\(column).\(scene.index)"]), address).varBinds.first)
    }

    @Test(
        arguments: [
            ("narrow a", .narrow(true)), ("narrow a off", .narrow(false)),
            ("reset-counters a Gi0/1", .reset(interface: "Gi0/1", isAnnounced: false)),
            ("reset-counters a all announced", .reset(interface: nil, isAnnounced: true)),
            ("uptime-wrap a 30", .upTimeWraps(inSeconds: 30)),
            ("speed a Gi0/1 100", .speed(interface: "Gi0/1", bitsPerSecond: 100_000_000)),
            ("speed a Gi0/1 off", .speed(interface: "Gi0/1", bitsPerSecond: nil)),
            ("freeze a 20", .frozen(seconds: 20)),
        ] as [(String, LabCounterFault)])
    func commandsAreRead(command: String, fault: LabCounterFault) throws {
        #expect(try LabFault.parse(command) == LabFault.Order(device: "a", fault: .counters(fault)))
    }

    @Test(arguments: [
        "narrow a on", "reset-counters a", "reset-counters a all loudly", "uptime-wrap a", "uptime-wrap a -1",
        "speed a Gi0/1", "speed a Gi0/1 fast", "freeze a", "freeze a x",
    ])
    func whatIsNoCommandIsRefused(command: String) {
        #expect { try LabFault.parse(command) } throws: { ($0 as? LabError)?.code == .badFault }
    }

    @Test func aNarrowDeviceHasCountersOf32BitsOnly() throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        try scene.fault("narrow \(address)")
        #expect(try value(scene, inOctets).tag == 0x80, "noSuchObject: no interface has the column")
        let octets = scene.truth(scene.clock.now).inbound.octets
        #expect(try value(scene, "2.2.1.10").number == octets & 0xFFFF_FFFF)
        #expect(try value(scene, "31.1.1.1.1").text == scene.device.interfaces[scene.position].name)
        try scene.fault("narrow \(address) off")
        #expect(try value(scene, inOctets).number == octets)
    }

    @Test(arguments: [true, false])
    func countersBeginAgainWhileUptimeGoesOn(isAnnounced: Bool) throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        let zeroed = scene.clock.now
        let ticks = try scene.client.ask(TestMessage.get([upTime]), address).varBinds[0].number
        try scene.fault("reset-counters \(address) \(scene.index)\(isAnnounced ? " announced" : "")")
        #expect(try value(scene, inOctets).number == 0)
        #expect(try value(scene, discontinuity).number == (isAnnounced ? ticks : 0))
        scene.clock.now += 300_000
        let carried = scene.truth(scene.clock.now).inbound.octets - scene.truth(zeroed).inbound.octets
        #expect(try value(scene, inOctets).number.distance(to: carried).magnitude <= 1)
        #expect(try scene.client.ask(TestMessage.get([upTime]), address).varBinds[0].number == ticks + 30_000)
    }

    @Test func uptimeWrapsAndNothingElseBeginsAnew() throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        try scene.fault("uptime-wrap \(address) 30")
        func ticks() throws -> UInt64 {
            try scene.client.ask(TestMessage.get([upTime]), address).varBinds[0].number
        }
        #expect(try ticks() == (1 << 32) - 3_000)
        scene.clock.now += 40_000
        #expect(try ticks() == 1_000)
        #expect(try value(scene, inOctets).number == scene.truth(scene.clock.now).inbound.octets)
    }

    @Test func aSpeedChangesAndTheTrafficDoesNot() throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        try scene.fault("speed \(address) \(scene.index) 25")
        #expect(try value(scene, "31.1.1.1.15").number == 25)
        #expect(try value(scene, "2.2.1.5").number == 25_000_000)
        #expect(try value(scene, inOctets).number == scene.truth(scene.clock.now).inbound.octets)
        try scene.fault("speed \(address) \(scene.index) off")
        #expect(try value(scene, "2.2.1.5").number == UInt64(scene.device.interfaces[scene.position].speedGauge))
    }

    @Test func frozenCountersStandStillAndCatchUp() throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        let before = scene.truth(scene.clock.now).inbound.octets
        try scene.fault("freeze \(address) 20")
        scene.clock.now += 19_000
        #expect(try value(scene, inOctets).number == before)
        scene.clock.now += 2_000
        #expect(try value(scene, inOctets).number == scene.truth(scene.clock.now).inbound.octets)
    }

    /// What a collector would have read is what the agent would have answered, at any moment of the past.
    @Test func pastPollsAreWhatTheAgentAnswers() throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        let end = scene.clock.now
        let moments = scene.network.pollMoments(
            ofDevice: scene.device.ordinal, from: end - 15 * 86_400_000, to: end, everySeconds: 300)
        #expect(abs(moments.count - 15 * 288) <= 1)
        #expect(zip(moments, moments.dropFirst()).allSatisfy { abs($1 - $0 - 300_000) <= 40 })
        let polls = scene.network.polls(interface: scene.position, ofDevice: scene.device.ordinal, at: moments)
        for poll in polls.enumerated().filter({ $0.offset % 500 == 0 }).map(\.element) {
            scene.clock.now = poll.atMilliseconds
            #expect(try value(scene, inOctets).number == poll.counters.inbound.octets)
            #expect(try value(scene, "2.2.1.19").number == poll.counters.outbound.discards & 0xFFFF_FFFF)
            #expect(try scene.client.ask(TestMessage.get([upTime]), address).varBinds[0].number == UInt64(poll.upTime))
        }
    }

    @Test func trafficIsTheDifferenceOfCounters() throws {
        let network = try #require(BankNetworkTests.bank)
        let now = SimulatedNetwork.defaultReferenceMilliseconds
        let carried = network.traffic(interface: 0, ofDevice: 0, from: now, to: now + 60_000)
        let before = network.counters(interface: 0, ofDevice: 0, at: now)
        let after = network.counters(interface: 0, ofDevice: 0, at: now + 60_000)
        #expect(carried.inbound.octets == after.inbound.octets - before.inbound.octets)
        #expect(carried.outbound.unicast == after.outbound.unicast - before.outbound.unicast)
    }
}
