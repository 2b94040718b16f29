import Baselines
import CatalogSQLite
import Inventory
import Jobs
import Pipelines
import Series
import Synchronization
import Testing

/// What a watch does where stores fail, clocks jump and interfaces are dead.
@Suite(.timeLimit(.minutes(5)))
struct WatchRecoveryTests {
    private func scene(_ ports: Int = 2, critical: Int = 0, days: Double = 15) async throws -> PortScene {
        let scene = try await PortScene(interval: 900)
        for number in 0..<ports {
            try await scene.addPort(number < critical ? .isp : .access, isCritical: number < critical)
        }
        try await scene.poll(days: days)
        return scene
    }

    @Test("A port that becomes critical gets its samples of before, though the store fails at first")
    func lateClassic() async throws {
        let scene = try await scene(2, critical: 1)
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        _ = try await watch.learn(scene.context(PipelineJobs.learnBaselines, subject: "all"))
        let learnt = try await scene.catalog.baselines(of: scene.ports[1])
        try await scene.change(scene.ports[1]) { $0.isCritical = true }
        scene.series.fail(1)
        _ = try await watch.check(scene.context())
        #expect(scene.lines("the next check tries again") == 1)
        #expect(watch.statistics().classicInterfaces == 1)
        try await scene.watch(watch, polls: 1)
        #expect(watch.statistics().classicInterfaces == 2)
        _ = scene.series.takeQueries()
        _ = try await watch.learn(scene.context(PipelineJobs.learnBaselines))
        let again = try await scene.catalog.baselines(of: scene.ports[1])
        #expect(again.map(\.inbound) == learnt.map(\.inbound) && again.contains { $0.sampleCount == 8 })
        let long = scene.series.takeQueries().filter { $0.to.secondsSince($0.from) > 2 * 86_400 }
        #expect(long.isEmpty, "its samples are kept now")
    }

    @Test("A clock that was a month ahead silences nothing: states are made from what is stored up to now")
    func clockAhead() async throws {
        let scene = try await scene(days: 10)
        let ahead = try await PortScene(interval: 900, states: scene.states)
        for _ in 0..<2 { try await ahead.addPort() }
        ahead.clock.advance(bySeconds: 40 * 86_400)
        try await ahead.poll(2)
        let wrong = try ahead.watch()
        _ = try await wrong.check(ahead.context())
        try await wrong.save()
        let watch = try scene.watch()
        try await scene.watch(watch, polls: 1)
        #expect(scene.lines("the clock was ahead: 2 interfaces had been read up to") == 1)
        #expect(watch.statistics().interfacesBehind == 0)
        scene.happen(at: scene.ports[0], PortScene.Traffic(factor: 0.2))
        try await scene.watch(watch, polls: 2)
        #expect(try await scene.anomalies(of: scene.ports[0]).contains { $0.confidence > 0.3 })
        #expect(scene.lines("the clock was ahead") == 1)
    }

    @Test(
        "Ports that never answer are read from the begin once, then looked at for a sign; what comes late is not passed over"
    )
    func dead() async throws {
        let scene = try await scene(1, days: 10)
        let alive = scene.ports[0]
        let dead = try await scene.addPort()
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        _ = scene.series.takeQueries()
        for _ in 0..<3 {
            try await scene.poll(1, [alive])
            _ = try await watch.check(scene.context())
        }
        let spans = scene.series.takeQueries().map { $0.to.secondsSince($0.from) }
        #expect(!spans.isEmpty && spans.allSatisfy { $0 < 2 * 3600 })
        // A day of readings of it is stored at once, as an outbox does that was cut off.
        let now = scene.clock.now
        let counters = PolledCounters()
        for place in stride(from: 96.0, through: 0, by: -1) {
            let at = now.advanced(bySeconds: -place * 900)
            let reading = counters.reading(of: dead, at: at, factor: 1, interval: 900)
            _ = try await scene.series.append([SeriesReading(dead, reading)])
        }
        let outcome = try await watch.check(scene.context())
        #expect(outcome.message?.contains("2 interfaces") == true)
        #expect(watch.statistics().lastCheckSamples == 97)
        #expect(watch.statistics().interfacesBehind == 0)
    }

    @Test("What an operator said is lived through once, though the first reading of history fails")
    func wordsOnce() async throws {
        var kept: [[UInt8]?] = []
        for failures in [0, 2] {
            let scene = try await scene(1, days: 10)
            scene.happen { _, _ in PortScene.Traffic(factor: 0.2) }
            try await scene.poll(8)
            for (place, kind) in [AnomalyActionKind.expected, .newNormal].enumerated() {
                var action = AnomalyAction(kind: kind, interfaceID: scene.ports[0], at: scene.clock.now)
                action.id = AnomalyActionID("0190a000-0000-8000-8000-00000000000\(place)") ?? action.id
                try await scene.catalog.saveAnomalyAction(action)
                try await scene.poll(4)
            }
            scene.series.fail(failures)
            let watch = try scene.watch()
            for _ in 0..<failures { await #expect(throws: (any Error).self) { try await watch.check(scene.context()) } }
            try await scene.watch(watch, polls: 1)
            try await watch.save()
            kept.append(scene.states.octets)
        }
        #expect(kept[0] != nil && kept[0] == kept[1])
    }

    @Test("Baselines of many interfaces are read page by page, and are those of each")
    func pages() async throws {
        var settings = AnomalySettings()
        settings.mode = .classic
        let scene = try await PortScene(interval: 900, settings: settings)
        for _ in 0..<66 { try await scene.addPort(.isp, isCritical: true) }
        try await scene.poll(days: 0.5)
        let learnt = scene.ports.flatMap { week(of: $0, at: scene.clock.now) }
        _ = try await scene.catalog.replaceBaselines(of: scene.ports, with: learnt)
        let watch = try scene.watch()
        try await scene.watch(watch, polls: 1)
        let dark = scene.ports.sorted().last
        scene.happen { id, _ in PortScene.Traffic(factor: id == dark ? 0 : 1) }
        try await scene.watch(watch, polls: 1)
        #expect(Set(try await scene.anomalies().map(\.interfaceID)) == Set([dark].compactMap(\.self)))
    }

    /// 60 samples of each hour of the week: 120 Mbit/s, give or take 30.
    private func week(of port: InterfaceID, at now: Timestamp) -> [Baseline] {
        let inbound = BaselineFigures(average: 120, standardDeviation: 30, minimum: 30, maximum: 210, sampleCount: 60)
        let outbound = BaselineFigures(average: 60, standardDeviation: 15, minimum: 15, maximum: 105, sampleCount: 60)
        return (0..<168).map { hour in
            Baseline(
                interfaceID: port, hourOfDay: hour % 24, dayOfWeek: hour / 24, inbound: inbound, outbound: outbound,
                lastUpdated: now)
        }
    }
}
