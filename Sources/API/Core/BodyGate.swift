import Synchronization

/// Lets long bodies through one at a time, in the order in which they came.
///
/// Reading a long body takes a processor for a while; several at once would leave none for short requests.
final class BodyGate: Sendable {
    private struct State {
        var isTaken = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// Bodies up to this length pass at once.
    static let shortBytesMax = 64 * 1024
    private let state = Mutex(State())

    /// Does something with a body of a length.
    func pass<Outcome: Sendable>(
        _ length: Int, _ body: @Sendable () async throws -> Outcome
    ) async rethrows -> Outcome {
        guard length > Self.shortBytesMax else { return try await body() }
        await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.isTaken else {
                    state.isTaken = true
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    /// Hands the gate to the one that waits longest.
    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
