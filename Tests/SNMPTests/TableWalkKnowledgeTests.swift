import Testing

@testable import SNMP

@Suite("What walks know beforehand")
struct TableWalkKnowledgeTests {
    private static let request = TableRequest(columns: Array(SampleTables.columns[..<3]))
    private static let agent = ScriptedAgent(SampleTables.interfaces(24))

    private func walk(_ knowledge: WalkKnowledge) throws -> WalkDriver {
        try WalkDriver(Self.request, Self.agent, knowledge: knowledge)
    }

    @Test("a limit with nothing known to have failed is raised step by step", arguments: [1, 2, 7, 1000])
    func limitOnly(cap: Int) throws {
        var knowledge = WalkKnowledge()
        knowledge.varBindCap = cap
        let driver = try walk(knowledge)
        #expect(driver.table.isComplete)
        #expect(driver.machine.varBindCap >= cap)
    }

    @Test("a limit next to what failed stays")
    func limitStays() throws {
        var knowledge = WalkKnowledge()
        (knowledge.varBindCap, knowledge.varBindsFailed) = (1, 2)
        let driver = try walk(knowledge)
        #expect(driver.table.isComplete)
        #expect(driver.requests.allSatisfy { $0.pdu.varBinds.count == 1 })
    }

    @Test("no ifNumber, and no limit, is too large", arguments: [UInt64(1) << 24, 1 << 32, UInt64(Int64.max), .max])
    func interfaceCount(count: UInt64) throws {
        let ifNumber: ObjectIdentifier = "1.3.6.1.2.1.2.1.0"
        let columns: [ObjectIdentifier] = ["1.3.6.1.2.1.2.2.1.2", "1.3.6.1.2.1.2.2.1.3"]
        let rows = columns.map { VarBind($0.appending(1), .counter32(1)) }
        let request = TableRequest(scalars: [ifNumber], columns: columns, rowLimit: .max)
        let driver = try WalkDriver(request, ScriptedAgent(rows + [VarBind(ifNumber, .counter64(count))]))
        #expect(driver.table.columns.allSatisfy { $0.count == 1 && $0.status == .complete })
    }

    @Test("a row limit beyond any memory is refused with the remedy")
    func rowLimit() {
        #expect(TableRequest(columns: ["1.3"], rowLimit: 1 << 28).fault == nil)
        let fault = TableRequest(columns: ["1.3"], rowLimit: 1 << 29).fault
        #expect(fault == "rowLimit must be at most 268435456, not 536870912")
    }
}
