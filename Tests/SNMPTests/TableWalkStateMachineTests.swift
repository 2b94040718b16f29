import Testing

@testable import SNMP

@Suite("Table walks")
struct TableWalkStateMachineTests {
    private static let request = TableRequest(scalars: SampleTables.scalars, columns: SampleTables.columns)

    private func expectAllRows(_ table: Table, _ agent: ScriptedAgent, except: Set<ObjectIdentifier> = []) {
        for oid in SampleTables.columns where !except.contains(oid) {
            #expect(table.column(oid)?.status == .complete)
            #expect(table.rows(oid) == agent.objects.filter { $0.name.hasPrefix(oid) })
        }
    }

    @Test("devices of every size are read whole", arguments: [0, 1, 2, 4, 7, 24, 48, 49, 200], [SNMPVersion.v1, .v2c])
    func sizes(count: Int, version: SNMPVersion) throws {
        var agent = ScriptedAgent(SampleTables.interfaces(count, firstIndex: 126))
        if version == .v1 { agent.objects.removeAll { if case .counter64 = $0.value { true } else { false } } }
        let table = try WalkDriver(Self.request, agent, version: version).table
        #expect(table.scalars[1] == .timeTicks(123_456))
        #expect(table.scalars[3] == .integer(Int32(count)))
        #expect(table.scalars[4] == nil)
        #expect(table.sysUpTime == 123_456)
        #expect(table.sysUpTimeArrivalMilliseconds == 5)
        #expect(table.isComplete)
        for oid in SampleTables.columns {
            let expected = agent.objects.filter { $0.name.hasPrefix(oid) }
            #expect(table.rows(oid) == expected)
            #expect(table.column(oid)?.status == (expected.isEmpty ? .absent : .complete))
        }
    }

    @Test("a small device takes at most three requests, a large one full datagrams")
    func requestCounts() throws {
        let small = try WalkDriver(Self.request, ScriptedAgent(SampleTables.interfaces(4)))
        #expect(small.table.requests <= 3)
        let large = ScriptedAgent(SampleTables.interfaces(48))
        let varBinds = 48 * SampleTables.columns.count
        let table = try WalkDriver(Self.request, large).table
        #expect(table.requests <= varBinds / 40 + 3, "\(table.requests) requests for \(varBinds) values")
    }

    @Test("the scalars travel as non-repeaters of the first request, alone until it is answered")
    func firstRequest() throws {
        let driver = try WalkDriver(Self.request, ScriptedAgent(SampleTables.interfaces(48)))
        let first = try #require(driver.requests.first)
        #expect(first.pdu.type == .getBulk)
        #expect(first.pdu.nonRepeaters == 5)
        #expect(first.pdu.varBinds[1].name == "1.3.6.1.2.1.1.3")
        #expect(first.pdu.varBinds.count > 5)
        #expect(driver.requests.dropFirst().allSatisfy { $0.pdu.nonRepeaters == 0 })
    }

    @Test("requests under way together never ask for the same column")
    func disjoint() throws {
        var machine = TableWalkStateMachine(Self.request, limits: .init(requestsInFlight: 4))
        guard case .sendRequest(let first) = machine.slotGranted() else { return }
        #expect(machine.slotGranted() == .wait)
        let agent = ScriptedAgent(SampleTables.interfaces(48))
        var memory = [UInt8](repeating: 0, count: 4096)
        let request = memory.withUnsafeMutableBytes { buffer in
            var writer = BERWriter(buffer)
            machine.encode(first, requestID: 0x4000_0000, into: &writer)
            CommunityProcessing(.v2c(community: Community("public"))).wrap(&writer)
            return Array(buffer[writer.offset...])
        }
        let response = try #require(agent.respond(to: request))
        try response.withUnsafeBytes {
            machine.responseReceived(first, try MessageView($0), elapsedMilliseconds: 1)
        }
        var asked: [Int] = []
        while case .sendRequest(let token) = machine.slotGranted() { asked += machine.plans[token].columns }
        #expect(asked.count == Set(asked).count)
        let used = machine.plans.indices.reduce(0) { $0 + (machine.plans[$1].isUsed ? 1 : 0) }
        #expect(used == 4)
    }

    @Test("holes in columns are kept: rows are matched by index")
    func holes() throws {
        let hole = SampleTables.columns[5].appending(7)
        var agent = ScriptedAgent(SampleTables.interfaces(20))
        agent.objects.removeAll { $0.name == hole }
        let table = try WalkDriver(Self.request, agent).table
        expectAllRows(table, agent)
        #expect(table[row: 7][5] == nil)
        #expect(table[row: 8][5] == .counter32(8 &* 77_777_777))
        #expect(table[row: 99].allSatisfy { $0 == nil })
    }

    @Test("indexes of several sub-identifiers are walked and found")
    func generalIndexes() throws {
        let column: ObjectIdentifier = "1.0.8802.1.1.2.1.4.1.1.9"
        let indexes: [[UInt32]] = [[0, 1, 1], [0, 1, 300], [0, 2, 1], [70_000, 1, 1], [70_000, 1, 2]]
        let objects = indexes.map { VarBind(column.appending($0), .octetString($0.map { UInt8($0 & 255) })) }
        let table = try WalkDriver(TableRequest(columns: [column]), ScriptedAgent(objects)).table
        #expect(table.rows(column) == objects)
        #expect(table.columns[0][[70_000, 1, 1]] == objects[3].value)
        #expect(table.columns[0][[0, 1]] == nil)
        #expect(table.columns[0].simpleIndex(at: 0) == nil)
    }

    @Test("agents that answer little at a time are read whole", arguments: [1, 2, 3, 5, 11])
    func shortResponses(limit: Int) throws {
        var agent = ScriptedAgent(SampleTables.interfaces(24))
        agent.varBindLimit = limit
        expectAllRows(try WalkDriver(Self.request, agent).table, agent)
    }

    @Test("agents of any message size are read whole", arguments: [300, 484, 1000, 9000])
    func octetLimits(limit: Int) throws {
        var agent = ScriptedAgent(SampleTables.interfaces(24))
        agent.octetLimit = limit
        expectAllRows(try WalkDriver(Self.request, agent).table, agent)
    }

    @Test("tooBig makes requests smaller and loses nothing", arguments: [1, 4, 10, 30])
    func tooBig(limit: Int) throws {
        let agent = ScriptedAgent(SampleTables.interfaces(24), fault: .tooBig(over: limit))
        expectAllRows(try WalkDriver(Self.request, agent).table, agent)
    }

    @Test("an agent that drops large requests in silence is read whole")
    func silentOver() throws {
        let agent = ScriptedAgent(SampleTables.interfaces(24), fault: .silentOver(20))
        expectAllRows(try WalkDriver(Self.request, agent).table, agent)
    }

    @Test("a dead device is asked the whole and then the least, no more")
    func dead() throws {
        let agent = ScriptedAgent([], fault: .silentOver(0))
        let driver = try WalkDriver(Self.request, agent)
        #expect(driver.requests.map(\.pdu.varBinds.count).dropFirst() == [1, 1])
        #expect(driver.table.columns.allSatisfy { $0.status == .failed(.timeout) })
    }
}
