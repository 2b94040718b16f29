import Inventory

/// What a sample is to an anomaly.
extension Detector {
    func follow(
        _ state: inout InterfaceState, _ finding: inout SideFinding, _ sample: InterfaceSample,
        _ context: SampleContext,
        _ scores: SideScores, _ place: Int
    ) {
        guard let open = state.episodes.firstIndex(where: { $0.side == place }) else {
            guard !context.isExcluded, let verdict = finding.verdict, verdict.isAnomaly else { return }
            let tracked = TrackedEpisode(
                moment(state, finding, verdict, sample, context, scores, place), side: place)
            state.episodes.append(tracked)
            return (finding.event, finding.episode) = (.start, tracked.episode)
        }
        let seenAt = state.episodes[open].seenAt
        state.episodes[open].seenAt = sample.at
        // What began before the first sample is of another use of the port.
        let isOfAnother = state.since.map { state.episodes[open].episode.startedAt < $0 } ?? false
        if isOfAnother || isSilence(from: seenAt, to: sample.at) { return end(&state, open, &finding, at: seenAt) }
        if state.episodes[open].episode.mode != context.raising || context.isExcluded {
            return end(&state, open, &finding, at: sample.at)
        }
        proceed(
            &state, &finding,
            finding.verdict.map { moment(state, finding, $0, sample, context, scores, place) }, open,
            parts: parts(of: sample))
        if finding.isNewNormal, state.episodes[open].isOpen {
            state.episodes[open].episode.becameNormal = true
            end(&state, open, &finding, at: sample.at)
        }
    }

    private func proceed(
        _ state: inout InterfaceState, _ finding: inout SideFinding, _ moment: EpisodeMoment?, _ open: Int,
        parts: Int
    ) {
        if let moment, moment.verdict.isAnomaly {
            state.episodes[open].proceed(moment)
            (finding.event, finding.episode) = (.ongoing, state.episodes[open].episode)
        } else if state.episodes[open].isOpen {
            // Without an opinion nothing speaks for its going on.
            let score = moment.map { $0.mode == .classic ? 0 : abs($0.verdict.score) } ?? 0
            let isOver = state.episodes[open].rest(
                at: finding.at, moment, isQuiet: score < settings.adaptive.quietLimit, quietSamples: quietSamples,
                parts: parts)
            (finding.event, finding.episode) = (isOver ? .end : .ongoing, state.episodes[open].episode)
        }
    }

    /// Ends what goes on at a side of which nothing is known any more.
    func endUnknown(
        _ state: inout InterfaceState, _ sample: InterfaceSample, _ raising: DetectionMode, _ scores: SideScores,
        _ findings: inout [SideFinding]
    ) {
        for open in state.episodes.indices.reversed() {
            let (side, seenAt) = (Int(state.episodes[open].side), state.episodes[open].seenAt)
            guard !scores.isKnown[side], isSilence(from: seenAt, to: sample.at) else { continue }
            var finding = SideFinding(side: TrafficSide.all[side], at: sample.at, value: .nan, raising: raising)
            end(&state, open, &finding, at: seenAt)
            if finding.event != nil { findings.append(finding) }
        }
    }

    private func isSilence(from seenAt: Timestamp, to now: Timestamp) -> Bool {
        now.milliseconds &- seenAt.milliseconds > Self.silenceMilliseconds
    }

    /// Ends an anomaly for good: it does not go on.
    private func end(_ state: inout InterfaceState, _ open: Int, _ finding: inout SideFinding, at moment: Timestamp) {
        let tracked = state.episodes.remove(at: open)
        guard tracked.isOpen else { return }
        var episode = tracked.episode
        episode.endedAt = moment
        (finding.event, finding.episode) = (.end, episode)
    }

    private func moment(
        _ state: InterfaceState, _ finding: SideFinding, _ verdict: ModeVerdict, _ sample: InterfaceSample,
        _ context: SampleContext, _ scores: SideScores, _ place: Int
    ) -> EpisodeMoment {
        let peer = place ^ 1
        let peerExpected = scores.scores[peer].map { Double($0.expected) }
        let sign: AnomalyKind = verdict.score < 0 ? .trafficDrop : .trafficSpike
        let classicKind =
            context.raising == .classic && place < 2
            ? state.classic?.kind(finding.side.direction, rate: finding.value, place: context.place) : nil
        // How far traffic that never changed may stray is not known.
        let isConstant =
            context.raising == .classic && place < 2
            && state.classic?.isConstant(finding.side.direction, place: context.place) ?? false
        let severity = isConstant ? .low : AnomalySeverity(score: verdict.score) ?? .low
        let share = sample.capacity.map { finding.value / $0 } ?? 0
        return EpisodeMoment(
            mode: context.raising, at: sample.at, value: finding.value, verdict: verdict, kind: classicKind ?? sign,
            severity: severity, other: Self.other(finding, state, place),
            peerActual: Self.isRate(sample.rates[peer]) ? sample.rates[peer] : .nan,
            peerExpected: peerExpected ?? .nan, evidence: sample.evidence,
            isSaturated: place < 2 && share > Double(settings.adaptive.saturationShare))
    }

    /// What the other method says; nil where it does not watch: classic without samples, and packets.
    private static func other(_ finding: SideFinding, _ state: InterfaceState, _ place: Int) -> OtherVerdict? {
        let mode: DetectionMode = finding.raising == .classic ? .adaptive : .classic
        guard mode == .adaptive || (place < 2 && state.classic != nil) else { return nil }
        let verdict = finding.otherVerdict
        return OtherVerdict(mode: mode, score: verdict?.score, isAnomaly: verdict?.isAnomaly ?? false)
    }
}

extension TrackedEpisode {
    var isOpen: Bool { episode.endedAt == nil }
}

extension InterfaceState {
    /// Forgets anomalies that are over for so long that they cannot go on.
    mutating func forgetEpisodes(before now: Timestamp, within milliseconds: Int64) {
        episodes.removeAll { tracked in
            guard let end = tracked.episode.endedAt else { return false }
            return now.milliseconds &- end.milliseconds > milliseconds
        }
    }
}
