import Testing

@testable import SNMP

@Suite("The engine on the loopback", .timeLimit(.minutes(5)))
struct EngineTests {
    private static let rows = SampleTables.interfaces(48)
    private static let scripted = ScriptedAgent(rows)
    private static let request = TableRequest(scalars: SampleTables.scalars, columns: SampleTables.columns)

    private func target(
        _ port: UInt16, timeout: UInt32 = 2000, retries: Int = 2, version: SNMPVersion = .v2c
    ) -> Target {
        let community = Community("public")
        return Target(
            address: TransportAddress(127, 0, 0, 1, port: port),
            credential: version == .v1 ? .v1(community: community) : .v2c(community: community),
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

    @Test("reads scalars, tables and subtrees", arguments: [SNMPVersion.v1, .v2c])
    func operations(version: SNMPVersion) async throws {
        let agent = try LoopbackAgent(Self.scripted)
        let engine = try Engine()
        defer { agent.stop() }
        let target = target(agent.port, version: version)
        let values = try await engine.get([SampleTables.sysName, SampleTables.missing], from: target)
        #expect(values.map(\.value) == [.octetString(Array("switch-1".utf8)), .noSuchInstance])
        let next = try await engine.getNext([SampleTables.ifEntry], from: target)
        #expect(next.first?.name == SampleTables.columns[0].appending(1))
        let walk = try await engine.walk(SampleTables.ifEntry, of: target)
        #expect(walk.status == .complete)
        #expect(walk.varBinds == Self.scripted.objects.filter { $0.name.hasPrefix(SampleTables.ifEntry) })
        let table = try await engine.table(Self.request, from: target)
        #expect(table.isComplete)
        #expect(table.columns.allSatisfy { $0.count == 48 } || version == .v1)
        #expect(table.sysUpTime == 123_456)
        engine.shutdown()
    }

    @Test("one GETBULK returns what the agent says; version 1 has none")
    func bulk() async throws {
        let agent = try LoopbackAgent(Self.scripted)
        defer { agent.stop() }
        let engine = try Engine()
        let names: [ObjectIdentifier] = ["1.3.6.1.2.1.1.3", SampleTables.columns[0]]
        let found = try await engine.getBulk(names, nonRepeaters: 1, maxRepetitions: 4, from: target(agent.port))
        #expect(found.count == 5)
        #expect(found[0].name == SampleTables.sysUpTime)
        let old = target(agent.port, version: .v1)
        let error = await failure { _ = try await engine.getBulk(names, maxRepetitions: 4, from: old) }
        #expect(error?.code == .invalidArgument("version 1 has no GETBULK; use getNext, walk or table"))
    }

    @Test("a lost first transmission is repeated with the same request-id")
    func lostFirst() async throws {
        let scripted = Self.scripted
        let agent = try LoopbackAgent { request, number in
            number == 0 ? [] : scripted.respond(to: request).map { [$0] } ?? []
        }
        defer { agent.stop() }
        let engine = try Engine()
        let values = try await engine.get([SampleTables.sysName], from: target(agent.port, timeout: 60))
        #expect(values.count == 1)
        #expect(agent.requests[0] == agent.requests[1])
        #expect(engine.statistics.retransmissions >= 1)
    }

    @Test("wrong answers before the right one neither count nor cost a retransmission")
    func wrongFirst() async throws {
        let scripted = Self.scripted
        let agent = try LoopbackAgent { request, _ in
            guard let right = scripted.respond(to: request), var forged = try? CommunityMessage(decoding: right) else {
                return []
            }
            forged.pdu.varBinds = forged.pdu.varBinds.map { VarBind($0.name, .octetString(Array("forged".utf8))) }
            var otherID = forged
            otherID.pdu.requestID = 0
            var otherCommunity = forged
            otherCommunity.community = Array("wrong".utf8)
            var report = forged
            report.pdu.type = .report
            var otherVersion = forged
            otherVersion.version = .v1
            let spoilt = [otherID, otherCommunity, report, otherVersion].map { $0.encode() }
            return [Array("garbage".utf8), Array(right.dropLast(3))] + spoilt + [right, right, right]
        }
        defer { agent.stop() }
        let engine = try Engine()
        let values = try await engine.get([SampleTables.sysName], from: target(agent.port))
        #expect(values.first?.value == .octetString(Array("switch-1".utf8)))
        let table = try await engine.table(Self.request, from: target(agent.port))
        #expect(table.isComplete)
        #expect(table.columns[6].value(at: 0) == .octetString(Array("Gi0/1".utf8)))
        let seen = engine.statistics
        #expect(seen.retransmissions == 0)
        #expect(seen.undecodable >= 2)
        #expect(seen.wrongCommunity >= 1)
        #expect(seen.unmatched >= 1)
        #expect(seen.wrongType >= 2)
        #expect(seen.duplicate >= 2)
    }

    @Test("an agent that answers in another community is a timeout that says so")
    func wrongCommunity() async throws {
        let scripted = Self.scripted
        let agent = try LoopbackAgent { request, _ in
            guard let right = scripted.respond(to: request), var other = try? CommunityMessage(decoding: right) else {
                return []
            }
            other.community = Array("other".utf8)
            return [other.encode()]
        }
        defer { agent.stop() }
        let engine = try Engine()
        let target = target(agent.port, timeout: 50, retries: 1)
        let error = await failure { _ = try await engine.get([SampleTables.sysName], from: target) }
        #expect(error?.code == .timeout)
        #expect(error?.attempts == 2)
        #expect(error?.tolerated.wrongCommunity == 2)
        #expect(error?.description.contains("another community") == true)
    }

    @Test("an agent that talks garbage is reported as such")
    func garbage() async throws {
        let agent = try LoopbackAgent { _, _ in [[0x30, 0x80], Array("HTTP/1.1 400".utf8)] }
        defer { agent.stop() }
        let engine = try Engine()
        let target = target(agent.port, timeout: 50, retries: 0)
        let error = await failure { _ = try await engine.table(Self.request, from: target) }
        #expect(error?.code == .undecodable)
        #expect(error?.tolerated.undecodable == 2)
    }

    @Test("a refused port fails at once, and the others go on")
    func refused() async throws {
        let agent = try LoopbackAgent(Self.scripted)
        defer { agent.stop() }
        let engine = try Engine()
        let closed = target(try LoopbackAgent.closedPort(), timeout: 30_000)
        let live = target(agent.port, timeout: 5000)
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<60 {
                group.addTask {
                    if number % 2 == 0 {
                        let error = await failure { _ = try await engine.get([SampleTables.sysName], from: closed) }
                        return error?.code == .refused
                    }
                    let table = try? await engine.table(Self.request, from: live)
                    return table?.isComplete == true
                }
            }
            for await isRight in group { #expect(isRight) }
        }
        #expect(engine.statistics.refused == 30)
    }

    @Test("an address the kernel refuses fails only its own request")
    func refusedByKernel() async throws {
        let agent = try LoopbackAgent(Self.scripted)
        defer { agent.stop() }
        let engine = try Engine()
        let bad = target(0, timeout: 30_000)
        let live = target(agent.port)
        async let first = failure { _ = try await engine.get([SampleTables.sysName], from: bad) }
        async let table = engine.table(Self.request, from: live)
        let error = await first
        guard case .unreachable = error?.code else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await table.isComplete)
        #expect(engine.statistics.sendFailures == 1)
    }

    @Test("dead addresses do not delay a live one, even in a window of few places")
    func dead() async throws {
        let agent = try LoopbackAgent(Self.scripted)
        let silent = try LoopbackAgent { _, _ in [] }
        defer {
            agent.stop()
            silent.stop()
        }
        let engine = try Engine()
        let dead = target(silent.port, timeout: 60_000)
        let polls = (0..<200).map { _ in Task { try? await engine.table(Self.request, from: dead) } }
        let table = try await engine.table(Self.request, from: target(agent.port))
        #expect(table.isComplete)
        #expect(table.elapsedMilliseconds < 2000)
        for poll in polls { poll.cancel() }
        for poll in polls { #expect(await poll.value == nil) }
        #expect(engine.statistics.inFlight == 0 || engine.statistics.pollsFinished > 0)
    }

    @Test("more polls than the window has places take turns, and all end")
    func window() async throws {
        let agent = try LoopbackAgent(Self.scripted)
        defer { agent.stop() }
        var configuration = EngineConfiguration()
        configuration.window = 3
        configuration.seed = 42
        let engine = try Engine(configuration)
        #expect(engine.statistics.window == 3)
        let target = target(agent.port)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 {
                group.addTask { (try? await engine.table(Self.request, from: target))?.isComplete == true }
            }
            for await isComplete in group { #expect(isComplete) }
        }
    }

    @Test("cancelling a task ends its poll; shutting down ends all")
    func cancellation() async throws {
        let silent = try LoopbackAgent { _, _ in [] }
        defer { silent.stop() }
        let engine = try Engine()
        let target = target(silent.port, timeout: 60_000)
        let first = Task { await failure { _ = try await engine.table(Self.request, from: target) } }
        first.cancel()
        #expect(await first.value?.code == .cancelled)
        let second = Task { await failure { _ = try await engine.walk(SampleTables.ifEntry, of: target) } }
        while engine.statistics.inFlight == 0, !Task.isCancelled { await Task.yield() }
        engine.shutdown()
        #expect(await second.value?.code == .shutdown)
        let third = await failure { _ = try await engine.get([SampleTables.sysName], from: target) }
        #expect(third?.code == .shutdown)
    }

    @Test("answers from another port are accepted and counted, unless the policy is strict")
    func sourcePolicy() async throws {
        let scripted = Self.scripted
        let agent = try LoopbackAgent(answersFromOtherPort: true) { request, _ in
            scripted.respond(to: request).map { [$0] } ?? []
        }
        defer { agent.stop() }
        let engine = try Engine()
        var target = target(agent.port, timeout: 60, retries: 0)
        target.timeoutMilliseconds = 5000
        #expect(try await engine.get([SampleTables.sysName], from: target).count == 1)
        #expect(engine.statistics.otherPort == 1)
        target.sourcePolicy = .strict
        target.timeoutMilliseconds = 60
        let strict = target
        let error = await failure { _ = try await engine.get([SampleTables.sysName], from: strict) }
        #expect(error?.code == .timeout)
        #expect(error?.tolerated.wrongSource == 1)
    }

    @Test("arguments out of range are refused with the remedy")
    func arguments() async throws {
        let engine = try Engine()
        var bad = target(161)
        bad.inFlight = 0
        let refused = bad
        let error = await failure { _ = try await engine.get([SampleTables.sysName], from: refused) }
        #expect(error?.code == .invalidArgument("inFlight must be 1 to 64, not 0"))
        let empty = await failure { _ = try await engine.table(TableRequest(), from: self.target(161)) }
        #expect(empty?.description.contains("neither scalars nor columns") == true)
        var configuration = EngineConfiguration()
        configuration.threads = 0
        let start = #expect(throws: SNMPError.self) { try Engine(configuration) }
        #expect(start?.operation == .start)
    }
}
