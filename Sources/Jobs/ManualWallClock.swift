public import Inventory
import Synchronization

/// A clock that moves only when told: for tests and simulations.
///
/// A test waits until the code under test sleeps (`untilSleeping`), then moves time; nothing depends on how fast the
/// machine is.
public final class ManualWallClock: WallClock {
    private struct Sleeper {
        var id: Int
        var until: Timestamp
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct Watcher {
        var id: Int
        var isMet: @Sendable ([Timestamp]) -> Bool
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now: Timestamp
        var nextID = 0
        var sleepers: [Sleeper] = []
        var cancelled: Set<Int> = []
        var watchers: [Watcher] = []

        /// Takes out the watchers whose condition holds.
        mutating func metWatchers() -> [Watcher] {
            let deadlines = sleepers.map(\.until)
            let met = watchers.filter { $0.isMet(deadlines) }
            watchers.removeAll { $0.isMet(deadlines) }
            return met
        }

        /// Takes out one watcher, where it is there.
        mutating func takeWatcher(_ id: Int) -> [Watcher] {
            let one = watchers.filter { $0.id == id }
            watchers.removeAll { $0.id == id }
            return one
        }
    }

    private let state: Mutex<State>

    /// A clock that shows `now`.
    public init(now: Timestamp) {
        state = Mutex(State(now: now))
    }

    /// The moment it was last moved to.
    public var now: Timestamp {
        state.withLock { $0.now }
    }

    /// Suspends until the clock is moved to `moment` or later.
    public func sleep(until moment: Timestamp) async throws {
        let id = newID()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                park(Sleeper(id: id, until: moment, continuation: continuation))
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Moves the clock forward and wakes those whose time has come, the earliest first.
    public func advance(to moment: Timestamp) {
        let woken = state.withLock { state in
            state.now = max(state.now, moment)
            let due = state.sleepers.filter { $0.until <= state.now }
            state.sleepers.removeAll { $0.until <= state.now }
            return due.sorted { ($0.until, $0.id) < ($1.until, $1.id) }
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Moves the clock forward by some seconds.
    public func advance(bySeconds seconds: Double) {
        advance(to: now.advanced(bySeconds: seconds))
    }

    /// Returns once someone sleeps until exactly this moment, or the task is cancelled.
    public func untilSleeping(until moment: Timestamp) async {
        await watch { $0.contains(moment) }
    }

    /// Returns once at least this many sleep, or the task is cancelled.
    public func untilSleeping(count: Int) async {
        await watch { $0.count >= count }
    }

    private func watch(_ isMet: @escaping @Sendable ([Timestamp]) -> Bool) async {
        let id = newID()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let met = state.withLock { state in
                    state.watchers.append(Watcher(id: id, isMet: isMet, continuation: continuation))
                    return state.cancelled.remove(id) == nil ? state.metWatchers() : state.takeWatcher(id)
                }
                for watcher in met { watcher.continuation.resume() }
            }
        } onCancel: {
            let given = state.withLock { state in
                let watcher = state.takeWatcher(id)
                // Not waiting yet: remembered for when it does.
                if watcher.isEmpty { state.cancelled.insert(id) }
                return watcher
            }
            for watcher in given { watcher.continuation.resume() }
        }
    }

    private func newID() -> Int {
        state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
    }

    private enum Parking {
        case parked([Watcher])
        case due
        case cancelled
    }

    private func park(_ sleeper: Sleeper) {
        let parking = state.withLock { state -> Parking in
            if state.cancelled.remove(sleeper.id) != nil { return .cancelled }
            if sleeper.until <= state.now { return .due }
            state.sleepers.append(sleeper)
            return .parked(state.metWatchers())
        }
        switch parking {
        case .parked(let met): for watcher in met { watcher.continuation.resume() }
        case .due: sleeper.continuation.resume()
        case .cancelled: sleeper.continuation.resume(throwing: CancellationError())
        }
    }

    private func cancel(_ id: Int) {
        let sleeper = state.withLock { state -> Sleeper? in
            guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                // Not parked yet: remembered for when it does.
                state.cancelled.insert(id)
                return nil
            }
            return state.sleepers.remove(at: index)
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
