public import Inventory

/// Makes a row of `anomalies` of an episode, with its headline and with sentences that need no statistics.
///
/// Pure: the same episode gives the same row. Every number in it is finite and none is a negative zero, whatever the
/// episode holds; texts are of bounded length, whatever the names are.
public struct AnomalyWriter: Sendable {
    /// The zone whose clocks the reader looks at.
    public let zone: ZoneRules
    /// Seconds between samples.
    public let intervalSeconds: Int

    /// A writer for a zone and a polling interval.
    public init(zone: ZoneRules, intervalSeconds: Int) {
        self.zone = zone
        self.intervalSeconds = max(1, intervalSeconds)
    }

    /// The identity of the anomaly of a side that began at a moment: the same whenever it is found again.
    ///
    /// UUID version 8 (RFC 9562 5.8) of the start and what is mixed from interface and side, so that it sorts by start.
    public static func identity(of interface: InterfaceID, _ side: TrafficSide, startedAt: Timestamp) -> AnomalyID {
        StoryIdentity.anomaly(of: interface, side, startedAt: startedAt)
    }

    /// A confidence in a word: `provisional`, `fair`, `firm`; for classic `insufficient data`, `building`, `reliable`.
    public static func word(forConfidence confidence: Double, mode: DetectionMode) -> String {
        switch mode {
        case .classic: Baseline.word(forConfidence: confidence)
        case .adaptive: confidence < 0.5 ? "provisional" : confidence <= 0.8 ? "fair" : "firm"
        }
    }

    /// The anomaly that an episode is.
    ///
    /// - Parameters:
    ///   - lastWeeks: the mean rate of the hour of `episode.peakAt` one, two, three and four weeks before; nil where it
    ///     is not known. Empty: those of `existing` stay if they are of that hour.
    ///   - existing: the row as it is stored: its state and incident stay. A row of another anomaly is not looked at.
    public func anomaly(
        of episode: Episode, side: TrafficSide, at place: InterfacePlace, lastWeeks: [Double?], existing: Anomaly?
    ) -> Anomaly {
        let id = Self.identity(of: place.interfaceID, side, startedAt: episode.startedAt)
        let before = existing.flatMap { $0.id == id ? $0 : nil }
        var anomaly = Anomaly(
            id: id, interfaceID: place.interfaceID, side: side, mode: episode.mode, at: episode.startedAt)
        fill(&anomaly, from: episode)
        if let before {
            anomaly.state = before.state
            anomaly.incidentID = before.incidentID
        }
        let stored = before.flatMap { isSameHour($0, episode) ? $0.explanation.sameHourLastWeeks : nil }
        let kept = lastWeeks.isEmpty ? stored ?? [] : lastWeeks
        anomaly.explanation = explanation(of: episode, at: place)
        anomaly.explanation.sameHourLastWeeks = kept.prefix(4).map { $0.flatMap { $0.isFinite ? Self.rate($0) : nil } }
        anomaly.message = message(of: anomaly)
        var sentences = AnomalySentences(anomaly: anomaly, zone: zone, intervalSeconds: intervalSeconds)
        sentences.becameNormal = episode.becameNormal && anomaly.isOver
        anomaly.explanation.sentences = sentences.all
        return anomaly
    }

    /// Whether the same hour of the weeks before is not known yet: of a new anomaly, or where its worst moment moved.
    public func needsLastWeeks(_ episode: Episode, existing: Anomaly?) -> Bool {
        guard let existing else { return true }
        return existing.explanation.sameHourLastWeeks.isEmpty || !isSameHour(existing, episode)
    }

    private func isSameHour(_ anomaly: Anomaly, _ episode: Episode) -> Bool {
        let moments = [anomaly.peakAt, episode.peakAt].map { zone.civilTime(at: $0) }
        return Set(moments.map { "\($0.isoDate) \($0.hour)" }).count == 1
    }

    private func fill(_ anomaly: inout Anomaly, from episode: Episode) {
        let band = OrdinaryBand(of: episode)
        anomaly.kind = episode.kind
        anomaly.pattern = episode.pattern
        anomaly.severity = episode.severity
        anomaly.lastAt = max(episode.startedAt, episode.lastAt)
        anomaly.endedAt = episode.endedAt.map { max(anomaly.lastAt, $0) }
        anomaly.peakAt = episode.peakAt
        anomaly.score = Self.finite(episode.verdict.score, most: 1e6)
        anomaly.actual = Self.rate(episode.actual)
        anomaly.expected = band.expected
        anomaly.low = band.low
        anomaly.high = band.high
        anomaly.confidence = max(0, Self.finite(episode.verdict.confidence, most: 1))
    }

    private func explanation(of episode: Episode, at place: InterfacePlace) -> AnomalyExplanation {
        var explanation = AnomalyExplanation()
        let verdict = episode.verdict
        explanation.duration = verdict.duration
        explanation.visits = max(0, verdict.visits)
        explanation.confidenceWord = Self.word(forConfidence: verdict.confidence, mode: episode.mode)
        let factor = verdict.offsetFactor
        explanation.offsetFactor = factor.isFinite && factor > 0 ? min(1e6, max(1e-6, factor)) : 1
        explanation.other = episode.other.map { other in
            let score = other.score.flatMap { $0.isFinite ? Self.finite($0, most: 1e6) : nil }
            return OtherVerdict(mode: other.mode, score: score, isAnomaly: other.isAnomaly && score != nil)
        }
        explanation.peerActual = Self.known(episode.peerActual)
        explanation.peerExpected = Self.known(episode.peerExpected)
        explanation.operStatus = episode.evidence.operStatus
        explanation.errorPercent = episode.evidence.errorPercent.flatMap { Self.known(min(100, $0)) }
        explanation.discardPercent = episode.evidence.discardPercent.flatMap { Self.known(min(100, $0)) }
        explanation.lineSpeed = place.lineSpeed.flatMap { $0 > 0 ? Self.known($0) : nil }
        explanation.timeContext = MomentText.hour(episode.peakAt, zone)
        return explanation
    }

    /// `Traffic spike detected: 850 Mbps (expected 320 ± 80 Mbps)`.
    private func message(of anomaly: Anomaly) -> String {
        let measure = anomaly.side.measure
        let expected = RateText.text(anomaly.expected, plusMinus: Self.width(anomaly), measure)
        return "\(anomaly.kind.headline) detected: \(RateText.text(anomaly.actual, measure)) (expected \(expected))"
    }

    /// How far the expected may be off: one standard deviation for classic, else as far as the ordinary reaches.
    private static func width(_ anomaly: Anomaly) -> Double {
        let distance = abs(anomaly.actual - anomaly.expected)
        switch anomaly.mode {
        case .classic:
            guard anomaly.high > anomaly.low, anomaly.score != 0 else { return 0 }
            return min(distance / abs(anomaly.score), anomaly.high - anomaly.low)
        case .adaptive:
            return anomaly.actual < anomaly.expected
                ? anomaly.expected - anomaly.low : anomaly.high - anomaly.expected
        }
    }

    private static func known(_ value: Double) -> Double? {
        value.isFinite ? rate(value) : nil
    }

    /// A rate that can be shown: finite, not negative, not a negative zero.
    static func rate(_ value: Double) -> Double {
        value.isFinite && value > 0 ? min(value, 1e18) : 0
    }

    private static func finite(_ value: Double, most: Double) -> Double {
        guard !value.isNaN, value != 0 else { return 0 }
        return min(most, max(-most, value))
    }
}

/// What would have been ordinary at the worst moment of an episode.
struct OrdinaryBand {
    var expected: Double
    var low: Double
    var high: Double

    /// What the method said; of half a day, where today's offset hides the deviation, without that offset.
    init(of episode: Episode) {
        let verdict = episode.verdict
        expected = AnomalyWriter.rate(verdict.expected)
        low = min(expected, AnomalyWriter.rate(verdict.low))
        high = max(expected, verdict.high == .infinity ? 1e18 : AnomalyWriter.rate(verdict.high))
        guard verdict.duration == .halfDay, verdict.offsetFactor.isFinite, verdict.offsetFactor > 0 else { return }
        let difference = AnomalyWriter.rate(episode.actual) - expected
        let isHidden = difference * verdict.score <= 0 || abs(difference) < 0.1 * expected
        guard isHidden, (verdict.offsetFactor - 1) * verdict.score > 0 else { return }
        let factor = min(1e6, max(1e-6, verdict.offsetFactor))
        (expected, low, high) = (
            AnomalyWriter.rate(expected / factor), AnomalyWriter.rate(low / factor), AnomalyWriter.rate(high / factor)
        )
    }
}
