/// How long one agent takes to answer, and how long to wait before a request counts as lost.
///
/// Pure. RFC 6298: the smoothed round trip and its variation, in microseconds. Only requests that were sent once are
/// samples (Karn's rule, section 3), and the back-off stays until there is one (section 5).
struct RoundTripEstimator: Hashable, Sendable {
    /// No request is taken for lost sooner: agents answer in bursts of their own timers.
    static let floorMilliseconds: UInt32 = 200
    private static let backOffMax: UInt8 = 6

    /// The smoothed round trip; 0 before the first sample.
    private(set) var smoothedMicroseconds: UInt32 = 0
    /// The variation of the round trip.
    private(set) var variationMicroseconds: UInt32 = 0
    /// How often the timeout was doubled since the last sample.
    private(set) var backOff: UInt8 = 0

    init() {}

    /// Goes on from what was known of an agent before.
    init(smoothedMicroseconds: UInt32, variationMicroseconds: UInt32) {
        self.smoothedMicroseconds = smoothedMicroseconds
        self.variationMicroseconds = variationMicroseconds
    }

    var hasSample: Bool { smoothedMicroseconds > 0 }

    /// A request that was sent once was answered after this time.
    mutating func sampled(microseconds: UInt64) {
        let sample = UInt32(clamping: max(microseconds, 1))
        if hasSample {
            let deviation =
                sample > smoothedMicroseconds ? sample - smoothedMicroseconds : smoothedMicroseconds - sample
            variationMicroseconds -= variationMicroseconds / 4
            variationMicroseconds += deviation / 4
            smoothedMicroseconds -= smoothedMicroseconds / 8
            smoothedMicroseconds = max(1, smoothedMicroseconds + sample / 8)
        } else {
            smoothedMicroseconds = sample
            variationMicroseconds = sample / 2
        }
        backOff = 0
    }

    /// A request was not answered in time.
    mutating func expired() { backOff = min(backOff + 1, Self.backOffMax) }

    /// The first wait of a request: at most `cap`, which is also the wait where nothing is known.
    func timeoutMilliseconds(cap: UInt32) -> UInt32 {
        guard hasSample else { return cap }
        let expected = (UInt64(smoothedMicroseconds) + 4 * UInt64(variationMicroseconds)) / 1000 + 1
        let backedOff = max(expected, UInt64(Self.floorMilliseconds)) << UInt64(backOff)
        return UInt32(min(backedOff, UInt64(cap)))
    }
}
