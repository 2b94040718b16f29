import Glibc
import Inventory

extension AdaptiveModel {
    /// A mean absolute deviation times this is a standard deviation, for normal ones.
    private static let deviationFactor: Float = 1.2533

    /// The first two hours: the median of up to 24 of their samples places the logarithm and the first level.
    func begin(_ state: inout AdaptiveState, _ rate: Float, _ capacity: Float) {
        noteRecord(&state, rate)
        // Logarithms in the ring's units, of up to 10^15: 34.5 of 125.
        if state.sampleCount % firstStride == 0 || state.ringCount == 0 { state.push(logf(rate + 1)) }
        guard state.sampleCount >= firstSamples else { return }
        let count = Int(state.ringCount)
        let median = expf(Float((0..<count).map { state.ring[$0] }.sorted()[count / 2]) / 256) - 1
        state.firstMedian = max(median, 1)
        state.limits = InlineArray(repeating: settings.limitStart)
        state.offsetRate = max(0.02 * state.firstMedian, 1e-4 * capacity)
        // The level is the median itself: raised to the floor, a port without traffic would seem to lack some.
        state.firstLevel = logf(max(0, median) + state.offsetRate)
        for hour in 0..<24 { state.scales[hour].rise = 0.1 * state.firstMedian.squareRoot() }
        state.clearRing()
        state.lookUpLevels()
    }

    /// Learns deviations and collects the visit; answers whether a slow deviation became the new normal.
    @inline(__always)
    func learn(_ state: inout AdaptiveState, _ sample: Measured, _ score: Judged) -> Bool {
        let hour = Int(state.hourOfWeek) % 24
        var scale = state.scales[hour]
        scale.count += scale.count < UInt16.max ? 1 : 0
        let weight = abs(score.value) >= settings.wildScore ? settings.wildWeight : 1
        let gain = max(1 / (Float(scale.count) + 1), scaleGainMinimum) * weight
        if sample.fall < 0 {
            scale.fall += gain * (Self.deviationFactor * min(-sample.fall, 4 * scale.fall) - scale.fall)
        } else {
            let most = 4 * max(scale.rise, 1e-9)
            scale.rise += gain * (Self.deviationFactor * min(sample.rise, most) - scale.rise)
        }
        state.scales[hour] = scale
        let between = scale.visitDeviation
        let limit = settings.visitClip * (between * between + settings.fallFloor * settings.fallFloor).squareRoot()
        state.hourSum += sample.level + min(limit, max(-limit, sample.deviation))
        state.hourCount += state.hourCount < UInt16.max ? 1 : 0
        return lastsSoLong(&state, score)
    }

    /// A slow deviation that lasts is no deviation any more.
    @inline(__always)
    private func lastsSoLong(_ state: inout AdaptiveState, _ score: Judged) -> Bool {
        if isBack(&state) { return true }
        // What the half day alone says: another duration may be farther out.
        if score.isSlowWorthIt {
            state.slowAlarmCount += state.slowAlarmCount < UInt16.max ? 1 : 0
        } else if Double(abs(score.slow)) < settings.quietLimit {
            state.slowAlarmCount = 0
        }
        guard state.slowAlarmCount > newNormalSamples else { return false }
        // Where its mean was clipped, only the last half hour says where traffic is.
        let shift = abs(state.slowOffset) > 2 ? state.recentShift : state.slowOffset
        state.takeAsNewNormal(shift)
        (state.lastShift, state.shiftHours) = (shift, UInt8(max(0, min(255, settings.shiftKeptHours))))
        return true
    }

    /// Traffic that is back for an hour where it was before levels moved: they move back.
    @inline(__always)
    private func isBack(_ state: inout AdaptiveState) -> Bool {
        guard state.lastShift != 0 else { return false }
        let isBack = abs(state.recentOffset + state.lastShift) < 0.35 * abs(state.lastShift)
        state.backCount = isBack ? state.backCount + 1 : 0
        guard Float(state.backCount) >= max(2, perHour) else { return false }
        state.takeAsNewNormal(-state.lastShift)
        return true
    }

    /// Ends the hour before, one step of learning a visit, and begins the next.
    func beginHour(_ state: inout AdaptiveState, _ place: HourPlace) {
        let isEnough = state.hourCount > 0 && Float(state.hourCount) >= perHour / 2
        // A Sunday that is a holiday is a Sunday.
        if isEnough, state.offsetRate > 0, !state.hourIsHoliday || state.hourOfWeek < 24 {
            state.learnVisit(state.hourSum / Float(state.hourCount), settings)
        }
        let passed = max(1, min(255, place.hour &- Int64(state.hour)))
        state.hour = Int32(truncatingIfNeeded: place.hour)
        state.hourOfWeek = UInt8(min(167, max(0, place.hourOfWeek)))
        (state.hourIsDayOff, state.hourIsHoliday) = (place.isDayOff, place.isHoliday)
        (state.hourSum, state.hourCount) = (0, 0)
        (state.record, state.hourMaximum) = (max(state.record, state.hourMaximum), 0)
        state.shiftHours -= min(state.shiftHours, UInt8(passed))
        if state.shiftHours == 0 { state.lastShift = 0 }
        // A port that was idle at first and is busy now: logarithms of its noise would say more than those of its
        // traffic.
        if state.offsetRate > 0, state.offsetRate < 1e-5 * state.record { state.setOffsetRate(1e-4 * state.record) }
        state.lookUpLevels()
    }

    /// What is told of the sample.
    @inline(__always)
    func told(_ sample: Measured, _ score: Judged, _ state: inout AdaptiveState) -> AdaptiveScore {
        var told = AdaptiveScore(
            score: score.value, durationPlace: score.place, isNewNormal: sample.isNewNormal, expected: sample.expected,
            usual: sample.usual, offset: sample.usual - sample.level, offsetRate: state.offsetRate,
            fallSpread: sample.fallSpread / settings.fallWeights[0],
            riseSpread: sample.riseSpread / settings.riseWeights[0], limit: max(settings.limitMinimum, state.limits[0]))
        guard score.place == Self.slowPlace, abs(score.value) > Float(settings.quietLimit) else { return told }
        // Half a day is judged without today's offset, which has followed it long since.
        told.usual = sample.level
        told.expected = max(0, expf(sample.level) - state.offsetRate)
        told.fallSpread = max(state.slowScale, settings.slowScaleMinimum)
        told.riseSpread = told.fallSpread / 2 * (told.expected + state.offsetRate).squareRoot()
        told.limit = max(settings.limitMinimum, state.limits[Int(Self.slowPlace)])
        return told
    }

    /// How far a verdict in the hour at work can be trusted, 0 to 1, with the visits behind it.
    ///
    /// Visits of this hour of the week count, those of other days of the same kind for a part; less where samples are
    /// missing, and where visits differ much from each other. Today's offset is known after a day without any visit.
    func confidence(_ state: AdaptiveState, _ score: AdaptiveScore) -> (value: Double, visits: Int) {
        let (own, known) = state.visitsKnown(share: settings.otherDayShare, max: settings.otherDayMaximum)
        // Where no day of this kind was seen at this hour, only what is far out counts.
        let isKindKnown = known > 0 || abs(score.score) >= settings.wildScore
        let tracked = isKindKnown ? settings.trackedVisits * min(1, Float(state.sampleCount) / Float(daySamples)) : 0
        let count = score.durationPlace < 3 ? max(known, tracked) : known
        let ratio = state.scales[Int(state.hourOfWeek) % 24].visitDeviation / settings.confidenceDeviation
        return (Double(count / (count + 1) * state.coverage / (1 + ratio * ratio)), own)
    }
}
