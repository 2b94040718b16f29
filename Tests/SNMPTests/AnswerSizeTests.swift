import Glibc
import Testing

@testable import SNMP

/// Large answers that never arrive, while small ones do: their fragments get lost, or the agent drops them.
@Suite("Answers too large for the way")
struct AnswerSizeTests {
    private static let rows = SampleTables.interfaces(200)

    @Test(
        "the size is stepped down, and the next poll begins with what was learnt",
        arguments: [300, 600, 1000], [1, SampleTables.columns.count])
    func fragmentsLost(octets: Int, columnCount: Int) throws {
        let request = TableRequest(
            scalars: SampleTables.scalars, columns: Array(SampleTables.columns.suffix(columnCount)))
        let agent = ScriptedAgent(Self.rows, fault: .silentOverOctets(octets))
        var fitting = ScriptedAgent(Self.rows)
        fitting.octetLimit = octets
        let least = try WalkDriver(request, fitting).table.requests
        var knowledge = WalkKnowledge()
        for poll in 0..<8 {
            var driver = try WalkDriver(request, agent, knowledge: knowledge)
            driver.machine.learn(into: &knowledge)
            let told = "poll \(poll): \(driver.table.requests) requests, \(driver.timeouts) lost, least \(least)"
            for column in driver.table.columns {
                #expect(column.status == .complete, "\(told)")
                #expect(driver.table.rows(column.oid) == Self.rows.filter { $0.name.hasPrefix(column.oid) })
            }
            #expect(driver.timeouts <= (poll == 0 ? 3 : 1), "\(told)")
            #expect(driver.table.requests <= 5 * least + 10, "\(told)")
        }
    }

    @Test("a request too large to be sent is asked in parts; the least one that is too large ends the poll")
    func requestTooLarge() throws {
        let request = TableRequest(scalars: SampleTables.scalars, columns: SampleTables.columns)
        var machine = TableWalkStateMachine(request, limits: .init())
        var asked: [Int] = []
        while case .sendRequest(let token) = machine.slotGranted(), asked.count < 100 {
            let plan = machine.plans[token]
            asked.append(plan.scalars.count + plan.columns.count)
            machine.requestFailed(token, .requestTooLarge)
        }
        #expect(asked[0] > SampleTables.scalars.count)
        #expect(asked.last == 1)
        #expect(asked.count <= SampleTables.scalars.count + SampleTables.columns.count + 8, "\(asked)")
        let table = machine.finish(elapsedMilliseconds: 0, retransmissions: 0)
        #expect(table.columns.allSatisfy { $0.status == .failed(.requestTooLarge) })
    }
}
