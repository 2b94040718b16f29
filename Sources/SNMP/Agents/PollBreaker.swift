/// Keeps a dead agent from costing full polls: after three failed ones in a row it is only probed, ever more rarely.
///
/// Pure: times in milliseconds. The first probe comes two intervals after the third failure, then four, then every
/// eight; but at least every ten minutes, where the interval is shorter. Any answer closes it.
struct PollBreaker: Hashable, Sendable {
    /// What a scheduled poll that is due may do.
    enum Verdict: Hashable, Sendable {
        /// Poll as asked.
        case poll
        /// Send one cheap request first.
        case probe
        /// Nothing this time.
        case skip
    }

    static let failuresToOpen: UInt16 = 3
    private static let spacingMillisecondsMax: UInt64 = 600_000

    /// Scheduled polls and probes that failed since the last answer.
    private(set) var consecutiveFailures: UInt16 = 0
    private var probeAt: UInt64 = 0

    var isOpen: Bool { consecutiveFailures >= Self.failuresToOpen }

    func verdict(at now: UInt64) -> Verdict {
        guard isOpen else { return .poll }
        return now >= probeAt ? .probe : .skip
    }

    /// A scheduled poll or a probe that was due at `due` ended without any answer.
    mutating func pollFailed(due: UInt64, interval: UInt32) {
        consecutiveFailures = consecutiveFailures == .max ? .max : consecutiveFailures + 1
        guard isOpen else { return }
        // Half an interval early, so that the poll that is due just then is not taken for too early.
        probeAt = due + spacing(interval) - UInt64(interval) / 2
    }

    private func spacing(_ interval: UInt32) -> UInt64 {
        let doublings = min(UInt64(consecutiveFailures - Self.failuresToOpen) + 1, 3)
        return min(UInt64(interval) << doublings, max(Self.spacingMillisecondsMax, UInt64(interval)))
    }

    /// The agent answered something.
    mutating func answered() { consecutiveFailures = 0 }
}
