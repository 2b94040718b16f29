/// What the adaptive model knows of one direction of one interface: a kilobyte, copied and stored as it is.
///
/// Levels are natural logarithms of bit/s (or packets/s) plus `offsetRate`, in 1/1024; the other numbers are floats.
public struct AdaptiveState: Sendable {
    /// Levels of the hours of the week, learnt once a visit; 0 = Sunday 00:00.
    var levels = InlineArray<168, Int16>(repeating: 0)
    /// Visits behind each level, up to 255.
    var visits = InlineArray<168, UInt8>(repeating: 0)
    /// Levels of the hours of a working day (0 to 23) and of a day off (24 to 47).
    var dayLevels = InlineArray<48, Int16>(repeating: 0)
    /// Visits behind each of them.
    var dayVisits = InlineArray<48, UInt8>(repeating: 0)
    /// Variance between visits, by hour of the day.
    var visitVariance = InlineArray<24, Float>(repeating: 0.04)
    /// Visits behind each variance.
    var visitVarianceCount = InlineArray<24, UInt8>(repeating: 0)
    /// How far falls deviate, in logarithms, by hour of the day.
    var fallScale = InlineArray<24, Float>(repeating: 0.2)
    /// How far rises deviate, in square roots of the rate, by hour of the day.
    var riseScale = InlineArray<24, Float>(repeating: 0)
    /// Samples behind both, by hour of the day.
    var scaleCount = InlineArray<24, UInt16>(repeating: 0)
    /// The last deviations, the newest at `ringPlace` - 1.
    var ring = InlineArray<24, Float>(repeating: 0)
    var ringPlace: UInt8 = 0
    var ringCount: UInt8 = 0
    /// Limits of the durations, calibrated to one onset in about 14 ordinary days.
    var limits = InlineArray<5, Float>(repeating: 4)
    /// Durations that are above their limit, a bit each.
    var exceeded: UInt8 = 0

    /// How far traffic is from its levels now: today's offset.
    var offset: Float = 0
    /// The same over half a day.
    var slowOffset: Float = 0
    /// The usual size of `slowOffset`.
    var slowScale: Float = 0.25
    /// Added to rates before their logarithm is taken; 0 until enough was seen.
    var offsetRate: Float = 0
    /// The first day's median rate.
    var firstMedian: Float = 0
    /// Level before anything was learnt.
    var firstLevel: Float = 0
    /// Highest rate, decaying over 14 days.
    var record: Float = 0
    /// Share of samples below a tenth of the record, over four days.
    var idleShare: Float = 0
    /// Samples scored.
    var sampleCount: UInt32 = 0
    /// Samples in a row in which the slow offset was out of its limit.
    var slowAlarmCount: UInt32 = 0

    /// The local hour at work, counted since 1970; its samples and the sum of their levels.
    var hour: Int64 = .min
    var hourOfWeek: UInt8 = 0
    var hourIsDayOff = false
    var hourIsHoliday = false
    var hourSum: Float = 0
    var hourCount: UInt16 = 0
    /// When the last sample was taken, in milliseconds since 1970.
    var lastAt: Int64 = .min

    /// Nothing is known.
    public init() {}
}
