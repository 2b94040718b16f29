import Catalog
import Inventory
import Jobs
import Logging
import Synchronization
import Testing

/// A moment by its text; a wrong text fails the test.
func at(_ text: String) throws -> Timestamp {
    try #require(Timestamp(text), "'\(text)' is no time")
}

/// A runner with a clock that is moved by hand, on a catalog in memory.
struct Bench {
    let clock: ManualWallClock
    let catalog: MemoryJobCatalog
    let log = LogRecorder()
    var settings = JobRunnerSettings()
    /// Owners that are known to have died.
    var dead: Set<String> = []

    init(_ now: String = "2026-11-22T13:30:00Z", catalog: MemoryJobCatalog = MemoryJobCatalog()) throws {
        clock = ManualWallClock(now: try at(now))
        self.catalog = catalog
    }

    func runner(_ definitions: [JobDefinition], owner: String = "this") -> JobRunner {
        let dead = dead
        return JobRunner(
            definitions: definitions, catalog: catalog, clock: clock, zone: .utc, logger: log.logger,
            settings: settings, owner: owner, isDead: { dead.contains($0) })
    }

    /// Runs a runner while `body` does something with it, then stops it.
    func whileRunning(_ runner: JobRunner, _ body: @Sendable (JobRunner) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let isUp = AsyncStream.makeStream(of: Void.self)
            group.addTask {
                defer { isUp.continuation.finish() }
                try await runner.run()
            }
            // The look for abandoned runs is the last thing that starts; from then on the clock may be moved.
            await clock.untilSleeping(count: 1)
            do {
                try await body(runner)
            } catch {
                runner.stop()
                throw error
            }
            runner.stop()
            try await group.waitForAll()
        }
    }
}

/// A job's work that waits until the test lets it go.
final class Gate: Sendable {
    private struct State {
        var entered = 0
        var permits = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextID = 0
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    /// How many have come to the gate.
    var entered: Int { state.withLock { $0.entered } }

    /// Waits until opened, or throws when the task is cancelled and `heedsCancellation`.
    func pass(heedsCancellation: Bool = true) async throws {
        let id = state.withLock { state in
            state.entered += 1
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (isThrough, met) = state.withLock { state in
                    let met = state.watchers.filter { $0.count <= state.entered }
                    state.watchers.removeAll { $0.count <= state.entered }
                    if state.permits > 0 || (heedsCancellation && Task.isCancelled) {
                        state.permits = max(0, state.permits - 1)
                        return (true, met)
                    }
                    state.waiting[id] = continuation
                    return (false, met)
                }
                for watcher in met { watcher.continuation.resume() }
                if isThrough { continuation.resume() }
            }
        } onCancel: {
            guard heedsCancellation else { return }
            state.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
        }
        if heedsCancellation { try Task.checkCancellation() }
    }

    /// Lets one through.
    func open() {
        let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard let first = state.waiting.keys.min() else {
                state.permits += 1
                return nil
            }
            return state.waiting.removeValue(forKey: first)
        }
        continuation?.resume()
    }

    /// Returns once this many have come.
    func untilEntered(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isMet = state.withLock { state in
                if state.entered >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isMet { continuation.resume() }
        }
    }
}

/// Reads updates until one satisfies a condition; nil where the stream ends before.
func first(_ updates: AsyncStream<JobRun>, where isWanted: (JobRun) -> Bool) async -> JobRun? {
    for await run in updates where isWanted(run) { return run }
    return nil
}
