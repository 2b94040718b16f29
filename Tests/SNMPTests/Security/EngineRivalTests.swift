import Testing

@testable import SNMP

/// Other engine IDs at an address whose engine is known: lies, replaced devices, and devices that share it.
extension EngineDiscoveryStateMachineTests {
    @Test("a rival goes when the engine is heard again or after a minute, and no other one comes within it")
    func rivals() {
        var machine = Self.proven()
        func lie(_ last: UInt8, at now: UInt64) -> Machine.Step {
            var request = Machine.Request()
            _ = Self.due(&machine, 0, &request, at: now)
            return Self.report(&machine, .unknownEngineID, from: last, boots: 1, time: 1, &request, at: now)
        }
        #expect(lie(66, at: 1000) == .sendRequest)
        let verdict = machine.authenticMessageReceived(Self.id(1), boots: 5, time: 1001, sizeMax: 0, at: 1001)
        #expect(verdict == .inWindow)
        #expect(machine.rival == nil)
        #expect(lie(67, at: 2000) == .distrust)
        #expect(lie(67, at: 61_000) == .sendRequest)
        #expect(machine.rival?.id == Self.id(67))
        #expect(lie(68, at: 70_000) == .distrust)
        var request = Machine.Request()
        _ = Self.due(&machine, 0, &request, at: 121_000)
        #expect(machine.rival == nil)
    }

    @Test("devices that share an address may take turns, since each proves itself")
    func turns() {
        var machine = Self.proven()
        for last in [UInt8(2), 1, 2, 1] {
            var request = Machine.Request()
            _ = Self.due(&machine, 0, &request)
            #expect(Self.report(&machine, .unknownEngineID, from: last, boots: 5, time: 1, &request) == .sendRequest)
            _ = machine.authenticMessageReceived(Self.id(last), boots: 5, time: 1, sizeMax: 0, at: 0)
            #expect(machine.current?.id == Self.id(last))
        }
        #expect(machine.replacements == 4)
    }

    @Test("engine IDs anyone could have named do not take a user's proof away")
    func proofStays() {
        let agent = AgentSecurity()
        let user = SecurityUser.of(USMUser(name: "bert", authentication: .init(.sha1, Passphrase("authpass12"))))
        agent.prove(agent.place(of: user, Self.id(1)))
        for last in UInt8(2)..<40 { _ = agent.place(of: user, Self.id(last)) }
        #expect(agent.isProven(user))
        #expect(agent.users.count == AgentSecurity.usersMax)
    }

    @Test("a lie about the engine ID costs one message, and the engine that works stays")
    func lyingEngineID() {
        var machine = Self.proven()
        var request = Machine.Request()
        _ = Self.due(&machine, 0, &request)
        #expect(Self.report(&machine, .unknownEngineID, from: 66, boots: 1, time: 1, &request) == .sendRequest)
        #expect(machine.engine(request)?.id == Self.id(66))
        #expect(machine.current?.id == Self.id(1))
        #expect(Self.estimate(machine.current, at: 0) == [5, 1000])
        // The rival is silent: the next attempt goes to the engine that was proven.
        #expect(Self.due(&machine, 0, &request, at: 1500) == .sendRequest)
        #expect(machine.engine(request)?.id == Self.id(1))
        // So does every other request from its beginning.
        var other = Machine.Request()
        #expect(Self.due(&machine, 1, &other) == .sendRequest)
        #expect(machine.engine(other)?.id == Self.id(1))
    }

    @Test("a replaced device takes over when its first message is authenticated")
    func replaced() {
        var machine = Self.proven()
        var request = Machine.Request()
        _ = Self.due(&machine, 0, &request)
        #expect(Self.report(&machine, .unknownEngineID, from: 2, boots: 1, time: 20, &request) == .sendRequest)
        let verdict = machine.authenticMessageReceived(Self.id(2), boots: 1, time: 20, sizeMax: 400, at: 0)
        #expect(verdict == .inWindow)
        #expect(machine.current?.id == Self.id(2))
        #expect(machine.current?.sizeMax == 0)
        #expect(machine.rival == nil)
        #expect(machine.engine(request)?.id == Self.id(2))
    }

    @Test("unknownEngineIDs without end is bounded, before and after the engine is proven")
    func endlessRediscovery() {
        for isProven in [false, true] {
            var machine = isProven ? Self.proven() : Machine()
            var request = Machine.Request()
            var steps: [Machine.Step] = [Self.due(&machine, 0, &request)]
            for last in UInt8(10)...20 {
                steps.append(Self.report(&machine, .unknownEngineID, from: last, isProven: isProven, &request))
            }
            #expect(steps.count { $0 == .sendRequest } <= 3)
            #expect(steps.last == (isProven ? .distrust : .fail(.unknownEngineID)))
            if isProven { #expect(machine.current?.id == Self.id(1)) }
        }
    }

    @Test("an agent that refuses its own engine ID fails")
    func refusesItself() {
        var machine = Machine()
        var request = Machine.Request()
        _ = Self.due(&machine, 0, &request)
        _ = Self.report(&machine, .unknownEngineID, from: 1, &request)
        #expect(
            Self.report(&machine, .unknownEngineID, from: 1, isProven: false, &request) == .fail(.unknownEngineID))
    }
}
