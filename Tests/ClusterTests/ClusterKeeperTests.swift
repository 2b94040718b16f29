import Cluster
import ClusterTestKit
import Inventory
import Synchronization
import Testing

/// What a process takes, keeps and gives up, on a ledger in memory whose clock the test moves.
struct ClusterKeeperTests {
    /// Seconds that the test moves, for the ledger and the processes alike.
    private final class Seconds: Sendable {
        let world = MemoryLedger.World()
        private let now = Mutex(0.0)
        var value: Double { now.withLock { $0 } }

        func pass(_ seconds: Double) {
            now.withLock { $0 += seconds }
            world.advance(seconds: seconds)
        }
    }

    /// Some processes on one ledger.
    private struct World {
        let seconds = Seconds()
        let ledger: MemoryLedger

        init() { ledger = MemoryLedger(in: seconds.world) }

        func keeper(_ name: String, roles: Set<ClusterRole> = [.worker], ledger other: (any ClusterLedger)? = nil)
            -> ClusterKeeper
        {
            let (seconds, node) = (seconds, ClusterNode(id: .random(), name: name, roles: roles, version: "1"))
            return ClusterKeeper(
                node, ledger: other ?? ledger,
                time: ClusterKeeper.Time(seconds: { seconds.value }, sleep: { _ in throw CancellationError() }))
        }

        /// All beat once, and a beat's time passes.
        func round(_ keepers: [ClusterKeeper]) async {
            for keeper in keepers { await keeper.beat() }
            seconds.pass(5)
        }
    }

    @Test func oneWorkerOwnsEverything() async {
        let world = World()
        let one = world.keeper("one")
        await world.round([one])
        #expect(one.tenure.shards.count == 1_024)
        #expect(one.owns(.random()))
    }

    @Test func workersShareAllAndNoShardHasTwoOwnersOnceAllHaveBeaten() async {
        let world = World()
        let workers = (0..<10).map { world.keeper("w\($0)") }
        for _ in 0..<4 { await world.round(workers) }
        let owned = workers.map(\.tenure.shards)
        #expect(owned.reduce(0) { $0 + $1.count } == 1_024)
        #expect(Set(owned.flatMap(\.self)).count == 1_024)
        #expect(owned.allSatisfy { !$0.isEmpty })
    }

    @Test func whatAWorkerHadThatWasKilledIsOwnedAgainWithinALeaseAndThreeBeats() async {
        let world = World()
        let workers = (0..<8).map { world.keeper("w\($0)") }
        for _ in 0..<4 { await world.round(workers) }
        let before = workers.map(\.tenure.shards)
        let living = Array(workers.dropFirst(4))
        // Lease 20 s, beats every 5 s: 35 s.
        for _ in 0..<7 { await world.round(living) }
        #expect(Set(living.flatMap { $0.tenure.shards }).count == 1_024)
        for (keeper, had) in zip(living, before.dropFirst(4)) { #expect(keeper.tenure.shards.isSuperset(of: had)) }
    }

    @Test func aWorkerThatComesBackGetsItsShardsAndNoOthersMove() async {
        let world = World()
        let workers = (0..<5).map { world.keeper("w\($0)") }
        for _ in 0..<4 { await world.round(workers) }
        let before = workers.map(\.tenure.shards)
        for _ in 0..<8 { await world.round(Array(workers.dropFirst())) }
        // It takes them at its first beat, and those who had them do not take them back at theirs.
        await world.round(workers)
        #expect(workers.map(\.tenure.shards) == before)
    }

    @Test func oneLateBeatMovesNothing() async {
        let world = World()
        let (one, two) = (world.keeper("one"), world.keeper("two"))
        for _ in 0..<4 { await world.round([one, two]) }
        let before = (one.tenure, two.tenure)
        // Two is silent until its lease has just run out: one sees it dead, once.
        for _ in 0..<3 { await world.round([one]) }
        await world.round([one, two])
        await world.round([one, two])
        #expect(one.tenure == before.0 && two.tenure == before.1)
    }

    @Test func aWorkerThatLeavesIsReplacedAtTheNextBeat() async {
        let world = World()
        let (one, two) = (world.keeper("one"), world.keeper("two"))
        for _ in 0..<4 { await world.round([one, two]) }
        await two.leave()
        await world.round([one])
        #expect(one.tenure.shards.count == 1_024)
    }

    @Test func aDutyStaysWithWhoHasItAndPassesOnWhenThatOneIsGone() async {
        let world = World()
        let roles: Set<ClusterRole> = [.scheduler, .evaluator]
        let (one, two) = (world.keeper("one", roles: roles), world.keeper("two", roles: roles))
        for _ in 0..<4 { await world.round([one, two]) }
        #expect(Set(one.tenure.duties.keys) == Set(ClusterDuty.allCases))
        #expect(two.tenure.duties.isEmpty)
        let epoch = one.tenure.duties[.evaluator]
        for _ in 0..<7 { await world.round([two]) }
        #expect(Set(two.tenure.duties.keys) == Set(ClusterDuty.allCases))
        #expect(two.fence(.evaluator)?.lease.epoch == epoch.map { $0 + 1 })
        await world.round([one, two])
        #expect(one.tenure.duties.isEmpty)
        #expect(one.fence(.evaluator) == nil)
    }

    @Test func withoutALedgerEverythingStaysAsItIs() async {
        let world = World()
        let silent = SilentLedger(world.ledger)
        let one = world.keeper("one", ledger: silent)
        await world.round([one])
        silent.isSilent.store(true, ordering: .relaxed)
        for _ in 0..<200 { await world.round([one]) }
        #expect(one.tenure.shards.count == 1_024)
        #expect(one.isCertain)
        #expect(one.fault?.seconds ?? 0 >= 990)
    }

    @Test func afterAFreezeNothingIsCertainUntilTheLedgerWasAsked() async {
        let world = World()
        let one = world.keeper("one")
        await world.round([one])
        #expect(one.isCertain)
        world.seconds.pass(60)
        #expect(!one.isCertain)
        await one.beat()
        #expect(one.isCertain)
    }

    @Test func whoIsNoWorkerOwnsNothing() async {
        let world = World()
        let (one, two) = (world.keeper("one", roles: [.api]), world.keeper("two"))
        for _ in 0..<3 { await world.round([one, two]) }
        #expect(one.tenure.shards.isEmpty)
        #expect(two.tenure.shards.count == 1_024)
        #expect(one.nodes.map(\.name).sorted() == ["one", "two"])
    }
}

/// A ledger that can be out of reach.
private final class SilentLedger: ClusterLedger {
    let isSilent = Atomic<Bool>(false)
    private let inner: any ClusterLedger

    init(_ inner: any ClusterLedger) { self.inner = inner }

    func beat(_ node: ClusterNode, leaseSeconds: Double) async throws(ClusterError) -> ClusterStanding {
        try requireSpeech()
        return try await inner.beat(node, leaseSeconds: leaseSeconds)
    }

    func take(_ names: [String], for node: NodeID, onlyFree: Bool) async throws(ClusterError) -> [ClusterLease] {
        try requireSpeech()
        return try await inner.take(names, for: node, onlyFree: onlyFree)
    }

    func leave(_ node: NodeID) async throws(ClusterError) { try await inner.leave(node) }

    private func requireSpeech() throws(ClusterError) {
        if isSilent.load(ordering: .relaxed) { throw ClusterError(.unavailable, "nobody answers") }
    }
}
