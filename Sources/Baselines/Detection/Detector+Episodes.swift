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
        if sample.at.milliseconds &- seenAt.milliseconds > Self.silenceMilliseconds {
            return end(&state, open, &finding, at: seenAt)
        }
        if state.episodes[open].episode.mode != context.raising || context.isExcluded {
            return end(&state, open, &finding, at: sample.at)
        }
        if let verdict = finding.verdict {
            proceed(&state, &finding, moment(state, finding, verdict, sample, context, scores, place), open)
        } else if state.episodes[open].isOpen {
            (finding.event, finding.episode) = (.ongoing, state.episodes[open].episode)
        }
        if finding.isNewNormal, state.episodes[open].isOpen {
            state.episodes[open].episode.becameNormal = true
            end(&state, open, &finding, at: sample.at)
        }
    }

    private func proceed(
        _ state: inout InterfaceState, _ finding: inout SideFinding, _ moment: EpisodeMoment, _ open: Int
    ) {
        if moment.verdict.isAnomaly {
            state.episodes[open].proceed(moment)
            (finding.event, finding.episode) = (.ongoing, state.episodes[open].episode)
        } else if state.episodes[open].isOpen {
            let isQuiet = moment.mode == .classic || abs(moment.verdict.score) < settings.adaptive.quietScore
            let isOver = state.episodes[open].rest(moment, isQuiet: isQuiet, quietSamples: quietSamples)
            (finding.event, finding.episode) = (isOver ? .end : .ongoing, state.episodes[open].episode)
        }
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
        let share = sample.capacity.map { finding.value / $0 } ?? 0
        return EpisodeMoment(
            mode: context.raising, at: sample.at, value: finding.value, verdict: verdict, kind: classicKind ?? sign,
            severity: AnomalySeverity(score: verdict.score) ?? .low,
            other: Self.other(finding), peerActual: Self.isRate(sample.rates[peer]) ? sample.rates[peer] : .nan,
            peerExpected: peerExpected ?? .nan, evidence: sample.evidence,
            isSaturated: place < 2 && share > Double(settings.adaptive.saturationShare))
    }

    private static func other(_ finding: SideFinding) -> OtherVerdict? {
        let mode: DetectionMode = finding.raising == .classic ? .adaptive : .classic
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
