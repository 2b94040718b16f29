import Testing

@testable import SNMP

/// Whatever an agent does, a column that is said to be complete has exactly the agent's rows, no other column has a row
/// the agent has not, and the walk ends.
@Suite("Walks of random agents")
struct TableWalkPropertyTests {
    /// What befalls one request.
    private enum Fate {
        case answered
        case lost
        case tooBig
        case empty
        case cut
        case swapped
    }

    @Test("no row is missing, none is false, and the requests are bounded", arguments: 1...300 as ClosedRange<UInt64>)
    func random(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let agent = Self.agent(&random)
        let request = TableRequest(
            scalars: Bool.random(using: &random) ? SampleTables.scalars : [], columns: SampleTables.columns)
        let harm = Double.random(in: 0...0.3, using: &random)
        let limits = TableWalkStateMachine.Limits(
            version: .v2c, requestsInFlight: Int.random(in: 1...8, using: &random),
            repetitionsMax: Int.random(in: 1...64, using: &random))
        var knowledge = Self.knowledge(request, &random)
        var machine = TableWalkStateMachine(request, limits: limits, knowledge: knowledge)
        // The second poll uses the memory and the knowledge of the first.
        for poll in 0..<2 {
            if poll > 0 { machine.reset(request, limits: limits, knowledge: knowledge) }
            let requests = try Self.run(&machine, agent, harm: harm, &random)
            #expect(requests <= 20 + 8 * agent.objects.count, "seed \(seed): \(requests) requests")
            machine.withTable(elapsedMilliseconds: 1, retransmissions: 0) { table in
                Self.check(copy table, agent, seed)
            }
            machine.learn(into: &knowledge)
        }
    }

    @Test(
        "an agent without faults is read whole, whatever was believed of it", arguments: 1...80 as ClosedRange<UInt64>)
    func wrongKnowledge(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let agent = Self.agent(&random)
        let request = TableRequest(scalars: SampleTables.scalars, columns: SampleTables.columns)
        var machine = TableWalkStateMachine(
            request, limits: .init(requestsInFlight: 4), knowledge: Self.knowledge(request, &random))
        _ = try Self.run(&machine, agent, harm: 0, &random)
        let table = machine.finish(elapsedMilliseconds: 1, retransmissions: 0)
        for column in table.columns {
            #expect(column.status == .complete || column.status == .absent, "seed \(seed): \(column.oid)")
        }
        Self.check(table, agent, seed)
    }

    /// Rows with holes, of several widths.
    private static func agent(_ random: inout SeededGenerator) -> ScriptedAgent {
        let rows = Int.random(in: 0...40, using: &random)
        let first = [1, 100, 16_300, 70_000].randomElement(using: &random) ?? 1
        let holes = Double.random(in: 0...0.4, using: &random)
        var agent = ScriptedAgent(SampleTables.interfaces(rows, firstIndex: UInt32(first)))
        agent.objects.removeAll { object in
            SampleTables.columns.contains { object.name.hasPrefix($0) }
                && Double.random(in: 0..<1, using: &random) < holes
        }
        if Bool.random(using: &random) { agent.octetLimit = Int.random(in: 300...1500, using: &random) }
        if Bool.random(using: &random) { agent.varBindLimit = Int.random(in: 6...80, using: &random) }
        return agent
    }

    private static func knowledge(_ request: TableRequest, _ random: inout SeededGenerator) -> WalkKnowledge {
        var knowledge = WalkKnowledge()
        guard Bool.random(using: &random) else { return knowledge }
        knowledge.isAnswering = Bool.random(using: &random)
        knowledge.answersOneRow = Int.random(in: 0..<8, using: &random) == 0
        knowledge.interfaceCount = Int32.random(in: -1...80, using: &random)
        knowledge.columns = request.columns.map { _ in
            WalkKnowledge.Column(
                rows: Int32.random(in: -1...80, using: &random),
                varBindOctets: UInt16.random(in: 0...60, using: &random),
                repetitionCap: Int.random(in: 0..<4, using: &random) == 0
                    ? UInt16.random(in: 1...9, using: &random) : 0,
                isIsolated: Int.random(in: 0..<6, using: &random) == 0)
        }
        return knowledge
    }

    /// Answers requests in any order; answers how many there were.
    private static func run(
        _ machine: inout TableWalkStateMachine, _ agent: ScriptedAgent, harm: Double, _ random: inout SeededGenerator
    ) throws -> Int {
        var outstanding: [(token: Int, octets: [UInt8])] = []
        for step in 0... {
            try #require(step < 20_000, "the walk does not end")
            switch machine.slotGranted() {
            case .sendRequest(let token): outstanding.append((token, encode(&machine, token)))
            case .finish: return machine.requestCount
            case .wait:
                let place = try #require(outstanding.indices.randomElement(using: &random), "it waits for nothing")
                let (token, octets) = outstanding.remove(at: place)
                let response = answer(octets, agent, harm: harm, &random)
                response?.withUnsafeBytes { bytes in
                    if let view = try? MessageView(bytes) {
                        machine.responseReceived(token, view, elapsedMilliseconds: 1)
                    }
                }
                if response == nil { machine.requestFailed(token, .timeout) }
            }
        }
        return 0
    }

    private static func encode(_ machine: inout TableWalkStateMachine, _ token: Int) -> [UInt8] {
        var memory = [UInt8](repeating: 0, count: 4096)
        return memory.withUnsafeMutableBytes { buffer in
            var writer = BERWriter(buffer)
            machine.encode(token, requestID: 0x4000_0001, into: &writer)
            CommunityProcessing(.v2c(community: Community("public"))).wrap(&writer)
            return Array(buffer[writer.offset...])
        }
    }

    private static func answer(
        _ request: [UInt8], _ agent: ScriptedAgent, harm: Double, _ random: inout SeededGenerator
    ) -> [UInt8]? {
        guard let response = agent.respond(to: request), var message = try? CommunityMessage(decoding: response) else {
            return nil
        }
        let isHarmed = Double.random(in: 0..<1, using: &random) < harm
        let fates: [Fate] = isHarmed ? [.lost, .tooBig, .empty, .cut, .swapped] : [.answered]
        switch fates.randomElement(using: &random) ?? .answered {
        case .answered: return response
        case .lost: return nil
        case .tooBig: message.pdu.errorStatus = .tooBig
        case .empty: message.pdu.varBinds = []
        case .cut:
            let count = Int.random(in: 0...message.pdu.varBinds.count, using: &random)
            message.pdu.varBinds = Array(message.pdu.varBinds.prefix(count))
        case .swapped:
            let count = message.pdu.varBinds.count
            if count > 1 { message.pdu.varBinds.swapAt(count - 1, Int.random(in: 0..<count - 1, using: &random)) }
        }
        return message.encode()
    }

    private static func check(_ table: Table, _ agent: ScriptedAgent, _ seed: UInt64) {
        for column in table.columns {
            let rows = table.rows(column.oid)
            let expected = agent.objects.filter { $0.name.hasPrefix(column.oid) }
            switch column.status {
            case .complete, .absent: #expect(rows == expected, "seed \(seed): \(column.oid) \(column.status)")
            case .partial, .failed:
                #expect(rows.allSatisfy { expected.contains($0) }, "seed \(seed): \(column.oid) \(column.status)")
                #expect(rows.map(\.name) == rows.map(\.name).sorted(), "seed \(seed): \(column.oid)")
            }
        }
    }
}
