public import Cluster
public import Inventory
import Synchronization

/// A work queue in memory: for tests, with as many "processes" as share its world.
public final class MemoryQueue: WorkQueue {
    /// What queues in memory share.
    public final class World: Sendable {
        fileprivate struct Piece {
            var item: WorkItem
            var attempt = 0
            /// The claim that holds it.
            var ticket: String?
            /// When it is free.
            var due = ContinuousClock.now
        }

        /// All pieces, the oldest first.
        fileprivate let pieces = Mutex<[Piece]>([])

        /// A world without work.
        public init() {}
    }

    private let world: World
    private let isClosed = Mutex(false)

    /// The queue of one process.
    public init(in world: World = World()) {
        self.world = world
    }

    private func requireOpen() throws(ClusterError) {
        if isClosed.withLock({ $0 }) { throw ClusterError(.closed, "the queue in memory was closed") }
    }

    /// Adds a piece unless it is there.
    public func put(_ item: WorkItem) async throws(ClusterError) {
        try requireOpen()
        guard (1...100).contains(item.queue.count), item.body.count <= WorkItem.octetsMax else {
            throw ClusterError(.refused, "a queue's name has 1 to 100 characters, a body at most 64 KiB")
        }
        world.pieces.withLock { pieces in
            guard !pieces.contains(where: { $0.item.id == item.id && $0.item.queue == item.queue }) else { return }
            pieces.append(World.Piece(item: item))
        }
    }

    /// Claims pieces; looks again every 10 ms while it waits.
    public func claim(
        from queue: String, for node: NodeID, limit: Int, seconds: Double, waitSeconds: Double
    ) async throws(ClusterError) -> [WorkClaim] {
        let end = ContinuousClock.now + .seconds(waitSeconds)
        while true {
            try requireOpen()
            let found = take(from: queue, for: node, limit: limit, seconds: seconds)
            if !found.isEmpty || ContinuousClock.now >= end { return found }
            do {
                try await Task.sleep(for: .milliseconds(10))
            } catch {
                throw ClusterError(.cancelled, "the task was cancelled while it waited for work")
            }
        }
    }

    private func take(from queue: String, for node: NodeID, limit: Int, seconds: Double) -> [WorkClaim] {
        let now = ContinuousClock.now
        return world.pieces.withLock { pieces in
            let free = pieces.indices.filter { pieces[$0].item.queue == queue && pieces[$0].due <= now }
            return free.prefix(max(0, limit)).map { index in
                let ticket = NodeID.random().description
                pieces[index].attempt += 1
                pieces[index].ticket = ticket
                pieces[index].due = now + .seconds(seconds)
                return WorkClaim(item: pieces[index].item, node: node, attempt: pieces[index].attempt, ticket: ticket)
            }
        }
    }

    /// Runs `body` with the place of what a claim holds; nil where it was lost.
    private func held<Outcome: Sendable>(
        _ claim: WorkClaim, _ body: (inout [World.Piece], Int) -> Outcome
    ) throws(ClusterError) -> Outcome? {
        try requireOpen()
        return world.pieces.withLock { pieces in
            pieces.firstIndex { $0.ticket == claim.ticket }.map { body(&pieces, $0) }
        }
    }

    /// Prolongs a claim.
    public func keep(_ claim: WorkClaim, seconds: Double) async throws(ClusterError) -> Bool {
        try held(claim) { pieces, index in pieces[index].due = .now + .seconds(seconds) } != nil
    }

    /// Removes a piece.
    public func finish(_ claim: WorkClaim) async throws(ClusterError) {
        _ = try held(claim) { pieces, index in _ = pieces.remove(at: index) }
    }

    /// Gives a piece back.
    public func giveBack(_ claim: WorkClaim, afterSeconds seconds: Double) async throws(ClusterError) {
        _ = try held(claim) { pieces, index in
            pieces[index].ticket = nil
            pieces[index].due = .now + .seconds(seconds)
        }
    }

    /// Ends what waits.
    public func close() async {
        isClosed.withLock { $0 = true }
    }
}
