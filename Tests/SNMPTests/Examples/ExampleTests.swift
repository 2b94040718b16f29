import Testing

@testable import SNMP

/// The programs of the documentation, each against an agent on the loopback.
///
/// What the articles show is compared with these files by `DocumentationTests`.
@Suite("What the documentation shows works", .timeLimit(.minutes(5)))
struct ExampleTests {
    private static let interfaces = ScriptedAgent(SampleTables.interfaces(3))

    private func target(_ port: UInt16, _ credential: Credential = .v2c(community: Community("public"))) -> Target {
        Target(address: TransportAddress(127, 0, 0, 1, port: port), credential: credential, retries: 0)
    }

    @Test("reading the system group")
    func get() async throws {
        let agent = try LoopbackAgent(Self.interfaces)
        defer { agent.stop() }
        let engine = try Engine()
        #expect(
            try await ReadSystem.describe(target(agent.port), engine) == [
                "1.3.6.1.2.1.1.1.0 = OCTET STRING \"A switch of no vendor, version 1\"",
                "1.3.6.1.2.1.1.3.0 = TimeTicks 123456",
                "1.3.6.1.2.1.1.5.0 = OCTET STRING \"switch-1\"",
            ])
    }

    @Test("walking a subtree, to its end and short of it")
    func walk() async throws {
        let agent = try LoopbackAgent(Self.interfaces)
        let circling = try LoopbackAgent(ScriptedAgent(SampleTables.interfaces(3), fault: .cycle(2)))
        defer { for each in [agent, circling] { each.stop() } }
        let engine = try Engine()
        let whole = try await WalkSubtree.lines(of: target(agent.port), under: "1.3.6.1.2.1.1", engine)
        #expect(whole.count == 4)
        #expect(whole.last == "3 variable bindings, all there are")
        let none = try await WalkSubtree.lines(of: target(agent.port), under: "1.3.6.1.2.1.99", engine)
        #expect(none == ["the agent has nothing there"])
        let cut = try await WalkSubtree.lines(of: target(circling.port), under: "1.3.6.1.2.1.1", engine)
        #expect(cut.last == "2 variable bindings, then the agent went back to 1.3.6.1.2.1.1.1.0")
    }

    @Test("a table as CSV")
    func table() async throws {
        let agent = try LoopbackAgent(Self.interfaces)
        defer { agent.stop() }
        let engine = try Engine()
        let table = try await engine.table(InterfaceTable.request, from: target(agent.port))
        #expect(
            InterfaceTable.csv(table) == """
                ifIndex,ifName,ifOperStatus,ifHCInOctets
                1,Gi0/1,2,1099511627776
                2,Gi0/2,1,2199023255552
                3,Gi0/3,1,3298534883328

                """)
        #expect(KeepFindings.remarks(table) == [])
        #expect(table.columns.allSatisfy(KeepFindings.knowsAllRows))
    }

    @Test("remarks on a table that was not read to its end")
    func remarks() async throws {
        let lost = SampleTables.columns[6].appending([2])
        let agent = try LoopbackAgent(ScriptedAgent(SampleTables.interfaces(3), fault: .exception(lost)))
        defer { agent.stop() }
        let engine = try Engine()
        let table = try await engine.table(TableRequest(columns: [SampleTables.columns[6]]), from: target(agent.port))
        #expect(KeepFindings.remarks(table) == ["\(SampleTables.columns[6]): tolerated exceptionRow"])
        #expect(!KeepFindings.knowsAllRows(table.columns[0]))
    }

    @Test("polling many devices again and again")
    func poll() async throws {
        let agents = try (0..<3).map { _ in try LoopbackAgent(Self.interfaces) }
        defer { for agent in agents { agent.stop() } }
        let engine = try Engine()
        let totals = Totals()
        let addresses = agents.map { TransportAddress(127, 0, 0, 1, port: $0.port) }
        let subscription = try PollDevices.poll(addresses, everyMilliseconds: 100, engine, totals)
        var sums = Totals.Sums()
        while sums.polls < 3 {
            await Task.yield()
            let more = totals.take()
            (sums.polls, sums.octets) = (sums.polls + more.polls, sums.octets + more.octets)
            sums.silent += more.silent
            sums.incomplete += more.incomplete
        }
        subscription.end()
        #expect(sums.silent == 0 && sums.incomplete == 0)
        #expect(sums.octets == UInt64(sums.polls) * 6 << 40)
    }

    @Test("asking by version 3, and being told what is wrong")
    func version3() async throws {
        let user = USMUser(
            name: "monitor", authentication: .init(.sha256, Passphrase("authpass12")),
            privacy: .init(.aes128, Passphrase("privpass12")))
        let secured = SecuredAgent(user: user)
        let agent = try LoopbackAgent { request, _ in [secured.respond(to: request)] }
        defer { agent.stop() }
        let engine = try Engine()
        #expect(await AskVersion3.name(of: target(agent.port, .v3(user)), engine) == "OCTET STRING \"switch-1\"")
        var other = user
        other.name = "nobody"
        #expect(
            await AskVersion3.name(of: target(agent.port, .v3(other)), engine)
                == "user nobody cannot log in: check the user's name, and that it is defined on the agent")
        let saved = RememberAgents.save(engine)
        #expect(saved.count == 1)
        let next = try Engine()
        RememberAgents.restore(saved + [[1, 2, 3]], to: next)
        #expect(await AskVersion3.name(of: target(agent.port, .v3(user)), next) == "OCTET STRING \"switch-1\"")
        #expect(next.statistics.security.discoveries == 0)
    }

    @Test("listening for traps", .enabled(if: NetSNMPTool.isInstalled("snmptrap")))
    func traps() async throws {
        var configuration = NotificationConfiguration()
        configuration.addresses = [TransportAddress(127, 0, 0, 1, port: 0)]
        configuration.access.communities = [Community("public")]
        let listener = try NotificationListener(configuration)
        let status = NetSNMPTool.run(
            "snmptrap",
            [
                "-v", "2c", "-c", "public", "\(listener.addresses[0])", "", "1.3.6.1.6.3.1.1.5.3",
                "1.3.6.1.2.1.2.2.1.1.7", "i", "7", "1.3.6.1.2.1.2.2.1.2.7", "s", "Gi0/7",
            ])
        #expect(status == 0)
        for await batch in listener.notifications {
            #expect(batch.map(ListenForTraps.line) == ["127.0.0.1: interface Gi0/7 went down"])
            break
        }
    }
}
