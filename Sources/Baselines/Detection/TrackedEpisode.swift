import Inventory

/// An anomaly while it goes on, and for half an hour after, in which it may go on.
///
/// It begins with a sample that is an anomaly and ends with the last of so many quiet ones in a row; a further anomaly
/// within half an hour of the end continues it.
struct TrackedEpisode: Sendable {
    /// What is told of it.
    var episode: Episode
    /// Place of its side in `TrafficSide.all`.
    let side: UInt8
    /// Quiet samples in a row.
    var quiet: UInt16 = 0
    /// Its side's last sample.
    var seenAt: Timestamp
    /// Whether its last anomaly was too little.
    var isFall: Bool
    /// The last two times that the sign changed, milliseconds since 1970.
    var flips = SIMD2(repeating: Int64.min)
    /// Whether there was as good as no traffic.
    var isNothing = false
    /// The last three times that traffic went between nothing and the usual.
    var crossings = SIMD3(repeating: Int64.min)
    /// Whether the half-day duration saw it first.
    let beganSlowly: Bool

    /// Milliseconds within which changes count together.
    private static let hour: Int64 = 3_600_000
    /// Seconds after which a deviation that goes on is another level.
    private static let levelSeconds = 12.0 * 3600

    /// An anomaly at its first sample.
    init(_ moment: EpisodeMoment, side: Int) {
        let verdict = moment.verdict
        isFall = verdict.score < 0
        beganSlowly = verdict.duration == .halfDay
        self.side = UInt8(side)
        seenAt = moment.at
        episode = Episode(
            mode: moment.mode, at: moment.at, actual: moment.value, verdict: verdict, kind: moment.kind,
            pattern: .unusual, severity: moment.severity)
        isNothing = moment.isNothing
        if isNothing { crossings[2] = moment.at.milliseconds }
        notePeak(moment)
        episode.pattern = pattern(moment)
    }

    /// An anomaly as it was written down.
    init(
        episode: Episode, side: UInt8, quiet: UInt16, seenAt: Timestamp, isFall: Bool, flips: SIMD2<Int64>,
        isNothing: Bool, crossings: SIMD3<Int64>, beganSlowly: Bool
    ) {
        (self.episode, self.side, self.quiet, self.seenAt) = (episode, side, quiet, seenAt)
        (self.isFall, self.flips, self.isNothing) = (isFall, flips, isNothing)
        (self.crossings, self.beganSlowly) = (crossings, beganSlowly)
    }

    /// Takes an anomalous sample after the first.
    mutating func proceed(_ moment: EpisodeMoment) {
        noteCrossing(moment)
        quiet = 0
        if !isOpen { episode.becameNormal = false }
        episode.endedAt = nil
        episode.lastAt = moment.at
        episode.severity = max(episode.severity, moment.severity)
        if (moment.verdict.score < 0) != isFall {
            isFall.toggle()
            flips = SIMD2(flips[1], moment.at.milliseconds)
        }
        if abs(moment.verdict.score) > abs(episode.verdict.score) {
            episode.kind = moment.kind
            notePeak(moment)
        }
        if isToAndFro(at: moment.at.milliseconds) { episode.kind = .unusualPattern }
        let pattern = pattern(moment)
        if pattern.rank >= episode.pattern.rank { episode.pattern = pattern }
        // What goes to and fro is neither a spike nor a drop.
        if episode.kind == .unusualPattern, episode.pattern.rank < 2 { episode.pattern = .unusual }
    }

    /// Takes a sample that is no anomaly, or of which nothing is said; answers whether it ends here.
    ///
    /// What an operator called the new normal is over with the first quiet one.
    mutating func rest(
        at now: Timestamp, _ moment: EpisodeMoment?, isQuiet: Bool, quietSamples: Int, parts: Int = 1
    ) -> Bool {
        if let moment { noteCrossing(moment) }
        if hasFlapped(at: now.milliseconds) { episode.pattern = .flapping }
        quiet = isQuiet ? UInt16(clamping: Int(quiet) + parts) : 0
        guard Int(quiet) >= (episode.becameNormal ? 1 : quietSamples) else { return false }
        episode.endedAt = now
        return true
    }

    private mutating func notePeak(_ moment: EpisodeMoment) {
        episode.verdict = moment.verdict
        episode.peakAt = moment.at
        episode.actual = moment.value
        episode.other = moment.other
        episode.peerActual = moment.peerActual
        episode.peerExpected = moment.peerExpected
        episode.evidence = moment.evidence
    }

    /// Between nothing and the usual there is room for what is neither.
    private mutating func noteCrossing(_ moment: EpisodeMoment) {
        guard isNothing ? moment.isAsUsual : moment.isNothing else { return }
        isNothing.toggle()
        crossings = SIMD3(crossings[1], crossings[2], moment.at.milliseconds)
    }

    private func hasFlapped(at now: Int64) -> Bool {
        crossings[0] != .min && now &- crossings[0] <= Self.hour
    }

    private func isToAndFro(at now: Int64) -> Bool {
        flips[0] != .min && now &- flips[0] <= Self.hour
    }

    private func pattern(_ moment: EpisodeMoment) -> AnomalyPattern {
        if hasFlapped(at: moment.at.milliseconds) { return .flapping }
        if moment.isNothing && moment.verdict.score < 0 { return .outage }
        if moment.isSaturated && moment.verdict.score > 0 { return .saturation }
        if episode.kind == .unusualPattern { return .unusual }
        if moment.verdict.duration == .halfDay {
            if beganSlowly { return .drift }
            if moment.at.secondsSince(episode.startedAt) >= Self.levelSeconds { return .levelShift }
        }
        return episode.verdict.score < 0 ? .drop : .spike
    }
}

/// What an episode needs to know of a sample.
struct EpisodeMoment {
    var mode: DetectionMode
    var at: Timestamp
    var value: Double
    var verdict: ModeVerdict
    var kind: AnomalyKind
    var severity: AnomalySeverity
    var other: OtherVerdict?
    var peerActual: Double
    var peerExpected: Double
    var evidence: SampleEvidence
    var isSaturated: Bool

    /// Whether it is below 2 % of what was expected.
    var isNothing: Bool { value < 0.02 * verdict.expected }
    /// Whether it is at least a third of what was expected.
    var isAsUsual: Bool { value > verdict.expected / 3 }
}

extension AnomalyPattern {
    /// Which of two things that an anomaly looks like tells more; the greater one.
    fileprivate var rank: Int {
        switch self {
        case .unusual: 0
        case .spike, .drop: 1
        case .drift, .levelShift: 2
        case .saturation: 3
        case .outage: 4
        case .flapping: 5
        }
    }
}
