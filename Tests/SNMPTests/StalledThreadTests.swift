import Glibc
import Synchronization
import Testing

@testable import SNMP

/// Holds the I/O thread up once, in the first report, until a given time has passed.
private final class Stall: PollReceiver {
    let reports = Mutex(0)
    private let milliseconds: UInt64

    init(milliseconds: UInt64) { self.milliseconds = milliseconds }

    func pollEnded(_ outcome: borrowing PollOutcome) {
        let isFirst = reports.withLock { count -> Bool in
            count += 1
            return count == 1
        }
        guard isFirst else { return }
        let start = Self.now
        while Self.now < start + milliseconds { sched_yield() }
    }

    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    }
}

@Suite("An I/O thread that was held up", .timeLimit(.minutes(5)))
struct StalledThreadTests {
    @Test("answers that came in time are read before their requests are given up")
    func answersBeforeTimers() async throws {
        let agent = try LoopbackAgent(ScriptedAgent(SampleTables.interfaces(1)))
        defer { agent.stop() }
        let engine = try Engine()
        let stall = Stall(milliseconds: 1200)
        let polls = try engine.poll(
            TableRequest(scalars: [SampleTables.sysUpTime]), everyMilliseconds: 600_000, receiver: stall)
        let count = 1500
        for key in 0..<count {
            let address = TransportAddress(127, 1, UInt8(key / 250), UInt8(1 + key % 250), port: agent.port)
            var target = Target(address, .v2c(community: Community("public")))
            (target.timeoutMilliseconds, target.retries, target.sourcePolicy) = (1000, 0, .anyAddress)
            polls.add(target, key: UInt64(key), phaseMilliseconds: 500_000)
            polls.pollNow(key: UInt64(key))
        }
        while stall.reports.withLock({ $0 }) < count, !Task.isCancelled { await Task.yield() }
        polls.end()
        // Requests the agent had no room for are lost: what it answered is not.
        #expect(engine.statistics.late == 0)
        #expect(engine.statistics.responses > 100)
        engine.shutdown()
    }
}
