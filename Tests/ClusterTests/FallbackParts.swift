import Cluster
import ClusterTestKit
import Inventory
import Synchronization

/// Another part, which can be taken away: then each call throws `unavailable`.
final class FaultyBus: EventBus {
    let inner: MemoryBus
    private let state = Mutex((isAway: false, calls: 0))

    init(in world: MemoryBus.World = MemoryBus.World(), isAway: Bool = false) {
        inner = MemoryBus(in: world)
        state.withLock { $0.isAway = isAway }
    }

    var isAway: Bool {
        get { state.withLock { $0.isAway } }
        set { state.withLock { $0.isAway = newValue } }
    }

    /// How often it was asked to publish.
    var calls: Int { state.withLock { $0.calls } }

    func publish(_ messages: [BusMessage]) async throws(ClusterError) {
        state.withLock { $0.calls += 1 }
        if isAway { throw ClusterError(.unavailable, "taken away") }
        try await inner.publish(messages)
    }

    /// Never begins to listen where it is away.
    func listen(to topics: Set<String>) -> AsyncStream<BusEvent> {
        isAway ? AsyncStream { await Self.never() } : inner.listen(to: topics)
    }

    private static func never() async -> BusEvent? {
        try? await Task.sleep(for: .seconds(3_600))
        return nil
    }

    func close() async { await inner.close() }
}

/// A queue that can be taken away.
final class FaultyQueue: WorkQueue {
    let inner: MemoryQueue
    private let state = Mutex((isAway: false, calls: 0))

    init(in world: MemoryQueue.World = MemoryQueue.World()) {
        inner = MemoryQueue(in: world)
    }

    var isAway: Bool {
        get { state.withLock { $0.isAway } }
        set { state.withLock { $0.isAway = newValue } }
    }

    /// How often anything was asked of it.
    var calls: Int { state.withLock { $0.calls } }

    private func enter() throws(ClusterError) {
        state.withLock { $0.calls += 1 }
        if isAway { throw ClusterError(.unavailable, "taken away") }
    }

    func put(_ item: WorkItem) async throws(ClusterError) {
        try enter()
        try await inner.put(item)
    }

    func claim(
        from queue: String, for node: NodeID, limit: Int, seconds: Double, waitSeconds: Double
    ) async throws(ClusterError) -> [WorkClaim] {
        try enter()
        return try await inner.claim(from: queue, for: node, limit: limit, seconds: seconds, waitSeconds: waitSeconds)
    }

    func keep(_ claim: WorkClaim, seconds: Double) async throws(ClusterError) -> Bool {
        try enter()
        return try await inner.keep(claim, seconds: seconds)
    }

    func finish(_ claim: WorkClaim) async throws(ClusterError) {
        try enter()
        try await inner.finish(claim)
    }

    func giveBack(_ claim: WorkClaim, afterSeconds seconds: Double) async throws(ClusterError) {
        try enter()
        try await inner.giveBack(claim, afterSeconds: seconds)
    }

    func close() async { await inner.close() }
}

/// The code of what `body` throws; nil where it goes through.
func code(_ body: () async throws(ClusterError) -> Void) async -> ClusterError.Code? {
    do throws(ClusterError) {
        try await body()
        return nil
    } catch {
        return error.code
    }
}
