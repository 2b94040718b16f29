import Glibc
import Synchronization
import Testing

@testable import SNMP

/// What has happened so far, told between threads.
private final class Flags: Sendable {
    struct All {
        var mayGoOn = false
        var isHeld = false
        var isAsking = false
        var hasEnded = false
    }

    private let values = Mutex(All())

    var all: All { values.withLock { $0 } }

    func set(_ flag: WritableKeyPath<All, Bool>, _ value: Bool) {
        values.withLock { $0[keyPath: flag] = value }
    }
}

@Suite("Recurring polls on the loopback", .timeLimit(.minutes(5)))
struct PollSubscriptionTests {
    private static let scripted = ScriptedAgent(SampleTables.interfaces(48))
    private static let request = TableRequest(scalars: SampleTables.scalars, columns: SampleTables.columns)

    private func target(_ port: UInt16, timeout: UInt32 = 2000, retries: Int = 2) -> Target {
        Target(
            address: TransportAddress(127, 0, 0, 1, port: port), credential: .v2c(community: Community("public")),
            timeoutMilliseconds: timeout, retries: retries)
    }

    @Test(
        "each device is polled at its phase in each interval, and its table is reported under its key",
        arguments: [1, 2])
    func recurring(threads: Int) async throws {
        let agents = try (0..<3).map { _ in try LoopbackAgent(Self.scripted) }
        defer { for agent in agents { agent.stop() } }
        var configuration = EngineConfiguration()
        configuration.threads = threads
        let engine = try Engine(configuration)
        let recorder = OutcomeRecorder()
        let subscription = try engine.poll(Self.request, everyMilliseconds: 200, receiver: recorder)
        for (number, agent) in agents.enumerated() {
            subscription.add(target(agent.port), key: UInt64(number), phaseMilliseconds: UInt32(number) * 50)
        }
        let records = await recorder.wait { all in (0..<3).allSatisfy { key in all.count { $0.key == key } >= 3 } }
        subscription.end()
        for record in records {
            #expect(record.isComplete && record.rows == 48 && record.error == nil)
            #expect(record.address.port == agents[Int(record.key)].port)
            #expect(record.due % 200 == record.key * 50)
            #expect(record.due <= record.started && record.started <= record.ended)
        }
        #expect(engine.statistics.roundTrips.reduce(0, +) > 0)
        while engine.statistics.scheduledDevices > 0, !Task.isCancelled { await Task.yield() }
        engine.shutdown()
    }

    @Test("a device slower than its interval is not polled twice at once, and the misses are told")
    func slow() async throws {
        let scripted = Self.scripted
        // The first transmission of each request is lost.
        let seen = Mutex<Set<[UInt8]>>([])
        let agent = try LoopbackAgent { request, _ in
            guard !seen.withLock({ $0.insert(request).inserted }) else { return [] }
            return scripted.respond(to: request).map { [$0] } ?? []
        }
        defer { agent.stop() }
        let engine = try Engine()
        let recorder = OutcomeRecorder()
        let request = TableRequest(columns: [SampleTables.columns[0]])
        let subscription = try engine.poll(request, everyMilliseconds: 100, receiver: recorder)
        subscription.add(target(agent.port, timeout: 250), key: 9)
        let records = await recorder.wait { $0.count >= 3 }
        subscription.end()
        #expect(records.allSatisfy { $0.isComplete && $0.key == 9 })
        for (earlier, later) in zip(records, records.dropFirst()) {
            #expect(later.started >= earlier.ended)
            #expect(UInt64(later.missed) == (later.due - earlier.due) / 100 - 1)
            #expect(later.missed >= 1)
        }
        #expect(engine.statistics.pollsMissed >= 2)
        #expect(engine.statistics.oldestOverdueMilliseconds == 0)
    }

    @Test("a dead device is only probed, and is polled in full when it answers again")
    func breaker() async throws {
        let scripted = Self.scripted
        let isAlive = Mutex(false)
        let agent = try LoopbackAgent { request, _ in
            guard isAlive.withLock({ $0 }) else { return [] }
            return scripted.respond(to: request).map { [$0] } ?? []
        }
        defer { agent.stop() }
        let engine = try Engine()
        let recorder = OutcomeRecorder()
        let subscription = try engine.poll(Self.request, everyMilliseconds: 100, receiver: recorder)
        subscription.add(target(agent.port, timeout: 90, retries: 0), key: 1)
        _ = await recorder.wait { $0.count >= 4 }
        let address = TransportAddress(127, 0, 0, 1, port: agent.port)
        let dead = try #require(engine.statistics(of: address))
        #expect(dead.isBreakerOpen && dead.consecutiveFailures >= 4 && dead.lastAnswerAgeMilliseconds == nil)
        #expect(engine.statistics.openBreakers == 1)
        #expect(engine.statistics.probes >= 1)
        isAlive.withLock { $0 = true }
        let records = await recorder.wait { $0.contains { $0.error == nil } }
        let first = try #require(records.firstIndex { $0.error == nil })
        #expect(records[..<first].allSatisfy { $0.error?.code == .timeout })
        #expect(records[first].isComplete)
        #expect(records[first].missed >= 1)
        let alive = try #require(engine.statistics(of: address))
        #expect(!alive.isBreakerOpen && alive.smoothedRoundTripMicroseconds != nil)
        #expect(engine.statistics.openBreakers == 0)
        // The probe is one GET of sysUpTime.0.
        let probe = try CommunityMessage(decoding: agent.requests[3])
        #expect(probe.pdu.type == .get)
        #expect(probe.pdu.varBinds.map(\.name) == [SampleTables.sysUpTime])
    }

    @Test("after end has returned nothing is reported, and end may be called within a report")
    func end() async throws {
        let agent = try LoopbackAgent(Self.scripted)
        defer { agent.stop() }
        let engine = try Engine()
        let own = Mutex<PollSubscription?>(nil)
        let ending = OutcomeRecorder { _ in own.withLock { $0 }?.end() }
        let subscription = try engine.poll(Self.request, everyMilliseconds: 100, receiver: ending)
        own.withLock { $0 = subscription }
        for key in 0..<20 { subscription.add(target(agent.port), key: UInt64(key), phaseMilliseconds: 0) }
        let witness = OutcomeRecorder()
        let other = try engine.poll(Self.request, everyMilliseconds: 100, receiver: witness)
        other.add(target(agent.port), key: 0)
        let before = await witness.wait { [ending] in $0.count >= 5 && !ending.records.isEmpty }
        other.end()
        let after = witness.records.count
        subscription.end()
        #expect(ending.records.count == 1)
        #expect(before.count >= 5)
        while engine.statistics.scheduledDevices > 0, !Task.isCancelled { await Task.yield() }
        #expect(witness.records.count == after)
        own.withLock { $0 = nil }
    }

    @Test("reports on several threads may end their subscription, or ask the engine, at the same time")
    func endFromSeveralThreads() async throws {
        let agent = try LoopbackAgent(Self.scripted)
        defer { agent.stop() }
        var configuration = EngineConfiguration()
        configuration.threads = 4
        let engine = try Engine(configuration)
        let own = Mutex<PollSubscription?>(nil)
        let recorder = OutcomeRecorder { key in
            for number in 1...8 { _ = engine.statistics(of: TransportAddress(127, 0, 0, UInt8(number))) }
            if key % 8 == 7 { own.withLock { $0 }?.end() }
        }
        let subscription = try engine.poll(
            TableRequest(scalars: [SampleTables.sysUpTime]), everyMilliseconds: 100, receiver: recorder)
        own.withLock { $0 = subscription }
        for key in 0..<64 {
            subscription.add(
                target(try LoopbackAgent.closedPort()), key: UInt64(key), phaseMilliseconds: UInt32(key / 8))
        }
        _ = await recorder.wait { $0.contains { $0.key % 8 == 7 } }
        while engine.statistics.scheduledDevices > 0, !Task.isCancelled { await Task.yield() }
        own.withLock { $0 = nil }
    }

    @Test("end waits for a report that itself waits for another thread")
    func endDuringReport() async throws {
        let agent = try LoopbackAgent { _, _ in [] }
        defer { agent.stop() }
        var configuration = EngineConfiguration()
        configuration.threads = 2
        let engine = try Engine(configuration)
        let addresses = (1..<60).map { TransportAddress(127, 0, 0, UInt8($0), port: agent.port) }
        let homes = try (0..<2).map { home in
            try #require(addresses.first { IOLoop.home(of: $0, among: 2) == home })
        }
        // One thread is held inside its report; the other's report asks it something.
        let flags = Flags()
        let holding = OutcomeRecorder { _ in
            flags.set(\.isHeld, true)
            while !flags.all.mayGoOn { sched_yield() }
        }
        let asking = OutcomeRecorder { _ in
            flags.set(\.isAsking, true)
            _ = engine.statistics(of: homes[1])
            flags.set(\.isAsking, false)
        }
        let request = TableRequest(scalars: [SampleTables.sysUpTime])
        let holder = try engine.poll(request, everyMilliseconds: 60_000, receiver: holding)
        let asker = try engine.poll(request, everyMilliseconds: 60_000, receiver: asking)
        for (subscription, address, flag) in [(holder, homes[1], 0), (asker, homes[0], 1)] {
            var target = Target(address, .v2c(community: Community("public")))
            (target.timeoutMilliseconds, target.retries) = (20, 0)
            subscription.add(target, key: 1, phaseMilliseconds: 30_000)
            subscription.pollNow(key: 1)
            while !(flag == 0 ? flags.all.isHeld : flags.all.isAsking), !Task.isCancelled { await Task.yield() }
        }
        let ending = Task.detached {
            asker.end()
            flags.set(\.hasEnded, true)
            return flags.all.isAsking
        }
        for _ in 0..<100_000 { sched_yield() }
        #expect(!flags.all.hasEnded)
        flags.set(\.mayGoOn, true)
        #expect(await !ending.value)
        holder.end()
        engine.shutdown()
    }

    @Test("a poll asked for comes at once; a device taken out is not polled; a bad target is reported as such")
    func commands() async throws {
        let agent = try LoopbackAgent(Self.scripted)
        defer { agent.stop() }
        let engine = try Engine()
        let recorder = OutcomeRecorder()
        let subscription = try engine.poll(Self.request, everyMilliseconds: 3_600_000, receiver: recorder)
        var bad = target(agent.port)
        bad.inFlight = 0
        for key in [UInt64(1), 2] { subscription.add(target(agent.port), key: key) }
        subscription.add(bad, key: 3)
        subscription.remove(key: 2)
        for key in [UInt64(1), 2, 3] { subscription.pollNow(key: key) }
        let records = await recorder.wait { $0.count >= 2 }.sorted { $0.key < $1.key }
        subscription.end()
        #expect(records.map(\.key) == [1, 3])
        #expect(records[0].isComplete)
        #expect(records[1].error?.code == .invalidArgument("inFlight must be 1 to 64, not 0"))
        let fault = #expect(throws: SNMPError.self) {
            try engine.poll(Self.request, everyMilliseconds: 99, receiver: recorder)
        }
        #expect(fault?.code == .invalidArgument("everyMilliseconds must be 100 to 604800000"))
    }

    @Test("all operations on one agent share its budget")
    func budget() async throws {
        let silent = try LoopbackAgent { _, _ in [] }
        defer { silent.stop() }
        let engine = try Engine()
        let target = target(silent.port, timeout: 60_000)
        let tasks = (0..<12).map { _ in Task { try? await engine.get([SampleTables.sysName], from: target) } }
        while engine.statistics.pollsStarted < 12, !Task.isCancelled { await Task.yield() }
        #expect(engine.statistics.inFlight == 2)
        #expect(engine.statistics(of: target.address)?.inFlight == 2)
        for task in tasks { task.cancel() }
        for task in tasks { #expect(await task.value == nil) }
        #expect(engine.statistics.inFlight == 0)
        #expect(engine.statistics(of: target.address) == nil)
    }

    @Test("operations that wait for a budget or a pace all end")
    func waiting() async throws {
        let agent = try LoopbackAgent(Self.scripted)
        defer { agent.stop() }
        let engine = try Engine()
        var target = target(agent.port)
        target.requestsPerSecondMax = 200
        let limited = target
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let one = number % 2 == 0 ? limited : self.target(agent.port)
                    return (try? await engine.get([SampleTables.sysName], from: one))?.count == 1
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }

    @Test("what an engine learnt is recalled by the next")
    func memories() async throws {
        let agent = try LoopbackAgent(Self.scripted)
        defer { agent.stop() }
        let target = target(agent.port)
        let first = try Engine()
        _ = try await first.table(Self.request, from: target)
        let learnt = try #require(first.statistics(of: target.address))
        let octets = first.memories().map(\.encoded)
        first.shutdown()
        #expect(first.memories().count == 1)
        let second = try Engine()
        #expect(second.statistics(of: target.address) == nil)
        second.recall(octets.compactMap(AgentMemory.init(decoding:)))
        let recalled = try #require(second.statistics(of: target.address))
        #expect(recalled.smoothedRoundTripMicroseconds == learnt.smoothedRoundTripMicroseconds)
        #expect(recalled.window == 3)
    }
}
