import Glibc
import Inventory

extension AdaptiveModel {
    /// Score from which a sample counts a quarter in what is learnt of deviations: less, but never nothing, as a scale
    /// that is too small would otherwise stay so for ever.
    private static let fullScoreMaximum = 6.0
    /// A mean absolute deviation times this is a standard deviation, for normal ones.
    private static let deviationFactor: Float = 1.2533

    /// The first two hours: their median places the logarithm and the first level.
    func begin(_ state: inout AdaptiveState, _ rate: Float, _ capacity: Double?) {
        state.push(rate)
        guard state.sampleCount >= firstSamples else { return }
        let median = (0..<Int(state.ringCount)).map { state.ring[$0] }.sorted()[Int(state.ringCount) / 2]
        state.firstMedian = max(median, 1)
        state.offsetRate = max(0.02 * state.firstMedian, Float(1e-4 * (capacity ?? 0)))
        state.firstLevel = logf(state.firstMedian + state.offsetRate)
        for hour in 0..<24 { state.riseScale[hour] = 0.1 * state.firstMedian.squareRoot() }
        (state.ringCount, state.ringPlace) = (0, 0)
    }

    /// Learns deviations and collects the visit; answers whether a slow deviation became the new normal.
    func learn(
        _ state: inout AdaptiveState, _ sample: Sample, _ place: HourPlace, score: Double, _ duration: AnomalyDuration
    ) -> Bool {
        let hour = place.hourOfDay
        state.scaleCount[hour] += state.scaleCount[hour] < UInt16.max ? 1 : 0
        let weight: Float = score >= Self.fullScoreMaximum ? 0.25 : 1
        let gain = max(1 / (Float(state.scaleCount[hour]) + 1), scaleGainMinimum) * weight
        if sample.fall < 0 {
            let scale = state.fallScale[hour]
            state.fallScale[hour] += gain * (Self.deviationFactor * min(-sample.fall, 4 * scale) - scale)
        } else {
            let scale = state.riseScale[hour]
            state.riseScale[hour] += gain * (Self.deviationFactor * min(sample.rise, 4 * max(scale, 1e-9)) - scale)
        }
        let limit = 3 * (state.visitVariance[hour] + 0.0009).squareRoot()
        state.hourSum += sample.level + min(limit, max(-limit, sample.deviation))
        state.hourCount += state.hourCount < UInt16.max ? 1 : 0
        return takeAsNewNormal(&state, score, duration)
    }

    /// A slow deviation that lasts is no deviation any more.
    private func takeAsNewNormal(_ state: inout AdaptiveState, _ score: Double, _ duration: AnomalyDuration) -> Bool {
        if score > settings.threshold, duration == .halfDay {
            state.slowAlarmCount += 1
        } else if score < 2 {
            state.slowAlarmCount = 0
        }
        guard Double(state.slowAlarmCount) > settings.newNormalHours * perHour else { return false }
        state.shiftLevels(by: state.slowOffset)
        (state.offset, state.slowOffset, state.slowAlarmCount) = (0, 0, 0)
        return true
    }

    /// Ends the hour before, one step of learning a visit, and begins the next.
    func beginHour(_ state: inout AdaptiveState, _ place: HourPlace) {
        if state.hourCount > 0, Double(state.hourCount) >= perHour / 2, state.offsetRate > 0, !state.hourIsHoliday {
            state.learnVisit(
                state.hourSum / Float(state.hourCount), hourOfWeek: Int(state.hourOfWeek), isDayOff: state.hourIsDayOff)
        }
        state.hour = place.hour
        state.hourOfWeek = UInt8(clamping: place.hourOfWeek)
        (state.hourIsDayOff, state.hourIsHoliday) = (place.isDayOff, place.isHoliday)
        (state.hourSum, state.hourCount) = (0, 0)
    }

    /// What is told of the sample.
    func verdict(
        _ state: AdaptiveState, _ sample: Sample, score: Double, _ duration: AnomalyDuration, usual: Float, _ isNewNormal: Bool
    ) -> AdaptiveVerdict {
        let limit = max(3, state.limits[0])
        let low = max(0, expf(usual - limit * sample.fallSpread) - state.offsetRate)
        let highRoot = sample.expected.squareRoot() + limit * sample.riseSpread
        return AdaptiveVerdict(
            expected: Double(sample.expected), low: Double(low), high: Double(highRoot * highRoot), score: score,
            duration: duration, offsetFactor: Double(expf(0.9 * state.offset)), isNewNormal: isNewNormal)
    }
}
