import Catalog
import Synchronization

/// A state of the catalog in memory, replaced as a whole when the catalog's revision moves on.
///
/// Readers always see a complete state. At most one load is at work. Who must see a change waits for a load that began
/// after it, together with all others who do; who need not goes on with the state before at once.
final class SnapshotCache<Value: Sendable>: Sendable {
    /// A present state, and what it knows of.
    private struct Entry {
        var value: Value
        var revision: CatalogRevision
        /// When it was last known to be what the catalog has.
        var currentAt: ContinuousClock.Instant
        var loadCost: Duration
        /// How many own changes it shows.
        var changes: Int
        /// The load it comes from.
        var load: Int
    }

    /// A load at work.
    private struct Flight {
        var number: Int
        /// The catalog was at this revision, or further, when it began.
        var revision: CatalogRevision
        var changes: Int
        var task: Task<Value, any Error>
    }

    /// An own change that can be made to a state without loading.
    private struct Amendment {
        var number: Int
        var apply: @Sendable (Value) -> Value?
    }

    private struct State {
        var entry: Entry?
        var changes = 0
        var loads = 0
        var flight: Flight?
        /// Whether somebody waits for the load at work.
        var isAwaited = false
        /// Own changes since the load at work began.
        var amendments: [Amendment] = []
    }

    private enum Step {
        case ready(Value)
        case join(Flight)
        case after(Flight)
    }

    private let revision: @Sendable () async throws -> CatalogRevision
    private let staleMax: Duration
    private let load: @Sendable () async throws -> Value
    private let prepare: @Sendable (_ value: Value, _ previous: Value) -> Void
    private let state = Mutex(State())

    /// A cache; `prepare` does ahead of time what readers of the state before needed, where nobody waits.
    init(
        revision: @escaping @Sendable () async throws -> CatalogRevision, staleSecondsMax: Double,
        load: @escaping @Sendable () async throws -> Value,
        prepare: @escaping @Sendable (_ value: Value, _ previous: Value) -> Void = { _, _ in }
    ) {
        self.revision = revision
        staleMax = .seconds(staleSecondsMax)
        self.load = load
        self.prepare = prepare
    }

    /// The next reader gets a state that was loaded after this call.
    func invalidate() {
        state.withLock { $0.changes += 1 }
    }

    /// An own change between two revisions, made to the state in place; where it cannot be made, as `invalidate`.
    ///
    /// A revision rises with every row that is written: where it rose by one, nobody else wrote anything.
    func amend(
        from before: CatalogRevision, to after: CatalogRevision, _ apply: @escaping @Sendable (Value) -> Value?
    ) {
        state.withLock { state in
            state.changes += 1
            if state.flight != nil { state.amendments.append(Amendment(number: state.changes, apply: apply)) }
            guard var entry = state.entry, entry.changes == state.changes - 1, let value = apply(entry.value) else {
                return
            }
            entry.value = value
            entry.changes = state.changes
            if entry.revision == before, after.number == before.number + 1 { entry.revision = after }
            state.entry = entry
        }
    }

    /// The present state.
    func value() async throws -> Value {
        let revision = try await revision()
        switch state.withLock({ step(&$0, revision, .now) }) {
        case .ready(let value): return value
        case .join(let flight): return try await flight.task.value
        case .after(let flight):
            _ = await flight.task.result
            return try await value(after: flight, revision)
        }
    }

    /// What a reader does that sees the catalog at a revision.
    private func step(_ state: inout State, _ revision: CatalogRevision, _ now: ContinuousClock.Instant) -> Step {
        if let entry = state.entry {
            if entry.revision == revision {
                state.entry?.currentAt = now
                return .ready(entry.value)
            }
            if staleMax > .zero, entry.changes == state.changes {
                let window = max(staleMax, entry.loadCost * 5)
                let age = now - entry.currentAt
                if age >= window, state.flight == nil { _ = begin(&state, revision) }
                if age < window * 3 { return .ready(entry.value) }
            }
        }
        guard let flight = state.flight else {
            let flight = begin(&state, revision)
            state.isAwaited = true
            return .join(flight)
        }
        state.isAwaited = true
        let isRecent = flight.changes == state.changes && (staleMax > .zero || flight.revision == revision)
        return isRecent ? .join(flight) : .after(flight)
    }

    /// The state of any load that began after one that has ended.
    private func value(after ended: Flight, _ revision: CatalogRevision) async throws -> Value {
        let (value, flight) = state.withLock { state -> (Value?, Flight?) in
            if let flight = state.flight {
                state.isAwaited = true
                return (nil, flight)
            }
            if let entry = state.entry, entry.load > ended.number { return (entry.value, nil) }
            let flight = begin(&state, revision)
            state.isAwaited = true
            return (nil, flight)
        }
        if let value { return value }
        guard let flight else { throw CancellationError() }
        return try await flight.task.value
    }

    private func begin(_ state: inout State, _ revision: CatalogRevision) -> Flight {
        state.loads += 1
        state.isAwaited = false
        state.amendments = []
        let number = state.loads
        let changes = state.changes
        // Not the reader's own task: others wait for it too, and the reader may go away.
        let task = Task { try await self.fly(number, changes) }
        let flight = Flight(number: number, revision: revision, changes: changes, task: task)
        state.flight = flight
        return flight
    }

    private func fly(_ number: Int, _ changes: Int) async throws -> Value {
        do {
            let began = ContinuousClock.now
            let revision = try await revision()
            let value = try await load()
            let cost = ContinuousClock.now - began
            let (previous, isAwaited) = state.withLock { ($0.entry?.value, $0.isAwaited) }
            if let previous, !isAwaited { prepare(value, previous) }
            let entry = Entry(
                value: value, revision: revision, currentAt: began, loadCost: cost, changes: changes, load: number)
            return state.withLock { land(entry, &$0) }
        } catch {
            state.withLock { $0.flight = nil }
            throw error
        }
    }

    /// Puts a loaded state in place, with the own changes made meanwhile.
    private func land(_ loaded: Entry, _ state: inout State) -> Value {
        var entry = loaded
        for amendment in state.amendments where amendment.number == entry.changes + 1 {
            guard let value = amendment.apply(entry.value) else { break }
            entry.value = value
            entry.changes = amendment.number
        }
        state.entry = entry
        state.flight = nil
        state.amendments = []
        return entry.value
    }
}
