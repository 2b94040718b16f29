import Testing

@testable import SNMP

@Suite("Memory of an agent")
struct AgentMemoryTests {
    private func memory(_ text: String) throws -> AgentMemory {
        var state = AgentState(try #require(TransportAddress(parsing: text)))
        state.roundTrip.sampled(microseconds: 12_345)
        state.window.pollWasClean(limit: 4)
        state.knowledge.store(WalkKnowledge(), for: 0x0123_4567_89AB_CDEF)
        var knowledge = WalkKnowledge()
        knowledge.columns = [
            .init(rows: 48, varBindOctets: 24, repetitionCap: 0, isIsolated: false),
            .init(rows: -1, varBindOctets: 0, repetitionCap: 7, isIsolated: true),
        ]
        (knowledge.varBindCap, knowledge.varBindsFailed, knowledge.interfaceCount) = (50, 58, 48)
        (knowledge.scalarsTravelAlone, knowledge.isAnswering, knowledge.pollsSinceFailure) = (true, true, 200)
        state.knowledge.store(knowledge, for: 7)
        let security: [UInt8] = [0x80, 0, 0x1F, 0x88, 1, 2, 3]
        return AgentMemory(state, security: security, savedAtUnixMilliseconds: 1_763_830_000_123)
    }

    @Test("its octets bring it back", arguments: ["127.0.0.1:1161", "[::1]:161"])
    func roundTrip(address: String) throws {
        let memory = try memory(address)
        let read = try #require(AgentMemory(decoding: memory.encoded))
        #expect(read == memory)
        var state = AgentState(memory.address)
        state.recall(read)
        #expect(state.roundTrip.smoothedMicroseconds == 12_345)
        #expect(state.window.size == 3)
        #expect(state.knowledge[7] != nil)
    }

    @Test("what was learnt since is not overwritten")
    func newer() throws {
        let memory = try memory("127.0.0.1")
        var state = AgentState(memory.address)
        state.roundTrip.sampled(microseconds: 99)
        state.window.requestStarted()
        state.recall(memory)
        #expect(state.roundTrip.smoothedMicroseconds == 99)
        #expect(state.window.inFlight == 1)
    }

    @Test("octets cut short, longer, or with any one bit changed are refused", arguments: ["127.0.0.1", "::1"])
    func damaged(address: String) throws {
        let octets = try memory(address).encoded
        for count in 0..<octets.count { #expect(AgentMemory(decoding: Array(octets.prefix(count))) == nil) }
        #expect(AgentMemory(decoding: octets + [0]) == nil)
        for place in octets.indices {
            for bit in 0..<8 {
                var altered = octets
                altered[place] ^= 1 << UInt8(bit)
                #expect(AgentMemory(decoding: altered) == nil)
            }
        }
    }

    @Test("any octets at all are refused without a trap", arguments: 1...4)
    func noise(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<2000 {
            let octets = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(AgentMemory(decoding: octets) == nil, "seed \(seed)")
        }
    }
}
