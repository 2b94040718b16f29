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

    /// What a request is to carry.
    func estimate(at now: UInt64) -> (boots: Int32, time: Int32) {
        guard let reading = authenticated ?? hint else { return (0, 0) }
        return (reading.boots, Int32(clamping: reading.time(at: now)))
    }

    /// Judges an authenticated message and moves the clock forward by it (RFC 3414 section 3.2 step 7b).
    mutating func messageReceived(boots: Int32, time: Int32, at now: UInt64) -> Verdict {
        let known = authenticated ?? Reading(boots: 0, time: 0, at: now)
        if boots > known.boots || (boots == known.boots && time > known.time) || authenticated == nil {
            authenticated = Reading(boots: boots, time: time, at: now)
        }
        if boots == Self.bootsMax { return .latched }
        if boots < known.boots { return .outsideWindow }
        if boots == known.boots, Int64(time) < known.time(at: now) - Self.windowSeconds { return .outsideWindow }
        return .inWindow
    }

    /// An authenticated notInTimeWindows Report answered one of our own requests: its reading holds, backwards too.
    ///
    /// By the letter of RFC 3414 the clock never goes back, so that an agent which does not keep its boots over a restart
    /// would be lost for ever. The Report names the msgID of a request under way and is authenticated: it is no
    /// recording from before.
    mutating func resynchronised(boots: Int32, time: Int32, at now: UInt64) {
        authenticated = Reading(boots: boots, time: time, at: now)
    }

    /// An unauthenticated Report said so: it counts only while nothing authenticated is known.
    mutating func hintReceived(boots: Int32, time: Int32, at now: UInt64) {
        hint = Reading(boots: boots, time: time, at: now)
    }

    /// The reading of an earlier process, brought forward by the seconds that have passed since.
    mutating func recalled(boots: Int32, time: Int64, at now: UInt64) {
        authenticated = Reading(boots: boots, time: Int32(clamping: time), at: now)
    }
}
