import SNMP
import Synchronization

extension CountersDriver {
    /// How often: in each interval at several phases, since the engine's shortest interval leaves it idle between.
    struct Timetable {
        var every: Int
        var phases: Int
    }

    /// Polls all agents together, until so many polls have ended.
    static func recurring(_ targets: [Target], polls: Int, _ timetable: Timetable, _ engine: Engine) throws -> Count {
        let ended = Signal<Void>()
        let receiver = CountersReceiver(polls: polls, ended)
        let subscription = try engine.poll(
            request, everyMilliseconds: UInt32(clamping: timetable.every), receiver: receiver)
        for phase in 0..<timetable.phases {
            for (number, target) in targets.enumerated() {
                subscription.add(
                    target, key: UInt64(phase * targets.count + number),
                    phaseMilliseconds: UInt32(clamping: timetable.every * phase / timetable.phases))
            }
        }
        ended.take()
        subscription.end()
        return receiver.count.withLock { $0 }
    }
}

/// Counts what the polls bring, and tells when enough have ended.
private final class CountersReceiver: PollReceiver {
    let count = Mutex(CountersDriver.Count())
    private let polls: Int
    private let enough: Signal<Void>

    init(polls: Int, _ enough: Signal<Void>) {
        self.polls = polls
        self.enough = enough
    }

    func pollEnded(_ outcome: borrowing PollOutcome) {
        let isEnough = count.withLock { count in
            count.add(outcome.table)
            return count.polls == polls
        }
        if isEnough { enough.give(()) }
    }
}
