import Inventory
import Testing

@testable import Alerting

/// Random networks, polled as real ones are, against looking who is cut off by what.
@Suite("Causes agree with brute force")
struct CausePropertyTests {
    private static let networks: UInt64 = 50

    /// What is wrong with a report, if anything: somebody innocent is named, or what is named does not explain.
    private static func fault(_ polled: PolledWorld, _ report: CauseReport) -> String? {
        var world = polled.world
        // What is mended is known to be later: what failed once is not innocent, and what it explains is not looked at.
        let isMended =
            !polled.everOff.isSubset(of: world.off.union(world.hung)) || !polled.everCut.isSubset(of: world.cut)
        if isMended { (world.off, world.cut) = (polled.everOff, polled.everCut) }
        let numbers = Dictionary(uniqueKeysWithValues: world.names.indices.map { (CauseWorld.device($0), $0) })
        let roots = Set(report.roots.map(\.entity))
        for finding in report.findings {
            switch finding.verdict {
            case .waiting: continue
            case .root:
                if !isFailed(finding.entity, world, numbers) {
                    return "innocent: \(report.words(of: finding.entity)?.reason ?? "") \(world)"
                }
            case .explained(let causes):
                if causes.isEmpty || !causes.allSatisfy(roots.contains) { return "unnamed causes \(causes)" }
                if !isMended, !explains(causes, finding.entity, world, numbers) {
                    return "\(causes.map(report.name)) do not explain \(report.name(of: finding.entity))"
                }
            }
            if report.words(of: finding.entity) == nil { return "no words" }
        }
        return nil
    }

    private static func cable(_ port: InterfaceID, _ world: CauseWorld) -> Int? {
        world.cables.indices.first { number in
            CauseWorld.port(number, far: false) == port || CauseWorld.port(number, far: true) == port
        }
    }

    /// A device failed itself where it is off, or hung, or a cable at it is cut; a port where its cable is.
    private static func isFailed(_ entity: AlertEntity, _ world: CauseWorld, _ numbers: [DeviceID: Int]) -> Bool {
        switch entity {
        case .device(let id):
            guard let node = numbers[id] else { return false }
            return world.off.contains(node) || world.hung.contains(node)
                || world.cut.contains { world.cables[$0].a == node || world.cables[$0].b == node }
        case .interface(let id, _):
            guard let number = cable(id, world) else { return false }
            return world.isDown(number, far: false) || world.isDown(number, far: true)
        case .system: return world.place.map { !world.answering.contains($0) } ?? true
        }
    }

    private static func explains(
        _ causes: [AlertEntity], _ entity: AlertEntity, _ world: CauseWorld, _ numbers: [DeviceID: Int]
    ) -> Bool {
        if causes == [CauseReport.network] { return world.answering.isEmpty }
        let devices = Set(causes.compactMap { if case .device(let id) = $0 { numbers[id] } else { nil } })
        let cables = Set(causes.compactMap { $0.interfaceID.flatMap { cable($0, world) } })
        let joined = world.joined(withoutDevices: devices, cables: cables)
        switch entity {
        case .device(let id): return numbers[id].map { !joined.contains($0) } ?? false
        case .interface(let id, _):
            guard let number = cable(id, world) else { return false }
            return cables.contains(number) || !joined.contains(world.cables[number].a)
                || !joined.contains(world.cables[number].b)
        case .system: return false
        }
    }

    /// How a network is run.
    private struct Manner {
        var portless = 0.0
        var restarts = 0.0
        var answersProbes = true
        /// Whether exactly as many are told as failed visibly; else at most as many as failed.
        var isExact = true
    }

    /// Runs one network; `step` changes something, lets time pass, and says how many failures are to be told for it.
    private func run(
        _ seed: UInt64, _ manner: Manner = Manner(), step: (inout CauseRandom, inout PolledWorld) -> Int
    ) -> String? {
        var random = CauseRandom(seed: seed)
        var world = CauseWorld.random(&random, devices: 2...14)
        for cable in world.cables.indices where random.chance(manner.portless) { world.portless.insert(cable) }
        var polled = PolledWorld(world, seed: seed)
        (polled.restartShare, polled.answersProbes) = (manner.restarts, manner.answersProbes)
        var found: String?
        polled.inspect = { if found == nil { found = Self.fault($0, $1).map { "seed \(seed): \($0)" } } }
        polled.run(seconds: 300)
        var expected = 0
        for number in 0...seed % 4 {
            expected += step(&random, &polled)
            polled.run(seconds: 1_800)
            if let found { return found }
            let count = polled.told.count
            guard manner.isExact ? count == expected : count <= expected else {
                return "seed \(seed), step \(number): \(expected) to be told; \(Self.told(polled)); \(polled.world)"
            }
            if polled.report?.nextAt != nil { return "seed \(seed), step \(number): still waiting" }
        }
        polled.inspect = nil
        polled.change { ($0.off, $0.hung, $0.cut) = ([], [], []) }
        polled.run(seconds: 1_800)
        guard polled.report?.findings.isEmpty ?? true, polled.open.isEmpty else {
            return "seed \(seed): not over: \(polled.report?.findings ?? []), \(polled.open)"
        }
        let count = polled.told.count
        if manner.isExact ? count == expected : count <= expected { return nil }
        return "seed \(seed): told anew when all was repaired: \(Self.told(polled)) for \(expected)"
    }

    private static func told(_ polled: PolledWorld) -> [String] {
        polled.told.map { polled.report?.name(of: $0) ?? "" }
    }

    private func check(_ body: (UInt64) -> String?) {
        for seed in 0..<Self.networks {
            if let fault = body(seed) {
                Issue.record("\(fault)")
                return
            }
        }
    }

    /// Breaks one thing; 1 where that is a failure that can be seen.
    private func breakOne(_ random: inout CauseRandom, _ polled: inout PolledWorld) -> Int {
        let before = polled.world.answering
        if random.chance(0.6) || polled.world.cables.isEmpty {
            let node = Int.random(in: polled.world.names.indices, using: &random)
            let isNew = !polled.world.off.contains(node) && before.contains(node)
            polled.change { $0.off.insert(node) }
            return isNew ? 1 : 0
        }
        let cable = Int.random(in: polled.world.cables.indices, using: &random)
        let (a, b) = polled.world.cables[cable]
        let isNew = !polled.world.cut.contains(cable) && before.contains(a) && before.contains(b)
        polled.change { $0.cut.insert(cable) }
        return isNew ? 1 : 0
    }

    @Test func `failures one after another are told once each, whatever the order in which polls notice them`() {
        check { seed in run(seed, step: breakOne) }
    }

    @Test func `a restart between any two evaluations tells nothing twice and loses nothing`() {
        check { seed in run(seed, Manner(restarts: 0.2), step: breakOne) }
    }

    @Test func `failures at the same time, agents that hang, cables without ports: never more told than failed`() {
        let manner = Manner(portless: 0.3, isExact: false)
        check { seed in
            run(seed, manner) { random, polled in
                var count = 0
                for _ in 0...Int.random(in: 0...2, using: &random) {
                    if random.chance(0.25) {
                        let node = Int.random(in: polled.world.names.indices, using: &random)
                        polled.change { $0.hung.insert(node) }
                        count += 1
                    } else {
                        _ = breakOne(&random, &polled)
                        count += 1
                    }
                    polled.run(seconds: Int64.random(in: 0...90, using: &random))
                }
                return count
            }
        }
    }

    @Test func `things that break and are mended in turn: nobody innocent is told`() {
        let manner = Manner(isExact: false)
        check { seed in
            run(seed, manner) { random, polled in
                var count = breakOne(&random, &polled)
                polled.run(seconds: Int64.random(in: 0...600, using: &random))
                count += breakOne(&random, &polled)
                polled.run(seconds: Int64.random(in: 0...600, using: &random))
                // What was hidden behind what is mended becomes visible.
                count += polled.world.off.count + polled.world.cut.count
                if let node = polled.world.off.sorted().randomElement(using: &random) {
                    polled.change { $0.off.remove(node) }
                } else if let cable = polled.world.cut.sorted().randomElement(using: &random) {
                    polled.change { $0.cut.remove(cable) }
                }
                return count
            }
        }
    }
}
