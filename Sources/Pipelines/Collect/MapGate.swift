import Inventory

/// When one poll was answered, by all clocks there are.
struct PollMoment: Sendable, Hashable {
    /// Wall clock, when sysUpTime arrived.
    var at: Timestamp
    /// The same by a clock that never jumps, milliseconds.
    var steadyMilliseconds: UInt64
    /// sysUpTime, hundredths of a second; nil where the device does not say.
    var sysUpTime: UInt32?
    /// ifTableLastChange, hundredths of a second of sysUpTime; nil where the device does not say.
    var tableLastChange: UInt32?

    /// Whether the device started anew since an earlier poll.
    ///
    /// Its uptime went back, other than by its wrap at 2^32, or it is much less ahead than the time that passed.
    func hasRestarted(since earlier: PollMoment) -> Bool {
        guard let now = sysUpTime, let before = earlier.sysUpTime else { return false }
        let elapsed = Int64(steadyMilliseconds &- earlier.steadyMilliseconds) / 10
        // An agent's clock may be coarse, or slow.
        let tolerance = 6000 + elapsed / 10
        let gained = Int64(now &- before)
        return now < before ? abs(gained - elapsed) > tolerance : gained < elapsed - tolerance
    }

    /// Whether interfaces came or went since an earlier poll, by the device's word.
    func hasChangedTable(since earlier: PollMoment) -> Bool {
        guard let now = tableLastChange, let before = earlier.tableLastChange else { return false }
        return now != before
    }

    /// Whether the device started, or its table changed, after a time, as far as can be told.
    func hasChanged(after time: Timestamp) -> Bool {
        let seconds = at.secondsSince(time)
        // A time to come was noted while a clock ran ahead: nothing can be told.
        if seconds < -60 { return true }
        guard let uptime = sysUpTime else { return false }
        if Double(uptime) / 100 < seconds { return true }
        guard let change = tableLastChange, change <= uptime else { return false }
        return Double(uptime - change) / 100 < seconds
    }
}

/// Whether it is certain which interface each ifIndex of a device is; pure.
///
/// After a restart, or where ifTableLastChange moved, devices may number their interfaces anew. What is read from then on
/// is held back, and dropped, until a discovery read the interfaces after that time: nothing is ever recorded of the
/// wrong one. While it is not certain a discovery is asked for, every five minutes; no time makes it certain. At the
/// first poll the device's own word is compared with the time of the last discovery.
///
/// A device whose ifTableLastChange moved three times without any interface being another is not believed any more in
/// that, until it starts anew or one is.
struct MapGate: Sendable, Hashable {
    /// Seconds between two requests for a discovery.
    static let askMilliseconds: UInt64 = 300_000
    private static let falseAlarmsMax = 3

    /// What to do with what a poll read.
    struct Verdict: Sendable, Hashable {
        /// Whether it may be recorded.
        var isOpen: Bool
        /// Whether a discovery is to be asked for.
        var asksDiscovery = false
        /// Whether the device started anew since the poll before.
        var hasRestarted = false
    }

    private struct Closing: Sendable, Hashable {
        var at: Timestamp
        /// What was known then; a discovery is one of another time.
        var checkedAt: Timestamp?
        var askedAt: UInt64
    }

    private var closing: Closing?
    private var last: PollMoment?
    private var falseAlarms = 0

    /// Whether what is read is held back.
    var isClosed: Bool { closing != nil }

    /// Whether what is read now would be recorded, the map having been checked last at a time.
    func opens(with checkedAt: Timestamp?) -> Bool {
        guard let closing, let checkedAt else { return false }
        return checkedAt >= closing.at && checkedAt != closing.checkedAt
    }

    /// A discovery found other interfaces under these numbers.
    mutating func mapChanged() { falseAlarms = 0 }

    /// Judges a poll.
    ///
    /// - Parameter checkedAt: When it was last certain which interface each ifIndex is.
    mutating func judge(_ moment: PollMoment, checkedAt: Timestamp?) -> Verdict {
        var verdict = Verdict(isOpen: true)
        let earlier = last
        last = moment
        if opens(with: checkedAt) { closing = nil }
        verdict.hasRestarted = earlier.map { moment.hasRestarted(since: $0) } ?? false
        if verdict.hasRestarted {
            falseAlarms = 0
            close(moment, checkedAt)
        } else if earlier.map({ moment.hasChangedTable(since: $0) }) ?? false, falseAlarms < Self.falseAlarmsMax {
            falseAlarms += 1
            close(moment, checkedAt)
        } else if earlier == nil, checkedAt.map({ moment.hasChanged(after: $0) }) ?? true {
            close(moment, checkedAt)
        }
        guard var held = closing else { return verdict }
        verdict.isOpen = false
        // A clock that was set back must not keep it closed.
        held.at = min(held.at, moment.at)
        if held.askedAt == 0 || moment.steadyMilliseconds >= held.askedAt &+ Self.askMilliseconds {
            held.askedAt = max(moment.steadyMilliseconds, 1)
            verdict.asksDiscovery = true
        }
        closing = held
        return verdict
    }

    private mutating func close(_ moment: PollMoment, _ checkedAt: Timestamp?) {
        closing = Closing(at: moment.at, checkedAt: checkedAt, askedAt: closing?.askedAt ?? 0)
    }
}
