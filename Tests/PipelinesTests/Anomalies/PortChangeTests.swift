import Baselines
import CatalogSQLite
import Inventory
import Jobs
import Pipelines
import Testing

/// Interfaces that appear, vanish, change speed or meaning, over a catalog as a server has it.
@Suite(.timeLimit(.minutes(5)))
struct PortChangeTests {
    private static let inbound = TrafficSide(.inbound, .traffic)

    private func scene(
        ports: Int = 2, days: Double, interval: Double = 300
    ) async throws -> (PortScene, AnomalyWatch) {
        let scene = try await PortScene(interval: interval)
        for _ in 0..<ports { try await scene.addPort() }
        try await scene.poll(days: days)
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        return (scene, watch)
    }

    // MARK: - Appearing

    @Test("A port that appears: its first poll is no sample, its first day raises nothing, whatever it carried before")
    func appears() async throws {
        let (scene, watch) = try await scene(days: 3, interval: 900)
        let fresh = try await scene.addPort()
        try await scene.watch(watch, polls: 1)
        #expect(watch.statistics().interfaces == 3)
        try await scene.watch(watch, polls: 95)
        #expect(try await scene.anomalies().isEmpty)
        let rows = try await scene.catalog.baselines(of: fresh)
        #expect(rows.isEmpty, "baselines are learnt on Sunday")
    }

    @Test("A port of three hours that falls silent is told at the third poll; one that is new since an hour is not")
    func dayOne() async throws {
        let (scene, watch) = try await scene(days: 3)
        let old = try await scene.addPort()
        try await scene.watch(watch, polls: 30)
        let fresh = try await scene.addPort()
        try await scene.watch(watch, polls: 6)
        scene.happen { id, _ in PortScene.Traffic(factor: id == old || id == fresh ? 0 : 1) }
        try await scene.watch(watch, polls: 2)
        #expect(try await scene.anomalies().isEmpty)
        try await scene.watch(watch, polls: 1)
        let found = try await scene.anomalies(of: old)
        #expect(found.contains { $0.side == Self.inbound && $0.kind == .trafficDrop && $0.state == .raised })
        #expect(try await scene.anomalies(of: fresh).isEmpty)
    }

    @Test("A port of one week is judged by what it learnt: a half of the usual is told within an hour")
    func firstWeek() async throws {
        let (scene, watch) = try await scene(days: 8)
        let port = scene.ports[0]
        try await scene.watch(watch, polls: 3)
        #expect(try await scene.anomalies().isEmpty)
        scene.happen(at: port, PortScene.Traffic(factor: 0.4))
        try await scene.watch(watch, polls: 12)
        let found = try await scene.anomalies()
        #expect(found.contains { $0.side == Self.inbound && $0.score < 0 })
        #expect(found.allSatisfy { $0.interfaceID == port })
    }

    // MARK: - Vanishing

    @Test("A port that is recorded no more has its anomaly ended with its last sample, and is known again afterwards")
    func unmonitored() async throws {
        let (scene, watch) = try await scene(days: 10)
        let port = scene.ports[0]
        scene.happen(at: port, PortScene.Traffic(factor: 0))
        try await scene.watch(watch, polls: 4)
        let open = try #require(try await scene.anomalies(of: port).first { $0.side == Self.inbound })
        #expect(!open.isOver)
        try await scene.change(port) { $0.monitoringEnabled = false }
        try await scene.poll(1, [scene.ports[1]])
        _ = try await watch.check(scene.context())
        #expect(watch.statistics().interfaces == 1)
        let over = try await scene.anomalies(of: port)
        #expect(over.allSatisfy { $0.endedAt == $0.lastAt })
        #expect(try await scene.incidents().allSatisfy { $0.endedAt != nil })
        // Recorded again: what it was used to is made from history, and its gap is no anomaly.
        scene.happen { _, _ in PortScene.Traffic() }
        try await scene.poll(12, [scene.ports[1]])
        try await scene.change(port) { $0.monitoringEnabled = true }
        try await scene.watch(watch, polls: 12)
        #expect(try await scene.anomalies().map(\.id) == over.map(\.id))
        scene.happen(at: port, PortScene.Traffic(factor: 0.3))
        try await scene.watch(watch, polls: 6)
        #expect(try await scene.anomalies(of: port).contains { !$0.isOver && $0.confidence > 0.3 })
    }

    @Test("A port that was cleaned up takes its anomalies with it, and the others are checked on")
    func removed() async throws {
        let (scene, watch) = try await scene(days: 10)
        let port = scene.ports[0]
        scene.happen { _, _ in PortScene.Traffic(factor: 0) }
        try await scene.watch(watch, polls: 4)
        #expect(try await scene.anomalies(of: port).contains { !$0.isOver })
        try await scene.remove(port)
        try await scene.poll(1, [scene.ports[1]])
        let outcome = try await watch.check(scene.context())
        #expect(outcome.message?.contains("on 1 interface:") == true)
        #expect(try await scene.anomalies(of: port).isEmpty)
        #expect(try await scene.anomalies(of: scene.ports[1]).contains { !$0.isOver })
        let incidents = try await scene.incidents()
        #expect(!incidents.isEmpty && incidents.allSatisfy { $0.endedAt == nil && !$0.anomalyIDs.isEmpty })
    }

    @Test("A port its device does not have at the moment stays watched")
    func missing() async throws {
        let (scene, watch) = try await scene(days: 2)
        let now = scene.clock.now
        try await scene.change(scene.ports[0]) { $0.missingSince = now }
        try await scene.watch(watch, polls: 1)
        #expect(watch.statistics().interfaces == 2)
    }

    @Test("A device that is switched off in the inventory is watched no more, and its anomalies end")
    func disabled() async throws {
        let (scene, watch) = try await scene(days: 10)
        scene.happen { _, _ in PortScene.Traffic(factor: 0) }
        try await scene.watch(watch, polls: 4)
        #expect(try await scene.anomalies().contains { !$0.isOver })
        try await scene.setDevice(enabled: false)
        scene.clock.advance(bySeconds: 300)
        _ = try await watch.check(scene.context())
        #expect(watch.statistics().interfaces == 0)
        #expect(try await scene.anomalies().allSatisfy { $0.isOver })
    }

    @Test(
        "A device that is silent for an hour has its anomalies ended with their last sample, and nothing is raised when it answers"
    )
    func silent() async throws {
        let (scene, watch) = try await scene(days: 10)
        try await scene.watch(watch, polls: 13)
        let port = scene.ports[0]
        scene.happen(at: port, PortScene.Traffic(factor: 0))
        try await scene.watch(watch, polls: 4)
        let open = try await scene.anomalies()
        #expect(open.contains { !$0.isOver })
        scene.happen { _, _ in PortScene.Traffic(factor: nil) }
        try await scene.watch(watch, polls: 10)
        #expect(try await scene.anomalies().contains { !$0.isOver }, "less than an hour")
        try await scene.watch(watch, polls: 8)
        #expect(try await scene.anomalies().allSatisfy { $0.endedAt == $0.lastAt })
        #expect(watch.statistics().interfacesBehind == 2)
        scene.happen { _, _ in PortScene.Traffic() }
        try await scene.watch(watch, polls: 12)
        #expect(
            try await scene.anomalies().map(\.id) == open.map(\.id), "the counters of hours in one step are no spike")
        // What is usual was not forgotten.
        scene.happen(at: scene.ports[1], PortScene.Traffic(factor: 0.3))
        try await scene.watch(watch, polls: 6)
        #expect(try await scene.anomalies(of: scene.ports[1]).contains { $0.confidence > 0.3 })
    }

    // MARK: - Another speed

    @Test(
        "Another line speed is no anomaly and nothing to learn anew, as long as the traffic is the same",
        arguments: [10_000_000_000, 400_000_000, nil] as [Int64?])
    func speed(_ speed: Int64?) async throws {
        let (scene, watch) = try await scene(days: 10)
        scene.happen { _, _ in PortScene.Traffic(speed: speed) }
        try await scene.watch(watch, polls: 24)
        #expect(try await scene.anomalies().isEmpty)
        scene.happen { id, _ in PortScene.Traffic(factor: id == scene.ports[0] ? 0.2 : 1, speed: speed) }
        try await scene.watch(watch, polls: 6)
        #expect(try await scene.anomalies(of: scene.ports[0]).contains { $0.confidence > 0.3 })
        #expect(try await scene.anomalies(of: scene.ports[1]).isEmpty)
    }

    @Test("A line that fell back to a speed the traffic fills is told as full")
    func fallback() async throws {
        let (scene, watch) = try await scene(days: 10)
        let port = scene.ports[0]
        scene.happen { id, now in
            guard id == port else { return PortScene.Traffic() }
            let usual = PolledCounters.bits(of: id, at: now)
            return PortScene.Traffic(factor: min(1, 9.9e6 / usual), speed: 10_000_000)
        }
        try await scene.watch(watch, polls: 4)
        let found = try await scene.anomalies(of: port).filter { $0.side == Self.inbound }
        #expect(!found.isEmpty && found.allSatisfy { $0.score < 0 }, "it carries a tenth of the usual")
    }

    // MARK: - Another meaning

    @Test(
        "A port that is for something else ends its anomaly, is learnt anew, and stays so after a kill and relearning")
    func meaning() async throws {
        let (scene, watch) = try await scene(days: 10)
        let port = scene.ports[0]
        try await scene.watch(watch, polls: 1)
        scene.happen(at: port, PortScene.Traffic(factor: 0))
        try await scene.watch(watch, polls: 4)
        let before = try await scene.anomalies(of: port)
        #expect(before.contains { !$0.isOver })
        try await scene.change(port) { row in
            (row.facts.ifAlias, row.interfaceType, row.ispProvider) = ("uplink to another", .isp, "another")
        }
        scene.happen(at: port, PortScene.Traffic(factor: 3))
        try await scene.watch(watch, polls: 12)
        #expect(scene.lines("Gi0/1 of CORE-1 is for something else now") == 1)
        #expect(try await scene.anomalies(of: port).map(\.id) == before.map(\.id))
        #expect(try await scene.anomalies(of: port).allSatisfy { $0.isOver })
        // The ten days before are of another use; only a watch that learnt from them calls this a spike.
        try await watch.save()
        let next = try scene.watch()
        _ = try await next.relearn(scene.context(PipelineJobs.relearnBaselines, subject: "all"))
        try await scene.watch(next, polls: 12)
        #expect(try await scene.anomalies(of: port).map(\.id) == before.map(\.id))
        #expect(scene.lines("is for something else now") == 1)
        // An outage is told all the same: some hours are known.
        try await scene.watch(next, polls: 12)
        scene.happen(at: port, PortScene.Traffic(factor: 0))
        try await scene.watch(next, polls: 3)
        #expect(try await scene.anomalies(of: port).count > before.count)
    }

    @Test("Another label, or another role by the rules, is nothing to learn anew", arguments: [true, false])
    func label(isLabel: Bool) async throws {
        let (scene, watch) = try await scene(days: 10)
        let port = scene.ports[0]
        try await scene.change(port) { row in
            if isLabel { row.facts.ifAlias = "another label" } else { row.interfaceType = .serverLink }
        }
        scene.happen(at: port, PortScene.Traffic(factor: 0.3))
        try await scene.watch(watch, polls: 6)
        #expect(scene.lines("is for something else now") == 0)
        #expect(try await scene.anomalies(of: port).contains { $0.confidence > 0.3 })
    }

    // MARK: - Another interval

    @Test("After 300 s between polls, 60 s: what was learnt counts, and an outage is told at once")
    func interval() async throws {
        let (scene, watch) = try await scene(ports: 1, days: 21)
        try await watch.save()
        scene.interval = 60
        let next = try scene.watch()
        try await scene.watch(next, polls: 5)
        #expect(scene.lines("made from stored history") == 1)
        #expect(try await scene.anomalies().isEmpty)
        scene.happen { _, _ in PortScene.Traffic(factor: 0) }
        try await scene.watch(next, polls: 1)
        let found = try await scene.anomalies().filter { $0.side == Self.inbound }
        #expect(found.count == 1 && found.allSatisfy { $0.confidence > 0.3 && $0.state == .raised })
    }
}
