public import Inventory
import Synchronization

/// A hub that tells whoever watches how runs of jobs stand.
///
/// A watcher that does not keep up loses the oldest updates, never the newest: what it reads last is how things
/// stand. Watching costs the runs nothing.
public final class JobEvents: Sendable {
    /// Most watchers at a time; a watcher beyond gets a stream that ends at once.
    public static let watchersMax = 1024
    private static let bufferedUpdatesMax = 64

    private struct Watcher {
        var run: JobRunID?
        var continuation: AsyncStream<JobRun>.Continuation
    }

    private struct State {
        var nextID = 0
        var watchers: [Int: Watcher] = [:]
    }

    private let state = Mutex(State())

    /// A hub without watchers.
    public init() {}

    /// Every update of every run from now on; ends when its reader stops.
    public func updates() -> AsyncStream<JobRun> {
        watch(nil)
    }

    /// The updates of one run from now on; ends after the final one.
    public func updates(of run: JobRunID) -> AsyncStream<JobRun> {
        watch(run)
    }

    /// Hands an update to all who watch: of this process, or heard from another one.
    public func publish(_ run: JobRun) {
        let watchers = state.withLock { state in
            state.watchers.sorted { $0.key < $1.key }.map(\.value)
        }
        for watcher in watchers where watcher.run == nil || watcher.run == run.id {
            watcher.continuation.yield(run)
            if watcher.run != nil, run.state.isFinal { watcher.continuation.finish() }
        }
    }

    /// Ends the streams of all who watch.
    func finish() {
        let watchers = state.withLock { state in
            let watchers = state.watchers.values.map(\.continuation)
            state.watchers = [:]
            return watchers
        }
        for continuation in watchers { continuation.finish() }
    }

    private func watch(_ run: JobRunID?) -> AsyncStream<JobRun> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: JobRun.self, bufferingPolicy: .bufferingNewest(Self.bufferedUpdatesMax))
        let id = state.withLock { state -> Int? in
            guard state.watchers.count < Self.watchersMax else { return nil }
            state.nextID += 1
            state.watchers[state.nextID] = Watcher(run: run, continuation: continuation)
            return state.nextID
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in self?.remove(id) }
        return stream
    }

    private func remove(_ id: Int) {
        state.withLock { _ = $0.watchers.removeValue(forKey: id) }
    }
}
