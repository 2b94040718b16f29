import Catalog
import Synchronization

/// A state of the catalog in memory, replaced as a whole when the catalog's revision moves on.
///
/// Readers always see a complete state. One request loads a newer one; the others go on with the state before, where
/// that is allowed.
final class SnapshotCache<Value: Sendable>: Sendable {
    private struct Entry {
        var value: Value
        var revision: CatalogRevision
        var loadedAt: ContinuousClock.Instant
        var loadCost: Duration
        var changes: Int
    }

    private struct State {
        var entry: Entry?
        var changes = 0
        var isLoading = false
    }

    private let catalog: any Catalog
    private let staleMax: Duration
    private let load: @Sendable (_ previous: Value?) async throws -> Value
    private let state = Mutex(State())

    init(
        catalog: any Catalog, staleSecondsMax: Double, load: @escaping @Sendable (Value?) async throws -> Value
    ) {
        self.catalog = catalog
        staleMax = .seconds(staleSecondsMax)
        self.load = load
    }

    /// The next reader gets a state that was loaded after this call.
    func invalidate() {
        state.withLock { $0.changes += 1 }
    }

    /// The present state.
    func value() async throws -> Value {
        let revision = try await catalog.revision()
        let now = ContinuousClock.now
        let (good, previous, changes) = state.withLock { state -> (Value?, Value?, Int) in
            let good = state.entry.flatMap { isGood($0, revision, now, state) ? $0.value : nil }
            if good == nil { state.isLoading = true }
            return (good, state.entry?.value, state.changes)
        }
        if let good { return good }
        defer { state.withLock { $0.isLoading = false } }
        let value = try await load(previous)
        let cost = ContinuousClock.now - now
        state.withLock { state in
            // A slower load that began earlier must not replace a newer state.
            if let other = state.entry, other.loadedAt > now { return }
            state.entry = Entry(value: value, revision: revision, loadedAt: now, loadCost: cost, changes: changes)
        }
        return value
    }

    /// An older state may be shown for a while, longer where loading is dear, but never after an own change.
    private func isGood(
        _ entry: Entry, _ revision: CatalogRevision, _ now: ContinuousClock.Instant, _ state: State
    ) -> Bool {
        if entry.revision == revision { return true }
        guard staleMax > .zero, entry.changes == state.changes else { return false }
        return state.isLoading || now - entry.loadedAt < max(staleMax, entry.loadCost * 5)
    }
}
