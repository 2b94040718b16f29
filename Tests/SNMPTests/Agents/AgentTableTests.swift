import Testing

@testable import SNMP

@Suite("The agents of one I/O thread")
struct AgentTableTests {
    private func address(_ number: Int) -> TransportAddress { TransportAddress(ipv4: 0x7F00_0000 + UInt32(number)) }

    @Test("an agent in use keeps its number; one that taught nothing is forgotten after its use")
    func use() {
        var agents = AgentTable(idleMax: 10)
        let (first, again) = (agents.acquire(address(1)), agents.acquire(address(1)))
        #expect(first == again)
        agents.release(first)
        #expect(agents.number(of: address(1)) == first)
        agents.release(first)
        #expect(agents.number(of: address(1)) == nil)
        #expect(agents.count == 0)
    }

    @Test("what was learnt is kept up to the limit", arguments: [0, 1, 5, 100])
    func limit(idleMax: Int) {
        var agents = AgentTable(idleMax: idleMax)
        let busy = agents.acquire(address(1000))
        for number in 0..<50 {
            let agent = agents.acquire(address(number))
            agents[agent].roundTrip.sampled(microseconds: 1)
            agents.release(agent)
        }
        #expect(agents.count == 1 + min(idleMax, 50))
        #expect(agents.number(of: address(1000)) == busy)
        let isRemembered = agents.remember(address(77)) != nil
        #expect(isRemembered == (idleMax > 50))
        var seen = 0
        agents.forEach { _ in seen += 1 }
        #expect(seen == agents.count)
    }

    @Test("against a model of uses", arguments: 1...5)
    func model(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var agents = AgentTable(idleMax: 8)
        var uses: [Int: Int] = [:]
        for _ in 0..<4000 {
            let number = Int.random(in: 0..<40, using: &random)
            if Bool.random(using: &random) {
                let agent = agents.acquire(address(number))
                #expect(agents[agent].address == address(number), "seed \(seed)")
                if number % 2 == 0 { agents[agent].roundTrip.sampled(microseconds: 1) }
                uses[number, default: 0] += 1
            } else if uses[number, default: 0] > 0, let agent = agents.number(of: address(number)) {
                agents.release(agent)
                uses[number, default: 0] -= 1
            }
            for (number, count) in uses where count > 0 {
                #expect(agents.number(of: address(number)) != nil, "seed \(seed)")
            }
            #expect(agents.count <= uses.values.filter { $0 > 0 }.count + 8, "seed \(seed)")
        }
    }
}
