import Testing

@testable import SNMP

@Suite("What is known of one agent")
struct AgentStateTests {
    private let address = TransportAddress(127, 0, 0, 1)

    private func target(inFlight: Int = 4, perSecond: Int = 0) -> Target {
        var target = Target(address, .v2c(community: Community("public")))
        target.inFlight = inFlight
        target.requestsPerSecondMax = perSecond
        return target
    }

    @Test("the window begins at two, grows with clean polls to the limit, and halves on loss")
    func window() {
        var agent = AgentState(address)
        var sizes: [Int] = []
        for _ in 0..<4 {
            while agent.admits(target(), at: 0) {
                agent.requestSent(perSecondMax: target().requestsPerSecondMax, at: 0)
            }
            sizes.append(Int(agent.window.inFlight))
            agent.window.pollWasClean(limit: 4)
        }
        #expect(sizes == [2, 3, 4, 4])
        agent.requestRepeated(target(), sentAt: 0, at: 200)
        #expect(agent.window.size == 2)
    }

    @Test("requests lost together halve the window and double the timeout once")
    func lostTogether() {
        var agent = AgentState(address)
        agent.window.pollWasClean(limit: 4)
        agent.window.pollWasClean(limit: 4)
        for _ in 0..<4 { agent.requestSent(perSecondMax: target().requestsPerSecondMax, at: 1000) }
        for _ in 0..<4 { agent.requestRepeated(target(), sentAt: 1000, at: 5000) }
        #expect(agent.window.size == 2)
        #expect(agent.roundTrip.backOff == 1)
        agent.requestRepeated(target(), sentAt: 5000, at: 9000)
        #expect(agent.window.size == 1)
        #expect(agent.roundTrip.backOff == 2)
        #expect(agent.counters.retransmissions == 5)
    }

    @Test("one poll's limit does not bind another's, but all share what is under way")
    func shared() {
        var agent = AgentState(address)
        agent.requestSent(perSecondMax: target().requestsPerSecondMax, at: 0)
        #expect(!agent.admits(target(inFlight: 1), at: 0))
        #expect(agent.admits(target(inFlight: 8), at: 0))
    }

    @Test("a pace spaces requests, repetitions included, and gives no credit for pauses")
    func pace() {
        let limited = target(inFlight: 64, perSecond: 10)
        var agent = AgentState(address)
        agent.requestSent(perSecondMax: limited.requestsPerSecondMax, at: 5_000_000)
        #expect(!agent.admits(limited, at: 5_070_000))
        #expect(agent.admits(limited, at: 5_100_000))
        agent.requestRepeated(limited, sentAt: 5_000_000, at: 5_100_000)
        #expect(!agent.admits(limited, at: 5_170_000))
        agent.window = RequestWindow()
        var sent = 0
        for time in stride(from: UInt64(60_000_000), to: 61_000_000, by: 1000) where agent.admits(limited, at: time) {
            agent.requestSent(perSecondMax: limited.requestsPerSecondMax, at: time)
            agent.window.requestEnded()
            sent += 1
        }
        #expect((10...11).contains(sent))
    }

    @Test("round trips of repeated requests are no samples")
    func karn() {
        var agent = AgentState(address)
        agent.responseReceived(sentAt: 0, isSample: false, at: 900_000)
        #expect(!agent.roundTrip.hasSample)
        #expect(agent.lastAnswerAt == 900_000)
        agent.responseReceived(sentAt: 0, isSample: true, at: 1500)
        #expect(agent.roundTrip.smoothedMicroseconds == 1500)
    }

    @Test("knowledge is kept for the last four requests")
    func shelf() {
        var shelf = KnowledgeShelf()
        for key in 1...5 { shelf.store(WalkKnowledge(), for: UInt64(key)) }
        shelf.store(WalkKnowledge(), for: 3)
        #expect(shelf.entries.map(\.key) == [2, 3, 4, 5])
        #expect(shelf[1] == nil)
        #expect(shelf[5] != nil)
    }

    @Test("a request's key tells requests apart and is the same in every process")
    func key() {
        let one = TableRequest(scalars: ["1.3.6.1.2.1.1.3.0"], columns: ["1.3.6.1.2.1.2.2.1.10"])
        let other = TableRequest(columns: ["1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.2.2.1.10"])
        #expect(one.knowledgeKey != other.knowledgeKey)
        #expect(TableRequest(columns: ["1.3.6"]).knowledgeKey == 0xCFBB_F4A0_C848_33B9)
    }
}
