import Cluster
import ClusterTestKit
import Inventory
import Testing

@Suite("A queue with another to fall back on", .timeLimit(.minutes(5)))
struct FallbackQueueTests {
    let first = FaultyQueue()
    let second = FaultyQueue()
    let node = NodeID.random()
    var queue: FallbackQueue { FallbackQueue(first: first, second: second) }

    private func item() -> WorkItem { WorkItem(id: .random(), queue: "work", body: [1]) }

    private func claim(_ queue: some WorkQueue, limit: Int = 10, wait: Double = 0) async throws -> [WorkClaim] {
        try await queue.claim(from: "work", for: node, limit: limit, seconds: 60, waitSeconds: wait)
    }

    @Test("keeps the contract", arguments: WorkQueueContract.all)
    func contract(_ check: WorkQueueContract.Check) async throws {
        let (one, two) = (MemoryQueue.World(), MemoryQueue.World())
        try await check.run { FallbackQueue(first: MemoryQueue(in: one), second: MemoryQueue(in: two)) }
    }

    @Test("keeps the contract while the first is away", arguments: WorkQueueContract.all)
    func contractWithoutFirst(_ check: WorkQueueContract.Check) async throws {
        let two = MemoryQueue.World()
        try await check.run {
            let away = FaultyQueue()
            away.isAway = true
            return FallbackQueue(first: away, second: MemoryQueue(in: two))
        }
    }

    @Test("puts to the first alone while that is there")
    func prefersFirst() async throws {
        let (queue, item) = (queue, item())
        try await queue.put(item)
        #expect(second.calls == 0)
        #expect(try await claim(first).map(\.item) == [item])
    }

    @Test("what was put while the first was away is claimed, kept and finished where it is")
    func remembersOrigin() async throws {
        let (queue, early, late) = (queue, item(), item())
        first.isAway = true
        try await queue.put(early)
        first.isAway = false
        try await first.put(late)
        var claims: [WorkClaim] = []
        while claims.count < 2 { claims += try await claim(queue, limit: 1, wait: 10) }
        #expect(Set(claims.map(\.item)) == [early, late])
        for claim in claims {
            #expect(try await queue.keep(claim, seconds: 60))
            try await queue.finish(claim)
            #expect(try await !queue.keep(claim, seconds: 60))
        }
        #expect(Set(claims.map { $0.ticket.prefix(2) }) == ["1:", "2:"])
    }

    @Test("a piece in the second is claimed though the first has work all the time")
    func doesNotForgetSecond() async throws {
        let (queue, hidden) = (queue, item())
        _ = try await claim(queue)
        try await second.put(hidden)
        let began = ContinuousClock.now
        while true {
            try await first.put(item())
            let found = try await claim(queue, limit: 1)
            if found.map(\.item) == [hidden] { break }
            try #require(began.duration(to: .now) < .seconds(120))
            for claim in found { try await queue.finish(claim) }
        }
    }

    @Test("a piece in the second is claimed while a claim waits at the first")
    func looksAtSecondWhileWaiting() async throws {
        let (queue, hidden) = (queue, item())
        async let claims = claim(queue, wait: 600)
        try await second.put(hidden)
        let began = ContinuousClock.now
        #expect(try await claims.map(\.item) == [hidden])
        // Before the wait at the first has ended.
        #expect(began.duration(to: .now) < .seconds(300))
    }

    @Test("a claim that waits gets a piece of the second at once when the first is away")
    func secondAtOnce() async throws {
        let (queue, hidden) = (queue, item())
        first.isAway = true
        try await second.put(hidden)
        let began = ContinuousClock.now
        #expect(try await claim(queue, wait: 600).map(\.item) == [hidden])
        #expect(began.duration(to: .now) < .seconds(300))
        #expect(first.calls < 3)
    }

    @Test("an absent second does not matter while the first is there")
    func secondAway() async throws {
        let (queue, item) = (queue, item())
        second.isAway = true
        try await queue.put(item)
        #expect(try await claim(queue).map(\.item) == [item])
        #expect(try await claim(queue, wait: 0.1).isEmpty)
    }

    @Test("both away is unavailable, and so is a claim whose part is away")
    func bothAway() async throws {
        let (queue, item) = (queue, item())
        try await queue.put(item)
        let claim = try #require(try await claim(queue).first)
        (first.isAway, second.isAway) = (true, true)
        for _ in 0..<2 {
            #expect(await code { () throws(ClusterError) in try await queue.put(item) } == .unavailable)
            #expect(
                await code { () throws(ClusterError) in
                    _ = try await queue.claim(from: "work", for: node, limit: 1, seconds: 1, waitSeconds: 30)
                } == .unavailable)
        }
        #expect(await code { () throws(ClusterError) in try await queue.finish(claim) } == .unavailable)
        first.isAway = false
        #expect(try await queue.keep(claim, seconds: 60))
    }

    @Test("a claim that never came from here is lost")
    func strangeTicket() async throws {
        let queue = queue
        let strange = WorkClaim(item: item(), node: node, attempt: 1, ticket: "x")
        #expect(try await !queue.keep(strange, seconds: 1))
        try await queue.finish(strange)
        try await queue.giveBack(strange, afterSeconds: 0)
    }
}
