import Synchronization
import Testing

@testable import SNMP

@Suite("Breakers of recurring polls", .timeLimit(.minutes(5)))
struct BreakerTests {
    private static let request = TableRequest(scalars: [SampleTables.sysUpTime])

    private func target(_ port: UInt16, _ community: String) -> Target {
        var target = Target(TransportAddress(127, 0, 0, 1, port: port), .v2c(community: Community(community)))
        (target.timeoutMilliseconds, target.retries) = (30, 0)
        return target
    }

    @Test("a credential that is never answered does not hold back another of the same address")
    func credentials() async throws {
        let agent = try LoopbackAgent(ScriptedAgent(SampleTables.interfaces(2)))
        defer { agent.stop() }
        let engine = try Engine()
        let (silent, answered) = (OutcomeRecorder(), OutcomeRecorder())
        let first = try engine.poll(Self.request, everyMilliseconds: 100, receiver: silent)
        let second = try engine.poll(Self.request, everyMilliseconds: 100, receiver: answered)
        first.add(target(agent.port, "wrong"), key: 1)
        second.add(target(agent.port, "public"), key: 1)
        while engine.statistics.openBreakers == 0, !Task.isCancelled { await Task.yield() }
        let address = TransportAddress(127, 0, 0, 1, port: agent.port)
        #expect(engine.statistics(of: address)?.isBreakerOpen == true)
        let before = answered.records.count
        _ = await answered.wait { $0.count >= before + 5 }
        let records = answered.records
        for (earlier, later) in zip(records.dropFirst(before), records.dropFirst(before + 1)) {
            #expect(later.due - earlier.due == UInt64(later.missed + 1) * 100)
        }
        #expect(engine.statistics.openBreakers == 1, "an answer to one credential says nothing of the other")
        first.end()
        // A poll under way ends in its own time.
        while engine.statistics(of: address)?.isBreakerOpen == true, !Task.isCancelled { await Task.yield() }
        while engine.statistics.openBreakers > 0, !Task.isCancelled { await Task.yield() }
        second.end()
        engine.shutdown()
    }

    @Test("an answer to one subscription lets all of the same credential go on")
    func siblings() async throws {
        let isAlive = Mutex(false)
        let scripted = ScriptedAgent(SampleTables.interfaces(2))
        let agent = try LoopbackAgent { request, _ in
            isAlive.withLock { $0 } ? scripted.respond(to: request).map { [$0] } ?? [] : []
        }
        defer { agent.stop() }
        let engine = try Engine()
        let recorder = OutcomeRecorder()
        let polls = try (0..<3).map { _ in
            try engine.poll(Self.request, everyMilliseconds: 100, receiver: recorder)
        }
        for subscription in polls { subscription.add(target(agent.port, "public"), key: 1) }
        while engine.statistics.openBreakers < 3, !Task.isCancelled { await Task.yield() }
        isAlive.withLock { $0 = true }
        polls[0].pollNow(key: 1)
        _ = await recorder.wait { $0.contains { $0.error == nil } }
        while engine.statistics.openBreakers > 0, !Task.isCancelled { await Task.yield() }
        for subscription in polls { subscription.end() }
        engine.shutdown()
    }

    @Test("a device whose deadline is shorter than its patience is only probed, too")
    func deadline() async throws {
        let agent = try LoopbackAgent { _, _ in [] }
        defer { agent.stop() }
        let engine = try Engine()
        let recorder = OutcomeRecorder()
        var slow = target(agent.port, "public")
        (slow.timeoutMilliseconds, slow.retries, slow.deadlineMilliseconds) = (150, 3, 200)
        let polls = try engine.poll(
            TableRequest(columns: [SampleTables.columns[0]]), everyMilliseconds: 500, receiver: recorder)
        polls.add(slow, key: 1)
        _ = await recorder.wait { $0.count >= 3 }
        while engine.statistics.pollsSkipped == 0, !Task.isCancelled { await Task.yield() }
        #expect(recorder.records[..<3].allSatisfy { $0.error?.code == .deadline })
        polls.end()
        engine.shutdown()
    }
}
