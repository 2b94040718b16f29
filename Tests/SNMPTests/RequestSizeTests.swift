import Testing

@testable import SNMP

@Suite("Requests longer than the agent takes", .timeLimit(.minutes(5)))
struct RequestSizeTests {
    private static let entry: ObjectIdentifier = "1.3.6.1.2.1.2.2.1"
    private static let columns = (1...60).map { entry.appending(UInt32($0)) }

    /// An agent of version 3 that says it takes 484 octets.
    private func smallAgent(_ user: USMUser) throws -> LoopbackAgent {
        var agent = SecuredAgent(user: user)
        agent.objects = ScriptedAgent(Self.columns.map { VarBind($0.appending(1), .counter32(7)) })
        let fixed = agent
        return try LoopbackAgent { request, _ in
            var answer = fixed.respond(to: request)
            let (usual, small): ([UInt8], [UInt8]) = ([2, 3, 0, 0xFF, 0xE3], [2, 3, 0, 1, 0xE4])
            let place = answer.indices.dropLast(5).first { Array(answer[$0..<$0 + 5]) == usual }
            if let place { answer.replaceSubrange(place..<place + 5, with: small) }
            return request.count > 484 ? [] : [answer]
        }
    }

    @Test("an agent that takes 484 octets is asked in smaller requests, and read whole")
    func smallAgent() async throws {
        let user = USMUser(name: "anna")
        let agent = try smallAgent(user)
        defer { agent.stop() }
        let engine = try Engine()
        defer { engine.shutdown() }
        let target = Target(TransportAddress(127, 0, 0, 1, port: agent.port), .v3(user))
        for _ in 1...2 {
            let table = try await engine.table(TableRequest(columns: Self.columns), from: target)
            #expect(table.isComplete)
            #expect(table.columns.allSatisfy { $0.count == 1 })
        }
        let names = Self.columns.map { $0.appending(1) }
        #expect(try await engine.get(names, from: target).map(\.name) == names)
        #expect(agent.requests.allSatisfy { $0.count <= 484 })
    }

    @Test("only the name that is too long for any request fails, and says why")
    func longName() async throws {
        let user = USMUser(name: "anna")
        let agent = try smallAgent(user)
        defer { agent.stop() }
        let engine = try Engine()
        defer { engine.shutdown() }
        let target = Target(TransportAddress(127, 0, 0, 1, port: agent.port), .v3(user))
        let long = ObjectIdentifier("1.3.6.1.4.1").appending(Array(repeating: UInt32.max, count: 100))
        // The first request's answer tells how much the agent takes.
        #expect(try await engine.table(TableRequest(columns: [Self.columns[0]]), from: target).isComplete)
        let table = try await engine.table(TableRequest(columns: Self.columns + [long]), from: target)
        #expect(table.columns.dropLast().allSatisfy { $0.status == .complete })
        #expect(table.columns.last?.status == .failed(.requestTooLarge))
        for request in [TableRequest(columns: [long]), TableRequest(scalars: [long])] {
            let error = await #expect(throws: SNMPError.self) { try await engine.table(request, from: target) }
            #expect(error?.code == .requestTooLarge)
        }
        let error = await #expect(throws: SNMPError.self) {
            try await engine.get([Self.columns[0].appending(1), long], from: target)
        }
        #expect(error?.code == .requestTooLarge)
    }

    @Test("a column too long for a request costs itself only")
    func longColumn() throws {
        var machine = TableWalkStateMachine(
            TableRequest(scalars: [SampleTables.sysUpTime], columns: SampleTables.columns), limits: .init())
        let agent = ScriptedAgent(SampleTables.interfaces(3))
        let tooLong = SampleTables.columns[2]
        var steps = 0
        while case .sendRequest(let token) = machine.slotGranted(), steps < 200 {
            steps += 1
            let names = machine.plans[token].columns.map { machine.columns[$0].oid }
            if names.contains(tooLong) {
                machine.requestFailed(token, .requestTooLarge)
                continue
            }
            var memory = [UInt8](repeating: 0, count: 4096)
            let octets = memory.withUnsafeMutableBytes { buffer in
                var writer = BERWriter(buffer)
                machine.encode(token, requestID: 0x4000_0000, into: &writer)
                CommunityProcessing(.v2c(community: Community("public"))).wrap(&writer)
                return Array(buffer[writer.offset...])
            }
            try #require(agent.respond(to: octets)).withUnsafeBytes {
                machine.responseReceived(token, try MessageView($0), elapsedMilliseconds: 1)
            }
        }
        let table = machine.finish(elapsedMilliseconds: 1, retransmissions: 0)
        #expect(table.sysUpTime != nil)
        for column in table.columns {
            #expect(column.status == (column.oid == tooLong ? .failed(.requestTooLarge) : .complete))
        }
    }
}
