import CSNMPIO
import Glibc
import Testing

@testable import SNMPLab

@Suite struct LabScaleTests {
    @Test func aShareOfTheDevicesIsDeadAndAlwaysTheSame() {
        var faults = NetworkFaults()
        faults.deadShare = 0.1
        let dead = (0..<100_000).filter(faults.isDead)
        #expect((9_700...10_300).contains(dead.count))
        faults.deadShare = 0.2
        #expect(dead.allSatisfy(faults.isDead), "more are dead, none comes back")
        faults.seed = 2
        #expect((0..<100_000).filter(faults.isDead) != dead)
    }

    @Test(arguments: [
        ("dead-percent 10", LabFault.deadShare(percent: 10, seed: 1)),
        ("dead-percent 10 7", .deadShare(percent: 10, seed: 7)), ("loss-percent 2.5", .lossShare(percent: 2.5)),
        ("warm-start a", .warmStart), ("v3 a latched", .security(.latched(true))),
        ("v3 a latched off", .security(.latched(false))), ("v3 a boots-back 2", .security(.bootsBack(2))),
        ("v3 a engine-id 80ff", .security(.engineID([0x80, 0xFF]))), ("v3 a engine-id off", .security(.engineID(nil))),
        ("v3 a engine-id empty", .security(.engineID([]))), ("v3 a engine-of b", .security(.engineOf(device: "b"))),
        ("v3 a lying-report unknown-user", .security(.lyingReport(.unknownUser))),
        ("v3 a max-size 100", .security(.maxSize(100))),
    ])
    func ordersAreRead(line: String, fault: LabFault) throws {
        #expect(try LabFault.parse(line).fault == fault)
    }

    @Test(arguments: [
        "dead-percent", "dead-percent 101", "dead-percent 5 x", "loss-percent 5 1", "v3 a", "v3 a explode",
        "v3 a engine-id 8", "v3 a engine-id xy", "v3 a lying-report truth", "v3 a latched on", "warm-start a b",
    ])
    func whatIsNoOrderIsRefused(line: String) {
        #expect { try LabFault.parse(line) } throws: { ($0 as? LabError)?.code == .badFault }
    }

    @Test func deadAndLossyNetworksAnswerTheRest() throws {
        let network = try SimulatedNetwork(named: "grid-300x4")
        let lab = try LabServer(LabConfiguration(sources: .network(network)))
        try lab.start()
        defer { lab.stop() }
        try lab.apply(.deadShare(percent: 20, seed: 3), to: "*")
        var faults = NetworkFaults()
        faults.deadShare = 0.2
        faults.seed = 3
        let client = try TestClient(port: lab.port)
        let request = TestMessage.get(["1.3.6.1.2.1.1.5.0"])
        let live = network.devices.filter { !faults.isDead($0.ordinal) }
        for device in network.devices { try client.send(request, to: network.address(of: device)) }
        for device in live { #expect(client.receive()?.from == network.address(of: device)) }
        #expect(lab.statistics.suppressed == UInt64(300 - live.count) && live.count < 270)
        try lab.apply(.deadShare(percent: 0, seed: 3), to: "*")
        try lab.apply(.lossShare(percent: 100), to: "*")
        let suppressed = lab.statistics.suppressed
        try client.send(request, to: "127.1.0.1")
        #expect(waitUntil { lab.statistics.suppressed == suppressed + 1 })
        try lab.apply(.lossShare(percent: 0), to: "*")
        #expect(try client.ask(request, "127.1.0.2").varBinds.first?.text == "GRID-SW-2")
    }

    /// Waits for a state, at most five seconds.
    private func waitUntil(_ holds: () -> Bool) -> Bool {
        let end = csnmpio_monotonic_nanoseconds() + 5_000_000_000
        while csnmpio_monotonic_nanoseconds() < end {
            if holds() { return true }
            sched_yield()
        }
        return false
    }

    @Test func aHundredThousandDevicesStartAtOnce() throws {
        let network = try SimulatedNetwork(named: "grid-100000x48")
        let lab = try LabServer(LabConfiguration(sources: .network(network)))
        try lab.start()
        defer { lab.stop() }
        let client = try TestClient(port: lab.port)
        for ordinal in [0, 62_499, 62_500, 99_999] {
            let answer = try client.ask(
                TestMessage.get(["1.3.6.1.2.1.1.5.0"]), LabAddress.text(LabAddress.number(ofDevice: ordinal)))
            #expect(answer.varBinds.first?.text == "GRID-SW-\(ordinal + 1)")
        }
    }

    @Test func equalRequestsAreAnsweredInOrder() throws {
        let network = try SimulatedNetwork(named: "grid-2x8")
        let lab = try LabServer(LabConfiguration(sources: .network(network)))
        try lab.start()
        defer { lab.stop() }
        let client = try TestClient(port: lab.port)
        let requests = (0..<100).map { number in
            TestMessage.request(0xA5, ["1.3.6.1.2.1.31.1.1.1.6"], id: 0x0100_0000 + UInt32(number), 0, 8)
        }
        for request in requests { try client.send(request, to: "127.1.0.2") }
        let ids = (0..<100).compactMap { _ in client.receive().flatMap { TestMessage($0.octets)?.requestID } }
        #expect(ids == Array(0x0100_0000..<0x0100_0000 + 100))
    }

    @Test func aWarmStartBeginsTheUptimeButNotTheCounters() throws {
        let clock = TestClock(SimulatedNetwork.defaultReferenceMilliseconds + 1_000_000)
        let network = try SimulatedNetwork(named: "grid-2x8")
        let lab = try LabServer(LabConfiguration(sources: .network(network), clock: { clock.now }))
        try lab.start()
        defer { lab.stop() }
        try lab.apply(.warmStart, to: "127.1.0.1")
        clock.now += 5_000
        let client = try TestClient(port: lab.port)
        let answer = try client.ask(
            TestMessage.get(["1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.31.1.1.1.6.1"]), "127.1.0.1")
        #expect(answer.varBinds[0].number == 500)
        #expect(answer.varBinds[1].number == network.counters(interface: 0, ofDevice: 0, at: clock.now).inbound.octets)
    }
}
