import Cluster
import ClusterTestKit
import Inventory
import Testing

@Suite("A bus with another to fall back on", .timeLimit(.minutes(5)))
struct FallbackBusTests {
    let message = BusMessage(topic: "t", sender: .random(), body: [1])

    @Test("keeps the contract", arguments: EventBusContract.all)
    func contract(_ check: EventBusContract.Check) async throws {
        let (first, second) = (MemoryBus.World(), MemoryBus.World())
        try await check.run { FallbackBus(first: MemoryBus(in: first), second: MemoryBus(in: second)) }
    }

    @Test("keeps the contract while the first is away", arguments: EventBusContract.all)
    func contractWithoutFirst(_ check: EventBusContract.Check) async throws {
        let second = MemoryBus.World()
        try await check.run { FallbackBus(first: FaultyBus(isAway: true), second: MemoryBus(in: second)) }
    }

    @Test("publishes on the first alone while that is there")
    func prefersFirst() async throws {
        let second = FaultyBus()
        let bus = FallbackBus(first: FaultyBus(), second: second)
        try await bus.publish([message])
        #expect(second.calls == 0)
    }

    @Test("is heard by those that listen to either, and asks an absent first seldom")
    func fallsBack() async throws {
        let (first, second) = (FaultyBus(isAway: true), FaultyBus())
        let bus = FallbackBus(first: first, second: second)
        var heard = second.inner.listen(to: ["t"]).makeAsyncIterator()
        #expect(await heard.next() == .gap)
        for _ in 0..<20 { try await bus.publish([message]) }
        for _ in 0..<20 { #expect(await heard.next() == .message(message)) }
        #expect(first.calls < 5, "an absent first is tried every two seconds")
    }

    @Test("goes back to the first when that is there again")
    func comesBack() async throws {
        let (first, second) = (FaultyBus(isAway: true), FaultyBus())
        let bus = FallbackBus(first: first, second: second)
        try await bus.publish([message])
        first.isAway = false
        let asked = first.calls
        let end = ContinuousClock.now + .seconds(60)
        while first.calls == asked, .now < end { try await bus.publish([message]) }
        let before = second.calls
        try await bus.publish([message])
        #expect(second.calls == before)
    }

    @Test("passes a refusal on, and does not try the second")
    func passesRefusals() async throws {
        let second = FaultyBus()
        let bus = FallbackBus(first: FaultyBus(), second: second)
        let refused = BusMessage(topic: "", sender: .random(), body: [])
        #expect(await code { () throws(ClusterError) in try await bus.publish([refused]) } == .refused)
        #expect(second.calls == 0)
    }

    @Test("both away is unavailable")
    func bothAway() async throws {
        let bus = FallbackBus(first: FaultyBus(isAway: true), second: FaultyBus(isAway: true))
        for _ in 0..<2 {
            #expect(await code { () throws(ClusterError) in try await bus.publish([message]) } == .unavailable)
        }
    }

    @Test("hears both, and each gap after the first")
    func merges() async throws {
        let (first, second) = (MemoryBus(), MemoryBus())
        let bus = FallbackBus(first: first, second: second)
        var heard = bus.listen(to: ["t"]).makeAsyncIterator()
        #expect(await heard.next() == .gap)
        for part in [first, second] {
            try await part.publish([message])
            #expect(await heard.next() == .message(message))
        }
        // More than a listener's room, before it takes any: a gap of one part.
        for _ in 0..<5_000 { try await second.publish([message]) }
        var next = await heard.next()
        while next == .message(message) { next = await heard.next() }
        #expect(next == .gap)
        await bus.close()
        while let event = await heard.next() { #expect(event != nil as BusEvent?) }
    }
}
