public import Cluster
import Inventory

/// What every work queue must do: the sentences of the `WorkQueue` protocol as checks that any implementation can run.
///
/// ```swift
/// @Test(arguments: WorkQueueContract.all)
/// func keepsTheContract(_ check: WorkQueueContract.Check) async throws {
///     try await check.run { try await openQueue() }
/// }
/// ```
///
/// Each check makes up a queue of its own, so checks may share a store and run at the same time. They use real time, in small
/// pieces: a check takes some seconds at most, and a minute where something never comes.
public enum WorkQueueContract {
    /// One sentence of the contract.
    public struct Check: Sendable, CustomStringConvertible {
        /// What holds, as a sentence.
        public let name: String
        private let body: @Sendable (QueueWorld) async throws -> Void

        /// A check of this name; `body` throws a `ContractViolation` where it does not hold.
        init(_ name: String, _ body: @escaping @Sendable (QueueWorld) async throws -> Void) {
            self.name = name
            self.body = body
        }

        /// Runs the check; throws `ContractViolation` or what a queue threw.
        ///
        /// - Parameter open: Opens another queue on the same store, as another process of the cluster would; all that were
        ///   opened are closed at the end.
        public func run(on open: @escaping @Sendable () async throws -> any WorkQueue) async throws {
            let world = QueueWorld(opening: open)
            do {
                try await body(world)
                await world.close()
            } catch {
                await world.close()
                if error is ContractViolation { throw error }
                throw ContractViolation("'\(name)' ended with an unexpected error: \(error)")
            }
        }

        /// The sentence.
        public var description: String { name }
    }

    /// All checks.
    public static let all: [Check] =
        puttingChecks + claimingChecks + keepingChecks + finishingChecks + waitingChecks + closingChecks
}

/// The queues that a check opens on one store.
actor QueueWorld {
    private let open: @Sendable () async throws -> any WorkQueue
    private var opened: [any WorkQueue] = []
    /// The name of a queue that no other check uses.
    nonisolated let name = "contract-\(NodeID.random())"

    init(opening open: @escaping @Sendable () async throws -> any WorkQueue) {
        self.open = open
    }

    /// Another process's queue.
    func queue() async throws -> QueueHand {
        let queue = try await open()
        opened.append(queue)
        return QueueHand(queue: queue, name: name)
    }

    func close() async {
        for queue in opened { await queue.close() }
    }

    /// A piece of work of the check's queue.
    nonisolated func item(_ text: String = "work") -> WorkItem {
        WorkItem(id: .random(), queue: name, body: Array(text.utf8))
    }
}

/// One process that works at a check's queue.
struct QueueHand: Sendable {
    let queue: any WorkQueue
    let name: String
    let node = NodeID.random()

    func put(_ items: WorkItem...) async throws {
        for item in items { try await queue.put(item) }
    }

    func claim(
        _ limit: Int = 10, seconds: Double = 60, wait: Double = 0
    ) async throws -> [WorkClaim] {
        try await queue.claim(from: name, for: node, limit: limit, seconds: seconds, waitSeconds: wait)
    }

    /// Claims one piece, waiting long for it.
    func claimOne(
        seconds: Double = 60, line: UInt = #line, file: String = #fileID
    ) async throws -> WorkClaim {
        let found = try await claim(1, seconds: seconds, wait: 30)
        guard let claim = found.first, found.count == 1 else {
            throw ContractViolation("one piece must be claimed, not \(found.count) (\(file):\(line))")
        }
        return claim
    }
}
