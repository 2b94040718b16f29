import Inventory
import Jobs
import Synchronization
import Testing

@testable import Pipelines

@Suite(.timeLimit(.minutes(5)))
struct TopologyFollowUpTests {
    private static let now = Timestamp(seconds: 1_795_354_200)

    /// What was asked for.
    private final class Desk: Sendable {
        let asked = AsyncStream.makeStream(of: String.self)
        let isFirstRunToCome = Mutex(false)
        /// Yields each time that was looked up.
        let lookedUp = AsyncStream.makeStream(of: Void.self)
        let busy = Mutex<Set<String>>([])

        /// The requests up to this number.
        func first(_ count: Int) async -> [String] {
            var result: [String] = []
            for await request in asked.stream {
                result.append(request)
                if result.count == count { break }
            }
            return result
        }
    }

    private func run(
        _ body: (TopologyFollowUp, Desk, ManualWallClock) async throws -> Void
    ) async throws {
        let (followUp, desk, clock) = (TopologyFollowUp(), Desk(), ManualWallClock(now: Self.now))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await followUp.run(clock: clock, logger: LogRecorder().logger) {
                    desk.lookedUp.continuation.yield()
                    return desk.isFirstRunToCome.withLock { $0 }
                } start: { job, subject in
                    let request = [job, subject].compactMap(\.self).joined(separator: " ")
                    desk.asked.continuation.yield(request)
                    return desk.busy.withLock { $0.remove(request) == nil }
                }
            }
            try await body(followUp, desk, clock)
            group.cancelAll()
        }
    }

    private func settle(_ clock: ManualWallClock) async {
        await clock.untilSleeping(count: 1)
        clock.advance(bySeconds: TopologyFollowUp.settleSeconds)
    }

    @Test("Few devices are read one by one, each once, after a moment")
    func few() async throws {
        try await run { followUp, desk, clock in
            let devices = [DeviceID.random(), .random()].sorted()
            followUp.note([])
            followUp.note(devices)
            followUp.note([devices[1]])
            await settle(clock)
            let asked = await desk.first(2)
            #expect(asked == devices.map { "discover-device-topology \($0)" })
        }
    }

    @Test("Of many devices all topology is read, once")
    func many() async throws {
        try await run { followUp, desk, clock in
            followUp.note((0...TopologyFollowUp.singleDevicesMax).map { _ in .random() })
            await settle(clock)
            #expect(await desk.first(1) == ["discover-topology"])
        }
    }

    @Test("A device whose run is at work is asked for again")
    func busy() async throws {
        try await run { followUp, desk, clock in
            let device = DeviceID.random()
            let request = "discover-device-topology \(device)"
            desk.busy.withLock { $0 = [request] }
            followUp.note([device])
            await settle(clock)
            await settle(clock)
            #expect(await desk.first(2) == [request, request])
        }
    }

    @Test("Before the first discovery of all topology nothing is asked for, as it reads all devices")
    func first() async throws {
        try await run { followUp, desk, clock in
            desk.isFirstRunToCome.withLock { $0 = true }
            followUp.note([.random()])
            await settle(clock)
            for await _ in desk.lookedUp.stream { break }
            let later = DeviceID.random()
            followUp.note([later])
            await clock.untilSleeping(count: 1)
            desk.isFirstRunToCome.withLock { $0 = false }
            clock.advance(bySeconds: TopologyFollowUp.settleSeconds)
            #expect(await desk.first(1) == ["discover-device-topology \(later)"])
        }
    }

    @Test("A device of which no interface was known is noted, and only then")
    func discovery() async throws {
        let scene = Scene(Scene.devices(3))
        let noted = Mutex<[[DeviceID]]>([])
        let jobs = try scene.jobs()
        let discovery = InterfaceDiscovery(
            catalog: scene.catalog, openProfile: jobs.discovery.openProfile, source: jobs.discovery.source,
            classifier: jobs.discovery.classifier, settings: scene.settings
        ) { devices in
            noted.withLock { $0.append(devices.sorted()) }
        }
        _ = try await discovery.discoverAll(scene.context())
        _ = try await discovery.discoverAll(scene.context())
        let devices = scene.catalog.allDevices.map(\.id)
        #expect(noted.withLock { $0 } == [devices.sorted(), []])
        // A device that was removed and added again has its interfaces back from the retired ones.
        scene.catalog.state.withLock { state in
            for row in state.live.values where row.deviceID == devices[1] {
                state.live[row.id] = nil
                state.retired[row.id] = row
            }
        }
        _ = try await discovery.discoverAll(scene.context())
        #expect(noted.withLock { $0.last } == [devices[1]])
    }
}
