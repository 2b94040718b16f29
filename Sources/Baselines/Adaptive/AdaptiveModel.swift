import Glibc

/// Scores samples of one direction of one interface and learns from them, in constant time a sample.
///
/// Rates are compared as logarithms where they fall and as square roots where they rise; levels of hours are learnt once
/// a visit, so that a visit counts once however many samples it has; how far a deviation must go is calibrated for each
/// duration to about one onset in fourteen ordinary days.
public struct AdaptiveModel: Sendable {
    let settings: AdaptiveSettings
    /// Samples of an hour.
    let perHour: Double
    let offsetGain: Float
    let slowGain: Float
    let limitDecay: Float
    let recordDecay: Float
    let idleGain: Float
    let scaleGainMinimum: Float
    /// Samples before anything is scored: two hours.
    let firstSamples: UInt32
    let daySamples: UInt32

    /// A model for samples that come every so many seconds, 10 to 3600.
    public init(intervalSeconds: Int, settings: AdaptiveSettings = AdaptiveSettings()) {
        self.settings = settings
        let perHour = 3600 / Double(max(1, intervalSeconds))
        self.perHour = perHour
        let perDay = perHour * 24
        offsetGain = Float(1 - pow(0.5, 1 / (settings.offsetHalfLifeHours * perHour)))
        slowGain = Float(1 - pow(0.5, 1 / (settings.slowHalfLifeHours * perHour)))
        limitDecay = Float(1 - 0.12 / (settings.onsetDays * perDay))
        recordDecay = Float(1 - 1 / (14 * perDay))
        idleGain = Float(1 / (4 * perDay))
        scaleGainMinimum = Float(1 / (14 * perHour))
        firstSamples = UInt32(max(4, 2 * perHour))
        daySamples = UInt32(max(24, perDay))
    }
}
