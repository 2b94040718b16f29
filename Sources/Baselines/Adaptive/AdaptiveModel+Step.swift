import Glibc
import Inventory

extension AdaptiveModel {
    /// Scores a sample and learns from it; nil while the first two hours are collected.
    ///
    /// - Parameters:
    ///   - rate: bit/s or packets/s; finite, not negative, and known to be true: resets and gaps are no samples.
    ///   - milliseconds: when it was read, since 1970; rising from call to call.
    ///   - place: the same moment in the week of the zone.
    ///   - capacity: the most the interface carries, in the same unit; 0 where it is not known.
    @inline(__always)
    func step(
        _ state: inout AdaptiveState, rate: Float, at milliseconds: Int64, place: HourPlace, capacity: Float
    ) -> AdaptiveScore? {
        if Int32(truncatingIfNeeded: place.hour) != state.hour { beginHour(&state, place) }
        noteTime(&state, milliseconds)
        state.sampleCount &+= state.sampleCount < .max ? 1 : 0
        guard state.offsetRate > 0 else {
            begin(&state, rate, capacity)
            return nil
        }
        var sample = measure(&state, rate, place)
        state.push(sample.standing)
        followOffsets(&state, sample)
        let standings = standings(&state, sample.standing)
        var score = judge(&state, standings)
        noteRecord(&state, rate)
        let expected = score.place == Self.slowPlace ? max(0, expf(sample.level) - state.offsetRate) : sample.expected
        if isSmall(rate, expected, &state, capacity) || isOrdinaryBurst(&state, sample) {
            let most = Float(settings.quietLimit) * 0.95
            score.value = min(most, max(-most, score.value))
        }
        if abs(score.slow) > Float(settings.threshold) {
            let usual = max(0, expf(sample.level) - state.offsetRate)
            score.isSlowWorthIt = !isSmall(rate, usual, &state, capacity) && !isOrdinaryBurst(&state, sample)
        }
        calibrate(&state, standings)
        sample.isNewNormal = learn(&state, sample, score)
        return told(sample, score, &state)
    }

    /// Scores a sample as `step` does, and leaves the state as it is but for what time makes of it: the ring begins
    /// anew, and today's offset fades.
    func scoreOnly(
        _ state: inout AdaptiveState, rate: Float, at milliseconds: Int64, place: HourPlace, capacity: Float
    ) -> AdaptiveScore? {
        guard state.offsetRate > 0 else { return nil }
        var copy = state
        let score = step(&copy, rate: rate, at: milliseconds, place: place, capacity: capacity)
        let (elapsed, isOverflow) = milliseconds.subtractingReportingOverflow(state.lastAt)
        let intervals = state.lastAt == .min || isOverflow ? 1 : Float(elapsed) / Float(intervalMilliseconds)
        fade(&state, intervals: intervals)
        state.lastAt = milliseconds
        state.clearRing()
        return score
    }

    /// Place of the half day among the durations.
    static let slowPlace: UInt8 = 4

    /// A sample and what the model makes of it.
    struct Measured {
        var rate: Float
        var level: Float = 0
        var usual: Float = 0
        var expected: Float = 0
        /// Of the logarithm from the level, and from the level with today's offset.
        var deviation: Float = 0
        var fall: Float = 0
        /// Of the square roots from what is expected.
        var rise: Float = 0
        var fallSpread: Float = 1
        var riseSpread: Float = 1
        var isNewNormal = false

        /// How many usual deviations it is away, negative for too little.
        var standing: Float { fall < 0 ? fall / fallSpread : rise / riseSpread }
    }

    /// The score and the place of the duration it comes from.
    struct Judged {
        var value: Float
        var place: UInt8
        /// What the half day alone says.
        var slow: Float = 0
        /// Whether that is an anomaly's, and worth a word.
        var isSlowWorthIt = false
    }

    /// Samples that did not come make the coverage less; a long time without any clears the ring, and lets today's
    /// offset fade.
    @inline(__always)
    private func noteTime(_ state: inout AdaptiveState, _ milliseconds: Int64) {
        let before = state.lastAt
        state.lastAt = milliseconds
        guard before != .min else { return }
        let (elapsed, isOverflow) = milliseconds.subtractingReportingOverflow(before)
        let isGap = elapsed > gapMilliseconds || isOverflow
        // The first hours are not judged together, but their median is of all of them.
        if isGap, state.offsetRate > 0 { state.clearRing() }
        if elapsed > intervalMilliseconds * 3 / 2 || isOverflow {
            let missed = Float(elapsed) / Float(intervalMilliseconds) - 1
            state.coverage *= isOverflow ? 0 : expf(-coverageGain * missed)
            if isGap { fade(&state, intervals: isOverflow ? .greatestFiniteMagnitude : missed) }
        }
        state.coverage += coverageGain * (1 - state.coverage)
    }

    /// What nobody confirmed for so many intervals is the less true of today.
    private func fade(_ state: inout AdaptiveState, intervals: Float) {
        state.offset *= expf(-offsetLoss * max(0, intervals))
        state.recentOffset = 0
    }

    @inline(__always)
    private func measure(_ state: inout AdaptiveState, _ rate: Float, _ place: HourPlace) -> Measured {
        let scale = state.scales[Int(state.hourOfWeek) % 24]
        var sample = Measured(rate: rate)
        // The centre of the part of the hour that is the sample's, wherever in it the poll happens to be.
        let fraction = perHour > 1 ? ((Float(place.fraction) * perHour).rounded(.down) + 0.5) / perHour : 0.5
        sample.level = state.level(at: fraction)
        // No rate there is has a logarithm beyond these.
        sample.usual = min(50, max(-50, sample.level + settings.offsetShare * state.offset))
        let logarithm = logf(rate + state.offsetRate)
        sample.deviation = logarithm - sample.level
        sample.fall = logarithm - sample.usual
        sample.expected = max(0, expf(sample.usual) - state.offsetRate)
        sample.rise = rate.squareRoot() - sample.expected.squareRoot()
        sample.fallSpread = (scale.fall * scale.fall + settings.fallFloor * settings.fallFloor).squareRoot()
        sample.riseSpread =
            (scale.rise * scale.rise + settings.riseFloor * settings.riseFloor * sample.expected
            + riseMedianFloorSquared * state.firstMedian).squareRoot()
        return sample
    }

    /// Today's offset and the slow one, and its usual size.
    @inline(__always)
    private func followOffsets(_ state: inout AdaptiveState, _ sample: Measured) {
        let limit = 3 * max(state.scales[Int(state.hourOfWeek) % 24].fall, settings.fallFloor)
        state.offset = state.offset * offsetKept + offsetGain * min(limit, max(-limit, sample.fall))
        let deviation = min(3, max(-3, sample.deviation))
        state.recentOffset += recentGain * (sample.deviation - state.recentOffset)
        state.slowOffset += slowGain * (deviation - state.slowOffset)
        let isYoung = state.sampleCount < 3 * daySamples
        let gain = isYoung ? 1 / Float(max(daySamples, state.sampleCount)) : slowScaleGain
        state.slowScale += gain * (abs(state.slowOffset) - state.slowScale)
    }

    /// How far each duration stands from the usual.
    @inline(__always)
    private func standings(_ state: inout AdaptiveState, _ now: Float) -> InlineArray<5, Float> {
        let weakest = state.weakest
        return [
            now, state.medianOfThree, weakest.six, weakest.twentyFour,
            state.slowOffset / max(state.slowScale, settings.slowScaleMinimum),
        ]
    }

    /// The highest score and the duration it comes from.
    @inline(__always)
    private func judge(_ state: inout AdaptiveState, _ standings: InlineArray<5, Float>) -> Judged {
        var best = Judged(value: 0, place: 0)
        for place in 0..<5 {
            let weights = standings[place] < 0 ? settings.fallWeights : settings.riseWeights
            let score = weights[place] * 3 * standings[place] / max(settings.limitMinimum, state.limits[place])
            if abs(score) > abs(best.value) { (best.value, best.place) = (score, UInt8(place)) }
            if place == Int(Self.slowPlace) { best.slow = score }
        }
        return best
    }

    /// Whether it is too little to be worth a word.
    @inline(__always)
    private func isSmall(_ rate: Float, _ expected: Float, _ state: inout AdaptiveState, _ capacity: Float) -> Bool {
        let difference = abs(rate - expected)
        let least = capacity > 0 ? settings.capacityShareMinimum * capacity : settings.recordShareMinimum * state.record
        return difference < settings.relativeMinimum * expected || difference < least
    }

    /// Whether it is a burst as the port has them: mostly idle, and not near its record.
    @inline(__always)
    private func isOrdinaryBurst(_ state: inout AdaptiveState, _ sample: Measured) -> Bool {
        state.idleShare > settings.idleShareMinimum && sample.fall > 0
            && sample.rate < settings.idleRecordShare * state.record
            && !(state.burstRecord > 0 && state.burst > settings.burstFactor * state.burstRecord)
    }

    /// What bursts carry: one may be out of the usual by how long it lasts, though its rate is no record.
    @inline(__always)
    private func noteBurst(_ state: inout AdaptiveState, _ rate: Float) {
        if rate < 0.1 * state.record {
            if state.burst > 0 {
                // One burst doubles it at most: what was an event does not hide the next one.
                let most = state.burstRecord > 0 ? 2 * state.burstRecord : state.burst
                state.burstRecord = max(state.burstRecord, min(state.burst, most))
            }
            state.burst = 0
        } else {
            state.burst += rate
        }
        state.burstRecord *= recordDecay
    }

    /// The record is that of the hours before, so that the samples of one burst are all compared with the same.
    @inline(__always)
    func noteRecord(_ state: inout AdaptiveState, _ rate: Float) {
        noteBurst(&state, rate)
        state.record = max(state.record * recordDecay, state.offsetRate > 0 ? 0 : rate)
        state.hourMaximum = max(state.hourMaximum, rate)
        state.idleShare += idleGain * ((rate < 0.1 * state.record ? 1 : 0) - state.idleShare)
    }

    /// Raises the limit of a duration that begins to exceed it, unless by far; lets all others sink.
    @inline(__always)
    private func calibrate(_ state: inout AdaptiveState, _ standings: InlineArray<5, Float>) {
        for place in 0..<5 {
            let (size, limit) = (abs(standings[place]), state.limits[place])
            let bit = UInt8(1) << UInt8(place)
            // A slow rise crosses each new limit: it is one onset until it has gone.
            let isSame =
                UInt8(place) == Self.slowPlace && state.exceeded & bit != 0 && size > settings.slowRearm * limit
            let exceeds = size > limit || isSame
            if size > limit, state.exceeded & bit == 0, size < settings.farFactor * limit {
                state.limits[place] = min(settings.limitMaximum, settings.limitRise * limit)
            } else {
                state.limits[place] = max(settings.limitMinimum, limit * limitDecay)
            }
            state.exceeded = exceeds ? state.exceeded | bit : state.exceeded & ~bit
        }
    }
}
