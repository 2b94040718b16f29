import Baselines
import Catalog
import CatalogSQLite
import Inventory
import Jobs
import Pipelines
import Series
import Synchronization
import Testing
import Traffic

/// Incidents as they are stored, over silences, restarts and changes of the inventory.
@Suite(.timeLimit(.minutes(5)))
struct StoredIncidentTests {
    /// Ports with ten days of the usual behind them, and a watch that knows them.
    private func scene(
        _ ports: Int, settings: AnomalySettings = AnomalySettings()
    ) async throws -> (PortScene, AnomalyWatch) {
        let scene = try await PortScene(interval: 900, settings: settings)
        for _ in 0..<ports { try await scene.addPort() }
        try await scene.poll(days: 10)
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        return (scene, watch)
    }

    /// All ports fall, and those of some places come back: what is stored then.
    private func fall(_ scene: PortScene, _ watch: AnomalyWatch, back: Range<Int>) async throws -> Incident {
        scene.happen { _, _ in PortScene.Traffic(factor: 0) }
        try await scene.watch(watch, polls: 4)
        let returned = Set(scene.ports[back])
        scene.happen { id, _ in PortScene.Traffic(factor: returned.contains(id) ? 1 : 0) }
        try await scene.watch(watch, polls: 8)
        let incidents = try await scene.incidents()
        #expect(incidents.count == 1)
        let incident = try #require(incidents.first)
        #expect(incident.endedAt == nil && incident.title.contains("\(scene.ports.count) interfaces"))
        let anomalies = try await scene.anomalies()
        #expect(Set(anomalies.filter(\.isOver).map(\.interfaceID)) == returned)
        #expect(Set(incident.anomalyIDs) == Set(anomalies.map(\.id)))
        return incident
    }

    @Test("An incident that outlives some of its members keeps them when the process starts again")
    func outlivesMembers() async throws {
        let (scene, first) = try await scene(6)
        let before = try await fall(scene, first, back: 1..<6)
        try await scene.watch(first, polls: 16)
        try await first.save()
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        #expect(try await scene.incidents().first?.anomalyIDs == before.anomalyIDs)
        try await scene.watch(watch, polls: 2)
        let after = try #require(try await scene.incidents().first)
        #expect(after.anomalyIDs == before.anomalyIDs && after.title == before.title && after.id == before.id)
        #expect(try await scene.anomalies().allSatisfy { $0.incidentID == before.id })
    }

    @Test("Members that were silent for more than an hour and go on bring their incident back, told once")
    func silentMembers() async throws {
        var settings = AnomalySettings()
        settings.budget = AlarmBudget(perWeek: 1)
        let (scene, watch) = try await scene(6, settings: settings)
        let before = try await fall(scene, watch, back: 0..<2)
        let news = watch.updates()
        for _ in 0..<8 {
            try await scene.poll(1, Array(scene.ports[0..<2]))
            _ = try await watch.check(scene.context())
        }
        #expect(try await scene.incidents().first?.endedAt != nil)
        try await scene.watch(watch, polls: 2)
        watch.finish()
        let incidents = try await scene.incidents()
        #expect(incidents.map(\.id) == [before.id])
        #expect(incidents.first?.anomalyIDs == before.anomalyIDs)
        #expect(incidents.first?.endedAt == nil && incidents.first?.state == .raised)
        #expect(try await scene.anomalies().allSatisfy { $0.state == .raised })
        #expect(watch.statistics().raisedThisWeek == 1 && watch.statistics().budgets.map(\.told) == [1])
        var told: [AnomalyNews.Change] = []
        for await one in news { told += one.incidents.map(\.change) }
        #expect(told.contains(.ended) && !told.contains(.started))
    }

    @Test("Budgets of groups are spent as before when the process starts again")
    func groupBudgets() async throws {
        var settings = AnomalySettings()
        settings.budget = AlarmBudget(groups: [.type(.access): 2, .type(.isp): 9])
        let (scene, first) = try await scene(3, settings: settings)
        for place in 0..<2 {
            scene.happen(at: scene.ports[place], PortScene.Traffic(factor: 0.3))
            try await scene.watch(first, polls: 6)
            scene.happen { _, _ in PortScene.Traffic() }
            try await scene.watch(first, polls: 24)
        }
        let before = try await scene.incidents()
        #expect(before.count == 2 && before.allSatisfy { $0.state == .raised && $0.endedAt != nil })
        try await first.save()
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        #expect(watch.statistics().budgets.map(\.told) == [2, 0])
        scene.happen(at: scene.ports[2], PortScene.Traffic(factor: 0.3))
        try await scene.watch(watch, polls: 4)
        #expect(try await scene.incidents().first?.state == .heldBack)
    }

    @Test("An anomaly of an interface that is for something else now is over, and what comes is another")
    func anotherMeaning() async throws {
        let (scene, watch) = try await scene(2)
        let port = scene.ports[0]
        scene.happen(at: port, PortScene.Traffic(factor: 0))
        try await scene.watch(watch, polls: 3)
        let old = try await scene.anomalies(of: port)
        #expect(!old.isEmpty && old.allSatisfy { !$0.isOver })
        for anomaly in old {
            var expected = AnomalyAction(kind: .expected, interfaceID: port, at: scene.clock.now)
            expected.anomalyID = anomaly.id
            try await scene.catalog.saveAnomalyAction(expected)
        }
        try await scene.change(port) {
            ($0.interfaceType, $0.ispProvider, $0.facts.ifAlias) = (.isp, "x", "uplink")
        }
        scene.happen { _, _ in PortScene.Traffic() }
        try await scene.watch(watch, polls: 1)
        let ended = try await scene.anomalies(of: port)
        #expect(ended.map(\.id) == old.map(\.id) && ended.allSatisfy { $0.isOver && $0.endedAt == $0.lastAt })
        #expect(try await scene.incidents().allSatisfy { $0.endedAt != nil })
        try await scene.poll(days: 15)
        _ = try await watch.check(scene.context())
        scene.happen(at: port, PortScene.Traffic(factor: 0))
        try await scene.watch(watch, polls: 4)
        let new = try await scene.anomalies(of: port).filter { !$0.isOver }
        #expect(!new.isEmpty && new.allSatisfy { $0.state == .raised })
        #expect(Set(new.map(\.id)).isDisjoint(with: old.map(\.id)))
    }

    @Test("A side that is counted no more has no anomaly that goes on after an hour")
    func countedNoMore() async throws {
        let (scene, first) = try await scene(2)
        scene.happen { _, _ in PortScene.Traffic(factor: 0) }
        try await scene.watch(first, polls: 3)
        let packets = TrafficSide(.inbound, .packets)
        #expect(try await scene.anomalies().contains { $0.side == packets && !$0.isOver })
        try await first.save()
        let now = scene.clock.now
        let uncounted = SeriesBetween(
            scene.series,
            altered: { reading in
                guard reading.at > now else { return }
                reading[.inUnicastPackets] = nil
                reading[.outUnicastPackets] = nil
            })
        try await scene.watch(try scene.watch(series: uncounted), polls: 10)
        let open = try await scene.anomalies().filter { !$0.isOver }
        #expect(!open.isEmpty && open.allSatisfy { $0.side.measure == .traffic })
        #expect(try await scene.incidents().map(\.endedAt) == [nil])
    }

    // MARK: - What operators say

    @Test("What an operator says while a check is under way holds for what it finds")
    func saidMeanwhile() async throws {
        let (scene, first) = try await scene(2)
        try await first.save()
        let speaking = SeriesBetween(
            scene.series,
            during: {
                scene.clock.advance(bySeconds: 1)
                try? await scene.catalog.saveAnomalyAction(
                    AnomalyAction(kind: .mute, interfaceID: scene.ports[0], at: scene.clock.now))
            })
        let watch = try scene.watch(series: speaking)
        scene.happen { _, _ in PortScene.Traffic(factor: 0) }
        try await scene.poll(2)
        _ = try await watch.check(scene.context())
        let found = try await scene.anomalies()
        #expect(Set(found.filter { $0.interfaceID == scene.ports[0] }.map(\.state)) == [.muted])
        #expect(Set(found.filter { $0.interfaceID == scene.ports[1] }.map(\.state)) == [.raised])
    }

    @Test("What is stored otherwise than a check decided is put right by the next one, and told")
    func storedOtherwise() async throws {
        var settings = AnomalySettings()
        settings.budget = AlarmBudget(perWeek: 1)
        let (scene, watch) = try await scene(2, settings: settings)
        scene.happen(at: scene.ports[0], PortScene.Traffic(factor: 0.3))
        try await scene.watch(watch, polls: 4)
        scene.happen { _, _ in PortScene.Traffic(factor: 0.3) }
        try await scene.watch(watch, polls: 4)
        let (anomalies, incidents) = (try await scene.anomalies(), try await scene.incidents())
        #expect(incidents.map(\.state) == [.heldBack, .raised])
        let moves = anomalies.map { AnomalyMove($0.id, from: $0.state, to: $0.state == .raised ? .muted : .raised) }
        #expect(try await scene.catalog.moveAnomalies(moves).incidents.count == 2)
        let news = watch.updates()
        _ = try await watch.check(scene.context())
        #expect(try await scene.anomalies() == anomalies)
        #expect(try await scene.incidents() == incidents)
        _ = try await watch.check(scene.context())
        watch.finish()
        var told: [AnomalyNews] = []
        for await one in news { told.append(one) }
        #expect(told.count == 1 && Set(told.first?.anomalies.map(\.anomaly) ?? []) == Set(anomalies))
        #expect(told.first?.incidents.map(\.change) == [.changed, .changed])
    }

    // MARK: - Starts

    @Test("What is stored is not taken for new because it could not be read", arguments: 1...4)
    func unreadable(_ failures: Int) async throws {
        var settings = AnomalySettings()
        settings.saveSeconds = 86_400
        let scene = WatchScene(settings: settings)
        try await scene.history(days: 10)
        let first = try scene.watch()
        _ = try await first.check(scene.context())
        for factor in [0.0, 0, 1, 1, 1, 1, 1, 1, 1] {
            scene.happen { _, _ in factor }
            try await scene.poll()
            _ = try await first.check(scene.context())
        }
        let before = (scene.catalog.anomalies, scene.catalog.incidents)
        #expect(!before.0.isEmpty && before.0.allSatisfy(\.isOver))
        let watch = try scene.watch()
        scene.catalog.rows.withLock { $0.readFailures = failures }
        var (refused, found) = (0, 0)
        let news = watch.updates()
        for _ in 0..<6 {
            do {
                let outcome = try await watch.check(scene.context())
                found += outcome.message?.contains(" 0 found") == true ? 0 : 1
            } catch { refused += 1 }
        }
        watch.finish()
        #expect(refused > 0 && found == 0)
        #expect(scene.catalog.anomalies == before.0)
        #expect(scene.catalog.incidents == before.1)
        for await one in news { Issue.record("\(one)") }
    }

    @Test("What was found while the catalog could not be read is told by the next check")
    func foundMeanwhile() async throws {
        let scene = WatchScene()
        try await scene.history(days: 10)
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        scene.happen { _, _ in 0 }
        try await scene.poll(2)
        scene.catalog.rows.withLock { $0.readFailures = 1 }
        await #expect(throws: CatalogError.self) { _ = try await watch.check(scene.context()) }
        #expect(scene.catalog.anomalies.isEmpty)
        let outcome = try await watch.check(scene.context())
        #expect(!scene.catalog.anomalies.isEmpty)
        #expect(outcome.message?.contains(" \(scene.catalog.anomalies.count) found") == true)
    }

    @Test("After a start silence counts from the first check on: one lost poll ends nothing")
    func lostPoll() async throws {
        let (scene, first) = try await scene(3)
        let before = try await fall(scene, first, back: 2..<3)
        try await first.save()
        scene.clock.advance(bySeconds: 3 * 3600)
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        let open = try await scene.anomalies().filter { !$0.isOver }
        #expect(Set(open.map(\.interfaceID)) == Set(scene.ports[0..<2]))
        #expect(try await scene.incidents().first?.endedAt == nil)
        scene.clock.advance(bySeconds: 1800)
        _ = try await watch.check(scene.context())
        #expect(try await scene.anomalies().filter { !$0.isOver } == open)
        scene.clock.advance(bySeconds: 1900)
        _ = try await watch.check(scene.context())
        #expect(try await scene.anomalies().allSatisfy(\.isOver))
        #expect(try await scene.incidents().map(\.anomalyIDs) == [before.anomalyIDs])
    }

    @Test("What fell silent in an anomaly long ago is not raised again when states are made anew")
    func silentLongAgo() async throws {
        let (scene, first) = try await scene(3)
        let dead = scene.ports[0]
        scene.happen(at: dead, PortScene.Traffic(factor: 0))
        try await scene.watch(first, polls: 3)
        for _ in 0..<8 {
            try await scene.poll(1, Array(scene.ports[1...]))
            _ = try await first.check(scene.context())
        }
        for _ in 0..<300 { try await scene.poll(1, Array(scene.ports[1...])) }
        _ = try await first.check(scene.context())
        let before = (try await scene.anomalies(), try await scene.incidents())
        #expect(!before.0.isEmpty && before.0.allSatisfy(\.isOver) && before.1.count == 1)
        scene.states.octets = nil
        let watch = try scene.watch()
        let news = watch.updates()
        let outcome = try await watch.check(scene.context())
        #expect(outcome.message?.contains(" 0 found") == true)
        #expect(try await scene.anomalies() == before.0)
        #expect(try await scene.incidents() == before.1)
        watch.finish()
        for await one in news { Issue.record("\(one)") }
    }

    @Test("An incident ends whose device was switched off while nobody watched")
    func deviceSwitchedOff() async throws {
        let (scene, first) = try await scene(4)
        let before = try await fall(scene, first, back: 2..<4)
        try await first.save()
        try await scene.setDevice(enabled: false)
        scene.clock.advance(bySeconds: 900)
        let watch = try scene.watch()
        _ = try await watch.check(scene.context())
        #expect(try await scene.anomalies().allSatisfy(\.isOver))
        let after = try #require(try await scene.incidents().first)
        #expect(after.endedAt != nil && after.anomalyIDs == before.anomalyIDs && after.title == before.title)
    }

    @Test("What is no longer recorded stays a member of an incident that goes on; what is removed does not")
    func leavesInventory() async throws {
        let (scene, watch) = try await scene(6)
        let before = try await fall(scene, watch, back: 3..<6)
        let (over, open, gone) = (scene.ports[4], scene.ports[1], scene.ports[5])
        for port in [over, open] { try await scene.change(port) { $0.monitoringEnabled = false } }
        try await scene.watch(watch, polls: 2)
        let unrecorded = try #require(try await scene.incidents().first)
        #expect(unrecorded.anomalyIDs == before.anomalyIDs && unrecorded.endedAt == nil)
        #expect(try await scene.anomalies(of: open).allSatisfy(\.isOver))
        let removed = Set(try await scene.anomalies(of: gone).map(\.id))
        try await scene.remove(gone)
        try await scene.watch(watch, polls: 2)
        let after = try #require(try await scene.incidents().first)
        #expect(!removed.isEmpty && after.anomalyIDs == before.anomalyIDs.filter { !removed.contains($0) })
        #expect(after.title.contains("5 interfaces"))
        for port in scene.ports.dropLast() { try await scene.change(port) { $0.monitoringEnabled = false } }
        try await scene.watch(watch, polls: 1)
        #expect(try await scene.incidents().map { [$0.endedAt == nil ? "open" : "over"] } == [["over"]])
    }

    @Test(
        "Killed or stopped at any moment, a watch leaves the anomalies and incidents it would have", arguments: [0, 1])
    func stopped(_ seed: UInt64) async throws {
        var dice = Seeded(seed)
        // Each port falls twice, at any time of twelve hours and for up to three.
        let falls = (0..<6).map { _ in
            (0..<2).map { _ in (Int.random(in: 0..<48, using: &dice), Int.random(in: 1..<12, using: &dice)) }
        }
        let deeds = (0..<64).map { _ in Int.random(in: 0..<4, using: &dice) }
        var stored: [([Anomaly], [Incident])] = []
        for isBroken in [false, true] {
            var settings = AnomalySettings()
            settings.budget = AlarmBudget(perWeek: 3, groups: [.type(.access): 2])
            var (scene, watch) = try await scene(6, settings: settings)
            let (ports, begin) = (scene.ports, scene.clock.now)
            scene.happen { id, now in
                let poll = Int(now.secondsSince(begin) / 900)
                let own = ports.firstIndex(of: id).map { falls[$0] } ?? []
                return PortScene.Traffic(factor: own.contains { $0.0 < poll && poll <= $0.0 + $0.1 } ? 0 : 1)
            }
            for deed in deeds {
                try await scene.poll()
                if isBroken, deed == 0 { try await watch.save() }
                if isBroken, deed < 2 { watch = try scene.watch() }
                _ = try await watch.check(scene.context())
            }
            stored.append((try await scene.anomalies(), try await scene.incidents()))
        }
        #expect(stored[0].0.count >= 12 && stored[0].1.count >= 3, "seed \(seed)")
        #expect(stored[0].0 == stored[1].0, "seed \(seed)")
        #expect(stored[0].1 == stored[1].1, "seed \(seed)")
    }

    @Test("What was over for longer than is kept is removed, its incidents with it")
    func retention() async throws {
        var settings = AnomalySettings()
        settings.keptDays = 2
        let (scene, watch) = try await scene(2, settings: settings)
        scene.happen(at: scene.ports[0], PortScene.Traffic(factor: 0))
        try await scene.watch(watch, polls: 3)
        scene.happen { _, _ in PortScene.Traffic() }
        try await scene.watch(watch, polls: 8)
        #expect(try await scene.anomalies().allSatisfy(\.isOver))
        for (days, isLeft) in [(1.0, true), (2.0, false)] {
            try await scene.poll(days: days)
            _ = try await watch.check(scene.context())
            #expect(try await scene.anomalies().isEmpty == !isLeft)
            #expect(try await scene.incidents().isEmpty == !isLeft)
        }
    }
}
