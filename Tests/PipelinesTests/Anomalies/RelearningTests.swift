import Baselines
import CatalogSQLite
import Inventory
import Jobs
import Pipelines
import Series
import Synchronization
import Testing

/// Learning anew from stored history, and what happens while it does.
@Suite(.timeLimit(.minutes(5)))
struct RelearningTests {
    private func scene(_ settings: AnomalySettings = AnomalySettings(), days: Double = 15) async throws -> PortScene {
        let scene = try await PortScene(interval: 900, settings: settings)
        for _ in 0..<2 { try await scene.addPort(.isp, isCritical: true) }
        try await scene.addPort()
        try await scene.poll(days: days)
        return scene
    }

    /// The runs of relearning that were asked for.
    private func relearnings(_ scene: PortScene) -> [String] {
        scene.started.withLock { $0.filter { $0.hasPrefix(PipelineJobs.relearnBaselines) } }
    }

    private func relearn(_ scene: PortScene, _ watch: AnomalyWatch, _ subject: String) async throws -> JobOutcome {
        try await watch.relearn(scene.context(PipelineJobs.relearnBaselines, subject: subject))
    }

    /// States as they are kept: equal ones are equal octets.
    private func states(_ scene: PortScene, _ watch: AnomalyWatch) async throws -> [UInt8]? {
        try await watch.save()
        return scene.states.octets
    }

    @Test("What was learnt anew is what a watch that starts from nothing makes of the same readings")
    func same() async throws {
        let scene = try await scene()
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        let action = AnomalyAction(kind: .newNormal, interfaceID: scene.ports[2], at: scene.clock.now)
        try await scene.catalog.saveAnomalyAction(action)
        scene.happen(at: scene.ports[2], PortScene.Traffic(factor: 1.2))
        try await scene.watch(watch, polls: 8)
        let live = try await states(scene, watch)
        _ = try await relearn(scene, watch, "all")
        let relearnt = try await states(scene, watch)
        #expect(live != nil && live == relearnt)
    }

    @Test("What an operator says while it runs happens to the states it makes")
    func words() async throws {
        let (one, other) = (try await scene(), try await scene())
        for (scene, isDuring) in [(one, true), (other, false)] {
            let watch = try scene.watch()
            _ = try await watch.check(scene.context())
            scene.happen { _, _ in PortScene.Traffic(factor: 1.25) }
            try await scene.watch(watch, polls: 8)
            let port = scene.ports[2]
            var action = AnomalyAction(kind: .newNormal, interfaceID: port, at: scene.clock.now)
            action.id = AnomalyActionID("0190a000-0000-8000-8000-000000000001") ?? action.id
            let said = action
            if isDuring {
                // The second scan of the run is the one that makes states anew: a check goes between.
                scene.series.beforeScan(2) {
                    try await scene.catalog.saveAnomalyAction(said)
                    _ = try await watch.check(scene.context())
                }
            }
            _ = try await relearn(scene, watch, "all")
            if !isDuring { try await scene.catalog.saveAnomalyAction(said) }
            try await scene.watch(watch, polls: 8)
        }
        let (left, right) = (one.states.octets, other.states.octets)
        #expect(left != nil && left == right)
    }

    @Test("Excluding many times of the past asks for one run, which is asked for again where it was lost")
    func coalesced() async throws {
        let scene = try await scene()
        var watch = try scene.watch()
        _ = try await watch.check(scene.context())
        let from = scene.clock.now.advanced(bySeconds: -5 * 86_400)
        for port in scene.ports {
            try await scene.catalog.saveBaselineExclusion(
                BaselineExclusion(
                    scope: .interface(port), from: from, to: from.advanced(bySeconds: 7200), at: scene.clock.now))
        }
        scene.refusals.withLock { $0 = 1 }
        let run = "\(PipelineJobs.relearnBaselines) exclusions"
        try await scene.watch(watch, polls: 1)
        #expect(relearnings(scene).isEmpty, "no run could be started")
        try await scene.watch(watch, polls: 2)
        #expect(relearnings(scene) == [run])
        // The process is killed before the run ends.
        try await watch.save()
        watch = try scene.watch()
        try await scene.watch(watch, polls: 1)
        #expect(relearnings(scene) == [run, run])
        _ = try await relearn(scene, watch, "exclusions")
        #expect(scene.lines("info Relearned 3 interfaces from") == 1)
        try await scene.watch(watch, polls: 6)
        #expect(relearnings(scene) == [run, run])
    }

    @Test("A time before all readings, or with few days of readings, starts nothing", arguments: [true, false])
    func pointless(isOld: Bool) async throws {
        var settings = AnomalySettings()
        if !isOld { settings.historyDays = 10 }
        let scene = try await scene(settings)
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        let from = scene.clock.now.advanced(bySeconds: isOld ? -300 * 86_400 : -86_400)
        try await scene.catalog.saveBaselineExclusion(
            BaselineExclusion(scope: .all, from: from, to: from.advanced(bySeconds: 7200), at: scene.clock.now))
        try await scene.watch(watch, polls: 2)
        #expect(relearnings(scene).isEmpty)
        #expect(scene.lines("readings of 10 days are kept") == (isOld ? 0 : 1))
    }

    @Test("Damaged blocks make learning and relearning partial")
    func damaged() async throws {
        let scene = try await scene()
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        scene.series.damage(2)
        let learnt = try await watch.learn(scene.context(PipelineJobs.learnBaselines, subject: "all"))
        #expect(learnt.completion == .partial && learnt.message?.contains("damaged blocks left out") == true)
        let relearnt = try await relearn(scene, watch, "all")
        #expect(relearnt.completion == .partial && relearnt.message?.contains("2 damaged blocks left out") == true)
    }

    // MARK: - Beside a server

    @Test("A process that keeps no states refuses to learn anew, and learns baselines without telling anomalies")
    func beside() async throws {
        let scene = try await scene()
        let server = try scene.watch()
        _ = try await server.check(scene.context())
        try await server.save()
        scene.happen { _, _ in PortScene.Traffic(factor: 0) }
        try await scene.poll(4)
        let command = try scene.watch(ReadOnlyStates(states: scene.states))
        let error = await #expect(throws: PipelineError.self) { try await relearn(scene, command, "all") }
        #expect(error?.message.contains("only a server keeps what is learnt anew") == true)
        let outcome = try await command.learn(scene.context(PipelineJobs.learnBaselines, subject: "all"))
        #expect(outcome.message?.hasPrefix("Updated 504 baselines (3 interfaces") == true)
        #expect(try await scene.catalog.baselines(of: scene.ports[2]).count == 168)
        #expect(try await scene.anomalies().isEmpty)
    }

    @Test("What another process learnt is judged by within an hour")
    func adopted() async throws {
        var settings = AnomalySettings()
        settings.mode = .classic
        let scene = try await scene(settings)
        let server = try scene.watch()
        _ = try await server.check(scene.context())
        let command = try scene.watch(ReadOnlyStates(states: scene.states))
        _ = try await command.learn(scene.context(PipelineJobs.learnBaselines, subject: "all"))
        try await scene.watch(server, polls: 5)
        #expect(try await scene.anomalies().isEmpty)
        scene.happen { _, _ in PortScene.Traffic(factor: 0) }
        try await scene.watch(server, polls: 1)
        #expect(try await scene.anomalies().contains { $0.mode == .classic })
    }

    @Test("Learning all reads nothing of interfaces whose samples are kept, and the others beside the checks")
    func scans() async throws {
        var settings = AnomalySettings()
        settings.classicScope = .all
        for isAll in [true, false] {
            let scene = try await scene(isAll ? settings : AnomalySettings())
            let watch = try scene.watch()
            _ = try await watch.check(scene.context())
            _ = scene.series.takeQueries()
            _ = try await watch.learn(scene.context(PipelineJobs.learnBaselines, subject: "all"))
            let long = scene.series.takeQueries().filter { $0.to.secondsSince($0.from) > 2 * 86_400 }
            #expect(long.map(\.interfaces) == (isAll ? [] : [.ids([scene.ports[2]])]))
        }
    }
}
