import Alerting
import Inventory
import Jobs
import SNMP
import Synchronization
import Testing

@testable import Pipelines

@Suite("What the desk asks devices", .timeLimit(.minutes(5)))
struct AlertQuestionTests {
    private static let down = "Interface Gi0/1 down on SW-1 (CRITICAL)"
    private static let unreachable = "Device SW-1 unreachable (CRITICAL)"

    private func open(_ scene: AlertScene) -> [String] { scene.memory.alerts.filter(\.isOpen).map(\.message).sorted() }

    private func contact(_ scene: AlertScene, _ place: Int, failures: Int = 0) -> DeviceContact {
        let now = scene.clock.now
        return DeviceContact(of: scene.devices[place].id, askedAt: now, endedAt: now, failures: failures)
    }

    /// SW-1 has not answered three polls, the others have.
    private func silence(_ desk: AlertDesk, _ scene: AlertScene) async throws {
        await desk.take((0..<3).map { contact(scene, $0) })
        for failures in 1...3 {
            scene.clock.advance(bySeconds: 60)
            await desk.take([contact(scene, 0, failures: failures), contact(scene, 1), contact(scene, 2)])
        }
        try await desk.evaluate(isFull: true)
        scene.clock.advance(bySeconds: 120)
        await desk.take([contact(scene, 1), contact(scene, 2)])
        try await desk.evaluate(isFull: true)
        #expect(open(scene) == [Self.unreachable])
    }

    // MARK: - Devices

    @Test("A silent device that notifies stays silent until it answers, and is asked; then its news of a port count")
    func trapsOfTheSilent() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        #expect(await desk.look() == nil)
        try await silence(desk, scene)
        for isDown in [false, true] {
            await desk.take([try scene.trap(0, isDown: isDown, isWritten: false)])
            scene.clock.advance(bySeconds: 1)
            try await desk.evaluate(isFull: true)
            #expect(open(scene) == [Self.unreachable])
        }
        #expect(await desk.probing.contains(scene.devices[0].id))
        await desk.take([contact(scene, 0)])
        scene.clock.advance(bySeconds: 1)
        try await desk.evaluate(isFull: true)
        #expect(open(scene) == [Self.down])
    }

    @Test("A silent device that notifies again and again is asked every two seconds at most")
    func chatter() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        let work = Task { await desk.run(AlertFeeds()) }
        while await !desk.seen.isLoaded { await Task.yield() }
        try await silence(desk, scene)
        let before = scene.probed.withLock { $0.count }
        for _ in 0..<40 {
            await desk.take([try scene.trap(0, isDown: true, isWritten: false)])
            _ = await scene.pass(bySeconds: 0.1, most: 1) { false }
        }
        let asked = scene.probed.withLock { $0.count } - before
        #expect((1...3).contains(asked))
        #expect(open(scene) == [Self.unreachable])
        work.cancel()
        await work.value
    }

    @Test("Of questions that wait the first are kept, and one that found no room is asked later")
    func room() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        let devices = (0..<AlertDesk.questionsMax + 2).map { _ in DeviceID.random() }
        for device in devices { await desk.ask(device, at: scene.clock.now) }
        #expect(await desk.probing == Set(devices.dropLast(2)))
        let work = Task { await desk.run(AlertFeeds()) }
        #expect(await scene.settle { scene.probed.withLock { $0.count } == AlertDesk.questionsMax })
        await desk.ask(devices[AlertDesk.questionsMax], at: scene.clock.now)
        #expect(await scene.settle { scene.probed.withLock { $0.last } == devices[AlertDesk.questionsMax] })
        work.cancel()
        await work.value
    }

    // MARK: - Ports

    /// What becomes of a linkDown without ifAdminStatus, by what the device says of it.
    @Test(arguments: [(UInt8(2), false), (1, true), (nil, true)] as [(UInt8?, Bool)])
    func switchedOff(_ admin: UInt8?, _ isTold: Bool) async throws {
        let scene = AlertScene()
        let asked = Mutex<[Int64]>([])
        let desk = try scene.desk(
            scene.handle(),
            adminStatus: { device, index in
                asked.withLock { $0.append(index) }
                return device == scene.devices[0].id ? admin : nil
            })
        let work = Task { await desk.run(AlertFeeds()) }
        while await !desk.seen.isLoaded { await Task.yield() }
        await desk.take([try scene.trap(0, isDown: true, isWritten: false)])
        #expect(await scene.pass { asked.withLock { $0 } == [1] })
        _ = await scene.pass(most: 20) { false }
        #expect(open(scene) == (isTold ? [Self.down] : []))
        work.cancel()
        await work.value
    }

    @Test("A port that comes up while it is asked about was never down; news that say ifAdminStatus wait for nothing")
    func upMeanwhile() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(
            scene.handle(),
            adminStatus: { _, _ in
                try? await scene.clock.sleep(seconds: 1)
                return 1
            })
        let work = Task { await desk.run(AlertFeeds()) }
        while await !desk.seen.isLoaded { await Task.yield() }
        _ = await scene.pass(most: 10) { false }
        let trap = try scene.trap(0, isDown: true, isWritten: false)
        // A second one of the same port waits with the first.
        await desk.take([trap, trap])
        #expect(await desk.doubtful.count == 1)
        _ = await scene.pass(most: 4) { false }
        #expect(open(scene) == [])
        await desk.take([try scene.trap(0, isDown: false, isWritten: false)])
        _ = await scene.pass(most: 40) { false }
        #expect(scene.memory.alerts.isEmpty)
        await desk.take([scene.status(1, isDown: true)])
        #expect(await scene.pass(most: 4) { scene.memory.alerts.count == 1 })
        work.cancel()
        await work.value
    }

    @Test("What notifications say of ports is told to polls, at start what the catalog says otherwise too")
    func told() async throws {
        let scene = AlertScene()
        let first = try scene.desk(scene.handle())
        #expect(await first.look() == nil)
        await first.take([try scene.trap(2, isDown: true, isWritten: false)])
        try await first.evaluate(isFull: false)
        let desk = try scene.desk(scene.handle())
        let told = Mutex<[InterfaceStatusChange]>([])
        var feeds = AlertFeeds()
        feeds.heard = { change in told.withLock { $0.append(change) } }
        let work = Task { [feeds] in await desk.run(feeds) }
        #expect(await scene.settle { told.withLock { $0.count } == 1 })
        await desk.take([try scene.trap(0, isDown: true)])
        let all = told.withLock { $0 }
        #expect(all.map(\.interfaceID) == [scene.ports[2].id, scene.ports[0].id] && all.map(\.oper) == [2, 2])
        work.cancel()
        await work.value
    }
}
