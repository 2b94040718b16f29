import Inventory

/// The rest of a step, which few samples need: verdicts, and what they are to an anomaly.
extension Detector {
    /// The score of what a rule says that needs nothing learnt: of medium severity, as how far it is out is not known.
    private static let hardRuleScore = 4.0
    /// The confidence of such a rule.
    private static let hardRuleConfidence = 0.5

    func judge(
        _ state: inout InterfaceState, _ sample: InterfaceSample, _ context: SampleContext, _ scores: SideScores,
        _ findings: inout [SideFinding], everySample: Bool
    ) {
        for place in state.sides.indices where scores.isKnown[place] {
            var finding = SideFinding(
                side: TrafficSide.all[place], at: sample.at, value: sample.rates[place], raising: context.raising)
            finding.adaptive = scores.scores[place].flatMap { adaptive(state.sides[place], $0, sample, place) }
            if finding.adaptive == nil { finding.adaptive = hardRule(state.sides[place], sample, place, expected: nil) }
            finding.classic = classic(state, sample, context.place, place)
            finding.isNewNormal = scores.scores[place]?.isNewNormal ?? false
            if !context.isExcluded, let adaptive = finding.adaptive, adaptive.isAnomaly {
                state.sides[place].lastSpoke = scores.scores[place].flatMap { spoke(adaptive, $0) }
            }
            follow(&state, &finding, sample, context, scores, place)
            if everySample || finding.event != nil { findings.append(finding) }
        }
        if !state.episodes.isEmpty { endUnknown(&state, sample, context.raising, scores, &findings) }
    }

    /// The duration whose limit was exceeded; nil where it was a rule that spoke, which has no limit.
    private func spoke(_ verdict: ModeVerdict, _ score: AdaptiveScore) -> UInt8? {
        verdict.score == Double(score.score) ? score.durationPlace : nil
    }

    /// What the adaptive method says; where it is not sure enough, what the rules say that need nothing learnt.
    private func adaptive(
        _ side: SideState, _ score: AdaptiveScore, _ sample: InterfaceSample, _ place: Int
    ) -> ModeVerdict {
        let (confidence, visits) = model.confidence(side.adaptive, score)
        var band = score.band
        // No line carries more than it can, however wide the band of a young hour is.
        if place < 2, let capacity = sample.capacity {
            band.high = min(band.high, max(capacity, Double(score.expected)))
        }
        let isAbove = abs(Double(score.score)) > settings.adaptive.threshold
        var verdict = ModeVerdict(
            expected: Double(score.expected), low: band.low, high: band.high, score: Double(score.score),
            isAnomaly: isAbove && confidence >= settings.minimumConfidence, confidence: confidence, visits: visits,
            duration: AnomalyDuration.allCases[Int(score.durationPlace)], offsetFactor: score.offsetFactor)
        if verdict.isAnomaly { return verdict }
        guard let rule = hardRule(side, sample, place, expected: score, confidence: confidence) else { return verdict }
        (verdict.low, verdict.high, verdict.score) = (rule.low, rule.high, rule.score)
        verdict.confidence = max(confidence, rule.confidence)
        (verdict.isAnomaly, verdict.duration) = (true, rule.duration)
        return verdict
    }

    /// What the rules say that need nothing learnt; nil where they have nothing to say.
    ///
    /// No traffic for three samples after an hour with some (after a week: a day), where the confidence does not
    /// suffice. A full line for three samples after an hour in which it was not: also where it does, unless that is
    /// expected.
    private func hardRule(
        _ side: SideState, _ sample: InterfaceSample, _ place: Int, expected score: AdaptiveScore?,
        confidence: Double = 0
    ) -> ModeVerdict? {
        let samples = settings.adaptive.hardRuleSamples
        // After a week, a port that is not understood yet is one whose traffic comes and goes.
        let busyHours: Float = side.adaptive.sampleCount < 7 * model.daySamples ? 1 : 24
        let isUnsure = confidence < settings.minimumConfidence
        let expected = score.map { Double($0.expected) } ?? Double(side.adaptive.record)
        var verdict = ModeVerdict(
            expected: expected, low: expected / 2, high: expected * 2, score: Self.hardRuleScore, isAnomaly: true,
            confidence: Self.hardRuleConfidence, visits: 0, duration: .threeSamples)
        if isUnsure, side.runs.isSilent(samples: samples, perHour: model.perHour, busyHours: busyHours) {
            verdict.score = -Self.hardRuleScore
            return verdict
        }
        guard let capacity = sample.capacity, place < 2,
            side.runs.isSaturated(samples: samples, perHour: model.perHour),
            score.map({ Double($0.expected) < 0.8 * capacity }) ?? true
        else { return nil }
        if score == nil { verdict.expected = capacity / 2 }
        (verdict.low, verdict.high) = (0, 0.8 * capacity)
        return verdict
    }

    private func classic(
        _ state: InterfaceState, _ sample: InterfaceSample, _ hour: HourPlace, _ place: Int
    ) -> ModeVerdict? {
        guard place < 2, let classic = state.classic else { return nil }
        return classic.verdict(
            place == 0 ? .inbound : .outbound, rate: sample.rates[place], place: hour, capacity: sample.capacity,
            settings: settings, isYoung: ClassicState.isYoung(since: state.since, at: sample.at))
    }
}
