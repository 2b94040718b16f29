import Glibc
import Inventory

/// Scores samples of one side of one interface and learns from them, in constant time a sample.
///
/// Rates are compared as logarithms where they fall and as square roots where they rise; levels of hours are learnt
/// once a visit, so that a visit counts once however many samples it has; how far a deviation must go is calibrated for
/// each duration to about one onset in fourteen ordinary days.
struct AdaptiveModel: Sendable {
    let settings: AdaptiveSettings
    /// Samples of an hour.
    let perHour: Float
    let offsetGain: Float
    let offsetKept: Float
    /// By how much the logarithm of today's offset sinks with each sample of a gap.
    let offsetLoss: Float
    let recentGain: Float
    let slowGain: Float
    let slowScaleGain: Float
    let limitDecay: Float
    let recordDecay: Float
    let idleGain: Float
    let coverageGain: Float
    let scaleGainMinimum: Float
    let riseMedianFloorSquared: Float
    /// Samples before anything is scored: two hours, and at least four.
    let firstSamples: UInt32
    /// Of how many of those one is kept for their median.
    let firstStride: UInt32
    let daySamples: UInt32
    /// Samples of a slow deviation after which it is the new normal.
    let newNormalSamples: UInt16
    let intervalMilliseconds: Int64
    /// Milliseconds without a sample after which earlier ones are not judged together with the next.
    let gapMilliseconds: Int64

    /// A model for samples that come every so many seconds, 1 to 3600; beyond, the nearest of these.
    init(intervalSeconds: Int, settings: AdaptiveSettings = AdaptiveSettings()) {
        let interval = Double(min(3600, max(1, intervalSeconds)))
        self.settings = settings
        let perHour = 3600 / interval
        let perDay = perHour * 24
        self.perHour = Float(perHour)
        offsetGain = Self.gain(halfLife: settings.offsetHalfLifeHours * perHour)
        offsetKept = Float(1 - settings.offsetFadePerHour / perHour)
        offsetLoss = Float(log(2) / (settings.offsetHalfLifeHours * perHour))
        recentGain = Self.gain(halfLife: max(0.5, 0.25 * perHour))
        slowGain = Self.gain(halfLife: settings.slowHalfLifeHours * perHour)
        slowScaleGain = Float(1 / (settings.slowScaleDays * perDay))
        limitDecay = Float(1 - Double(settings.limitSink) / (settings.onsetDays * perDay))
        recordDecay = Float(1 - 1 / (14 * perDay))
        idleGain = Float(1 / (4 * perDay))
        coverageGain = Float(1 / (14 * perDay))
        scaleGainMinimum = Float(1 / (settings.scaleHours * perHour))
        riseMedianFloorSquared = settings.riseMedianFloor * settings.riseMedianFloor
        firstSamples = UInt32(max(4, 2 * perHour))
        firstStride = (firstSamples + 23) / 24
        daySamples = UInt32(max(24, perDay))
        newNormalSamples = UInt16(min(60_000, max(1, settings.newNormalHours * perHour)))
        intervalMilliseconds = Int64(interval * 1000)
        gapMilliseconds = max(30 * 60_000, intervalMilliseconds * 5 / 2)
    }

    private static func gain(halfLife samples: Double) -> Float {
        Float(1 - pow(0.5, 1 / max(1e-3, samples)))
    }
}

/// What the model makes of one sample: enough to tell a verdict from, where one is asked for.
struct AdaptiveScore: Sendable {
    /// How unusual the sample is; negative for too little.
    var score: Float = 0
    /// Place in `AnomalyDuration.allCases` of the duration that decided.
    var durationPlace: UInt8 = 0
    /// Whether the slow deviation became the new normal with this sample.
    var isNewNormal = false
    /// The rate that was expected.
    var expected: Float = 0
    /// The logarithm of it, with `offsetRate`.
    var usual: Float = 0
    /// By how much today's offset moved it, in logarithms.
    var offset: Float = 0
    var offsetRate: Float = 0
    var fallSpread: Float = 1
    var riseSpread: Float = 1
    /// How many spreads the sample alone may be away.
    var limit: Float = 3

    /// Today's offset as a factor of the usual.
    var offsetFactor: Double { Double(expf(offset)) }

    /// Lower and upper end of what is ordinary.
    var band: (low: Double, high: Double) {
        let low = max(0, expf(usual - limit * fallSpread) - offsetRate)
        let highRoot = expected.squareRoot() + limit * riseSpread
        return (Double(low), Double(highRoot * highRoot))
    }
}
