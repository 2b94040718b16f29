import Alerting
import Inventory
import Jobs
import Synchronization
import Testing

@testable import Pipelines

@Suite("Which failure is told", .timeLimit(.minutes(5)))
struct AlertCauseTests {
    /// SW-1 stands next to the poller; a cable leads from it to SW-2.
    private func scene() -> AlertScene {
        let scene = AlertScene(2)
        let (ports, devices) = (scene.ports, scene.devices)
        func end(_ place: Int) -> LinkEnd {
            LinkEnd(
                deviceID: devices[place].id, interfaceID: ports[place].id, deviceName: devices[place].name,
                port: "Gi0/1")
        }
        let record = LinkRecord(link: Link(a: end(0), b: end(1), confidence: 1), revision: 1, at: AlertScene.start)
        scene.inventory.state.withLock { state in
            state.topology.links[record.id] = record
            state.topology.revisions = [TopologyRevisionRecord(number: 1, at: AlertScene.start)]
        }
        return scene
    }

    @Test(
        "A port that goes down has its far end asked at once: what does not answer is told by its own name, and once",
        arguments: [
            (false, "Device SW-2 unreachable (CRITICAL)", AlertHold.explained as AlertHold?),
            (true, "Interface Gi0/1 down on SW-1 (CRITICAL)", nil),
        ])
    func farEnd(answers: Bool, told: String, hold: AlertHold?) async throws {
        let scene = scene()
        let handle = scene.handle()
        let courier = try scene.courier(handle)
        let desk = try scene.desk(handle, tells: courier, place: scene.devices[0].id, answers: answers)
        #expect(await desk.look() == nil)
        let now = scene.clock.now
        await desk.take(
            scene.devices.map { DeviceContact(of: $0.id, askedAt: now, endedAt: now.advanced(bySeconds: 1)) })
        scene.clock.advance(bySeconds: 10)
        let work = Task {
            async let one: Void = desk.run(AlertFeeds())
            await courier.run()
            await one
        }
        await desk.take([try scene.trap(0, isDown: true)])
        #expect(await scene.pass { !scene.receiver.sent.isEmpty })
        for _ in 0..<3 {
            _ = await scene.pass(bySeconds: 1, most: 20) { false }
            if answers {
                await desk.take([DeviceContact(of: scene.devices[1].id, askedAt: now, endedAt: scene.clock.now)])
            }
            await desk.take([DeviceContact(of: scene.devices[0].id, askedAt: now, endedAt: scene.clock.now)])
            _ = try await desk.check(scene.context())
        }
        #expect(scene.receiver.messages == [told])
        #expect(scene.probed.withLock { $0.first } == scene.devices[1].id)
        let port = try #require(scene.memory.alerts.first { $0.condition == .interfaceDown })
        #expect(port.isOpen && port.hold == hold)
        work.cancel()
        await work.value
    }

    @Test("Of a far end that could not be asked nothing follows: its port is told when the wait is over")
    func farEndNotAsked() async throws {
        let scene = scene()
        let desk = try scene.desk(scene.handle(), place: scene.devices[0].id, answers: nil)
        let work = Task { await desk.run(AlertFeeds()) }
        while await !desk.seen.isLoaded { await Task.yield() }
        let now = scene.clock.now
        await desk.take(
            scene.devices.map { DeviceContact(of: $0.id, askedAt: now, endedAt: now.advanced(bySeconds: 1)) })
        scene.clock.advance(bySeconds: 10)
        await desk.take([try scene.trap(0, isDown: true)])
        _ = await scene.pass(bySeconds: 0.5, most: 100) { false }
        #expect(scene.memory.deliveries.isEmpty)
        #expect(await scene.pass(bySeconds: 0.5, most: 60) { !scene.memory.deliveries.isEmpty })
        #expect(scene.memory.deliveries.flatMap(\.alerts).map(\.message) == ["Interface Gi0/1 down on SW-1 (CRITICAL)"])
        // Not in every round of evaluations.
        #expect((1...8).contains(scene.probed.withLock { $0.count }))
        work.cancel()
        await work.value
    }
}
