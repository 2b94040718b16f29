/// What the adaptive model knows of one side of one interface: about a kilobyte.
///
/// Levels are natural logarithms of bit/s (or packets/s) plus `offsetRate`, in 1/1024. What a sample needs comes first
/// and lies together; what is needed once an hour comes after it.
struct AdaptiveState: Sendable {
    /// When the last sample was taken, in milliseconds since 1970; `.min` before the first.
    var lastAt: Int64 = .min
    /// The local hour at work, counted since 1970.
    var hour: Int32 = .min
    /// Samples scored, up to 2^32 - 1.
    var sampleCount: UInt32 = 0
    /// Levels of the hour before the one at work, of that hour, and of the one after it.
    var levelBefore: Float = 0
    var levelHere: Float = 0
    var levelAfter: Float = 0
    /// How far traffic is from its levels now: today's offset.
    var offset: Float = 0
    /// The same over half an hour, without regard to how usual it is: where an operator's new normal lies.
    var recentOffset: Float = 0
    /// The same over half a day.
    var slowOffset: Float = 0
    /// The usual size of `slowOffset`.
    var slowScale: Float = 0.25
    /// Added to rates before their logarithm is taken; 0 until enough was seen.
    var offsetRate: Float = 0
    /// The median rate of the first hours.
    var firstMedian: Float = 0
    /// Level before anything was learnt.
    var firstLevel: Float = 0
    /// Highest rate, decaying over 14 days.
    var record: Float = 0
    /// What the present burst has carried: the sum of its rates; 0 where there is none.
    var burst: Float = 0
    /// The most a burst carried, decaying over 14 days.
    var burstRecord: Float = 0
    /// Share of samples below a tenth of the record, over four days.
    var idleShare: Float = 0
    /// Share of the expected samples that came, over 14 days.
    var coverage: Float = 1
    /// Levels that the samples of the hour at work speak for, summed.
    var hourSum: Float = 0
    /// Highest rate of the hour at work.
    var hourMaximum: Float = 0
    /// By how much levels moved last when a deviation became the new normal; 0 where that is long ago.
    var lastShift: Float = 0
    /// Limits of the durations, calibrated to one onset in about 14 ordinary days.
    var limits = InlineArray<5, Float>(repeating: 4)
    /// The last deviations in 1/256, the newest at `ringPlace` - 1; in the first hours, logarithms of rates.
    var ring = InlineArray<24, Int16>(repeating: 0)
    /// Samples of the hour at work.
    var hourCount: UInt16 = 0
    /// Samples in which the slow offset was out of its limit and worth a word, since it was last quiet.
    var slowAlarmCount: UInt16 = 0
    /// Samples in a row that were back where levels were before they moved.
    var backCount: UInt16 = 0
    /// Hours for which `lastShift` is remembered yet; hours without samples count too.
    var shiftHours: UInt8 = 0
    var ringPlace: UInt8 = 0
    var ringCount: UInt8 = 0
    /// Durations that are above their limit, a bit each.
    var exceeded: UInt8 = 0
    /// The hour of the week at work.
    var hourOfWeek: UInt8 = 0
    var hourIsDayOff = false
    var hourIsHoliday = false

    /// How far samples deviate, by hour of the day.
    var scales = InlineArray<24, HourScale>(repeating: HourScale())
    /// Levels of the hours of the week, learnt once a visit; 0 = Sunday 00:00.
    var levels = InlineArray<168, Int16>(repeating: 0)
    /// Levels of the hours of a working day (0 to 23) and of a day off (24 to 47).
    var dayLevels = InlineArray<48, Int16>(repeating: 0)
    /// Visits behind each level.
    var visits = VisitCounts<84>()
    /// Visits behind each level of a kind of day.
    var dayVisits = VisitCounts<24>()
    /// Visits behind each variance between visits.
    var varianceVisits = InlineArray<24, UInt8>(repeating: 0)

    /// Nothing is known.
    init() {}
}

/// How far samples of one hour of the day deviate.
struct HourScale: Sendable {
    /// Units of a stored standard deviation in one unit of the logarithm.
    static let visitUnits: Float = 4096

    /// Of falls, in logarithms.
    var fall: Float = 0.2
    /// Of rises, in square roots of the rate.
    var rise: Float = 0
    /// Between visits, in logarithms, in 1/4096.
    var visit: UInt16 = 819
    /// Samples behind the first two.
    var count: UInt16 = 0

    /// The standard deviation between visits, in logarithms.
    var visitDeviation: Float {
        get { Float(visit) / Self.visitUnits }
        set { visit = UInt16(max(0, Int16(saturating: newValue * Self.visitUnits))) }
    }
}

/// Small counts, two in an octet: up to 15 each, then they stay.
struct VisitCounts<let octetCount: Int>: Sendable {
    var octets = InlineArray<octetCount, UInt8>(repeating: 0)

    subscript(_ place: Int) -> Int {
        let octet = octets[place >> 1]
        return Int(place & 1 == 0 ? octet & 0x0F : octet >> 4)
    }

    mutating func count(_ place: Int) {
        guard self[place] < 15 else { return }
        octets[place >> 1] += place & 1 == 0 ? 1 : 16
    }
}

extension Int16 {
    /// The nearest whole number up to 32,000 on either side; 0 for what is none.
    @inline(__always)
    init(saturating number: Float) {
        self = number.isNaN ? 0 : Int16(Swift.max(-32_000, Swift.min(32_000, number)).rounded())
    }
}

extension AdaptiveState {
    /// Units of a stored deviation.
    private static let ringUnits: Float = 256

    /// Keeps the last deviations.
    @inline(__always)
    mutating func push(_ standing: Float) {
        ring[Int(ringPlace)] = Int16(saturating: standing * Self.ringUnits)
        ringPlace = ringPlace == 23 ? 0 : ringPlace + 1
        ringCount = min(24, ringCount + 1)
    }

    /// Forgets the last deviations: what comes is not judged together with them.
    @inline(__always)
    mutating func clearRing() {
        (ringCount, ringPlace) = (0, 0)
    }

    @inline(__always)
    private func recent(_ age: Int) -> Int16 {
        let place = Int(ringPlace) - 1 - age
        return ring[place < 0 ? place + 24 : place]
    }

    /// The middle one of the last three; 0 where there are fewer.
    @inline(__always)
    var medianOfThree: Float {
        guard ringCount >= 3 else { return 0 }
        let (a, b, c) = (recent(0), recent(1), recent(2))
        return Float(max(min(a, b), min(max(a, b), c))) / Self.ringUnits
    }

    /// The smallest of the last 6 and of the last 24 ones where all are on one side; 0 where they are not, or fewer.
    @inline(__always)
    var weakest: (six: Float, twentyFour: Float) {
        guard ringCount >= 6 else { return (0, 0) }
        let isFall = recent(0) < 0
        var smallest = Int16.max
        var six: Float = 0
        for age in 0..<Int(ringCount) {
            let standing = isFall ? 0 &- recent(age) : recent(age)
            if standing <= 0 { return (six, 0) }
            smallest = min(smallest, standing)
            if age == 5 { six = Float(smallest) / Self.ringUnits * (isFall ? -1 : 1) }
        }
        return (six, ringCount == 24 ? Float(smallest) / Self.ringUnits * (isFall ? -1 : 1) : 0)
    }
}
