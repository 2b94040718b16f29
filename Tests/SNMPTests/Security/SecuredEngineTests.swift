import Synchronization
import Testing

@testable import SNMP

/// The engine against scripted agents of version 3: each says something another way than it should.
@Suite("The engine speaks version 3 on the loopback", .timeLimit(.minutes(5)))
struct SecuredEngineTests {
    private static let user = USMUser(
        name: "bert", authentication: .init(.sha1, Passphrase("authpass12")),
        privacy: .init(.aes128, Passphrase("privpass12")))
    private static let agent = SecuredAgent(user: user)

    private func target(
        _ agent: LoopbackAgent, _ user: USMUser = user, timeout: UInt32 = 5000, retries: Int = 2
    ) -> Target {
        Target(
            address: TransportAddress(127, 0, 0, 1, port: agent.port), credential: .v3(user),
            timeoutMilliseconds: timeout, retries: retries)
    }

    private func failure(_ body: @Sendable () async throws -> Void) async -> SNMPError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? SNMPError
        }
    }

    private func read(_ engine: Engine, _ target: Target) async throws -> SNMPValue? {
        try await engine.get([SampleTables.sysName], from: target).first?.value
    }

    private static let name = SNMPValue.octetString(Array("switch-1".utf8))

    @Test("discovers once, then asks without a detour", arguments: SecuredMessageTests.users)
    func combinations(user: USMUser) async throws {
        let secured = SecuredAgent(user: user)
        let agent = try LoopbackAgent { request, _ in [secured.respond(to: request)] }
        defer { agent.stop() }
        let engine = try Engine()
        for _ in 0..<3 { #expect(try await read(engine, target(agent, user)) == Self.name) }
        let table = try await engine.table(
            TableRequest(columns: SampleTables.columns), from: target(agent, user))
        #expect(table.isComplete)
        #expect(engine.statistics.security.discoveries == 1)
        #expect(engine.statistics.security.reports == 1)
        for request in agent.requests {
            #expect(try #require(secured.header(request)).flags & V3Header.Flag.reportable != 0)
        }
    }

    @Test("many requests at once wait for one discovery")
    func singleFlight() async throws {
        let agent = try LoopbackAgent { request, _ in [Self.agent.respond(to: request)] }
        defer { agent.stop() }
        let engine = try Engine()
        let target = target(agent)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 { group.addTask { (try? await read(engine, target)) == Self.name } }
            for await isRight in group { #expect(isRight) }
        }
        #expect(engine.statistics.security.discoveries == 1)
    }

    @Test("a lost discovery and a lost answer are repeated, with other msgIDs and the same request-id")
    func losses() async throws {
        let agent = try LoopbackAgent { request, number in
            number == 0 || number == 2 ? [] : [Self.agent.respond(to: request)]
        }
        defer { agent.stop() }
        let engine = try Engine()
        #expect(try await read(engine, target(agent, timeout: 60)) == Self.name)
        let sent = agent.requests.compactMap { Self.agent.header($0) }
        #expect(Set(sent.map(\.messageID)).count == sent.count)
        let asked = agent.requests.compactMap { SecuredPeer.open($0, Self.user) }.filter { !$0.engineID.isEmpty }
        #expect(asked.count >= 2)
        #expect(Set(asked.map(\.pdu.requestID)).count == 1)
    }

    @Test("the answer to any attempt counts")
    func lateAnswer() async throws {
        let held = Mutex<[UInt8]>([])
        let agent = try LoopbackAgent { request, number in
            guard number > 0 else { return [Self.agent.respond(to: request)] }
            // The first attempt is answered when the second one comes, which itself is not.
            let first = held.withLock { held -> [UInt8] in
                defer { held = request }
                return held
            }
            return first.isEmpty ? [] : [Self.agent.respond(to: first)]
        }
        defer { agent.stop() }
        let engine = try Engine()
        #expect(try await read(engine, target(agent, timeout: 60)) == Self.name)
        #expect(agent.requests.count == 3)
    }

    @Test("an agent with a clock of its own is resynchronised at once, at no attempt's cost")
    func wrongHint() async throws {
        // Its first Report names no time, as RFC 3414 leaves it.
        let agent = try LoopbackAgent { request, number in
            guard number == 0, let header = Self.agent.header(request) else { return [Self.agent.respond(to: request)] }
            var timeless = Self.agent
            (timeless.boots, timeless.time) = (0, 0)
            return [timeless.plainReport(.unknownEngineID, header)]
        }
        defer { agent.stop() }
        let engine = try Engine()
        #expect(try await read(engine, target(agent, retries: 0)) == Self.name)
        #expect(engine.statistics.security.resynchronisations == 1)
        #expect(engine.statistics.retransmissions == 0)
    }

    @Test("an agent that was restarted, with more boots or with fewer, is asked on", arguments: [Int32(4), 1])
    func restarted(boots: Int32) async throws {
        let restarts = Atomic<Bool>(false)
        let agent = try LoopbackAgent { request, _ in
            var current = Self.agent
            if restarts.load(ordering: .acquiring) { (current.boots, current.time) = (boots, 5) }
            return [current.respond(to: request)]
        }
        defer { agent.stop() }
        let engine = try Engine()
        #expect(try await read(engine, target(agent)) == Self.name)
        restarts.store(true, ordering: .releasing)
        for _ in 0..<3 { #expect(try await read(engine, target(agent, retries: 0)) == Self.name) }
        #expect(engine.statistics.security.resynchronisations == 1)
        #expect(engine.statistics.security.discoveries == 1)
    }

    @Test(
        "an agent that restarted is read on, though it does not sign what it says of the time",
        arguments: [true, false])
    func restartedUnsigned(reports: Bool) async throws {
        let hasRestarted = Atomic<Bool>(false)
        let agent = try LoopbackAgent { request, _ in
            var current = Self.agent
            guard hasRestarted.load(ordering: .acquiring) else { return [current.respond(to: request)] }
            (current.boots, current.time) = (current.boots + 1, 5)
            guard let opened = SecuredPeer.open(request, Self.user), opened.flags & V3Header.Flag.authenticated != 0,
                opened.boots != current.boots
            else { return [current.respond(to: request)] }
            return reports ? [current.plainReport(.notInTimeWindow, opened)] : []
        }
        defer { agent.stop() }
        let engine = try Engine()
        #expect(try await read(engine, target(agent)) == Self.name)
        hasRestarted.store(true, ordering: .releasing)
        // Where the agent is silent, the request that follows an unanswered one asks for the engine again.
        if !reports { _ = await failure { _ = try await read(engine, target(agent, timeout: 30, retries: 2)) } }
        for _ in 0..<3 { #expect(try await read(engine, target(agent, retries: 0)) == Self.name) }
        #expect(engine.statistics.security.clocksSetBack == 0)
    }

    @Test("a device replaced by another is found out and asked on")
    func replaced() async throws {
        let isReplaced = Atomic<Bool>(false)
        let agent = try LoopbackAgent { request, _ in
            var current = Self.agent
            if isReplaced.load(ordering: .acquiring) {
                current.engineID = [0x80, 0, 0, 9, 1, 9, 9]
                (current.boots, current.time) = (1, 60)
            }
            return [current.respond(to: request)]
        }
        defer { agent.stop() }
        let engine = try Engine()
        #expect(try await read(engine, target(agent)) == Self.name)
        isReplaced.store(true, ordering: .releasing)
        for _ in 0..<3 { #expect(try await read(engine, target(agent, retries: 0)) == Self.name) }
        #expect(engine.statistics.security.enginesReplaced == 1)
        #expect(engine.statistics(of: TransportAddress(127, 0, 0, 1, port: agent.port))?.enginesReplaced == 1)
    }

    @Test("notInTimeWindows for ever ends with a precise error")
    func timeLoop() async throws {
        let agent = try LoopbackAgent { request, number in
            guard number > 0, let opened = SecuredPeer.open(request, Self.user) else {
                return [Self.agent.respond(to: request)]
            }
            var moving = Self.agent
            moving.boots = Int32(number) * 2
            return [moving.signedReport(.notInTimeWindow, opened)]
        }
        defer { agent.stop() }
        let engine = try Engine()
        let target = target(agent)
        let error = await failure { _ = try await read(engine, target) }
        #expect(error?.code == .security(SecurityFault(.notInTimeWindow, SecurityUser.of(Self.user))))
        #expect(agent.requests.count == 4)
    }

    @Test("boots at their end are a precise error")
    func latched() async throws {
        var ended = Self.agent
        ended.boots = Int32.max
        let secured = ended
        let agent = try LoopbackAgent { request, _ in [secured.respond(to: request)] }
        defer { agent.stop() }
        let engine = try Engine()
        let target = target(agent)
        let error = await failure { _ = try await read(engine, target) }
        #expect(error?.code == .security(SecurityFault(.bootsLatched, SecurityUser.of(Self.user))))
        #expect(error?.description.contains("2147483647") == true)
    }

    @Test(
        "what the agent refuses is named, with the user and the remedy, after one attempt",
        arguments: [
            (USMUser(name: "nobody", authentication: user.authentication), SecurityFault.Kind.unknownUserName),
            (
                USMUser(name: "bert", authentication: .init(.sha1, Passphrase("wrongpass1")), privacy: user.privacy),
                .wrongDigest
            ),
            (USMUser(name: "bert", authentication: user.authentication), .unsupportedSecurityLevel),
        ])
    func refusals(user: USMUser, kind: SecurityFault.Kind) async throws {
        let agent = try LoopbackAgent { request, _ in [Self.agent.respond(to: request)] }
        defer { agent.stop() }
        let engine = try Engine()
        let target = target(agent, user)
        let error = await failure { _ = try await read(engine, target) }
        #expect(error?.code == .security(SecurityFault(kind, SecurityUser.of(user))))
        #expect(error?.attempts == 1)
        #expect(error?.description.contains(user.name) == true)
    }

    @Test("silence after a discovery is told from silence")
    func silent() async throws {
        let agent = try LoopbackAgent { request, number in number == 0 ? [Self.agent.respond(to: request)] : [] }
        defer { agent.stop() }
        let engine = try Engine()
        let target = target(agent, timeout: 30, retries: 1)
        let error = await failure { _ = try await read(engine, target) }
        #expect(error?.code == .security(SecurityFault(.silentAfterDiscovery, SecurityUser.of(Self.user))))
        let dead = try LoopbackAgent { _, _ in [] }
        defer { dead.stop() }
        let other = self.target(dead, timeout: 30, retries: 1)
        #expect(await failure { _ = try await read(engine, other) }?.code == .timeout)
        #expect(dead.requests.count == 2)
    }

    @Test("lies before the answer break neither the request nor the session")
    func lies() async throws {
        let agent = try LoopbackAgent { request, number in
            guard number > 1, let opened = SecuredPeer.open(request, Self.user) else {
                return [Self.agent.respond(to: request)]
            }
            let lies = V3Report.allCases.map { Self.agent.plainReport($0, opened, as: [0x80, 6, 6, 6, 6, 6]) }
            var moved = Self.agent
            (moved.boots, moved.time) = (900, 1)
            return lies + [moved.plainReport(.notInTimeWindow, opened), Self.agent.respond(to: request)]
        }
        defer { agent.stop() }
        let engine = try Engine()
        for _ in 0..<5 { #expect(try await read(engine, target(agent, retries: 0)) == Self.name) }
        #expect(engine.statistics.retransmissions == 0)
        #expect(engine.statistics.security.enginesReplaced == 0)
        #expect(engine.statistics.security.clocksSetBack == 0)
        // A lie about the time costs one message of a request.
        #expect(engine.statistics.security.resynchronisations <= 5)
    }

    @Test("answers that do not belong to the request never count")
    func mismatches() async throws {
        let stranger = USMUser(
            name: "bert", authentication: .init(.sha1, Passphrase("otherpass1")), privacy: Self.user.privacy)
        let agent = try LoopbackAgent { request, number in
            guard number > 0, let opened = SecuredPeer.open(request, Self.user) else {
                return [Self.agent.respond(to: request)]
            }
            var forged = Self.agent
            forged.objects = ScriptedAgent([VarBind(SampleTables.sysName, .octetString(Array("forged".utf8)))])
            var lower = forged
            lower.user.privacy = nil
            var open = forged
            open.user.authentication = nil
            open.user.privacy = nil
            var elsewhere = forged
            elsewhere.engineID = [0x80, 0, 0, 0, 0, 9]
            var before = forged
            before.boots = 2
            return [
                forged.response(to: opened, messageID: opened.messageID ^ 1),
                forged.response(to: opened, messageID: opened.messageID ^ 1 << 26),
                forged.response(to: opened, requestID: opened.pdu.requestID ^ 1),
                forged.response(to: opened, as: stranger), forged.response(to: opened, contextName: "other"),
                lower.response(to: opened), open.response(to: opened), elsewhere.response(to: opened),
                before.response(to: opened), Array(forged.response(to: opened).dropLast(2)),
                Self.agent.respond(to: request), forged.response(to: opened),
            ]
        }
        defer { agent.stop() }
        let engine = try Engine()
        #expect(try await read(engine, target(agent, retries: 0)) == Self.name)
        #expect(try await read(engine, target(agent, retries: 0)) == Self.name)
        let seen = engine.statistics
        #expect(seen.security.wrongDigest >= 1)
        #expect(seen.security.notInTimeWindow >= 1)
        #expect(seen.security.mismatched >= 4)
        #expect(seen.unmatched >= 1)
        #expect(seen.duplicate >= 1)
        #expect(seen.retransmissions == 0)
    }

    @Test("answers with a false digest only end as what they are")
    func unauthentic() async throws {
        let agent = try LoopbackAgent { request, number in
            var answer = Self.agent.respond(to: request)
            if number > 0 { answer[answer.count - 1] ^= 1 }
            return [answer]
        }
        defer { agent.stop() }
        let engine = try Engine()
        let target = target(agent, timeout: 30, retries: 1)
        let error = await failure { _ = try await read(engine, target) }
        #expect(error?.code == .security(SecurityFault(.unauthenticResponse, SecurityUser.of(Self.user))))
    }

    @Test("answers in another privacy key end as what they are")
    func undecryptable() async throws {
        var other = Self.agent
        other.user.privacy = .init(.aes128, Passphrase("otherpriv1"))
        let stranger = other
        let agent = try LoopbackAgent { request, number in
            guard number > 0, let opened = SecuredPeer.open(request, Self.user) else {
                return [Self.agent.respond(to: request)]
            }
            return [stranger.response(to: opened)]
        }
        defer { agent.stop() }
        let engine = try Engine()
        let target = target(agent, timeout: 30, retries: 1)
        let error = await failure { _ = try await read(engine, target) }
        #expect(error?.code == .security(SecurityFault(.undecryptableResponse, SecurityUser.of(Self.user))))
    }

    @Test("contexts go out and come back; another engine may be asked for")
    func contexts() async throws {
        var asked = Self.user
        asked.contextName = "vlan-7"
        asked.contextEngineID = [0x80, 0, 0, 7, 7, 7]
        let user = asked
        let agent = try LoopbackAgent { request, _ in [Self.agent.respond(to: request)] }
        defer { agent.stop() }
        let engine = try Engine()
        #expect(try await read(engine, target(agent, user)) == Self.name)
        let opened = try #require(agent.requests.last.flatMap { SecuredPeer.open($0, Self.user) })
        #expect(opened.contextName == Array("vlan-7".utf8))
        #expect(opened.contextEngineID == [0x80, 0, 0, 7, 7, 7])
        #expect(opened.sizeMax == 65_507)
    }

    @Test("an engine ID no agent may have is a precise error")
    func invalidEngineID() async throws {
        let agent = try LoopbackAgent { request, _ in
            guard let header = Self.agent.header(request) else { return [] }
            return [Self.agent.plainReport(.unknownEngineID, header, as: [0, 0, 0, 0, 0, 0])]
        }
        defer { agent.stop() }
        let engine = try Engine()
        let target = target(agent)
        let error = await failure { _ = try await read(engine, target) }
        #expect(error?.code == .security(SecurityFault(.invalidEngineID, SecurityUser.of(Self.user))))
    }

    @Test("a refused port ends a request of version 3 at once too")
    func refused() async throws {
        let engine = try Engine()
        let target = Target(
            address: TransportAddress(127, 0, 0, 1, port: try LoopbackAgent.closedPort()), credential: .v3(Self.user),
            timeoutMilliseconds: 30_000)
        #expect(await failure { _ = try await read(engine, target) }?.code == .refused)
    }

    @Test("msgIDs name slot and attempt, and are no request-ids")
    func messageIDs() {
        var random = SplitMix64(seed: 3)
        var slots = SlotTable(capacity: 16, random: &random)
        for _ in 0..<5000 {
            guard let (slot, requestID) = slots.take() else { return }
            for number in 1...31 {
                let id = MessageID.make(requestID, number: number)
                #expect(id >= 1 << 29 && id < 1 << 30)
                #expect(MessageID.slot(id) == slot)
                #expect(MessageID.number(id) == number)
                #expect(MessageID.isOf(id, requestID: requestID))
                #expect(slots.match(id) == .unmatched)
            }
            #expect(MessageID.slot(requestID) == nil)
            slots.release(slot, answered: true)
        }
    }
}
