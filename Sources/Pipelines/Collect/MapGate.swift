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

    /// sysUpTime where it is a clock: an agent that says 0 has none.
    private var uptime: UInt32? { sysUpTime == 0 ? nil : sysUpTime }

    /// Hundredths of a second since an earlier poll, by the clock that never jumps.
    private func elapsed(since earlier: PollMoment) -> Int64 {
        Int64(bitPattern: steadyMilliseconds &- earlier.steadyMilliseconds) / 10
    }

    /// Whether the device started anew since an earlier poll.
    ///
    /// Its uptime went back, other than by its wrap at 2^32, or it is much less ahead than the time that passed, or all
    /// of it is less than that.
    func hasRestarted(since earlier: PollMoment) -> Bool {
        guard let now = uptime, let before = earlier.uptime else { return false }
        let elapsed = elapsed(since: earlier)
        // An agent's clock may be coarse, or slow.
        let tolerance = 6000 + elapsed / 10
        let gained = Int64(now &- before)
        if now < before { return abs(gained - elapsed) > tolerance }
        return gained < elapsed - tolerance || Int64(now) + 500 < elapsed
    }

    /// Whether its uptime goes on from an earlier poll as exactly as that of the same device does.
    func continues(_ earlier: PollMoment) -> Bool {
        guard let now = uptime, let before = earlier.uptime else { return false }
        let elapsed = elapsed(since: earlier)
        return abs(Int64(now &- before) - elapsed) <= 200 + elapsed / 200
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
        guard let uptime else { return false }
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
/// The same holds where its address was changed, unless its uptime goes on as before: another device may answer there.
///
/// A device whose ifTableLastChange moved three times without any interface being another is not believed any more in
/// that, until it starts anew, an interface is another, or it was calm for six hours; it is discovered every hour
/// meanwhile.
struct MapGate: Sendable, Hashable {
    /// Seconds between two requests for a discovery.
    static let askMilliseconds: UInt64 = 300_000
    /// Seconds between two such requests for a device that is not believed any more.
    private static let doubtMilliseconds: UInt64 = 3_600_000
    /// After how long without an alarm a device is believed again.
    private static let calmMilliseconds: UInt64 = 21_600_000
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
    private var alarmedAt: UInt64 = 0
    private var doubtedAt: UInt64 = 0
    private var isMoved = false

    /// Whether what is read is held back.
    var isClosed: Bool { closing != nil }

    /// Whether what is read now would be recorded, the map having been checked last at a time.
    func opens(with checkedAt: Timestamp?) -> Bool {
        guard let closing, let checkedAt else { return false }
        return checkedAt >= closing.at && checkedAt != closing.checkedAt
    }

    /// A discovery found other interfaces under these numbers.
    mutating func mapChanged() { falseAlarms = 0 }

    /// The device is asked at another address from now on: another one may answer there.
    mutating func addressChanged() { isMoved = true }

    /// Judges a poll.
    ///
    /// - Parameter checkedAt: When it was last certain which interface each ifIndex is.
    mutating func judge(_ moment: PollMoment, checkedAt: Timestamp?) -> Verdict {
        let earlier = last
        // Of two polls under way at once the one that began earlier may end later.
        if let earlier, moment.steadyMilliseconds < earlier.steadyMilliseconds { return Verdict(isOpen: !isClosed) }
        // One that does not tell its uptime for once is compared later.
        if moment.sysUpTime != nil || earlier?.sysUpTime == nil { last = moment }
        if opens(with: checkedAt) { closing = nil }
        var verdict = Verdict(isOpen: true)
        if let earlier {
            compare(moment, earlier, checkedAt, &verdict)
        } else if isMoved || checkedAt.map({ moment.hasChanged(after: $0) }) ?? true {
            close(moment, checkedAt)
        }
        isMoved = false
        hold(moment, &verdict)
        return verdict
    }

    private mutating func compare(
        _ moment: PollMoment, _ earlier: PollMoment, _ checkedAt: Timestamp?, _ verdict: inout Verdict
    ) {
        verdict.hasRestarted = moment.hasRestarted(since: earlier)
        if verdict.hasRestarted {
            falseAlarms = 0
            close(moment, checkedAt)
        } else if isMoved && !moment.continues(earlier) {
            close(moment, checkedAt)
        } else if moment.hasChangedTable(since: earlier) {
            alarm(moment, checkedAt, &verdict)
        }
    }

    private mutating func alarm(_ moment: PollMoment, _ checkedAt: Timestamp?, _ verdict: inout Verdict) {
        let now = moment.steadyMilliseconds
        if now >= alarmedAt &+ Self.calmMilliseconds { falseAlarms = 0 }
        alarmedAt = now
        if falseAlarms < Self.falseAlarmsMax {
            falseAlarms += 1
            doubtedAt = now
            close(moment, checkedAt)
        } else if now >= doubtedAt &+ Self.doubtMilliseconds {
            doubtedAt = now
            verdict.asksDiscovery = true
        }
    }

    /// Holds back what was read while it is closed, and asks for a discovery now and then.
    private mutating func hold(_ moment: PollMoment, _ verdict: inout Verdict) {
        guard var held = closing else { return }
        verdict.isOpen = false
        // A clock that was set back must not keep it closed.
        held.at = min(held.at, moment.at)
        if held.askedAt == 0 || moment.steadyMilliseconds >= held.askedAt &+ Self.askMilliseconds {
            held.askedAt = max(moment.steadyMilliseconds, 1)
            verdict.asksDiscovery = true
        }
        closing = held
    }

    private mutating func close(_ moment: PollMoment, _ checkedAt: Timestamp?) {
        closing = Closing(at: moment.at, checkedAt: checkedAt, askedAt: closing?.askedAt ?? 0)
    }
}
