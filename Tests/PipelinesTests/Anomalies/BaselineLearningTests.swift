import Baselines
import Inventory
import Jobs
import Pipelines
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct BaselineLearningTests {
    @Test("Learning tells what operators look for and stores 168 rows an interface")
    func lines() async throws {
        let scene = WatchScene()
        try await scene.history(days: 15)
        let watch = try scene.watch()
        _ = try await watch.learn(scene.context(PipelineJobs.learnBaselines))
        let lines = scene.log.recorded
        #expect(lines.contains("info Learning baselines for 2 critical interfaces"))
        #expect(lines.contains("info Updated 336 baselines (2 interfaces × 168 time contexts)"))
        #expect(lines.contains("info Average confidence: 0.32 (building)"))
        let rows = try await scene.catalog.baselines(of: scene.ids[0])
        #expect(rows.count == 168 && rows.allSatisfy { $0.sampleCount == 8 })
        #expect(try await scene.catalog.baselines(of: scene.ids[2]).isEmpty)
    }

    @Test("What is read from the store for all is what was gathered for critical ones")
    func all() async throws {
        let (scene, other) = (WatchScene(), WatchScene(critical: 0))
        for one in [scene, other] { try await one.history(days: 15.3) }
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        _ = try await watch.learn(scene.context(PipelineJobs.learnBaselines, subject: "all"))
        _ = try await other.watch().learn(other.context(PipelineJobs.learnBaselines, subject: "all"))
        for id in scene.ids {
            let (left, right) = (try await scene.catalog.baselines(of: id), try await other.catalog.baselines(of: id))
            #expect(left.count == 168 && left == right)
        }
    }

    @Test("Another subject is refused with what would be right")
    func subject() async throws {
        let scene = WatchScene()
        let watch = try scene.watch()
        let error = await #expect(throws: PipelineError.self) {
            try await watch.learn(scene.context(PipelineJobs.learnBaselines, subject: "everything"))
        }
        #expect(error?.code == .invalidRequest && error?.message.contains("'all'") == true)
        let other = await #expect(throws: PipelineError.self) {
            try await watch.relearn(scene.context(PipelineJobs.relearnBaselines, subject: "tag:"))
        }
        #expect(other?.code == .invalidRequest)
    }

    @Test("The first learning is asked for once an hour has seven samples, and once only when it was done")
    func first() async throws {
        let scene = WatchScene(interval: 300)
        let watch = try scene.watch()
        try await scene.poll(11)
        _ = try await watch.check(scene.context())
        #expect(scene.started.withLock { $0 } == [])
        try await scene.poll(2)
        _ = try await watch.check(scene.context())
        #expect(scene.started.withLock { $0 } == [PipelineJobs.learnBaselines])
        _ = try await watch.learn(scene.context(PipelineJobs.learnBaselines))
        try await scene.poll(24)
        _ = try await watch.check(scene.context())
        #expect(scene.started.withLock { $0 } == [PipelineJobs.learnBaselines])
    }

    @Test("Baselines learnt before the states were lost are judged by again")
    func adopted() async throws {
        var settings = AnomalySettings()
        settings.mode = .classic
        let scene = WatchScene(settings: settings)
        try await scene.history(days: 15)
        _ = try await scene.watch().learn(scene.context(PipelineJobs.learnBaselines, subject: "all"))
        scene.states.octets = nil
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        scene.happen { _, _ in 0 }
        try await scene.poll()
        _ = try await watch.check(scene.context())
        #expect(scene.catalog.anomalies.contains { $0.mode == .classic })
    }

    @Test("A time excluded afterwards is learnt anew without it")
    func excludedAfterwards() async throws {
        let scene = WatchScene()
        try await scene.history(days: 14)
        let from = scene.clock.now
        scene.happen { _, _ in 4 }
        try await scene.history(days: 0.25)
        scene.happen { _, _ in 1 }
        try await scene.history(days: 1)
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        _ = try await watch.learn(scene.context(PipelineJobs.learnBaselines))
        let spoilt = try await scene.catalog.baselines(of: scene.ids[0]).map(\.inbound.maximum).max() ?? 0
        #expect(spoilt > 230)
        let exclusion = BaselineExclusion(
            scope: .interface(scene.ids[0]), from: from, to: from.advanced(bySeconds: 21_600 + 900),
            at: scene.clock.now)
        try await scene.catalog.saveBaselineExclusion(exclusion)
        _ = try await watch.check(scene.context())
        #expect(scene.started.withLock { $0 }.last == "\(PipelineJobs.relearnBaselines) \(scene.ids[0])")
        _ = try await watch.relearn(scene.context(PipelineJobs.relearnBaselines, subject: "\(scene.ids[0])"))
        let clean = try await scene.catalog.baselines(of: scene.ids[0]).map(\.inbound.maximum).max() ?? 0
        #expect(clean > 100 && clean < 215)
        let others = try await scene.catalog.baselines(of: scene.ids[1]).map(\.inbound.maximum).max() ?? 0
        #expect(others > 230)
        // It is not asked for again.
        try await scene.poll()
        _ = try await watch.check(scene.context())
        #expect(scene.started.withLock { $0.count { $0.hasPrefix(PipelineJobs.relearnBaselines) } } == 1)
    }

    @Test("An interface for something else is learnt anew; changed rules or labels alone change nothing")
    func meaning() async throws {
        let scene = WatchScene()
        try await scene.history(days: 9)
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        scene.catalog.change(scene.ids[0]) { $0.ispProvider = "other" }
        scene.catalog.change(scene.ids[1]) { $0.facts.ifAlias = "another label" }
        try await scene.poll()
        _ = try await watch.check(scene.context())
        #expect(!scene.log.recorded.contains { $0.contains("something else now") })
        let now = scene.clock.now
        scene.catalog.change(scene.ids[0]) { row in
            (row.facts.ifAlias, row.ispProvider, row.updatedAt) = ("uplink of another", "third", now)
        }
        try await scene.poll()
        _ = try await watch.check(scene.context())
        #expect(scene.log.recorded.count { $0.contains("Gi0/1 of CORE-1 is for something else now") } == 1)
        // What it carries from now on is nothing unusual: nothing is known of it.
        scene.happen { id, _ in id == scene.ids[0] ? 3 : 1 }
        try await scene.poll(4)
        _ = try await watch.check(scene.context())
        #expect(scene.catalog.anomalies.allSatisfy { $0.interfaceID != scene.ids[0] })
    }

    @Test("Any truncation or flipped bit of a kept state is refused, and history is read instead")
    func damage() async throws {
        let scene = WatchScene(1, critical: 1)
        try await scene.history(days: 1)
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        try await watch.save()
        let octets = try #require(scene.states.octets)
        var generator = Seeded(7)
        var damaged = [octets + [0], Array(octets.dropLast()), [], Array(octets.prefix(30))]
        for _ in 0..<20 {
            var copy = octets
            copy[Int.random(in: 0..<copy.count, using: &generator)] ^= 1 << Int.random(in: 0..<8, using: &generator)
            damaged.append(copy)
            damaged.append(Array(octets.prefix(Int.random(in: 0..<octets.count, using: &generator))))
        }
        for (place, copy) in damaged.enumerated() {
            scene.states.octets = copy
            let before = scene.log.recorded.count { $0.contains("made from stored history") }
            _ = try await scene.watch(ReadOnly(scene.states)).check(scene.context())
            #expect(scene.log.recorded.count { $0.contains("made from stored history") } == before + 1, "\(place)")
        }
        scene.states.octets = octets
        let before = scene.log.recorded.count { $0.contains("made from stored history") }
        _ = try await scene.watch().check(scene.context())
        #expect(scene.log.recorded.count { $0.contains("made from stored history") } == before)
    }

    private struct ReadOnly: DetectionStateStore {
        let states: MemoryStates
        let isKept = false
        init(_ states: MemoryStates) { self.states = states }
        func reader() throws -> (any DetectionStateReader)? { try states.reader() }
        func writer() throws -> any DetectionStateWriter { try states.writer() }
    }
}
