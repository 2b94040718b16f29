public import Inventory

/// What the detection says of one sample of one side.
public struct SideFinding: Sendable, Hashable {
    /// Which rate.
    public var side: TrafficSide
    /// When it was read.
    public var at: Timestamp
    /// The rate, bit/s or packets/s; NaN where an anomaly ends as no rate is known any more.
    public var value: Double
    /// The method that raises anomalies here.
    public var raising: DetectionMode
    /// What the classic method says; nil where it has no opinion.
    public var classic: ModeVerdict?
    /// What the adaptive method says; nil where it has no opinion yet.
    public var adaptive: ModeVerdict?
    /// What the sample is to an anomaly; nil where it is to none.
    public var event: EpisodeEvent?
    /// The anomaly so far; nil where the sample is to none.
    public var episode: Episode?
    /// Whether with this sample a deviation of many hours became the new normal.
    public var isNewNormal = false

    /// A finding of which nothing is said yet.
    public init(side: TrafficSide, at: Timestamp, value: Double, raising: DetectionMode) {
        self.side = side
        self.at = at
        self.value = value
        self.raising = raising
    }

    /// What the method says that raises.
    public var verdict: ModeVerdict? { raising == .classic ? classic : adaptive }
    /// What the other method says.
    public var otherVerdict: ModeVerdict? { raising == .classic ? adaptive : classic }
}

/// What a sample is to an anomaly.
public enum EpisodeEvent: String, Sendable, Hashable, Codable {
    /// Its first.
    case start
    /// In it.
    case ongoing
    /// With it, the anomaly is over.
    case end
}

/// What one method says of one sample.
public struct ModeVerdict: Sendable, Hashable {
    /// The rate that was expected.
    public var expected: Double
    /// Lower end of what is ordinary.
    public var low: Double
    /// Upper end of what is ordinary.
    public var high: Double
    /// z-score, or score of the adaptive method; negative for too little.
    public var score: Double
    /// Whether the score is above the threshold and the confidence suffices.
    public var isAnomaly: Bool
    /// How far it can be trusted, 0 to 1.
    public var confidence: Double
    /// Visits of this hour of the week that were learnt from.
    public var visits: Int
    /// Over which time it was judged; nil for the classic method.
    public var duration: AnomalyDuration?
    /// By which factor the traffic was off the usual just before; 1 for the classic method.
    public var offsetFactor: Double

    /// A verdict.
    public init(
        expected: Double, low: Double, high: Double, score: Double, isAnomaly: Bool, confidence: Double, visits: Int,
        duration: AnomalyDuration? = nil, offsetFactor: Double = 1
    ) {
        self.expected = expected
        self.low = low
        self.high = high
        self.score = score
        self.isAnomaly = isAnomaly
        self.confidence = confidence
        self.visits = visits
        self.duration = duration
        self.offsetFactor = offsetFactor
    }
}

/// An anomaly as it goes on: from its first sample to its last, with its worst moment.
public struct Episode: Sendable, Hashable {
    /// The method that raised it.
    public var mode: DetectionMode
    /// Its first sample.
    public var startedAt: Timestamp
    /// Its last sample that was out of the usual.
    public var lastAt: Timestamp
    /// When it was over; nil while it is not.
    public var endedAt: Timestamp?
    /// Its worst moment.
    public var peakAt: Timestamp
    /// The rate then.
    public var actual: Double
    /// What the method said then.
    public var verdict: ModeVerdict
    /// What the other method said then.
    public var other: OtherVerdict?
    /// What it is.
    public var kind: AnomalyKind
    /// What it looks like.
    public var pattern: AnomalyPattern
    /// Its worst.
    public var severity: AnomalySeverity
    /// The other direction's rate at the worst moment; NaN where it is not known.
    public var peerActual: Double
    /// What the adaptive method expected of the other direction then; NaN where it did not.
    public var peerExpected: Double
    /// What else the poll of the worst moment saw.
    public var evidence: SampleEvidence
    /// Whether its level became the usual one, by lasting or by an operator's word.
    public var becameNormal = false

    /// An anomaly at its first sample.
    public init(
        mode: DetectionMode, at start: Timestamp, actual: Double, verdict: ModeVerdict, kind: AnomalyKind,
        pattern: AnomalyPattern, severity: AnomalySeverity
    ) {
        self.mode = mode
        (startedAt, lastAt, peakAt) = (start, start, start)
        self.actual = actual
        self.verdict = verdict
        self.kind = kind
        self.pattern = pattern
        self.severity = severity
        peerActual = .nan
        peerExpected = .nan
        evidence = SampleEvidence()
    }
}
