import Inventory
import Testing

@testable import Alerting

/// Single verdicts on facts written by hand.
@Suite("Cause finder")
struct CauseFinderTests {
    private static func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_780_000_000 + seconds) }

    /// Devices in a row, each next to the one before; `place` is the first.
    private func row(_ count: Int, place: Int? = 0, confidence: Double = 1) -> ReachabilityGraph {
        ReachabilityGraph(
            devices: (0..<count).map { .init(id: CauseWorld.device($0), name: "sw\($0)") },
            cables: (1..<max(1, count)).map { number in
                .init(
                    .init(CauseWorld.device(number - 1), CauseWorld.port(number, far: false), port: "Gi0/\(number)"),
                    .init(CauseWorld.device(number), CauseWorld.port(number, far: true)), confidence: confidence)
            }, place: place.map(CauseWorld.device))
    }

    private func heard(_ times: [Int64]) -> NetworkFacts {
        var facts = NetworkFacts()
        for (number, time) in times.enumerated() {
            facts.devices[CauseWorld.device(number)] = DeviceFacts(heardAt: Self.at(time))
        }
        return facts
    }

    private func silence(_ facts: inout NetworkFacts, _ number: Int, at time: Int64) {
        facts.devices[CauseWorld.device(number)]?.silentAt = Self.at(time)
        facts.devices[CauseWorld.device(number)]?.lastFailedAt = Self.at(time)
        facts.devices[CauseWorld.device(number)]?.lastAskedAt = Self.at(time)
    }

    private func device(_ number: Int) -> AlertEntity { .device(CauseWorld.device(number)) }

    @Test func `a silent device waits for those before it, which are asked, and it once more`() {
        var facts = heard([10, 10, 5])
        silence(&facts, 2, at: 60)
        let report = CauseFinder(graph: row(3)).judge(facts, at: Self.at(60))
        #expect(report.verdict(of: device(2)) == .waiting(until: Self.at(120)))
        #expect(report.probes == [0, 1, 2].map(CauseWorld.device))
        #expect(report.roots.isEmpty && report.nextAt == Self.at(120))
    }

    @Test func `a verdict that nothing could be learnt for is given in time, and says so`() {
        var facts = heard([10, 10, 5])
        facts.devices[CauseWorld.device(0)]?.lastHeardAt = Self.at(70)
        silence(&facts, 2, at: 60)
        let report = CauseFinder(graph: row(3)).judge(facts, at: Self.at(120))
        #expect(report.verdict(of: device(2)) == .root)
        #expect(report.words(of: device(2))?.reason.contains("could not be told in time") == true)
    }

    @Test func `what was told without proof moves when what is nearer to the poller is found`() {
        let finder = CauseFinder(graph: row(3))
        var facts = heard([70, 10, 5])
        silence(&facts, 2, at: 60)
        let first = finder.judge(facts, at: Self.at(120))
        #expect(first.roots.map(\.entity) == [device(2)])
        silence(&facts, 1, at: 130)
        facts.devices[CauseWorld.device(0)]?.lastHeardAt = Self.at(129)
        facts.deadPorts[CauseWorld.port(1, far: false)] = DeadPort(
            of: CauseWorld.device(0), name: "Gi0/1", since: Self.at(129))
        let second = finder.judge(facts, after: first.state, at: Self.at(131))
        #expect(second.roots.map(\.entity) == [device(1)])
        #expect(second.moves.map(\.entity) == [device(2)] && second.moves.map(\.causes) == [[device(1)]])
        #expect(second.words(of: device(2))?.path == ["sw0", "sw1", "sw2"])
        #expect(second.words(of: device(2))?.causeName == "sw1")
    }

    @Test func `a port is told when its far end answers, and follows it when that is silent`() {
        let finder = CauseFinder(graph: row(2))
        var facts = heard([100, 100])
        let port = AlertEntity.interface(CauseWorld.port(1, far: false), of: CauseWorld.device(0))
        facts.deadPorts[CauseWorld.port(1, far: false)] = DeadPort(
            of: CauseWorld.device(0), name: "Gi0/1", since: Self.at(101))
        let first = finder.judge(facts, at: Self.at(101))
        #expect(first.verdict(of: port) == .waiting(until: Self.at(161)))
        #expect(first.probes == [CauseWorld.device(1)])
        var answered = facts
        answered.devices[CauseWorld.device(1)]?.lastHeardAt = Self.at(102)
        #expect(finder.judge(answered, after: first.state, at: Self.at(102)).verdict(of: port) == .root)
        facts.devices[CauseWorld.device(1)]?.lastFailedAt = Self.at(103)
        let silent = finder.judge(facts, after: first.state, at: Self.at(103))
        #expect(silent.presumedSilent == [CauseWorld.device(1)])
        #expect(silent.verdict(of: device(1)) == .root)
        #expect(silent.verdict(of: port) == .explained(by: [device(1)]))
        #expect(silent.roots.first?.ports == [CauseWorld.port(1, far: false)])
    }

    @Test func `of an aggregate whose members are down only the aggregate is told`() {
        let members = [2, 3].map { CauseWorld.port($0, far: false) }
        let bundle = CauseWorld.port(9, far: false)
        let graph = ReachabilityGraph(
            devices: (0..<2).map { .init(id: CauseWorld.device($0), name: "sw\($0)") },
            cables: [1, 2, 3].map { number in
                .init(
                    .init(CauseWorld.device(0), CauseWorld.port(number, far: false)),
                    .init(CauseWorld.device(1), CauseWorld.port(number, far: true)))
            }, bundles: [.init(bundle, members: members)], place: CauseWorld.device(0))
        var facts = heard([100, 110])
        for port in members + [bundle] {
            facts.deadPorts[port] = DeadPort(of: CauseWorld.device(0), name: "p", since: Self.at(105))
        }
        for number in [2, 3] {
            facts.deadPorts[CauseWorld.port(number, far: true)] = DeadPort(
                of: CauseWorld.device(1), name: "q", since: Self.at(106))
        }
        let report = CauseFinder(graph: graph).judge(facts, at: Self.at(111))
        #expect(report.roots.map(\.entity) == [.interface(bundle, of: CauseWorld.device(0))])
        #expect(report.roots.first?.ports.count == 4)
    }

    @Test func `cables in doubt explain nothing`() {
        #expect(row(3, confidence: 0.4).cables.isEmpty)
        #expect(row(3, confidence: 0.5).cables.count == 2)
    }

    @Test func `the order in which devices, cables and facts are given means nothing`() {
        for seed in 0..<UInt64(50) {
            var random = CauseRandom(seed: seed)
            let world = CauseWorld.random(&random, devices: 5...14)
            let graph = world.graph
            let shuffled = ReachabilityGraph(
                devices: graph.devices.shuffled(using: &random), cables: graph.cables.shuffled(using: &random),
                place: graph.place)
            var facts = heard(world.names.map { _ in Int64.random(in: 0...100, using: &random) })
            for number in world.names.indices where random.chance(0.5) { silence(&facts, number, at: 101) }
            let left = CauseFinder(graph: graph).judge(facts, at: Self.at(130))
            let right = CauseFinder(graph: shuffled).judge(facts, at: Self.at(130))
            #expect(left.findings.map(\.entity) == right.findings.map(\.entity), "seed \(seed)")
            #expect(left.findings.map(\.verdict) == right.findings.map(\.verdict), "seed \(seed)")
            #expect(left.probes == right.probes && left.state == right.state, "seed \(seed)")
        }
    }
}
