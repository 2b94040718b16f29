/// Bounds of time for talking to a receiver.
enum TimeLimit {
    /// Runs work for so many seconds at most, then cancels it, waits for its end and throws `late`.
    ///
    /// Work that ends in spite of being late counts.
    static func run<Result: Sendable>(
        seconds: Double, _ late: NotifierError, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                return nil
            }
            defer { group.cancelAll() }
            let first = try await group.next()
            if let result = first ?? nil { return result }
            group.cancelAll()
            if let result = try? await group.next() ?? nil { return result }
            throw late
        }
    }

    /// A timeout as it may be configured: 0.1 s to 10 min.
    static func checked(_ seconds: Double) throws(NotifierError) -> Double {
        guard seconds >= 0.1, seconds <= 600 else {
            throw NotifierError("timeout: \(seconds) s is out of range; use 0.1 to 600 seconds", isLasting: true)
        }
        return seconds
    }

    /// `10 s`, `0.5 s`.
    static func text(_ seconds: Double) -> String {
        seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }
}
