import Alerting
import Catalog
import Inventory
import Jobs
import Synchronization
import Testing

@testable import Pipelines

@Suite("What the desk knows of ports", .timeLimit(.minutes(5)))
struct KnownStatusTests {
    private func states(_ scene: AlertScene) -> [AlertState] { scene.memory.alerts.map(\.state) }

    @Test("A process that begins before a poll wrote that a port is up again opens nothing")
    func staleRowOfAnEnd() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        #expect(await desk.look() == nil)
        scene.set(0, isDown: true)
        await desk.take([scene.status(0, isDown: true)])
        try await desk.evaluate(isFull: false)
        scene.clock.advance(bySeconds: 30)
        await desk.take([try scene.trap(0, isDown: false, isWritten: false)])
        try await desk.evaluate(isFull: false)
        #expect(states(scene) == [.resolved])
        scene.clock.advance(bySeconds: 5)
        let again = try scene.desk(scene.handle())
        _ = try await again.check(scene.context())
        #expect(states(scene) == [.resolved])
        // A poll that wrote the row since is believed.
        scene.clock.advance(bySeconds: 30)
        scene.set(0, isDown: true)
        let third = try scene.desk(scene.handle())
        _ = try await third.check(scene.context())
        #expect(states(scene) == [.resolved, .firing])
    }

    @Test("A port that was down before a long stop is not over because its row was never written")
    func staleRowOfAnOutage() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        #expect(await desk.look() == nil)
        await desk.take([try scene.trap(0, isDown: true, isWritten: false)])
        try await desk.evaluate(isFull: false)
        scene.clock.advance(bySeconds: 1_800)
        let again = try scene.desk(scene.handle())
        _ = try await again.check(scene.context())
        #expect(states(scene) == [.firing])
    }

    @Test("A row that nobody wrote does not undo what was heard, however long ago, nor does an operator's edit of it")
    func rowsThatTellNothing() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        #expect(await desk.look() == nil)
        await desk.take([try scene.trap(0, isDown: true, isWritten: false)])
        try await desk.evaluate(isFull: false)
        for seconds in [60.0, 900] {
            scene.clock.advance(bySeconds: seconds)
            let (id, now) = (scene.ports[0].id, scene.clock.now)
            scene.inventory.state.withLock { state in
                state.live[id]?.notes = "uplink of floor 2"
                state.live[id]?.updatedAt = now
                state.revision += 1
            }
            _ = try await desk.check(scene.context())
            #expect(states(scene) == [.firing], "after \(seconds) s")
        }
        // What a discovery reads then is news.
        scene.clock.advance(bySeconds: 60)
        scene.set(0, isDown: true)
        _ = try await desk.check(scene.context())
        scene.clock.advance(bySeconds: 60)
        scene.set(0, isDown: false)
        _ = try await desk.check(scene.context())
        #expect(states(scene) == [.resolved])
    }

    @Test("A poll that read a port before a trap came does not undo the trap")
    func olderPoll() async throws {
        let scene = AlertScene()
        let desk = try scene.desk(scene.handle())
        #expect(await desk.look() == nil)
        let read = scene.status(0, isDown: false)
        scene.clock.advance(bySeconds: 1)
        await desk.take([try scene.trap(0, isDown: true, isWritten: false)])
        await desk.take([read])
        try await desk.evaluate(isFull: false)
        #expect(states(scene) == [.firing])
    }

    @Test("What is older than what is known does not count, unless a clock ran ahead")
    func olderStatus() {
        var seen = AlertIntake()
        let (id, start) = (InterfaceID.random(), AlertScene.start)
        func take(_ oper: UInt8, _ seconds: Double, now: Double) -> Bool {
            seen.take(
                id, LinkStatus(oper: oper), at: start.advanced(bySeconds: seconds),
                now: start.advanced(bySeconds: now))
        }
        #expect(take(2, 10, now: 10))
        #expect(!take(1, 9, now: 11))
        #expect(seen.statuses[id]?.status.oper == 2)
        // Noted while the clock ran ahead.
        #expect(take(2, 3_600, now: 3_600))
        #expect(take(1, 20, now: 20))
        #expect(seen.statuses[id]?.status.oper == 1)
    }
}
