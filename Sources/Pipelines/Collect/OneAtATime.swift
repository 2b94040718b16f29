/// Does pieces of work one after the other, in the order they are asked for, each to its end whoever is cancelled.
actor OneAtATime {
    private var last: Task<Void, Never>?

    /// Returns what the work does when it is done.
    func run<Outcome: Sendable>(_ work: @escaping @Sendable () async -> Outcome) async -> Outcome {
        let before = last
        let task = Task {
            await before?.value
            return await work()
        }
        last = Task { _ = await task.value }
        return await task.value
    }
}
