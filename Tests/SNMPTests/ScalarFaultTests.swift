import Testing

@testable import SNMP

/// Scalars travel with columns in one list: what stands in the wrong place there must cost neither of them.
@Suite("Scalars of agents at fault")
struct ScalarFaultTests {
    private static let rows = SampleTables.interfaces(24)
    /// Places of scalars only: a first row that is left out cannot be told from one that is not there.
    private static let faults: [ScriptedAgent.Fault] =
        [.swapsFirstTwo] + (0..<SampleTables.scalars.count).map { .leavesOut($0) }

    private static func expected(_ scalars: [ObjectIdentifier]) -> [SNMPValue?] {
        scalars.map { scalar in rows.first { $0.name == scalar }?.value }
    }

    @Test(
        "variable bindings swapped or left out cost no scalar and no row", arguments: faults,
        [0, 1, 3, SampleTables.columns.count])
    func misplaced(fault: ScriptedAgent.Fault, columnCount: Int) throws {
        let columns = Array(SampleTables.columns[..<columnCount])
        let request = TableRequest(scalars: SampleTables.scalars, columns: columns)
        let table = try WalkDriver(request, ScriptedAgent(Self.rows, fault: fault)).table
        #expect(table.scalars == Self.expected(request.scalars))
        #expect(table.sysUpTime == 123_456)
        for column in table.columns {
            #expect(column.status == .complete, "\(column.oid)")
            #expect(table.rows(column.oid) == Self.rows.filter { $0.name.hasPrefix(column.oid) })
        }
        #expect(table.requests <= 40, "\(table.requests) requests")
    }

    @Test(
        "a scalar just before a column is not read from the column's first row",
        arguments: [ScriptedAgent.Fault.swapsFirstTwo, .leavesOut(0), .leavesOut(1)])
    func neighbour(fault: ScriptedAgent.Fault) throws {
        let request = TableRequest(
            scalars: [SampleTables.sysName, SampleTables.ifNumber], columns: [SampleTables.columns[0]])
        let table = try WalkDriver(request, ScriptedAgent(Self.rows, fault: fault)).table
        #expect(table.scalars == Self.expected(request.scalars))
        #expect(table.columns[0].status == .complete)
        #expect(table.columns[0].count == 24)
        #expect(table.requests <= 20)
    }

    @Test("a scalar the agent has not costs no request, even where a column's first row follows it")
    func missing() throws {
        let objects = Self.rows.filter { $0.name != SampleTables.ifNumber }
        let request = TableRequest(
            scalars: [SampleTables.sysName, SampleTables.ifNumber, SampleTables.missing],
            columns: [SampleTables.columns[0]])
        let table = try WalkDriver(request, ScriptedAgent(objects)).table
        let whole = try WalkDriver(request, ScriptedAgent(Self.rows)).table
        #expect(table.scalars == [.octetString(Array("switch-1".utf8)), nil, nil])
        #expect(table.columns[0].status == .complete)
        #expect(table.columns[0].count == 24)
        #expect(table.tolerated.isEmpty)
        #expect(table.requests <= whole.requests + 1)
    }

    @Test("an agent that hangs on the first scalar, or on the first column, still gives the rest")
    func hanging() async throws {
        let request = TableRequest(scalars: SampleTables.scalars, columns: SampleTables.columns)
        for hung in [SampleTables.sysDescr, SampleTables.columns[0].appending(1)] {
            let scripted = ScriptedAgent(Self.rows, fault: .silent(hung))
            let agent = try LoopbackAgent(scripted)
            defer { agent.stop() }
            let engine = try Engine()
            let target = Target(
                address: TransportAddress(127, 0, 0, 1, port: agent.port),
                credential: .v2c(community: Community("public")), timeoutMilliseconds: 60, retries: 2)
            let table = try await engine.table(request, from: target)
            for column in table.columns where !hung.hasPrefix(column.oid) {
                #expect(column.status == .complete, "\(hung) \(column.oid)")
                #expect(column.count == 24)
            }
            #expect(table.requests <= 120)
        }
    }
}
