/// Counts samples in a row without traffic, with it, and at the limit of the line: what can be judged before anything
/// is learnt.
struct TrafficRuns: Sendable, Hashable {
    /// Samples in a row without traffic, up to now.
    var silent: UInt16 = 0
    /// Samples in a row with traffic, up to now or to where the silence began.
    var busy: UInt16 = 0
    /// Samples in a row above the saturation share, up to now.
    var saturated: UInt16 = 0
    /// Samples in a row below it before those.
    var unsaturated: UInt16 = 0

    /// Below this share of the record there is no traffic: what a link without users still says to its peer.
    private static let silentShare: Float = 1e-4

    /// Takes a sample; `record` is the highest rate of the last days.
    @inline(__always)
    mutating func note(_ rate: Float, record: Float, saturatedFrom limit: Float) {
        if rate <= Self.silentShare * record {
            silent += silent < .max ? 1 : 0
        } else {
            if silent > 0 { (silent, busy) = (0, 0) }
            busy += busy < .max ? 1 : 0
        }
        if limit > 0, rate > limit {
            saturated += saturated < .max ? 1 : 0
        } else {
            if saturated > 0 { (saturated, unsaturated) = (0, 0) }
            unsaturated += unsaturated < .max ? 1 : 0
        }
    }

    /// Whether traffic of `busyHours` or more has stopped for so many samples, and for no longer than a day and a half.
    @inline(__always)
    func isSilent(samples: Int, perHour: Float, busyHours: Float) -> Bool {
        Int(silent) >= samples && Float(silent) < 36 * perHour && Float(busy) >= busyHours * perHour
    }

    /// Whether the line is full for so many samples, and was not in the hour before.
    @inline(__always)
    func isSaturated(samples: Int, perHour: Float) -> Bool {
        Int(saturated) >= samples && Float(saturated) < 36 * perHour && Float(unsaturated) >= perHour
    }
}
