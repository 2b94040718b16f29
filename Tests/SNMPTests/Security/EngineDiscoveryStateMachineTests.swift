import Testing

@testable import SNMP

/// Requests and Reports in virtual time, without messages.
@Suite("Engines are discovered once, and no lie breaks what works")
struct EngineDiscoveryStateMachineTests {
    typealias Machine = EngineDiscoveryStateMachine

    static func id(_ last: UInt8) -> EngineID { EngineID([0x80, 0, 0, 1, 5, last]) ?? .empty }

    static func due(
        _ machine: inout Machine, _ slot: Int, _ request: inout Machine.Request, alive: Set<Int> = [0, 1, 2],
        isProven: Bool = true, at now: UInt64 = 0
    ) -> Machine.Step {
        let isAlive = machine.discoverer.map(alive.contains) ?? false
        return machine.messageDue(slot, &request, isDiscovererAlive: isAlive, isProven: isProven, at: now)
    }

    /// A machine that has had an authenticated message of engine 1, boots 5, time 1000, at 0 ms.
    static func proven() -> Machine {
        var machine = Machine()
        var request = Machine.Request()
        #expect(due(&machine, 0, &request) == .sendDiscovery)
        let named = machine.discoveryAnswered(id(1), boots: 5, time: 1000, &request, at: 0)
        #expect(named == .sendRequest)
        let verdict = machine.authenticMessageReceived(id(1), boots: 5, time: 1000, sizeMax: 1500, at: 0)
        #expect(verdict == .inWindow)
        return machine
    }

    /// Boots and time of an engine.
    static func estimate(_ engine: Machine.Engine?, at now: UInt64) -> [Int32] {
        guard let engine else { return [] }
        let (boots, time) = engine.clock.estimate(at: now)
        return [boots, time]
    }

    static func report(
        _ machine: inout Machine, _ report: V3Report, from last: UInt8, boots: Int32 = 5, time: Int32 = 1000,
        isAuthentic: Bool = false, isProven: Bool = true, _ request: inout Machine.Request, at now: UInt64 = 0
    ) -> Machine.Step {
        machine.reportReceived(
            report, from: id(last), boots: boots, time: time, isAuthentic: isAuthentic, isProven: isProven, &request,
            at: now)
    }

    @Test("one request asks for the engine, the others wait, and then all go on")
    func singleFlight() {
        var machine = Machine()
        var first = Machine.Request()
        var second = Machine.Request()
        #expect(Self.due(&machine, 0, &first) == .sendDiscovery)
        #expect(Self.due(&machine, 1, &second) == .wait)
        #expect(Self.report(&machine, .unknownEngineID, from: 1, &first) == .sendRequest)
        #expect(machine.discoveryEnded(&second, at: 0) == .sendRequest)
        #expect(machine.engine(first)?.id == Self.id(1))
        #expect(Self.estimate(machine.engine(first), at: 2000) == [5, 1002])
        var third = Machine.Request()
        #expect(Self.due(&machine, 2, &third) == .sendRequest)
    }

    @Test("a request whose discoverer is gone becomes the next one")
    func orphaned() {
        var machine = Machine()
        var first = Machine.Request()
        var second = Machine.Request()
        #expect(Self.due(&machine, 0, &first) == .sendDiscovery)
        #expect(Self.due(&machine, 1, &second) == .wait)
        #expect(Self.due(&machine, 1, &second, alive: [1]) == .sendDiscovery)
        #expect(Self.due(&machine, 1, &second) == .sendDiscovery)
        #expect(Self.due(&machine, 0, &first) == .wait)
    }

    @Test("a user that had no answer yet asks for the engine again after each silence")
    func doubt() {
        var machine = Self.proven()
        var request = Machine.Request()
        #expect(Self.due(&machine, 0, &request, isProven: false) == .sendRequest)
        #expect(Self.due(&machine, 0, &request, isProven: false, at: 500) == .sendDiscovery)
        #expect(Self.report(&machine, .unknownEngineID, from: 1, &request, at: 501) == .sendRequest)
        #expect(machine.discoveredAt == 501)
        #expect(Self.estimate(machine.current, at: 0) == [5, 1000])
    }

    @Test("any Report names the engine to who asks for it")
    func otherReports() {
        for report in V3Report.allCases {
            var machine = Machine()
            var request = Machine.Request()
            _ = Self.due(&machine, 0, &request)
            #expect(Self.report(&machine, report, from: 1, &request) == .sendRequest)
        }
    }

    @Test(
        "engine IDs that no agent may have are refused",
        arguments: [[], [0, 0, 0, 0, 0], [UInt8](repeating: 0xFF, count: 12), [UInt8](repeating: 0, count: 32)])
    func invalid(octets: [UInt8]) {
        var machine = Machine()
        var request = Machine.Request()
        _ = Self.due(&machine, 0, &request)
        let id = EngineID(octets)
        let named = machine.discoveryAnswered(id, boots: 1, time: 1, &request, at: 0)
        #expect(named == .fail(.invalidEngineID))
        #expect(machine.current == nil)
    }

    @Test("over 32 octets are no engine ID; one to four are tolerated")
    func lengths() {
        #expect(EngineID([UInt8](repeating: 1, count: 33)) == nil)
        #expect(EngineID([UInt8](repeating: 1, count: 32))?.isUsable == true)
        #expect(EngineID([1, 2])?.isUsable == true)
        #expect(EngineID([0x80, 1])?.description == "8001")
    }

    @Test("notInTimeWindows sets the time and sends again, twice at most")
    func timeWindow() {
        var machine = Self.proven()
        var request = Machine.Request()
        #expect(Self.due(&machine, 0, &request) == .sendRequest)
        for round in 1...2 {
            let step = Self.report(
                &machine, .notInTimeWindow, from: 1, boots: 6, time: Int32(round), isAuthentic: true, &request)
            #expect(step == .sendRequest)
            #expect(Self.estimate(machine.current, at: 0) == [6, Int32(round)])
        }
        let step = Self.report(&machine, .notInTimeWindow, from: 1, boots: 6, isAuthentic: true, &request)
        #expect(step == .fail(.notInTimeWindow))
    }

    @Test("boots that went backwards are taken from an authenticated Report")
    func bootsLost() {
        var machine = Self.proven()
        var request = Machine.Request()
        _ = Self.due(&machine, 0, &request)
        let step = Self.report(
            &machine, .notInTimeWindow, from: 1, boots: 1, time: 9, isAuthentic: true, &request)
        #expect(step == .sendRequest)
        #expect(Self.estimate(machine.current, at: 0) == [1, 9])
        let verdict = machine.authenticMessageReceived(Self.id(1), boots: 1, time: 9, sizeMax: 0, at: 0)
        #expect(verdict == .inWindow)
    }

    @Test("boots at their end fail for good")
    func latched() {
        var machine = Self.proven()
        var request = Machine.Request()
        _ = Self.due(&machine, 0, &request)
        let step = Self.report(
            &machine, .notInTimeWindow, from: 1, boots: Int32.max, isAuthentic: true, &request)
        #expect(step == .fail(.bootsLatched))
    }

    @Test("a signed Report sets the clock back once an hour, and forward at any time")
    func setBack() {
        var machine = Self.proven()
        var now: UInt64 = 0
        for (minute, boots, time, step) in [
            (1, 2, 5, Machine.Step.sendRequest), (2, 1, 9, .distrust), (3, 9, 9, .sendRequest), (4, 9, 8, .distrust),
            (60, 2, 5, .distrust), (61, 2, 5, .sendRequest), (62, 1, 0, .distrust),
        ] {
            now = UInt64(minute) * 60_000
            machine.plainResponseReceived(Self.id(1), sizeMax: 0)
            var request = Machine.Request()
            _ = Self.due(&machine, 0, &request, at: now)
            let seen = Self.report(
                &machine, .notInTimeWindow, from: 1, boots: Int32(boots), time: Int32(time), isAuthentic: true,
                &request, at: now)
            #expect(seen == step, "minute \(minute)")
            if step == .sendRequest { #expect(Self.estimate(machine.current, at: now) == [Int32(boots), Int32(time)]) }
        }
        #expect(machine.setBacks == 2)
        let verdict = machine.authenticMessageReceived(Self.id(1), boots: 1, time: 1, sizeMax: 0, at: now)
        #expect(verdict == .outsideWindow)
    }

    /// Polls an agent that restarted, every minute with three attempts; whether a message of ours had its time.
    ///
    /// Without `reports` the agent says nothing of what is outside its window.
    static func isFoundAgain(_ machine: inout Machine, isProven: Bool, reports: Bool) -> Bool {
        for minute in 2..<10 {
            var request = Machine.Request()
            for attempt in 0..<3 {
                let now = UInt64(minute * 60_000 + attempt * 2000)
                let time = Int32(now / 1000) - 100
                var step = due(&machine, 0, &request, isProven: isProven, at: now)
                for _ in 0..<10 where step == .sendDiscovery || step == .sendRequest {
                    let sent = step == .sendDiscovery ? [] : estimate(machine.engine(request), at: now)
                    if sent == [6, time] {
                        return machine.authenticMessageReceived(id(1), boots: 6, time: time, sizeMax: 0, at: now)
                            == .inWindow && estimate(machine.current, at: now) == [6, time]
                    }
                    guard reports || step == .sendDiscovery else { break }
                    let kind = step == .sendDiscovery ? V3Report.unknownEngineID : .notInTimeWindow
                    step = report(
                        &machine, kind, from: 1, boots: 6, time: time, isProven: isProven, &request, at: now)
                }
            }
        }
        return false
    }

    @Test("an agent that restarted is found again, though it does not sign its Reports, or sends none")
    func restarted() {
        for reports in [true, false] {
            var known = Self.proven()
            #expect(Self.isFoundAgain(&known, isProven: true, reports: reports))
            var recalled = Machine()
            recalled.recalled(Self.id(1), boots: 5, time: 90_000, at: 0)
            #expect(Self.isFoundAgain(&recalled, isProven: false, reports: reports))
        }
    }

    @Test("boots and time nobody vouches for go into one message of a request, and judge none")
    func oneHint() {
        var machine = Self.proven()
        var request = Machine.Request()
        _ = Self.due(&machine, 0, &request)
        #expect(Self.report(&machine, .notInTimeWindow, from: 1, boots: 99, time: 1, &request) == .sendRequest)
        #expect(Self.estimate(machine.engine(request), at: 0) == [99, 1])
        #expect(Self.report(&machine, .notInTimeWindow, from: 1, boots: 98, time: 1, &request) == .distrust)
        #expect(Self.due(&machine, 0, &request, at: 1500) == .sendRequest)
        #expect(Self.estimate(machine.engine(request), at: 0) == [5, 1000])
        var other = Machine.Request()
        _ = Self.due(&machine, 1, &other)
        #expect(Self.estimate(machine.engine(other), at: 0) == [5, 1000])
        let verdict = machine.authenticMessageReceived(Self.id(1), boots: 5, time: 1001, sizeMax: 0, at: 1000)
        #expect(verdict == .inWindow)
    }

    @Test("an unsigned notInTimeWindows fills in a first request, and changes no authenticated time")
    func unsignedTime() {
        var fresh = Machine()
        var request = Machine.Request()
        _ = Self.due(&fresh, 0, &request)
        _ = Self.report(&fresh, .unknownEngineID, from: 1, boots: 0, time: 0, &request)
        let step = Self.report(&fresh, .notInTimeWindow, from: 1, boots: 8, time: 80, isProven: false, &request)
        #expect(step == .sendRequest)
        #expect(Self.estimate(fresh.current, at: 0) == [8, 80])

        var machine = Self.proven()
        request = Machine.Request()
        _ = Self.due(&machine, 0, &request)
        _ = Self.report(&machine, .notInTimeWindow, from: 1, boots: 99, time: 1, &request)
        #expect(Self.estimate(machine.current, at: 0) == [5, 1000])
    }

    @Test(
        "what the agent says of the user ends the request, unless anyone could have said it of a session that works",
        arguments: [
            (V3Report.wrongDigest, SecurityFault.Kind.wrongDigest), (.unknownUserName, .unknownUserName),
            (.unsupportedSecurityLevel, .unsupportedSecurityLevel), (.decryptionError, .decryptionError),
            (.unknownContext, .unknownContext), (.unknownPDUHandler, .unknownContextEngine),
            (.unknownSecurityModel, .unsupportedSecurityModel),
        ])
    func userFaults(report: V3Report, kind: SecurityFault.Kind) {
        for (isAuthentic, isProven) in [(false, false), (true, false), (true, true), (false, true)] {
            var machine = Self.proven()
            var request = Machine.Request()
            _ = Self.due(&machine, 0, &request)
            let step = Self.report(
                &machine, report, from: 1, isAuthentic: isAuthentic, isProven: isProven, &request)
            #expect(step == (isProven && !isAuthentic ? .distrust : .fail(kind)))
        }
    }

    @Test("after a long silence a request begins with a discovery, which a lie does not turn")
    func silence() {
        var machine = Self.proven()
        var request = Machine.Request()
        _ = Self.due(&machine, 0, &request)
        _ = Self.due(&machine, 0, &request, at: 1500)
        _ = Self.due(&machine, 0, &request, at: 4500)
        var next = Machine.Request()
        #expect(Self.due(&machine, 1, &next, alive: [1], at: 60_000) == .sendDiscovery)
        #expect(Self.report(&machine, .unknownEngineID, from: 9, boots: 1, time: 1, &next, at: 60_000) == .sendRequest)
        #expect(machine.current?.id == Self.id(1))
        #expect(machine.rival?.id == Self.id(9))
        var third = Machine.Request()
        #expect(Self.due(&machine, 2, &third, at: 60_000) == .sendRequest)
    }

    @Test("messages of one request are bounded, whatever happens")
    func bounded() {
        var machine = Machine()
        var request = Machine.Request()
        var sent = 0
        for now in 0..<200 where Self.due(&machine, 0, &request, at: UInt64(now)) == .sendDiscovery { sent += 1 }
        #expect(sent == Machine.messagesMax)
    }

    @Test("state goes through a restart, without discovery and without secrets")
    func persistence() throws {
        var states = SecurityStates()
        let address = TransportAddress(127, 0, 0, 1)
        #expect(states.octets(of: address, now: 0, unixSeconds: 0) == nil)
        states.agent(address).machine = Self.proven()
        let octets = try #require(states.octets(of: address, now: 2000, unixSeconds: 1_700_000_000))
        var later = SecurityStates()
        let isRecalled = later.recall(octets, of: address, now: 50, unixSeconds: 1_700_000_100)
        #expect(isRecalled)
        let restored = later.agent(address).machine.current
        let engine = try #require(restored)
        #expect(engine.id == Self.id(1))
        #expect(Self.estimate(engine, at: 50) == [5, 1102])
        // A wall clock that went back counts as no time.
        var back = SecurityStates()
        _ = back.recall(octets, of: address, now: 50, unixSeconds: 5)
        let early = back.agent(address).machine.current
        #expect(Self.estimate(early, at: 50) == [5, 1002])
        for length in octets.indices {
            let isTaken = later.recall(Array(octets[..<length]), of: address, now: 0, unixSeconds: 0)
            #expect(!isTaken)
        }
        var random = SeededGenerator(seed: 5)
        for _ in 0..<2000 {
            _ = later.recall(Mutations.mutate(octets, &random), of: address, now: 0, unixSeconds: Int64.min)
        }
    }

    @Test("two devices with one engine ID keep their own times")
    func sharedEngineID() {
        var states = SecurityStates()
        let first = states.agent(TransportAddress(127, 0, 0, 1))
        let second = states.agent(TransportAddress(127, 0, 0, 2))
        first.machine = Self.proven()
        second.machine.recalled(Self.id(1), boots: 900, time: 3, at: 0)
        #expect(Self.estimate(first.machine.current, at: 0) == [5, 1000])
        #expect(Self.estimate(second.machine.current, at: 0) == [900, 3])
    }

    @Test("addresses and users kept are bounded; proven ones stay longest")
    func caches() {
        var states = SecurityStates(countMax: 10)
        states.agent(TransportAddress(ipv4: 1)).machine = Self.proven()
        for number in UInt32(2)..<100 { _ = states.agent(TransportAddress(ipv4: number)) }
        #expect(states.count <= 10)
        let kept = states.agent(TransportAddress(ipv4: 1))
        #expect(kept.machine.current != nil)
        let agent = AgentSecurity()
        for number in 0..<30 {
            let user = SecurityUser.of(USMUser(name: "user\(number)"))
            let place = agent.place(of: user, Self.id(1))
            #expect(agent.users[place].user === user)
        }
        #expect(agent.users.count == AgentSecurity.usersMax)
    }
}
