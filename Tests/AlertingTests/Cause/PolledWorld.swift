import Inventory

@testable import Alerting

/// A world that is polled as the real one is: each device in its own time, three failures before it is silent, traps
/// that come or get lost, questions out of turn; and what is told meanwhile.
struct PolledWorld {
    static let start: Int64 = 1_780_000_000_000

    var world: CauseWorld
    private(set) var now = PolledWorld.start
    private(set) var facts = NetworkFacts()
    private(set) var report: CauseReport?
    /// What was told: each entity once for as long as it is silent or down.
    private(set) var told: [AlertEntity] = []
    /// What of it is not over.
    private(set) var open: Set<AlertEntity> = []
    /// What is kept back, as something else explained it last.
    private var held: Set<AlertEntity> = []
    private(set) var evaluations = 0
    /// What ever failed.
    private(set) var everOff: Set<Int> = []
    private(set) var everCut: Set<Int> = []
    /// Called with each report that differs from the one before.
    var inspect: ((PolledWorld, CauseReport) -> Void)?
    /// The share of linkDown and linkUp traps that arrive.
    var trapShare = 0.7
    /// Whether devices are asked when a verdict waits for them.
    var answersProbes = true

    /// Whether devices without a cable to the poller's place are reached over ways that nobody knows.
    var reachesIslands = false
    /// How often the process that evaluates is started anew, by evaluations.
    var restartShare = 0.0

    private let finder: CauseFinder
    private var state = CauseState()
    private var random: CauseRandom
    private var due: [(at: Int64, event: Event)] = []
    private let intervals: [Int64]
    private var failures: [Int]
    private let ids: [DeviceID]
    private let numbers: [DeviceID: Int]
    private var isNews = false

    private enum Event {
        case poll(Int)
        case noAnswer(Int)
        case trap(of: Int, cable: Int, far: Bool)
        case look
    }

    init(_ world: CauseWorld, seed: UInt64, intervals: [Int64] = [60, 60, 120, 300], knowsPlace: Bool = true) {
        self.world = world
        random = CauseRandom(seed: seed)
        var known = world
        if !knowsPlace { known.place = nil }
        finder = CauseFinder(graph: known.graph)
        var random = CauseRandom(seed: seed &+ 77)
        self.intervals = world.names.indices.map { _ in (intervals.randomElement(using: &random) ?? 60) * 1000 }
        ids = world.names.indices.map(CauseWorld.device)
        numbers = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        failures = Array(repeating: 0, count: world.names.count)
        for node in world.names.indices {
            facts.devices[ids[node]] = DeviceFacts(heardAt: Timestamp(milliseconds: now))
            due.append((now + Int64.random(in: 0..<self.intervals[node], using: &random), .poll(node)))
        }
    }

    /// Changes the world; traps of devices that still reach the poller are sent.
    mutating func change(_ body: (inout CauseWorld) -> Void) {
        let before = world
        body(&world)
        everOff.formUnion(world.off.union(world.hung))
        everCut.formUnion(world.cut)
        let answering = answering(in: world)
        for cable in world.cables.indices where !world.portless.contains(cable) {
            for far in [false, true] where before.isDown(cable, far: far) != world.isDown(cable, far: far) {
                let node = far ? world.cables[cable].b : world.cables[cable].a
                guard answering.contains(node), random.chance(trapShare) else { continue }
                let delay = Int64.random(in: 20...400, using: &random)
                due.append((now + delay, .trap(of: node, cable: cable, far: far)))
            }
        }
    }

    private func answering(in world: CauseWorld) -> Set<Int> {
        guard reachesIslands else { return world.answering }
        let mainland = world.joined(withoutDevices: [], cables: [])
        let islands = Set(world.names.indices).subtracting(mainland).subtracting(world.off).subtracting(world.hung)
        return world.answering.union(islands)
    }

    /// Lets time pass.
    mutating func run(seconds: Int64) {
        let end = now + seconds * 1000
        while let next = due.indices.min(by: { (due[$0].at, $0) < (due[$1].at, $1) }), due[next].at <= end {
            let (at, event) = due.remove(at: next)
            now = max(now, at)
            handle(event)
            if isNews { evaluate() }
        }
        now = end
    }

    private mutating func handle(_ event: Event) {
        switch event {
        case .poll(let node):
            due.append((now + intervals[node], .poll(node)))
            ask(node, patience: 5_000)
        case .noAnswer(let node): didNotAnswer(node)
        case .trap(let node, let cable, let far):
            guard answering(in: world).contains(node) else { return }
            heard(node)
            note(cable, far: far)
        case .look: isNews = true
        }
    }

    private mutating func ask(_ node: Int, patience: Int64) {
        facts.devices[ids[node]]?.lastAskedAt = Timestamp(milliseconds: now)
        guard answering(in: world).contains(node) else { return due.append((now + patience, .noAnswer(node))) }
        heard(node)
        for (number, cable) in world.cables.enumerated() where !world.portless.contains(number) {
            if cable.a == node { note(number, far: false) }
            if cable.b == node { note(number, far: true) }
        }
    }

    private mutating func heard(_ node: Int) {
        let id = ids[node]
        failures[node] = 0
        facts.devices[id]?.lastHeardAt = Timestamp(milliseconds: now)
        let wasSilent = facts.devices[id]?.silentAt != nil
        if wasSilent { open.remove(.device(id)) }
        facts.devices[id]?.silentAt = nil
        // What waits is decided by whoever is heard.
        if wasSilent || report?.nextAt != nil { isNews = true }
    }

    private mutating func didNotAnswer(_ node: Int) {
        let id = ids[node]
        facts.devices[id]?.lastFailedAt = Timestamp(milliseconds: now)
        failures[node] += 1
        isNews = true
        if failures[node] >= 3, facts.devices[id]?.silentAt == nil {
            facts.devices[id]?.silentAt = Timestamp(milliseconds: now)
        }
    }

    private mutating func note(_ cable: Int, far: Bool) {
        let id = CauseWorld.port(cable, far: far)
        let node = far ? world.cables[cable].b : world.cables[cable].a
        if world.isDown(cable, far: far) {
            guard facts.deadPorts[id] == nil else {
                facts.deadPorts[id]?.readAt = Timestamp(milliseconds: now)
                return
            }
            facts.deadPorts[id] = DeadPort(
                of: ids[node], name: CauseWorld.portName(cable, far: far),
                since: Timestamp(milliseconds: now))
            facts.deadPorts[id]?.pollSeconds = Double(intervals[node]) / 1000
            isNews = true
        } else if facts.deadPorts.removeValue(forKey: id) != nil {
            open.remove(.interface(id, of: CauseWorld.device(node)))
            isNews = true
        }
    }

    private mutating func evaluate() {
        isNews = false
        evaluations += 1
        if random.chance(restartShare) { restart() }
        let report = finder.judge(facts, after: state, at: Timestamp(milliseconds: now))
        let isNew = report.findings != self.report?.findings
        self.report = report
        state = report.state
        let there = Set(report.findings.map(\.entity))
        held.formIntersection(there)
        for finding in report.findings {
            switch finding.verdict {
            case .root: held.remove(finding.entity)
            case .explained: if !open.contains(finding.entity) { held.insert(finding.entity) }
            case .waiting: break
            }
        }
        for root in report.roots where open.insert(root.entity).inserted { told.append(root.entity) }
        if report.networkSince == nil { open.remove(CauseReport.network) }
        for id in report.presumedSilent { facts.devices[id]?.silentAt = Timestamp(milliseconds: now) }
        if !report.presumedSilent.isEmpty { due.append((now + 1, .look)) }
        if answersProbes { for id in report.probes { probe(id) } }
        if let next = report.nextAt, next.milliseconds > now { due.append((next.milliseconds, .look)) }
        if isNew { inspect?(self, report) }
    }

    /// What is known is lost but for the facts and the open alerts.
    private mutating func restart() {
        state = CauseState(roots: Array(open), explained: Array(held))
    }

    private mutating func probe(_ id: DeviceID) {
        guard let node = numbers[id] else { return }
        ask(node, patience: 2_000)
        if isNews { due.append((now + 1, .look)) }
        isNews = false
    }
}
