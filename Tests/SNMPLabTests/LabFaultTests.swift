import Testing

@testable import SNMPLab

@Suite struct LabFaultTests {
    @Test(
        arguments: [
            ("down 127.1.0.5", "127.1.0.5", .dead),
            ("up CORE-SW-01", "CORE-SW-01", .revived),
            ("  slow   a 250 ", "a", .slow(milliseconds: 250)),
            ("lossy a 0.25", "a", .lossy(probability: 0.25)),
            ("refuse a", "a", .refusesCommunity(true)),
            ("refuse a off", "a", .refusesCommunity(false)),
            ("garbage a", "a", .garbage(true)),
            ("too-big a 20", "a", .tooBig(above: 20)),
            ("too-big a off", "a", .tooBig(above: nil)),
            ("reboot 127.1.0.5", "127.1.0.5", .reboot(renumber: false)),
            ("reboot 127.1.0.5 renumber", "127.1.0.5", .reboot(renumber: true)),
            ("link-down 127.1.0.5 Gi0/1", "127.1.0.5", .linkDown(interface: "Gi0/1", alone: false)),
            ("link-up 127.1.0.5 Gi0/1 alone", "127.1.0.5", .linkUp(interface: "Gi0/1", alone: true)),
            (
                "rewire a Gi0/1 b Gi0/2", "a",
                .rewire(interface: "Gi0/1", otherDevice: "b", otherInterface: "Gi0/2")
            ),
            ("remove a Gi0/1", "a", .interfaceRemoved("Gi0/1")),
            ("return a Gi0/1", "a", .interfaceReturned("Gi0/1")),
            ("alias a Gi0/1 To BRANCH 7", "a", .alias(interface: "Gi0/1", text: "To BRANCH 7")),
            ("alias a Gi0/1", "a", .alias(interface: "Gi0/1", text: "")),
            ("duplex a Gi0/1 half", "a", .duplex(interface: "Gi0/1", isHalf: true)),
            ("duplex a Gi0/1 full", "a", .duplex(interface: "Gi0/1", isHalf: false)),
        ] as [(String, String, LabFault)])
    func commandsAreRead(command: String, device: String, fault: LabFault) throws {
        #expect(try LabFault.parse(command) == LabFault.Order(device: device, fault: fault))
    }

    @Test(arguments: [
        "", "down", "explode a", "slow a", "slow a -1", "slow a much", "lossy a 1.5", "lossy a x", "too-big a x",
        "reboot a now", "link-down a", "link-down a b c", "refuse a on", "remove a", "down a b", "rewire a Gi0/1 b",
        "duplex a Gi0/1", "duplex a Gi0/1 auto",
    ])
    func whatIsNoCommandIsRefused(command: String) {
        #expect { try LabFault.parse(command) } throws: { ($0 as? LabError)?.code == .badFault }
    }
}

@Suite struct LabFaultsOnTheWireTests {
    private let start = SimulatedNetwork.defaultReferenceMilliseconds
    private let upTime = "1.3.6.1.2.1.1.3.0"
    private let address = "127.1.1.60"

    /// A lab with a clock, a client, and the device at `address`.
    private struct Scene {
        let lab: LabServer
        let client: TestClient
        let clock: TestClock
        let network: SimulatedNetwork
        let device: SimulatedDevice
    }

    private func scene() throws -> Scene {
        let network = try #require(BankNetworkTests.bank)
        let clock = TestClock(start)
        let lab = try LabServer(LabConfiguration(sources: .network(network), clock: { clock.now }))
        try lab.start()
        let ordinal = try #require(network.ordinal(of: address))
        return Scene(
            lab: lab, client: try TestClient(port: lab.port), clock: clock, network: network,
            device: network.devices[ordinal])
    }

    /// The value of a column at an index.
    private func value(_ scene: Scene, _ column: String, _ index: UInt32) throws -> TestMessage.VarBind {
        try #require(
            try scene.client.ask(TestMessage.get(["1.3.6.1.2.1.\(column).\(index)"]), address).varBinds.first)
    }

    @Test(arguments: [LabFault.dead, .refusesCommunity(true), .lossy(probability: 1)])
    func aSilentDeviceAnswersWhenItIsRevived(fault: LabFault) throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        try scene.lab.apply(fault, to: address)
        try scene.client.send(TestMessage.get([upTime]), to: address)
        // Another device answers meanwhile, and the silent one's request is spent.
        #expect(try scene.client.ask(TestMessage.get([upTime]), "127.1.0.1").varBinds.count == 1)
        #expect(scene.lab.statistics.suppressed == 1)
        try scene.lab.apply(.revived, to: scene.device.name)
        #expect(try scene.client.ask(TestMessage.get([upTime]), address).varBinds.count == 1)
    }

    @Test func aSlowDeviceAnswersLateAndAnotherAtOnce() throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        try scene.lab.apply(.slow(milliseconds: 150), to: address)
        try scene.client.send(TestMessage.get([upTime]), to: address)
        try scene.client.send(TestMessage.get([upTime]), to: "127.1.0.1")
        #expect(scene.client.receive()?.from == "127.1.0.1")
        #expect(scene.client.receive()?.from == address)
    }

    @Test func garbageIsNoMessage() throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        try scene.lab.apply(.garbage(true), to: address)
        try scene.client.send(TestMessage.get([upTime]), to: address)
        let answer = try #require(scene.client.receive())
        #expect(answer.from == address)
        #expect(TestMessage(answer.octets) == nil)
    }

    @Test func tooManyVarBindsAreRefused() throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        try scene.lab.apply(.tooBig(above: 10), to: address)
        #expect(try scene.client.ask(TestMessage.bulk(["1.3"], 11), address).status == 1)
        #expect(try scene.client.ask(TestMessage.bulk(["1.3"], 10), address).varBinds.count == 10)
    }

    @Test func aRebootZeroesUptimeAndCounters() throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        let index = try #require(scene.device.interfaces.first { $0.traffic.inbound.octetsPerSecond > 0 }).index
        let before = try value(scene, "31.1.1.1.6", index).number
        try scene.lab.apply(.reboot(renumber: false), to: address)
        #expect(try scene.client.ask(TestMessage.get([upTime]), address).varBinds[0].number == 0)
        #expect(try value(scene, "31.1.1.1.6", index).number == 0)
        scene.clock.now += 300_000
        let after = try value(scene, "31.1.1.1.6", index).number
        #expect(after > 0 && after < before)
        #expect(try scene.client.ask(TestMessage.get([upTime]), address).varBinds[0].number == 30_000)
    }

    @Test func aRenumberingHandsEveryIndexOn() throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        let names = scene.device.interfaces.map(\.name)
        let indexes = scene.device.interfaces.map(\.index)
        try scene.lab.apply(.reboot(renumber: true), to: address)
        let rows = try scene.client.walk("1.3.6.1.2.1.31.1.1.1.1", address)
        #expect(rows.map(\.name) == indexes.map { "1.3.6.1.2.1.31.1.1.1.1.\($0)" })
        #expect(Set(rows.map(\.text)) == Set(names))
        #expect(zip(rows, names).allSatisfy { $0.0.text != $0.1 })
    }

    @Test func aPulledCableStopsBothEndsAndTheirCounters() throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        let position = try #require(
            scene.device.truth.firstIndex { if case .interface? = $0.farEnd { true } else { false } })
        let interface = scene.device.interfaces[position]
        guard case .interface(let far, let place)? = scene.device.truth[position].farEnd else { return }
        let other = scene.network.devices[far]
        scene.clock.now += 60_000
        try scene.lab.apply(.linkDown(interface: interface.name, alone: false), to: address)
        #expect(try value(scene, "2.2.1.8", interface.index).number == 2)
        let since = UInt64(scene.clock.now - scene.device.startedAtMilliseconds) / 10
        #expect(try value(scene, "2.2.1.9", interface.index).number == since)
        let status = "1.3.6.1.2.1.2.2.1.8.\(other.interfaces[place].index)"
        let farAddress = scene.network.address(of: other)
        #expect(try scene.client.ask(TestMessage.get([status]), farAddress).varBinds[0].number == 2)
        let before = try value(scene, "31.1.1.1.6", interface.index).number
        scene.clock.now += 600_000
        #expect(try value(scene, "31.1.1.1.6", interface.index).number == before)
        try scene.lab.apply(.linkUp(interface: interface.name, alone: false), to: address)
        #expect(try value(scene, "31.1.1.1.6", interface.index).number == before)
        scene.clock.now += 600_000
        #expect(try value(scene, "31.1.1.1.6", interface.index).number > before)
        #expect(try value(scene, "2.2.1.8", interface.index).number == 1)
    }

    @Test func aRemovedInterfaceLeavesEveryTableAndReturns() throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        let interface = try #require(scene.device.interfaces.last)
        let count = scene.device.interfaces.count
        scene.clock.now += 10_000
        try scene.lab.apply(.interfaceRemoved(interface.descr), to: address)
        #expect(try scene.client.walk("1.3.6.1.2.1.2.2.1", address).count == 22 * (count - 1))
        #expect(try value(scene, "2.1", 0).number == UInt64(count - 1))
        #expect(try value(scene, "2.2.1.1", interface.index).tag == 0x81)
        #expect(try value(scene, "31.1.5", 0).number > 0)
        try scene.lab.apply(.interfaceReturned(String(interface.index)), to: address)
        #expect(try scene.client.walk("1.3.6.1.2.1.2.2.1", address).count == 22 * count)
    }

    @Test func anAliasChanges() throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        let interface = try #require(scene.device.interfaces.first)
        try scene.lab.apply(LabFault.parse("alias \(address) \(interface.index) ISP_MAGTI_1G"))
        #expect(try value(scene, "31.1.1.1.18", interface.index).text == "ISP_MAGTI_1G")
    }

    @Test func thePortsOfADeviceTellTheirDuplexAndOneWithoutALinkSaysHalf() throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        let column = "10.7.2.1.19"
        let ports = scene.device.interfaces.filter { $0.isPhysical && $0.type == 6 }
        let told = try scene.client.walk("1.3.6.1.2.1.\(column)", address)
        #expect(told.map(\.name) == ports.map(\.index).sorted().map { "1.3.6.1.2.1.\(column).\($0)" })
        let port = try #require(ports.first { $0.operStatus == 1 })
        #expect(try value(scene, column, port.index).number == 3)
        try scene.lab.apply(LabFault.parse("duplex \(address) \(port.name) half"))
        #expect(try value(scene, column, port.index).number == 2)
        try scene.lab.apply(LabFault.parse("duplex \(address) \(port.name) full"))
        #expect(try value(scene, column, port.index).number == 3)
        try scene.lab.apply(.linkDown(interface: port.name, alone: true), to: address)
        #expect(try value(scene, column, port.index).number == 2)
    }

    @Test func neitherAnAgentWithoutEtherLikeNorALogicalInterfaceHasADuplex() throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        let device = try #require(scene.network.devices.first { $0.manner == .mikroTik })
        #expect(try scene.client.walk("1.3.6.1.2.1.10.7.2.1.19", scene.network.address(of: device)).isEmpty)
        let logical = try #require(
            scene.network.devices.first { $0.manner != .mikroTik && $0.interfaces.contains { !$0.isPhysical } })
        for (device, port) in [
            (device, device.interfaces.first), (logical, logical.interfaces.first { !$0.isPhysical }),
        ] {
            let name = try #require(port).name
            #expect(throws: LabError.self) {
                try scene.lab.apply(.duplex(interface: name, isHalf: true), to: device.name)
            }
        }
    }

    @Test(arguments: ["down 127.0.0.1", "down NOBODY", "remove 127.1.0.1 Gi9/9/9", "link-down 127.1.0.1 99999"])
    func faultsNobodyCanHaveAreRefused(command: String) throws {
        let scene = try scene()
        defer { scene.lab.stop() }
        #expect { try scene.lab.apply(LabFault.parse(command)) } throws: { ($0 as? LabError)?.code == .badFault }
        #expect(scene.lab.faults == LabFaults())
    }
}
