import Inventory
import Testing

@testable import Alerting

/// What is told of failures of a small bank, and what each silent device names; in ten orders of polls each.
@Suite("Causes at a bank")
struct CauseScenarioTests {
    struct Scenario: Sendable, CustomTestStringConvertible {
        var title: String
        var steps: [BankStep]
        /// What is told, in any order, and whether ports are named by the nearer end only.
        var told: [String]
        /// Devices that are explained, and by what.
        var explained: [String: Set<String>] = [:]
        var place: String? = "FW-1"

        var testDescription: String { title }
    }

    static let behindDist1: [String: Set<String>] = ["BR-1": ["DIST-1"], "BR-4": ["DIST-1"], "BR-4-SW": ["DIST-1"]]

    static let scenarios: [Scenario] = [
        Scenario(title: "a branch", steps: [.off("BR-1")], told: ["BR-1"]),
        Scenario(
            title: "a branch with a switch", steps: [.off("BR-4")], told: ["BR-4"], explained: ["BR-4-SW": ["BR-4"]]),
        Scenario(title: "a switch behind a branch", steps: [.off("BR-4-SW")], told: ["BR-4-SW"]),
        Scenario(
            title: "a core with a redundant one", steps: [.off("CORE-1")], told: ["CORE-1"],
            explained: ["EDGE-1": ["CORE-1"]]),
        Scenario(
            title: "the other core; a dual-homed branch joins its distribution", steps: [.off("CORE-2")],
            told: ["CORE-2"]),
        Scenario(
            title: "the other core and the branch that joins its distribution",
            steps: [.off("BR-2"), .pause(900), .off("CORE-2")],
            told: ["BR-2", "CORE-2"], explained: ["DIST-2": ["CORE-2", "BR-2"], "BR-3": ["CORE-2", "BR-2"]]),
        Scenario(
            title: "a distribution; the dual-homed branch stays", steps: [.off("DIST-1")], told: ["DIST-1"],
            explained: behindDist1),
        Scenario(
            title: "both distributions at once", steps: [.off("DIST-1"), .off("DIST-2")], told: ["DIST-1", "DIST-2"],
            explained: behindDist1.merging(["BR-2": ["DIST-1", "DIST-2"], "BR-3": ["DIST-2"]]) { first, _ in first }),
        Scenario(
            title: "both distributions one after the other", steps: [.off("DIST-1"), .pause(900), .off("DIST-2")],
            told: ["DIST-1", "DIST-2"],
            explained: behindDist1.merging(["BR-2": ["DIST-1", "DIST-2"], "BR-3": ["DIST-2"]]) { first, _ in first }),
        Scenario(
            title: "both cores at once", steps: [.off("CORE-1"), .off("CORE-2")], told: ["CORE-1", "CORE-2"],
            explained: [
                "DIST-1": ["CORE-1", "CORE-2"], "BR-1": ["CORE-1", "CORE-2"], "BR-3": ["CORE-1", "CORE-2"],
                "EDGE-1": ["CORE-1"],
            ]),
        Scenario(
            title: "the poller's own line", steps: [.off("FW-1"), .off("LONE-1"), .off("ISLE-1"), .off("ISLE-2")],
            told: ["network"],
            explained: ["FW-1": ["network"], "LONE-1": ["network"], "BR-3": ["network"], "ISLE-2": ["network"]]),
        Scenario(
            title: "the device at the place, while what no cable joins to it answers", steps: [.off("FW-1")],
            told: ["FW-1"],
            explained: ["CORE-1": ["FW-1"], "DIST-1": ["FW-1"], "BR-3": ["FW-1"], "EDGE-1": ["FW-1"]]),
        Scenario(
            title: "the device at the place, and later the others answer again",
            steps: [.off("FW-1"), .pause(900), .mended("FW-1")], told: ["FW-1"]),
        Scenario(title: "one line of a dual-homed branch", steps: [.cut("DIST-1", "BR-2")], told: ["DIST-1 Gi0/8"]),
        Scenario(
            title: "both lines of a dual-homed branch, one after the other",
            steps: [.cut("DIST-1", "BR-2"), .pause(900), .cut("DIST-2", "BR-2")], told: ["DIST-1 Gi0/8", "BR-2"]),
        Scenario(
            title: "a line of a dual-homed branch, then the other distribution",
            steps: [.cut("DIST-1", "BR-2"), .pause(900), .off("DIST-2")], told: ["DIST-1 Gi0/8", "DIST-2"],
            explained: ["BR-2": ["DIST-2", "DIST-1 Gi0/8"], "BR-3": ["DIST-2"]]),
        Scenario(
            title: "the only line of a branch", steps: [.cut("DIST-1", "BR-4")], told: ["BR-4"],
            explained: ["BR-4-SW": ["BR-4"]]),
        Scenario(title: "one of two parallel cables", steps: [.cutNumber(3)], told: ["CORE-1 Gi0/3"]),
        Scenario(
            title: "both parallel cables", steps: [.cutNumber(2), .cutNumber(3)],
            told: ["CORE-1 Gi0/2", "CORE-1 Gi0/3"]),
        Scenario(title: "a cable in the ring of cores", steps: [.cut("CORE-2", "DIST-1")], told: ["CORE-2 Gi0/5"]),
        Scenario(title: "an agent that hangs", steps: [.hangs("DIST-1")], told: ["DIST-1"]),
        Scenario(
            title: "behind an agent that hangs", steps: [.hangs("DIST-1"), .pause(900), .off("BR-1")],
            told: ["DIST-1", "BR-1"]),
        Scenario(title: "the place's agent hangs", steps: [.hangs("FW-1")], told: ["FW-1"]),
        Scenario(title: "a device without cables", steps: [.off("LONE-1")], told: ["LONE-1"]),
        Scenario(title: "half of a part without the place", steps: [.off("ISLE-2")], told: ["ISLE-2"]),
        Scenario(
            title: "a branch, then what is before it", steps: [.off("BR-4"), .pause(900), .off("DIST-1")],
            told: ["BR-4", "DIST-1"], explained: ["BR-1": ["DIST-1"], "BR-4-SW": ["BR-4"]]),
        Scenario(
            title: "a distribution, then a branch behind it", steps: [.off("DIST-2"), .pause(900), .off("BR-3")],
            told: ["DIST-2"], explained: ["BR-3": ["DIST-2"]]),
        Scenario(
            title: "a core comes back", steps: [.off("CORE-2"), .pause(900), .mended("CORE-2")], told: ["CORE-2"]),
        Scenario(
            title: "a distribution comes back, a branch behind it does not",
            steps: [.off("DIST-2"), .pause(600), .off("BR-3"), .pause(600), .mended("DIST-2")],
            told: ["DIST-2", "BR-3"]),
        Scenario(
            title: "the poller's line comes back",
            steps: [
                .off("FW-1"), .off("LONE-1"), .off("ISLE-1"), .off("ISLE-2"), .pause(900), .mended("FW-1"),
                .mended("LONE-1"), .mended("ISLE-1"), .mended("ISLE-2"),
            ], told: ["network"]),
        Scenario(
            title: "the place is not known", steps: [.off("DIST-1")], told: ["DIST-1"], explained: behindDist1,
            place: nil),
        Scenario(
            title: "a core and a far branch at once", steps: [.off("CORE-1"), .off("BR-3")], told: ["CORE-1", "BR-3"],
            explained: ["EDGE-1": ["CORE-1"]]),
    ]

    @Test(arguments: scenarios)
    func `each failure is told once by its own name`(_ scenario: Scenario) {
        for seed in 0..<UInt64(10) {
            // Where the place is not known, the world is still reached from the firewall.
            var world = BankFixture.world()
            world.place = BankFixture.node("FW-1")
            var polled = PolledWorld(world, seed: seed, knowsPlace: scenario.place != nil)
            polled.reachesIslands = true
            polled.run(seconds: 400)
            for step in scenario.steps { step.apply(&polled) }
            polled.run(seconds: 1_800)
            let told = polled.told.map { polled.report?.name(of: $0) ?? "" }.sorted()
            #expect(told == scenario.told.sorted(), "seed \(seed)")
            for (name, causes) in scenario.explained {
                let entity = AlertEntity.device(CauseWorld.device(BankFixture.node(name)))
                guard case .explained(let found)? = polled.report?.verdict(of: entity) else {
                    Issue.record("seed \(seed): \(name) is not explained")
                    continue
                }
                #expect(Set(found.map { polled.report?.name(of: $0) ?? "" }) == causes, "seed \(seed): \(name)")
            }
        }
    }
}
