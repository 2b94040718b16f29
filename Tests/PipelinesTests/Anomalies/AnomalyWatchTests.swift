import Baselines
import Inventory
import Jobs
import Pipelines
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct AnomalyWatchTests {
    @Test("An ordinary day raises nothing; an outage is one anomaly a side, one incident, and ends")
    func outage() async throws {
        let scene = WatchScene()
        try await scene.history(days: 10)
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        for _ in 0..<6 {
            try await scene.poll(16)
            _ = try await watch.check(scene.context())
        }
        #expect(scene.catalog.anomalies.isEmpty)
        let dark = scene.ids[0]
        scene.happen { id, _ in id == dark ? 0 : 1 }
        for _ in 0..<6 {
            try await scene.poll()
            _ = try await watch.check(scene.context())
        }
        let open = scene.catalog.anomalies
        #expect(!open.isEmpty && open.allSatisfy { $0.interfaceID == dark && !$0.isOver && $0.score < 0 })
        #expect(
            Set(open.map(\.side)).isSuperset(of: [TrafficSide(.inbound, .traffic), TrafficSide(.outbound, .traffic)]))
        #expect(open.allSatisfy { $0.explanation.sameHourLastWeeks.count == 4 })
        let inbound = open.first { $0.side == TrafficSide(.inbound, .traffic) }
        #expect(inbound?.explanation.sameHourLastWeeks.first.flatMap(\.self) ?? 0 > 30e6)
        #expect(scene.catalog.incidents.count == 1)
        scene.happen { _, _ in 1 }
        for _ in 0..<10 {
            try await scene.poll()
            _ = try await watch.check(scene.context())
        }
        #expect(scene.catalog.anomalies.map(\.id) == open.map(\.id))
        #expect(scene.catalog.anomalies.allSatisfy { $0.isOver })
        #expect(scene.catalog.incidents.allSatisfy { $0.endedAt != nil })
    }

    @Test("The line of a check is the one operators look for")
    func line() async throws {
        let scene = WatchScene()
        try await scene.history(days: 1)
        let outcome = try await scene.watch().check(scene.context())
        #expect(outcome.message == "Checked anomalies on 3 interfaces: 0 found in 0.000 seconds")
        #expect(scene.log.recorded.contains("info Checked anomalies on 3 interfaces: 0 found in 0.000 seconds"))
    }

    @Test("A watch that is killed at any moment comes to the same anomalies and incidents", arguments: [1, 3])
    func killed(_ every: Int) async throws {
        let (whole, broken) = (WatchScene(), WatchScene())
        for (scene, isBroken) in [(whole, false), (broken, true)] {
            try await scene.history(days: 10)
            let (first, second) = (scene.ids[0], scene.ids[1])
            scene.happen { id, now in
                let hours = now.secondsSince(WatchScene.start) / 3600 - 10 * 24
                if id == first, (0.5..<1.5).contains(hours) { return 0 }
                if id == second, (1..<3).contains(hours) { return 5 }
                return 1
            }
            var watch = try scene.watch()
            _ = try await watch.check(scene.context())
            for turn in 1...20 {
                try await scene.poll()
                if isBroken, turn % every == 0 { watch = try scene.watch() }
                _ = try await watch.check(scene.context())
            }
        }
        #expect(whole.catalog.anomalies.count >= 4)
        #expect(whole.catalog.anomalies == broken.catalog.anomalies)
        #expect(whole.catalog.incidents == broken.catalog.incidents)
    }

    @Test("What came while the process was away is caught up at the next check")
    func caughtUp() async throws {
        let scene = WatchScene()
        try await scene.history(days: 10)
        var watch = try scene.watch()
        _ = try await watch.check(scene.context())
        try await watch.save()
        let dark = scene.ids[1]
        scene.happen { id, now in
            let hours = now.secondsSince(WatchScene.start) / 3600 - 10 * 24
            return id == dark && (30..<32).contains(hours) ? 0 : 1
        }
        try await scene.poll(288)
        watch = try scene.watch()
        let outcome = try await watch.check(scene.context())
        let found = scene.catalog.anomalies
        #expect(!found.isEmpty && found.allSatisfy { $0.interfaceID == dark && $0.isOver })
        #expect(outcome.message?.contains(" \(found.count) found") == true)
    }

    @Test("A damaged state is told and made anew from history, and what goes on goes on under its name")
    func damaged() async throws {
        let scene = WatchScene()
        try await scene.history(days: 10)
        var watch = try scene.watch()
        _ = try await watch.check(scene.context())
        let dark = scene.ids[0]
        scene.happen { id, _ in id == dark ? 0 : 1 }
        for _ in 0..<6 {
            try await scene.poll()
            _ = try await watch.check(scene.context())
        }
        let before = scene.catalog.anomalies
        #expect(!before.isEmpty)
        try await watch.save()
        var octets = try #require(scene.states.octets)
        octets[octets.count / 2] ^= 1
        scene.states.octets = octets
        watch = try scene.watch()
        try await scene.poll()
        _ = try await watch.check(scene.context())
        #expect(scene.log.recorded.contains { $0.hasPrefix("warning") && $0.contains("made from stored history") })
        #expect(scene.catalog.anomalies.map(\.id) == before.map(\.id))
        #expect(scene.catalog.anomalies.allSatisfy { !$0.isOver })
    }

    @Test("What the catalog does not take is kept until it does, and told then")
    func refused() async throws {
        let scene = WatchScene()
        try await scene.history(days: 10)
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        let news = watch.updates()
        scene.happen { _, _ in 0 }
        scene.catalog.rows.withLock { $0.failures = 2 }
        var failures = 0
        for _ in 0..<6 {
            try await scene.poll()
            do { _ = try await watch.check(scene.context()) } catch { failures += 1 }
        }
        watch.finish()
        var told: [AnomalyNews] = []
        for await one in news { told.append(one) }
        #expect(failures == 2)
        let begun = told.flatMap(\.anomalies).filter { $0.change == .started }.map(\.anomaly.id)
        #expect(Set(begun) == Set(scene.catalog.anomalies.map(\.id)) && begun.count == scene.catalog.anomalies.count)
        #expect(!begun.isEmpty)
    }

    @Test("An interface that is no longer recorded has no anomaly that goes on")
    func unmonitored() async throws {
        let scene = WatchScene()
        try await scene.history(days: 10)
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        scene.happen { _, _ in 0 }
        try await scene.poll(2)
        _ = try await watch.check(scene.context())
        #expect(scene.catalog.anomalies.contains { $0.interfaceID == scene.ids[0] && !$0.isOver })
        scene.catalog.change(scene.ids[0]) { $0.monitoringEnabled = false }
        scene.catalog.remove(scene.ids[1])
        try await scene.poll()
        let outcome = try await watch.check(scene.context())
        #expect(outcome.message?.contains("on 1 interface:") == true)
        #expect(scene.catalog.anomalies.allSatisfy { $0.interfaceID != scene.ids[0] || $0.isOver })
        #expect(watch.statistics().interfaces == 1)
    }

    @Test("An interface that answers no more has no anomaly that goes on after an hour")
    func silent() async throws {
        let scene = WatchScene()
        try await scene.history(days: 10)
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        let quiet = scene.ids[0]
        scene.happen { id, _ in id == quiet ? 0 : 1 }
        try await scene.poll(2)
        _ = try await watch.check(scene.context())
        #expect(scene.catalog.anomalies.contains { !$0.isOver })
        try await scene.poll(6, Array(scene.ids.dropFirst()))
        _ = try await watch.check(scene.context())
        #expect(scene.catalog.anomalies.allSatisfy { $0.isOver })
        #expect(watch.statistics().interfacesBehind == 1)
    }

    @Test("Muted is not told; expected is marked; what was said is not taken in twice")
    func actions() async throws {
        let scene = WatchScene()
        try await scene.history(days: 10)
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        var mute = AnomalyAction(kind: .mute, interfaceID: scene.ids[0], at: scene.clock.now)
        mute.until = scene.clock.now.advanced(bySeconds: 86_400)
        try await scene.catalog.saveAnomalyAction(mute)
        scene.happen { _, _ in 0 }
        try await scene.poll(2)
        _ = try await watch.check(scene.context())
        let first = scene.catalog.anomalies.filter { $0.interfaceID == scene.ids[0] }
        #expect(!first.isEmpty && first.allSatisfy { $0.state == .muted })
        let second = try #require(scene.catalog.anomalies.first { $0.interfaceID == scene.ids[1] })
        #expect(second.state == .raised)
        var expected = AnomalyAction(kind: .expected, interfaceID: scene.ids[1], at: scene.clock.now)
        expected.anomalyID = second.id
        expected.side = second.side
        try await scene.catalog.saveAnomalyAction(expected)
        try await scene.poll()
        _ = try await watch.check(scene.context())
        #expect(scene.catalog.anomalies.first { $0.id == second.id }?.state == .expected)
    }

    @Test("The method that raises follows from the setting, and the anomaly says what the other said")
    func modes() async throws {
        var settings = AnomalySettings()
        settings.modes = [.type(.isp): .classic]
        let scene = WatchScene(settings: settings)
        try await scene.history(days: 15)
        let watch = try scene.watch()
        _ = try await watch.learn(scene.context(PipelineJobs.learnBaselines))
        scene.happen { _, _ in 0 }
        try await scene.poll(2)
        _ = try await watch.check(scene.context())
        let found = scene.catalog.anomalies
        #expect(Set(found.filter { $0.interfaceID == scene.ids[0] }.map(\.mode)) == [.classic])
        #expect(Set(found.filter { $0.interfaceID == scene.ids[2] }.map(\.mode)) == [.adaptive])
        #expect(found.first { $0.mode == .classic }?.explanation.other?.mode == .adaptive)
    }
}
