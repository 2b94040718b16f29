import Glibc
import Inventory

extension AdaptiveModel {
    /// The floor under the deviations of falls, in logarithms.
    private static let fallFloor: Float = 0.03
    /// The floor under those of rises, as a share of the square root of what is expected.
    private static let riseFloor: Float = 0.015
    /// Milliseconds without a sample after which earlier ones are not judged together with the next.
    private static let gapMilliseconds: Int64 = 30 * 60_000

    /// Scores a sample and learns from it; nil while the first two hours are collected.
    ///
    /// - Parameters:
    ///   - rate: bit/s or packets/s; finite, not negative, and known to be true: resets and gaps are no samples.
    ///   - milliseconds: when it was read, since 1970; rising from call to call.
    ///   - place: the same moment in the week of the zone.
    ///   - capacity: the most the interface carries, in the same unit; nil where it is not known.
    ///   - learns: false for ranges that are excluded; the sample is scored all the same.
    public func step(
        _ state: inout AdaptiveState, rate: Double, at milliseconds: Int64, place: HourPlace, capacity: Double?,
        learns: Bool = true
    ) -> AdaptiveVerdict? {
        if place.hour != state.hour { beginHour(&state, place) }
        if state.lastAt != .min, milliseconds - state.lastAt > Self.gapMilliseconds { state.ringCount = 0 }
        state.lastAt = milliseconds
        state.sampleCount &+= 1
        guard state.offsetRate > 0 else {
            begin(&state, Float(rate), capacity)
            return nil
        }
        return score(&state, Sample(Float(rate), capacity.map { Float($0) }), place, learns: learns)
    }

    /// A sample and what the model makes of it.
    struct Sample {
        var rate: Float
        var capacity: Float?
        var level: Float = 0
        var expected: Float = 0
        /// Of the logarithm from the level, and from the level with today's offset.
        var deviation: Float = 0
        var fall: Float = 0
        /// Of the square roots from what is expected.
        var rise: Float = 0
        var fallSpread: Float = 1
        var riseSpread: Float = 1

        init(_ rate: Float, _ capacity: Float?) {
            self.rate = rate
            self.capacity = capacity
        }

        /// How many usual deviations it is away, negative for too little.
        var standing: Float { fall < 0 ? fall / fallSpread : rise / riseSpread }
    }

    private func score(
        _ state: inout AdaptiveState, _ sample: Sample, _ place: HourPlace, learns: Bool
    ) -> AdaptiveVerdict {
        let hour = place.hourOfDay
        var sample = sample
        sample.level = state.level(at: place)
        let usual = sample.level + 0.9 * state.offset
        let logarithm = logf(sample.rate + state.offsetRate)
        sample.deviation = logarithm - sample.level
        sample.fall = logarithm - usual
        sample.expected = max(0, expf(usual) - state.offsetRate)
        sample.rise = sample.rate.squareRoot() - sample.expected.squareRoot()
        sample.fallSpread = hypotf(state.fallScale[hour], Self.fallFloor)
        sample.riseSpread =
            (state.riseScale[hour] * state.riseScale[hour] + Self.riseFloor * Self.riseFloor * sample.expected
            + 1e-4 * state.firstMedian).squareRoot()
        state.push(sample.standing)
        followOffsets(&state, sample, hour)
        let standings = standings(state)
        var (score, duration) = judge(state, standings)
        noteRecord(&state, sample.rate)
        if isSmall(sample) || isOrdinaryBurst(state, sample) { score = min(score, settings.threshold) }
        calibrate(&state, standings)
        let isNewNormal = learns && learn(&state, sample, place, score: score, duration)
        let side: Float = standings[AnomalyDuration.allCases.firstIndex(of: duration) ?? 0] < 0 ? -1 : 1
        return verdict(state, sample, score: score * Double(side), duration, usual: usual, isNewNormal)
    }

    /// Today's offset and the slow one, and its usual size.
    private func followOffsets(_ state: inout AdaptiveState, _ sample: Sample, _ hour: Int) {
        let limit = 3 * max(state.fallScale[hour], Self.fallFloor)
        state.offset = state.offset * (1 - Float(0.02 / perHour)) + offsetGain * min(limit, max(-limit, sample.fall))
        state.slowOffset += slowGain * (min(3, max(-3, sample.deviation)) - state.slowOffset)
        let seen = Float(max(daySamples, state.sampleCount))
        let gain = state.sampleCount < 3 * daySamples ? 1 / seen : 1 / (21 * Float(perHour) * 24)
        state.slowScale += gain * (abs(state.slowOffset) - state.slowScale)
    }

    /// How far each duration stands from the usual.
    private func standings(_ state: AdaptiveState) -> InlineArray<5, Float> {
        [
            state.recent(0), state.medianOfThree, state.weakest(of: 6), state.weakest(of: 24),
            state.slowOffset / max(state.slowScale, 0.05),
        ]
    }

    /// The highest score and the duration it comes from.
    private func judge(_ state: AdaptiveState, _ standings: InlineArray<5, Float>) -> (Double, AnomalyDuration) {
        var best: (score: Float, place: Int) = (0, 0)
        for place in 0..<5 {
            let score = 3 * abs(standings[place]) / max(3, state.limits[place])
            if score > best.score { best = (score, place) }
        }
        return (Double(best.score) * settings.threshold / 3, AnomalyDuration.allCases[best.place])
    }

    /// Whether it is too little to be worth a word.
    private func isSmall(_ sample: Sample) -> Bool {
        let difference = abs(sample.rate - sample.expected)
        return difference < Float(settings.relativeMinimum) * sample.expected
            || difference < Float(settings.capacityShareMinimum) * (sample.capacity ?? 0)
    }

    /// Whether it is a burst as the port has them: mostly idle, and not near its record.
    private func isOrdinaryBurst(_ state: AdaptiveState, _ sample: Sample) -> Bool {
        state.idleShare > 0.5 && sample.fall > 0 && sample.rate < 0.9 * state.record
    }

    private func noteRecord(_ state: inout AdaptiveState, _ rate: Float) {
        state.record = max(state.record * recordDecay, rate)
        state.idleShare += idleGain * ((rate < 0.1 * state.record ? 1 : 0) - state.idleShare)
    }

    /// Raises the limit of a duration that begins to exceed it, unless by far; lets all others sink.
    private func calibrate(_ state: inout AdaptiveState, _ standings: InlineArray<5, Float>) {
        for place in 0..<5 {
            let (size, limit) = (abs(standings[place]), state.limits[place])
            let bit = UInt8(1) << UInt8(place)
            let exceeds = size > limit
            if exceeds, state.exceeded & bit == 0, size < 2.5 * limit {
                state.limits[place] = min(12, 1.12 * limit)
            } else {
                state.limits[place] = max(2, limit * limitDecay)
            }
            state.exceeded = exceeds ? state.exceeded | bit : state.exceeded & ~bit
        }
    }
}

extension AdaptiveState {
    /// Keeps the last deviations.
    mutating func push(_ standing: Float) {
        ring[Int(ringPlace)] = standing
        ringPlace = (ringPlace + 1) % 24
        ringCount = min(24, ringCount + 1)
    }

    /// The deviation so many samples ago.
    func recent(_ age: Int) -> Float {
        age < Int(ringCount) ? ring[(Int(ringPlace) + 23 - age) % 24] : 0
    }

    /// The middle one of the last three; 0 where there are fewer.
    var medianOfThree: Float {
        guard ringCount >= 3 else { return 0 }
        let (a, b, c) = (recent(0), recent(1), recent(2))
        return max(min(a, b), min(max(a, b), c))
    }

    /// The smallest of the last ones where all are on one side; 0 where they are not, or there are fewer.
    func weakest(of count: Int) -> Float {
        guard Int(ringCount) >= count else { return 0 }
        let first = recent(0)
        var smallest = abs(first)
        for age in 1..<count {
            let standing = recent(age)
            if standing * first <= 0 { return 0 }
            smallest = min(smallest, abs(standing))
        }
        return first < 0 ? -smallest : smallest
    }
}
