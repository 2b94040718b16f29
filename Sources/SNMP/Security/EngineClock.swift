/// What is known of an engine's boots and time (RFC 3414 section 2.2 and 2.3).
///
/// Pure: the time is an argument, in milliseconds of any monotonic clock.
///
/// Values of authenticated messages and those that anyone could have sent are kept apart: the latter are only used to
/// fill in requests as long as there is nothing better, and never to judge a message.
struct EngineClock: Hashable, Sendable {
    /// An engine that reaches these boots takes no authenticated message any more (RFC 3414 section 2.2.3).
    static let bootsMax = Int32.max
    /// Seconds a message may be old.
    static let windowSeconds: Int64 = 150

    struct Reading: Hashable, Sendable {
        var boots: Int32
        var time: Int32
        /// When it was taken.
        var at: UInt64

        /// The engine's time now, in seconds.
        func time(at now: UInt64) -> Int64 { Int64(time) + Int64((now - min(at, now)) / 1000) }
    }

    enum Verdict: Hashable, Sendable {
        case inWindow
        /// Too old, or from before the engine's last restart.
        case outsideWindow
        /// The engine has reached the last of its boots.
        case latched
    }

    /// The newest authenticated reading; its time is latestReceivedEngineTime.
    private(set) var authenticated: Reading?
    /// What an unauthenticated Report said.
    private(set) var hint: Reading?
    /// What the next message carries in place of all else, and no message is judged by.
    private var carried: Reading?
    /// The authenticated reading is of an earlier process, brought forward by a clock that can be wrong.
    private var isRecalled = false

    /// What a request is to carry.
    func estimate(at now: UInt64) -> (boots: Int32, time: Int32) {
        guard let reading = carried ?? authenticated ?? hint else { return (0, 0) }
        return (reading.boots, Int32(clamping: reading.time(at: now)))
    }

    /// Judges an authenticated message and moves the clock forward by it (RFC 3414 section 3.2 step 7b).
    mutating func messageReceived(boots: Int32, time: Int32, at now: UInt64) -> Verdict {
        let known = authenticated ?? Reading(boots: 0, time: 0, at: now)
        if authenticated == nil || isAhead(of: known, boots: boots, time: time) {
            authenticated = Reading(boots: boots, time: time, at: now)
        }
        if boots == Self.bootsMax { return .latched }
        if boots < known.boots { return .outsideWindow }
        if isRecalled {
            isRecalled = false
            return .inWindow
        }
        if boots == known.boots, Int64(time) < known.time(at: now) - Self.windowSeconds { return .outsideWindow }
        return .inWindow
    }

    private func isAhead(of known: Reading, boots: Int32, time: Int32) -> Bool {
        boots > known.boots || (boots == known.boots && (isRecalled || time > known.time))
    }

    /// Whether a reading is from before the newest authenticated one.
    func isBefore(boots: Int32, time: Int32) -> Bool {
        guard let known = authenticated else { return false }
        return boots < known.boots || (boots == known.boots && !isRecalled && time < known.time)
    }

    /// Whether a message that carries the estimate may be outside the window of an engine that has this reading.
    func disagrees(boots: Int32, time: Int32, at now: UInt64) -> Bool {
        let known = estimate(at: now)
        return boots != known.boots || abs(Int64(time) - Int64(known.time)) > Self.windowSeconds / 2
    }

    /// An authenticated notInTimeWindows Report answered one of our own requests: its reading holds, backwards too.
    ///
    /// By the letter of RFC 3414 the clock never goes back, so that an agent which loses its boots over a restart would
    /// be lost for ever. The Report names the msgID of the last message under way and is authenticated; since msgIDs
    /// recur, the caller bounds how often the clock goes back.
    mutating func resynchronised(boots: Int32, time: Int32, at now: UInt64) {
        isRecalled = false
        authenticated = Reading(boots: boots, time: time, at: now)
    }

    /// An unauthenticated Report said so: it counts only while nothing authenticated is known.
    mutating func hintReceived(boots: Int32, time: Int32, at now: UInt64) {
        hint = Reading(boots: boots, time: time, at: now)
    }

    /// The next message carries a reading nobody vouches for.
    mutating func carry(_ reading: Reading) { carried = reading }

    /// The reading of an earlier process, brought forward by the seconds that have passed since.
    ///
    /// Its boots judge messages; its time, by a clock that can be wrong, only fills in requests.
    mutating func recalled(boots: Int32, time: Int64, at now: UInt64) {
        isRecalled = true
        authenticated = Reading(boots: boots, time: Int32(clamping: time), at: now)
    }
}
