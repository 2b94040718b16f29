/// Lets one at a time do what must not be interleaved; the others wait in the order in which they came.
actor Turn {
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Does a body when it is its turn, within the caller's task.
    nonisolated func run<Outcome: Sendable>(
        _ body: @Sendable () async throws -> Outcome
    ) async throws -> Outcome {
        await take()
        do {
            try Task.checkCancellation()
            let outcome = try await body()
            await give()
            return outcome
        } catch {
            await give()
            throw error
        }
    }

    private func take() async {
        guard isTaken else { return isTaken = true }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func give() {
        if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
    }
}
