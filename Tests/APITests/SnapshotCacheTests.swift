import Catalog
import Synchronization
import Testing

@testable import API

/// What many readers cost, with a loader that counts and waits where it is told.
@Suite struct SnapshotCacheTests {
    @Test func readersOfAStateThatIsCurrentLoadNothing() async throws {
        let store = CountedStore()
        let cache = store.cache(staleSecondsMax: 0)
        for _ in 0..<5 { #expect(try await cache.value() == 0) }
        #expect(store.loads == 1)
    }

    @Test(arguments: [0, 3600] as [Double])
    func aHundredReadersAfterAChangeCauseAtMostTwoLoads(_ staleSecondsMax: Double) async throws {
        let store = CountedStore()
        let cache = store.cache(staleSecondsMax: staleSecondsMax)
        _ = try await cache.value()
        let before = store.loads
        store.write(1)
        cache.invalidate()
        let seen = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 { group.addTask { try await cache.value() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(seen == [Int](repeating: 1, count: 100))
        #expect(store.loads - before <= 2)
    }

    @Test func whoChangesSomethingDuringALoadWaitsForALaterOne() async throws {
        let store = CountedStore()
        let cache = store.cache(staleSecondsMax: 3600)
        store.hold()
        async let first = cache.value()
        await store.held()
        store.write(7)
        cache.invalidate()
        async let second = cache.value()
        async let third = cache.value()
        store.release()
        #expect(try await first == 0)
        #expect(try await [second, third] == [7, 7])
        #expect(store.loads == 2)
    }

    @Test func othersGoOnWithTheStateBeforeWhileSomebodyElseWrites() async throws {
        let store = CountedStore()
        let cache = store.cache(staleSecondsMax: 3600)
        _ = try await cache.value()
        for number in 1...50 {
            store.write(number)
            #expect(try await cache.value() == 0)
        }
        #expect(store.loads == 1)
    }

    @Test func anAmendedStateIsShownAndLoadsNothing() async throws {
        let store = CountedStore()
        let cache = store.cache(staleSecondsMax: 0)
        _ = try await cache.value()
        for number in 1...20 {
            let (before, after) = store.write(number)
            cache.amend(from: before, to: after) { _ in number }
            #expect(try await cache.value() == number)
        }
        #expect(store.loads == 1)
    }

    @Test func anAmendmentBesideAnotherWriteIsShownAndLoadedAfterAll() async throws {
        let store = CountedStore()
        let exact = store.cache(staleSecondsMax: 0)
        let loose = store.cache(staleSecondsMax: 3600)
        _ = try await (exact.value(), loose.value())
        let (before, _) = store.write(100)
        let (_, after) = store.write(5)
        for cache in [exact, loose] { cache.amend(from: before, to: after) { $0 + 1 } }
        #expect(try await exact.value() == 5)
        #expect(try await loose.value() == 1)
        #expect(store.loads == 3)
    }

    @Test func anAmendmentDuringALoadIsNotLost() async throws {
        let store = CountedStore()
        let cache = store.cache(staleSecondsMax: 3600)
        store.hold()
        async let first = cache.value()
        await store.held()
        let (before, after) = store.write(9)
        cache.amend(from: before, to: after) { max($0, 9) }
        store.release()
        #expect(try await first == 9)
        #expect(try await cache.value() == 9)
        #expect(store.loads == 1)
    }

    @Test func whatCannotBeAmendedIsLoaded() async throws {
        let store = CountedStore()
        let cache = store.cache(staleSecondsMax: 3600)
        _ = try await cache.value()
        let (before, after) = store.write(3)
        cache.amend(from: before, to: after) { _ in nil }
        #expect(try await cache.value() == 3)
        #expect(store.loads == 2)
    }

    @Test func aLoadThatFailsIsTriedAgainByTheNextReader() async throws {
        let store = CountedStore()
        let cache = store.cache(staleSecondsMax: 3600)
        store.fail(true)
        await #expect(throws: CatalogError.self) { try await cache.value() }
        store.fail(false)
        #expect(try await cache.value() == 0)
    }
}

/// A number with a revision, whose reading is counted and can be held.
final class CountedStore: Sendable {
    private struct State {
        var number = 0
        var revision: Int64 = 1
        var loads = 0
        var isFailing = false
        var gate: (entered: AsyncStream<Void>.Continuation, opened: AsyncStream<Void>)?
    }

    private let state = Mutex(State())
    private let entered = AsyncStream.makeStream(of: Void.self)
    private let opened = AsyncStream.makeStream(of: Void.self)

    var loads: Int { state.withLock { $0.loads } }

    @discardableResult
    func write(_ number: Int) -> (before: CatalogRevision, after: CatalogRevision) {
        state.withLock { state in
            state.number = number
            state.revision += 1
            return (CatalogRevision(state.revision - 1), CatalogRevision(state.revision))
        }
    }

    func fail(_ isFailing: Bool) {
        state.withLock { $0.isFailing = isFailing }
    }

    /// The next load reads, then waits for `release`.
    func hold() {
        state.withLock { $0.gate = (entered.continuation, opened.stream) }
    }

    /// Returns when a load has read and waits.
    func held() async {
        for await _ in entered.stream { return }
    }

    func release() {
        opened.continuation.yield()
    }

    func cache(staleSecondsMax: Double) -> SnapshotCache<Int> {
        SnapshotCache(
            revision: { CatalogRevision(self.state.withLock { $0.revision }) }, staleSecondsMax: staleSecondsMax,
            load: { try await self.load() })
    }

    private func load() async throws -> Int {
        let (number, gate, isFailing) = state.withLock { state in
            state.loads += 1
            defer { state.gate = nil }
            return (state.number, state.gate, state.isFailing)
        }
        if isFailing { throw CatalogError(.unavailable, operation: "reading", message: "away") }
        if let gate {
            gate.entered.yield()
            for await _ in gate.opened { break }
        }
        return number
    }
}
