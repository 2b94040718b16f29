/// How a rate was obtained, or why there is none.
///
/// The first four say what stands behind a number; each of the others is a reason for there being none. Over several
/// intervals it is the union.
public struct RateOrigin: OptionSet, Sendable, Hashable {
    /// One bit each.
    public let rawValue: UInt16

    /// A set from its bits.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// From 64-bit counters.
    public static let wide = RateOrigin(rawValue: 1 << 0)
    /// From 32-bit counters, unwrapped where they wrapped.
    public static let narrow = RateOrigin(rawValue: 1 << 1)
    /// One mean over up to two intervals, because a poll is missing.
    public static let averaged = RateOrigin(rawValue: 1 << 2)
    /// Over the time by the device's own clock, because the wall clock was set or an answer was very late.
    public static let deviceClock = RateOrigin(rawValue: 1 << 3)

    /// More than two intervals without a reading.
    public static let gap = RateOrigin(rawValue: 1 << 4)
    /// The device said that its counters began anew (sysUpTime or ifCounterDiscontinuityTime).
    public static let resetAnnounced = RateOrigin(rawValue: 1 << 5)
    /// The counters themselves show that they began anew.
    public static let resetInferred = RateOrigin(rawValue: 1 << 6)
    /// More than 1.05 times what the line can carry: it cannot be true.
    public static let overLineSpeed = RateOrigin(rawValue: 1 << 7)
    /// A 32-bit counter may have wrapped more often than can be told.
    public static let ambiguous = RateOrigin(rawValue: 1 << 8)
    /// It is not known how long it was between the readings.
    public static let clockUnknown = RateOrigin(rawValue: 1 << 9)
    /// The device did not answer the counter, or answers it in another width than before.
    public static let notAnswered = RateOrigin(rawValue: 1 << 10)
    /// The readings are so close that the device may not have counted anew between them.
    public static let tooShort = RateOrigin(rawValue: 1 << 11)

    /// Those that stand behind a number.
    public static let sources: RateOrigin = [.wide, .narrow, .averaged, .deviceClock]

    /// The names used in the API and exports, with their bits, in order.
    public static let names: [(origin: RateOrigin, name: String)] = [
        (.wide, "64"), (.narrow, "32"), (.averaged, "averaged"), (.deviceClock, "device_clock"), (.gap, "gap"),
        (.resetAnnounced, "reset_announced"), (.resetInferred, "reset_inferred"),
        (.overLineSpeed, "over_line_speed"), (.ambiguous, "ambiguous"), (.clockUnknown, "clock_unknown"),
        (.notAnswered, "not_answered"), (.tooShort, "too_short"),
    ]

    /// The names of what is in it, in order.
    public var names: [String] {
        Self.names.filter { contains($0.origin) }.map(\.name)
    }
}
