import Testing

@testable import SNMP

@Suite("Get and getNext")
struct ExchangeStateMachineTests {
    private func run(
        _ machine: inout ExchangeStateMachine, _ agent: ScriptedAgent, version: SNMPVersion = .v2c
    ) throws {
        for _ in 0..<200 {
            guard case .sendRequest = machine.slotGranted() else { return }
            var memory = [UInt8](repeating: 0, count: 4096)
            let request = memory.withUnsafeMutableBytes { buffer in
                var writer = BERWriter(buffer)
                machine.encode(requestID: 0x4000_0000, into: &writer)
                let community = Community(octets: agent.community)
                CommunityProcessing(version == .v1 ? .v1(community: community) : .v2c(community: community)).wrap(
                    &writer)
                return Array(buffer[writer.offset...])
            }
            guard let response = agent.respond(to: request) else {
                machine.requestFailed(.timeout)
                return
            }
            try response.withUnsafeBytes { machine.responseReceived(try MessageView($0)) }
        }
        Issue.record("the exchange does not end")
    }

    private let agent = ScriptedAgent(SampleTables.interfaces(3))

    @Test("version 1 loses only the name that does not exist")
    func noSuchName() throws {
        var machine = ExchangeStateMachine(.get, names: SampleTables.scalars)
        try run(&machine, agent, version: .v1)
        #expect(machine.failure == nil)
        #expect(machine.result.map(\.name) == SampleTables.scalars)
        #expect(machine.result.last?.value == .noSuchInstance)
        #expect(machine.result[1].value == .timeTicks(123_456))
    }

    @Test("a list too long for the agent is halved until it fits", arguments: [PDUType.get, .getNext])
    func tooBig(type: PDUType) throws {
        var machine = ExchangeStateMachine(type, names: SampleTables.scalars)
        try run(&machine, ScriptedAgent(agent.objects, fault: .tooBig(over: 1)))
        #expect(machine.failure == nil)
        #expect(machine.result.count == SampleTables.scalars.count)
        #expect(type == .getNext || machine.result.map(\.name) == SampleTables.scalars)
    }

    @Test("a GETBULK too big is repeated with fewer repetitions")
    func bulkTooBig() throws {
        var machine = ExchangeStateMachine(.getBulk, names: [SampleTables.columns[0]], maxRepetitions: 20)
        try run(&machine, ScriptedAgent(agent.objects, fault: .tooBig(over: 5)))
        #expect(machine.result.count == 5)
        #expect(machine.maxRepetitions == 5)
    }

    @Test("short answers are completed, swapped ones assigned by name")
    func shortAndSwapped() throws {
        var short = ScriptedAgent(agent.objects)
        short.varBindLimit = 2
        var machine = ExchangeStateMachine(.get, names: SampleTables.scalars)
        try run(&machine, short)
        #expect(machine.result.map(\.name) == SampleTables.scalars)
        machine = ExchangeStateMachine(.get, names: SampleTables.scalars)
        try run(&machine, ScriptedAgent(agent.objects, fault: .swapsFirstTwo))
        #expect(machine.result.map(\.name) == SampleTables.scalars)
        #expect(machine.result[1].value == .timeTicks(123_456))
    }

    @Test("an agent that refuses everything is reported with its error-status")
    func refusal() throws {
        var machine = ExchangeStateMachine(.get, names: SampleTables.scalars)
        try run(&machine, ScriptedAgent(agent.objects, fault: .status(.authorizationError)))
        #expect(machine.failure == .errorStatus(.authorizationError, index: 0))
        machine = ExchangeStateMachine(.get, names: SampleTables.scalars)
        try run(&machine, ScriptedAgent(agent.objects, fault: .emptyResponse))
        #expect(machine.failure == .emptyResponse)
    }

    @Test("a hundred names go out in several requests")
    func manyNames() throws {
        let names = (1...100).map { SampleTables.columns[5].appending(UInt32($0)) }
        var machine = ExchangeStateMachine(.get, names: names)
        try run(&machine, ScriptedAgent(SampleTables.interfaces(100)))
        #expect(machine.result.map(\.name) == names)
        #expect(machine.requestCount == 3)
    }
}
