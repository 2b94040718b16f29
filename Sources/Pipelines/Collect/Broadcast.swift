import Synchronization

/// Hands values to whoever watches, each with a bounded memory of its own; one that does not keep up loses the oldest.
final class Broadcast<Element: Sendable>: Sendable {
    private struct State {
        var nextID = 0
        var watchers: [Int: AsyncStream<Element>.Continuation] = [:]
        var isFinished = false
    }

    private let bufferMax: Int
    private let watchersMax: Int
    private let state = Mutex(State())

    init(bufferMax: Int, watchersMax: Int = 1024) {
        self.bufferMax = bufferMax
        self.watchersMax = watchersMax
    }

    /// Whether anyone watches.
    var isWatched: Bool { state.withLock { !$0.watchers.isEmpty } }

    /// What is published from now on; ends at once where there are too many watchers.
    func watch() -> AsyncStream<Element> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Element.self, bufferingPolicy: .bufferingNewest(bufferMax))
        let id = state.withLock { state -> Int? in
            guard !state.isFinished, state.watchers.count < watchersMax else { return nil }
            state.nextID += 1
            state.watchers[state.nextID] = continuation
            return state.nextID
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.watchers.removeValue(forKey: id) }
        }
        return stream
    }

    func publish(_ element: Element) {
        let watchers = state.withLock { Array($0.watchers.values) }
        for watcher in watchers { watcher.yield(element) }
    }

    /// Ends all streams, and those that would be made later.
    func finish() {
        let watchers = state.withLock { state in
            state.isFinished = true
            let watchers = Array(state.watchers.values)
            state.watchers = [:]
            return watchers
        }
        for watcher in watchers { watcher.finish() }
    }
}
