import Catalog
import Inventory
import Jobs
@testable import Pipelines
import Series
import Synchronization
import Testing

/// A collection whose share of the devices is not always its own.
@Suite(.timeLimit(.minutes(5)))
struct SharedCollectionTests {
    /// What the process believes of its share.
    private final class Belief: Sendable {
        let isCertain = Mutex(true)
        let isOwner = Mutex(true)
    }

    private func scene(_ belief: Belief) throws -> LabScene {
        var share = CollectionShare()
        share.isCertain = { belief.isCertain.withLock(\.self) }
        share.owns = { _ in belief.isOwner.withLock(\.self) }
        share.revision = { belief.isOwner.withLock { $0 ? 1 : 0 } }
        return try LabScene("grid-2x4", share: share)
    }

    @Test("What is read while it is uncertain whose the devices are is dropped; what was before is stored")
    func uncertain() async throws {
        let belief = Belief()
        let scene = try scene(belief)
        defer { scene.close() }
        let failures = [SeriesError](repeating: SeriesError(.full, message: "told to fail"), count: 10_000)
        scene.series.state.withLock { $0.failures = failures }
        let run = Task { try await scene.collection.run(restartDiscovery: { _ in }) }
        while !scene.collection.statistics().isRunning, !Task.isCancelled { await Task.yield() }
        _ = try await scene.collect()
        let first = scene.truths
        #expect(scene.series.count == 0 && scene.collection.statistics().buffered == 8)
        belief.isCertain.withLock { $0 = false }
        scene.labTime.advance(seconds: 300)
        _ = try await scene.collect()
        scene.series.state.withLock { $0.failures = [] }
        scene.collection.stop()
        try await run.value
        for truth in first {
            #expect(scene.series.all[truth.row.id]?.map(\.counters) == [truth.counters.inOrder])
        }
        #expect(scene.collection.statistics().buffered == 0)
    }

    @Test("Status that waits to be written is forgotten with the device: another process read it since")
    func disowned() async throws {
        let belief = Belief()
        let scene = try scene(belief)
        defer { scene.close() }
        let row = try #require(scene.catalog.allInterfaces.first { $0.facts.operStatus == 1 })
        let change = StatusChange.interface(
            InterfaceStatusChange(
                deviceID: row.deviceID, interfaceID: row.id, adminBefore: 1, admin: 1, operBefore: 1, oper: 2,
                at: SystemWallClock().now))
        let recorder = StatusRecorder(scene.catalog, clock: SystemWallClock(), logger: scene.log.logger)
        let isWritten = { scene.catalog.allInterfaces.first { $0.id == row.id }?.facts.operStatus == 2 }
        for (isOwn, expected) in [(false, false), (true, true)] {
            recorder.enter([change])
            recorder.keep { _ in isOwn }
            await recorder.write([])
            #expect(isWritten() == expected)
        }
    }
}
