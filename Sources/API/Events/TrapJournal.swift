import Inventory
import Synchronization

/// The latest traps, in memory, and how many of them go into the event stream.
final class TrapJournal: Sendable {
    /// Traps that are kept.
    static let keptMax = 2000

    private struct State {
        var number: Int64 = 0
        var kept: [NumberedTrap] = []
        var budget = TrapEventBudget()
    }

    private let state = Mutex(State())

    /// Takes traps in the order of their arrival; answers those that are to be told one by one.
    func append(_ records: [TrapRecord], at now: Timestamp) -> [NumberedTrap] {
        state.withLock { state in
            var told: [NumberedTrap] = []
            for record in records {
                state.number += 1
                let trap = NumberedTrap(number: state.number, record: record)
                state.kept.append(trap)
                if state.budget.take(at: now) { told.append(trap) }
            }
            // Cut rarely: each cut moves all that is kept.
            if state.kept.count > 2 * Self.keptMax { state.kept.removeFirst(state.kept.count - Self.keptMax) }
            return told
        }
    }

    /// The latest traps, the oldest first.
    var latest: [NumberedTrap] { state.withLock { Array($0.kept.suffix(Self.keptMax)) } }

    /// How many were not told one by one since the last call.
    func takeOmitted() -> Int { state.withLock { $0.budget.takeOmitted() } }
}

/// Keeps a storm of traps from crowding all else out of the event stream; pure.
///
/// Twenty a second are told one by one, a hundred at once after a silence; of the rest only the number is told.
struct TrapEventBudget: Sendable {
    static let perSecond = 20.0
    static let burst = 100.0

    private var tokens = burst
    private var seenAt: Timestamp?
    private var omitted = 0

    /// Whether one more is to be told by itself; counts it otherwise.
    mutating func take(at now: Timestamp) -> Bool {
        if let seenAt { tokens = min(Self.burst, tokens + max(0, now.secondsSince(seenAt)) * Self.perSecond) }
        seenAt = now
        guard tokens >= 1 else {
            omitted += 1
            return false
        }
        tokens -= 1
        return true
    }

    /// How many were left out since the last call.
    mutating func takeOmitted() -> Int {
        defer { omitted = 0 }
        return omitted
    }
}
