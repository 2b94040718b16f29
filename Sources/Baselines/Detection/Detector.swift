import Inventory

/// Judges samples of interfaces by both methods, and makes episodes of what is out of the usual.
///
/// An anomaly of the adaptive method is over after half an hour of samples with |score| below `quietScore`, one of the
/// classic method after as many with |z| not above its threshold; one that begins again within half an hour of its end
/// goes on. One sample is at least asked for, however long the interval.
public struct Detector: Sendable {
    /// Seconds between samples.
    public let intervalSeconds: Int
    /// How it judges.
    public let settings: DetectionSettings
    let model: AdaptiveModel
    /// Quiet samples after which an anomaly is over.
    let quietSamples: Int
    /// Milliseconds after its end within which an anomaly may go on.
    let reopeningMilliseconds: Int64

    /// The highest rate that is believed; more is a mistake of whoever says so.
    static let rateMaximum = 1e15
    /// Bits of a packet of the usual full size: 1,500 octets.
    private static let packetBits: Float = 12_000
    /// Milliseconds without a sample after which an anomaly is over with its last one: nobody knows what was between.
    static let silenceMilliseconds: Int64 = 24 * 3_600_000

    /// A detector for samples that come every so many seconds, 1 to 3600; beyond, the nearest of these.
    public init(intervalSeconds: Int, settings: DetectionSettings = DetectionSettings()) {
        self.intervalSeconds = intervalSeconds
        self.settings = settings
        model = AdaptiveModel(intervalSeconds: intervalSeconds, settings: settings.adaptive)
        let interval = min(3600, max(1, intervalSeconds))
        quietSamples = max(1, (1800 + interval / 2) / interval)
        reopeningMilliseconds = Int64(max(1800, interval)) * 1000
    }

    /// Judges a sample and learns from it; appends a finding for each side that is in an anomaly.
    ///
    /// Samples of an interface come in the order of time. A rate that is not finite, negative or above 10^15 is neither
    /// judged nor learnt from. With `everySample`, there is a finding for every other rate.
    public func step(
        _ state: inout InterfaceState, _ sample: InterfaceSample, _ context: SampleContext,
        findings: inout [SideFinding], everySample: Bool = false
    ) {
        var sample = sample
        if let capacity = sample.capacity, !(capacity > 0 && capacity <= Self.rateMaximum) { sample.capacity = nil }
        if state.since == nil, (0..<4).contains(where: { Self.isRate(sample.rates[$0]) }) { state.since = sample.at }
        let scores = score(&state, sample, context)
        if !state.episodes.isEmpty { state.forgetEpisodes(before: sample.at, within: reopeningMilliseconds) }
        // Where classic does not raise, what it says is asked for only beside an anomaly.
        let isClassic = context.raising == .classic && state.classic != nil
        if everySample || isClassic || !state.episodes.isEmpty || scores.isAnyAboveThreshold {
            judge(&state, sample, context, scores, &findings, everySample: everySample)
        }
        guard !context.isExcluded else { return }
        let known = { (rate: Double) in Self.isRate(rate) ? rate : .nan }
        state.classic?.add(
            inbound: known(sample.rates[0]), outbound: known(sample.rates[1]), at: sample.at, place: context.place)
    }

    /// Whether a rate can be one.
    @inline(__always)
    static func isRate(_ rate: Double) -> Bool { rate >= 0 && rate <= rateMaximum }

    /// Scores all sides by the adaptive method.
    @inline(__always)
    private func score(
        _ state: inout InterfaceState, _ sample: InterfaceSample, _ context: SampleContext
    ) -> SideScores {
        if state.sides.count < 4, Self.isRate(sample.rates[2]) || Self.isRate(sample.rates[3]) {
            while state.sides.count < 4 { state.sides.append(SideState()) }
        }
        var scores = SideScores()
        let capacity = Float(sample.capacity ?? 0)
        for place in state.sides.indices where Self.isRate(sample.rates[place]) {
            // A full line has at least as many packets as have their full size.
            let most = place < 2 ? capacity : capacity / Self.packetBits
            let limit = place < 2 ? settings.adaptive.saturationShare * capacity : 0
            let rate = Float(sample.rates[place])
            scores.scores[place] = score(&state.sides[place], rate, sample, most, saturatedFrom: limit, context)
            scores.isKnown[place] = true
            scores.note(place, threshold: Float(settings.adaptive.threshold), state.sides[place].runs, model)
        }
        return scores
    }

    @inline(__always)
    private func score(
        _ side: inout SideState, _ rate: Float, _ sample: InterfaceSample, _ capacity: Float,
        saturatedFrom limit: Float, _ context: SampleContext
    ) -> AdaptiveScore? {
        let milliseconds = sample.at.milliseconds
        guard !context.isExcluded else {
            return model.scoreOnly(
                &side.adaptive, rate: rate, at: milliseconds, place: context.place, capacity: capacity)
        }
        var isNewNormal = false
        for part in stride(from: parts(of: sample) - 1, to: 0, by: -1) {
            side.runs.note(rate, record: side.adaptive.record, saturatedFrom: limit)
            let at = milliseconds &- Int64(part) &* model.intervalMilliseconds
            let score = model.step(&side.adaptive, rate: rate, at: at, place: context.place, capacity: capacity)
            if score?.isNewNormal ?? false { isNewNormal = true }
        }
        side.runs.note(rate, record: side.adaptive.record, saturatedFrom: limit)
        var score = model.step(
            &side.adaptive, rate: rate, at: milliseconds, place: context.place, capacity: capacity)
        if isNewNormal { score?.isNewNormal = true }
        return score
    }

    /// How many of its own intervals a sample stands for: of history that was polled less often, each is as many
    /// samples of one rate, so that a day is a day in all that is counted.
    @inline(__always)
    func parts(of sample: InterfaceSample) -> Int {
        guard let seconds = sample.intervalSeconds, seconds > intervalSeconds else { return 1 }
        return max(1, min(3600, seconds) / max(1, intervalSeconds))
    }
}

/// What the adaptive method makes of the sides of a sample.
struct SideScores {
    var scores = InlineArray<4, AdaptiveScore?>(repeating: nil)
    var isKnown = InlineArray<4, Bool>(repeating: false)
    /// Whether any needs a closer look.
    var isAnyAboveThreshold = false

    @inline(__always)
    mutating func note(_ place: Int, threshold: Float, _ runs: TrafficRuns, _ model: AdaptiveModel) {
        let samples = model.settings.hardRuleSamples
        if let score = scores[place], abs(score.score) > threshold || score.isNewNormal { isAnyAboveThreshold = true }
        if runs.isSilent(samples: samples, perHour: model.perHour, busyHours: 1) { isAnyAboveThreshold = true }
        if runs.isSaturated(samples: samples, perHour: model.perHour) { isAnyAboveThreshold = true }
    }
}
