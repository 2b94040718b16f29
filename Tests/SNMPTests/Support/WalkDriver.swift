import Testing

@testable import SNMP

/// Drives a walk against a scripted agent, without sockets and time.
struct WalkDriver: ~Copyable {
    var table: Table
    var requests: [CommunityMessage] = []
    /// Requests that were not answered.
    var timeouts = 0
    var machine: TableWalkStateMachine

    /// Runs until the walk ends; more than `stepLimit` events fail the test.
    init(
        _ request: TableRequest, _ agent: ScriptedAgent, version: SNMPVersion = .v2c, inFlight: Int = 2,
        stepLimit: Int = 4000, knowledge: WalkKnowledge = WalkKnowledge(),
        respond: (([UInt8]) -> [UInt8]?)? = nil
    ) throws {
        machine = TableWalkStateMachine(
            request, limits: .init(version: version, requestsInFlight: inFlight), knowledge: knowledge)
        var outstanding: [(token: Int, request: [UInt8])] = []
        var isFinished = false
        var steps = 0
        while !isFinished {
            steps += 1
            try #require(steps < stepLimit, "the walk does not end")
            switch machine.slotGranted() {
            case .sendRequest(let token):
                let octets = Self.encode(&machine, token, agent, version)
                requests.append(try CommunityMessage(decoding: octets))
                outstanding.append((token, octets))
            case .finish: isFinished = true
            case .wait:
                try #require(!outstanding.isEmpty, "the walk waits for nothing")
                let (token, octets) = outstanding.removeFirst()
                let response = respond.map { $0(octets) } ?? agent.respond(to: octets)
                if response == nil { timeouts += 1 }
                Self.answer(&machine, token, response)
            }
        }
        table = machine.finish(elapsedMilliseconds: 0, retransmissions: 0)
    }

    private static func encode(
        _ machine: inout TableWalkStateMachine, _ token: Int, _ agent: ScriptedAgent, _ version: SNMPVersion
    ) -> [UInt8] {
        var memory = [UInt8](repeating: 0, count: 4096)
        return memory.withUnsafeMutableBytes { buffer in
            var writer = BERWriter(buffer)
            machine.encode(token, requestID: 0x4000_0001, into: &writer)
            let text = Community(octets: agent.community)
            let credential = version == .v1 ? Credential.v1(community: text) : .v2c(community: text)
            CommunityProcessing(credential).wrap(&writer)
            return Array(buffer[writer.offset...])
        }
    }

    private static func answer(_ machine: inout TableWalkStateMachine, _ token: Int, _ response: [UInt8]?) {
        guard let response else {
            machine.requestFailed(token, .timeout)
            return
        }
        response.withUnsafeBytes { buffer in
            if let view = try? MessageView(buffer) {
                machine.responseReceived(token, view, elapsedMilliseconds: 5)
            } else {
                machine.requestFailed(token, .timeout)
            }
        }
    }
}

extension Table {
    /// Names and values of a column, for comparison.
    func rows(_ oid: ObjectIdentifier) -> [VarBind] {
        guard let column = column(oid) else { return [] }
        return (0..<column.count).map { VarBind(column.name(at: $0), column.value(at: $0)) }
    }
}
