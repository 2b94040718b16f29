import Glibc
import SNMP

/// The memory of agents that are known to a subscription and have not been polled yet.
enum MemoryDriver {
    static let options: Set<String> = ["port", "in-flight", "repetitions", "user"]

    /// Long, so that the next poll is half of it away.
    private static let intervalMilliseconds: UInt64 = 3_600_000

    static func run(_ options: DriverOptions) throws -> String {
        let targets = try options.targets()
        let engine = try Engine()
        let subscription = try engine.poll(
            CountersDriver.request, everyMilliseconds: UInt32(intervalMilliseconds), receiver: NoReceiver())
        // Phases count from the zero of the engine's clock, which is the system's.
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let phase = (UInt64(now.tv_sec) * 1000 + intervalMilliseconds / 2) % intervalMilliseconds
        let before = ResidentMemory.octets
        for (key, target) in targets.enumerated() {
            subscription.add(target, key: UInt64(key), phaseMilliseconds: UInt32(phase))
        }
        // The I/O thread takes them over in its own time.
        sleep(3)
        let isPolled = engine.statistics.requests > 0
        let after = ResidentMemory.octets
        subscription.end()
        engine.shutdown()
        return """
            {"devices":\(targets.count),"resident_before":\(before),"resident_after":\(after),"polled":\(isPolled)}
            """
    }
}

private final class NoReceiver: PollReceiver {
    func pollEnded(_ outcome: borrowing PollOutcome) {}
}
