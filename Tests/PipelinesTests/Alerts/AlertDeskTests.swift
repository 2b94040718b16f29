import Alerting
import Baselines
import Catalog
import Inventory
import Jobs
import Synchronization
import Testing

@testable import Pipelines

@Suite("Where alerts are found", .timeLimit(.minutes(5)))
struct AlertDeskTests {
    private static let down = "Interface Gi0/1 down on SW-1 (CRITICAL)"

    @Test("A linkDown trap is one delivery within a second, and its linkUp another")
    func trapToDelivery() async throws {
        let scene = AlertScene()
        let handle = scene.handle()
        let courier = try scene.courier(handle)
        let desk = try scene.desk(handle, tells: courier)
        let work = Task {
            async let one: Void = desk.run(AlertFeeds())
            await courier.run()
            await one
        }
        #expect(await desk.look() == nil)
        let quiet = Double(scene.settings.settleMilliseconds) / 1000
        // What the first look found is judged first.
        await scene.clock.untilSleeping(until: scene.clock.now.advanced(bySeconds: quiet))
        await desk.take([try scene.trap(0, isDown: true), try scene.trap(0, isDown: true)])
        scene.clock.advance(bySeconds: quiet)
        #expect(await scene.settle { scene.receiver.sent.count == 1 })
        #expect(scene.receiver.messages == [Self.down])
        _ = try await desk.check(scene.context())
        await desk.take([scene.status(0, isDown: true)])
        _ = await scene.pass(most: 200) { false }
        #expect(scene.receiver.messages == [Self.down])
        await desk.take([try scene.trap(0, isDown: false)])
        #expect(await scene.pass { scene.receiver.sent.count == 2 && scene.memory.heads().isEmpty })
        #expect(scene.receiver.messages == [Self.down, "over: " + Self.down])
        #expect(scene.memory.alerts.map(\.state) == [.resolved])
        work.cancel()
        await work.value
    }

    @Test("While the catalog refuses nobody is told; then all of it is told once, in order")
    func refusedForAWhile() async throws {
        let scene = AlertScene()
        let handle = scene.handle()
        let desk = try scene.desk(handle)
        #expect(await desk.look() == nil)
        handle.isRefusing.withLock { $0 = true }
        let told = desk.updates()
        for (place, isDown) in [(0, true), (1, true), (0, false)] {
            await desk.take([try scene.trap(place, isDown: isDown)])
            await #expect(throws: CatalogError.self) { try await desk.evaluate(isFull: false) }
            scene.clock.advance(bySeconds: 5)
        }
        #expect(scene.memory.alerts.isEmpty && scene.memory.deliveries.isEmpty)
        handle.isRefusing.withLock { $0 = false }
        try await desk.evaluate(isFull: true)
        try await desk.evaluate(isFull: true)
        let deliveries = scene.memory.deliveries
        #expect(
            deliveries.flatMap { $0.alerts.map { ($0.isOpen ? "" : "over: ") + $0.message } }
                == [Self.down, "Interface Gi0/1 down on SW-2 (CRITICAL)", "over: " + Self.down])
        #expect(scene.memory.alerts.count == 2 && scene.memory.alerts.count { $0.isOpen } == 1)
        #expect(scene.memory.state.withLock { $0.saves } == 1)
        let kinds = scene.memory.state.withLock { $0.changes }.map(\.kind)
        #expect(kinds.filter { $0 == .began }.count == 2 && kinds.filter { $0 == .resolved }.count == 1)
        desk.finish()
        var news: [AlertNews] = []
        for await one in told { news.append(one) }
        #expect(news.count == 1 && news.first?.alerts.first?.isOpen == false)
    }

    @Test("The job says in one line what became of what, and whether WARD FLUX itself is well")
    func checkLine() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        _ = try await desk.check(scene.context())
        await desk.take([try scene.trap(0, isDown: true), try scene.trap(2, isDown: true)])
        try await desk.evaluate(isFull: false)
        scene.clock.advance(bySeconds: 60)
        await desk.take([try scene.trap(2, isDown: false)])
        let job = "discover-topology"
        scene.health.withLock {
            $0 = SystemHealth(diskFreePercent: 6, stores: ["series": nil], jobs: [job: "no device answered"])
        }
        let outcome = try await desk.check(scene.context())
        #expect(outcome.message == "Checked 3 interfaces: 4 alerts began, 1 ended, 0 suppressed in 0.000 seconds")
        #expect(scene.log.recorded.contains { $0.contains("Checked 3 interfaces: 4 alerts began") })
        let open = Set(scene.memory.alerts.filter(\.isOpen).map(\.message))
        #expect(
            open == [Self.down, "Disk of the data directory 6% free", "Job discover-topology: no device answered"])
        scene.health.withLock { $0 = SystemHealth(diskFreePercent: 40) }
        _ = try await desk.check(scene.context())
        #expect(scene.memory.alerts.filter(\.isOpen).map(\.message) == [Self.down])
    }

    @Test("A check before the catalog answers fails, a later one that cannot read the inventory is partial")
    func unreadable() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        scene.inventory.state.withLock { $0.isFull = true }
        await #expect(throws: CatalogError.self) { try await desk.check(scene.context()) }
        scene.inventory.state.withLock { $0.isFull = false }
        #expect(try await desk.check(scene.context()).completion == .succeeded)
        scene.inventory.state.withLock { state in
            state.isFull = true
            state.revision += 1
        }
        scene.clock.advance(bySeconds: 60)
        let outcome = try await desk.check(scene.context())
        #expect(outcome.completion == .partial)
        #expect(outcome.message?.contains("with the inventory of before: reading devices: no space is left") == true)
    }

    @Test("Three failed polls make a device unreachable, an answer ends it, a restart is told")
    func contacts() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        #expect(await desk.look() == nil)
        func contact(_ place: Int, failures: Int = 0, restarted: Bool = false) -> DeviceContact {
            let now = scene.clock.now
            return DeviceContact(
                of: scene.devices[place].id, askedAt: now, endedAt: now.advanced(bySeconds: 1), failures: failures,
                hasRestarted: restarted)
        }
        func open() -> [String] { scene.memory.alerts.filter(\.isOpen).map(\.message).sorted() }
        await desk.take([contact(0), contact(1), contact(2)])
        for failures in 1...3 {
            scene.clock.advance(bySeconds: 60)
            await desk.take([contact(0, failures: failures), contact(1), contact(2)])
            try await desk.evaluate(isFull: true)
            if failures < 3 { #expect(open() == []) }
        }
        scene.clock.advance(bySeconds: 120)
        await desk.take([contact(1), contact(2)])
        try await desk.evaluate(isFull: true)
        #expect(open() == ["Device SW-1 unreachable (CRITICAL)"])
        scene.clock.advance(bySeconds: 60)
        await desk.take([contact(0, restarted: true)])
        scene.clock.advance(bySeconds: 2)
        try await desk.evaluate(isFull: true)
        #expect(open() == ["Device SW-1 restarted"])
    }

    @Test("What operators said is applied in order, and once, with its number in the same transaction")
    func actions() async throws {
        let scene = AlertScene()
        let handle = scene.handle()
        let desk = try scene.desk(handle)
        #expect(await desk.look() == nil)
        await desk.take([try scene.trap(0, isDown: true)])
        try await desk.evaluate(isFull: false)
        let id = try #require(scene.memory.alerts.first?.id)
        for (kind, note) in [(AlertAction.Kind.acknowledge, "a"), (.unacknowledge, "b"), (.acknowledge, "c")] {
            var action = AlertAction(alertID: id, kind: kind, at: scene.clock.now)
            action.note = note
            _ = try await handle.addAlertAction(action)
        }
        await desk.nudge()
        handle.isRefusing.withLock { $0 = true }
        await #expect(throws: CatalogError.self) { try await desk.evaluate(isFull: false) }
        #expect(scene.memory.state.withLock { $0.applied } == 0)
        handle.isRefusing.withLock { $0 = false }
        await desk.nudge()
        try await desk.evaluate(isFull: false)
        #expect(scene.memory.state.withLock { $0.applied } == 3)
        #expect(scene.memory.alerts.first?.acknowledgement?.note == "c")
        let steps = scene.memory.state.withLock { $0.changes }.filter {
            [.acknowledged, .unacknowledged].contains($0.kind)
        }
        #expect(steps.map(\.text) == ["a", "b", "c"])
        let again = try scene.desk(scene.handle())
        #expect(await again.look() == nil)
        try await again.evaluate(isFull: true)
        #expect(scene.memory.state.withLock { $0.changes }.count { $0.kind == .acknowledged } == 2)
    }

    @Test("A process that begins does not take back what was found before the row was written")
    func rowsComeLater() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        #expect(await desk.look() == nil)
        scene.clock.advance(bySeconds: 10)
        await desk.take([try scene.trap(0, isDown: true)])
        try await desk.evaluate(isFull: false)
        // As if the crash came before the row was written.
        let id = scene.ports[0].id
        scene.inventory.state.withLock { state in
            state.live[id]?.facts.operStatus = 1
            state.live[id]?.updatedAt = AlertScene.start
        }
        let again = try scene.desk(scene.handle())
        _ = try await again.check(scene.context())
        #expect(scene.memory.alerts.map(\.isOpen) == [true] && scene.memory.deliveries.count == 1)
    }

    @Test("A silence that was entered holds back what begins from then on")
    func silences() async throws {
        let scene = AlertScene()
        let handle = scene.handle()
        let desk = try scene.desk(handle)
        #expect(await desk.look() == nil)
        let end = scene.clock.now.advanced(bySeconds: 600)
        try await handle.saveSilence(
            Silence(
                matchers: [AlertMatcher("device", "SW-1")], from: scene.clock.now, to: end, comment: "work",
                at: scene.clock.now))
        await desk.nudge()
        await desk.take([try scene.trap(0, isDown: true), try scene.trap(1, isDown: true)])
        try await desk.evaluate(isFull: false)
        #expect(scene.memory.deliveries.flatMap(\.alerts).map(\.message) == ["Interface Gi0/1 down on SW-2 (CRITICAL)"])
        #expect(scene.memory.alerts.compactMap(\.hold) == [.silenced])
    }

    @Test("An anomaly is an alert as grave as it is, and over when all of the interface are")
    func anomalies() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        #expect(await desk.look() == nil)
        var first = Anomaly(
            interfaceID: scene.ports[0].id, side: TrafficSide(.inbound, .traffic), mode: .adaptive, at: scene.clock.now)
        (first.severity, first.message) = (.high, "Traffic spike detected: 850 Mbps (expected 320 ± 80 Mbps)")
        first.explanation.sentences = ["It is 2.6 times what is usual.", "It lasted 15 minutes."]
        var second = first
        (second.id, second.severity) = (.random(), .low)
        func tell(_ anomalies: Anomaly...) async throws {
            var news = AnomalyNews(at: scene.clock.now)
            news.anomalies = anomalies.map { AnomalyNews.AnomalyChange(change: .changed, anomaly: $0) }
            await desk.take(news)
            try await desk.evaluate(isFull: false)
        }
        try await tell(first, second)
        let alert = try #require(scene.memory.alerts.first)
        #expect(alert.severity == .high && alert.message == "\(first.message) on SW-1 Gi0/1")
        #expect(AlertWords.description(of: alert).contains("It is 2.6 times what is usual."))
        first.state = .expected
        try await tell(first)
        #expect(scene.memory.alerts.map(\.isOpen) == [true])
        second.endedAt = scene.clock.now
        try await tell(second)
        #expect(scene.memory.alerts.map(\.isOpen) == [false])
    }

    @Test("An inventory that another poll made old does not undo what a trap said")
    func olderRows() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        #expect(await desk.look() == nil)
        scene.set(0, isDown: true)
        scene.clock.advance(bySeconds: 20)
        await desk.take([scene.status(0, isDown: false)])
        #expect(await desk.look() == nil)
        try await desk.evaluate(isFull: true)
        #expect(scene.memory.alerts.isEmpty)
    }

    @Test("What an operator says is heard at once, without the inventory being read, and whatever becomes of that")
    func nudge() async throws {
        let scene = AlertScene()
        let handle = scene.handle()
        let desk = try scene.desk(handle)
        #expect(await desk.look() == nil)
        await desk.take([try scene.trap(0, isDown: true)])
        try await desk.evaluate(isFull: false)
        let id = try #require(scene.memory.alerts.first?.id)
        _ = try await handle.addAlertAction(AlertAction(alertID: id, kind: .acknowledge, at: scene.clock.now))
        scene.clock.advance(bySeconds: 600)
        let read = await desk.seen.readAt
        scene.inventory.state.withLock { state in
            state.isFull = true
            state.revision += 1
        }
        await desk.nudge()
        try await desk.evaluate(isFull: false)
        #expect(scene.memory.alerts.map(\.state) == [.acknowledged])
        scene.inventory.state.withLock { $0.isFull = false }
        await desk.nudge()
        #expect(await desk.seen.readAt == read)
    }

    @Test("News do not wait longer because everything was looked at a moment ago")
    func pauseAfterEverything() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle(), clock: SteppingClock(scene.clock))
        #expect(await desk.look() == nil)
        await desk.take([try scene.trap(0, isDown: true)])
        // The inventory is new: everything is looked at.
        try await desk.evaluate(isFull: false)
        #expect(await desk.seen.newsSeconds == 0)
        await desk.take([try scene.trap(0, isDown: false)])
        try await desk.evaluate(isFull: false)
        #expect(await desk.seen.newsSeconds == 1)
    }

    @Test("What was heard in the last moment before the end is written, with what is to be sent")
    func lastMoment() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        let work = Task { await desk.run(AlertFeeds()) }
        while await !desk.seen.isLoaded { await Task.yield() }
        await desk.take([try scene.trap(0, isDown: true)])
        work.cancel()
        await work.value
        #expect(scene.memory.alerts.map(\.message) == [Self.down])
        #expect(scene.memory.deliveries.count == 1)
    }
}

/// A clock on which a second passes each time it is looked at.
private struct SteppingClock: WallClock {
    let clock: ManualWallClock

    init(_ clock: ManualWallClock) { self.clock = clock }

    var now: Timestamp {
        clock.advance(bySeconds: 1)
        return clock.now
    }

    func sleep(until moment: Timestamp) async throws { try await clock.sleep(until: moment) }
}
