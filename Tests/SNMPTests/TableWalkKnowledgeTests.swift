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
}
