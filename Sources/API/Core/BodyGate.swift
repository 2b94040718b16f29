import Synchronization

/// Lets long bodies through one at a time, in the order in which they came.
///
/// Reading a long body takes a processor for a while; several at once would leave none for short requests. Who is
/// cancelled while they wait leaves the row.
final class BodyGate: Sendable {
    private struct Waiter {
        let number: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var isTaken = false
        var number = 0
        var waiting: [Waiter] = []
    }

    private enum Turn {
        case now
        case later
        case never
    }

    /// Bodies up to this length pass at once.
    static let shortBytesMax = 64 * 1024
    private let state = Mutex(State())

    /// Does something with a body of a length; throws what that throws, and `CancellationError` before its turn.
    func pass<Outcome: Sendable>(
        _ length: Int, _ body: @Sendable () async throws -> Outcome
    ) async throws -> Outcome {
        guard length > Self.shortBytesMax else { return try await body() }
        try await enter()
        defer { leave() }
        try Task.checkCancellation()
        return try await body()
    }

    private func enter() async throws {
        let number = state.withLock { state in
            state.number += 1
            return state.number
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                switch turn(Waiter(number: number, continuation: continuation)) {
                case .now: continuation.resume()
                case .later: break
                case .never: continuation.resume(throwing: CancellationError())
                }
            }
        } onCancel: {
            remove(number)?.continuation.resume(throwing: CancellationError())
        }
    }

    /// One that is cancelled before it stands in the row is not found there by its handler: it does not get there.
    private func turn(_ waiter: Waiter) -> Turn {
        state.withLock { state in
            if Task.isCancelled { return .never }
            guard state.isTaken else {
                state.isTaken = true
                return .now
            }
            state.waiting.append(waiter)
            return .later
        }
    }

    private func remove(_ number: Int) -> Waiter? {
        state.withLock { state in
            state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
        }
    }

    /// How many wait for their turn.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Hands the gate to the one that waits longest.
    private func leave() {
        let next = state.withLock { state -> Waiter? in
            guard !state.waiting.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.continuation.resume()
    }
}
