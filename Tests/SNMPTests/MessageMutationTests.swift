import Testing

@testable import SNMP

/// A hundred thousand spoilt messages through every decoder: none traps, and what a walk takes from them is in order.
@Suite("Spoilt messages")
struct MessageMutationTests {
    private static let request = TableRequest(
        scalars: [SampleTables.sysUpTime, SampleTables.ifNumber], columns: SampleTables.columns)

    @Test("never trap a decoder or a walk", arguments: 1...50 as ClosedRange<UInt64>)
    func mutations(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let agent = ScriptedAgent(SampleTables.interfaces(5, firstIndex: 125))
        var machine = TableWalkStateMachine(Self.request, limits: .init())
        var response = try Self.firstResponse(&machine, agent)
        let original = response
        for round in 0..<2000 {
            response = round % 4 == 0 ? Mutations.mutate(original, &random) : Mutations.mutate(response, &random)
            if response.count > 2000 { response = Array(response.prefix(600)) }
            machine.reset(Self.request, limits: .init())
            guard case .sendRequest(let token) = machine.slotGranted() else { continue }
            response.withUnsafeBytes { bytes in
                guard let view = try? MessageView(bytes) else { return }
                machine.responseReceived(token, view, elapsedMilliseconds: 1)
                if round % 8 == 0 { _ = try? CommunityMessage(view) }
                machine.withTable(elapsedMilliseconds: 1, retransmissions: 0) { Self.check(copy $0, seed) }
            }
        }
    }

    private static func check(_ table: Table, _ seed: UInt64) {
        for column in table.columns {
            for position in 0..<column.count {
                _ = column.value(at: position)
                guard position > 0 else { continue }
                let isInOrder = column.index(at: position - 1).lexicographicallyPrecedes(column.index(at: position))
                if !isInOrder { Issue.record("seed \(seed): \(column.name(at: position)) is out of order") }
            }
        }
    }

    private static func firstResponse(_ machine: inout TableWalkStateMachine, _ agent: ScriptedAgent) throws -> [UInt8]
    {
        guard case .sendRequest(let token) = machine.slotGranted() else { return [] }
        var memory = [UInt8](repeating: 0, count: 4096)
        let octets = memory.withUnsafeMutableBytes { buffer in
            var writer = BERWriter(buffer)
            machine.encode(token, requestID: 0x4000_0000, into: &writer)
            CommunityProcessing(.v2c(community: Community("public"))).wrap(&writer)
            return Array(buffer[writer.offset...])
        }
        return try #require(agent.respond(to: octets))
    }
}
