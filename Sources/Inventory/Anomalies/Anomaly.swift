/// A time in which one side of an interface was out of its usual: a row of `anomalies`.
///
/// Rates are in bit/s, or packets/s for packets; the figures are those of its worst moment.
public struct Anomaly: Codable, Sendable, Hashable {
    /// Identity: the same anomaly found again after a restart has the same one.
    public var id: AnomalyID
    /// The interface.
    public var interfaceID: InterfaceID
    /// Which of its rates.
    public var side: TrafficSide
    /// The method that raised it.
    public var mode: DetectionMode
    /// What it is.
    public var kind: AnomalyKind
    /// What it looks like.
    public var pattern: AnomalyPattern
    /// Its worst.
    public var severity: AnomalySeverity
    /// What becomes of it.
    public var state: AnomalyState
    /// Its first sample.
    public var startedAt: Timestamp
    /// Its last sample so far.
    public var lastAt: Timestamp
    /// When it was over; nil while it is not.
    public var endedAt: Timestamp?
    /// Its worst moment.
    public var peakAt: Timestamp
    /// z-score, or score of the adaptive method, at its worst; negative for too little.
    public var score: Double
    /// The rate at its worst.
    public var actual: Double
    /// What was expected then.
    public var expected: Double
    /// Lower end of what would have been ordinary.
    public var low: Double
    /// Upper end of what would have been ordinary.
    public var high: Double
    /// How far the verdict can be trusted, 0 to 1.
    public var confidence: Double
    /// `Traffic spike detected: 850 Mbps (expected 320 ± 80 Mbps)`.
    public var message: String
    /// Why, for a reader who knows no statistics.
    public var explanation: AnomalyExplanation
    /// The incident it belongs to.
    public var incidentID: IncidentID?

    /// An anomaly at its first sample; what is known later is filled in by the caller.
    public init(
        id: AnomalyID = .random(), interfaceID: InterfaceID, side: TrafficSide, mode: DetectionMode, at start: Timestamp
    ) {
        self.id = id
        self.interfaceID = interfaceID
        self.side = side
        self.mode = mode
        kind = .unusualPattern
        pattern = .unusual
        severity = .low
        state = .raised
        (startedAt, lastAt, peakAt) = (start, start, start)
        (score, actual, expected, low, high, confidence) = (0, 0, 0, 0, 0, 0)
        message = ""
        explanation = AnomalyExplanation()
    }

    /// Whether it is over.
    public var isOver: Bool { endedAt != nil }
}

/// Why something is an anomaly.
public struct AnomalyExplanation: Codable, Sendable, Hashable {
    /// Over which time it was judged; nil for the classic method, which judges each sample alone.
    public var duration: AnomalyDuration?
    /// The rate of the same hour one, two, three and four weeks before; nil where it is not known.
    public var sameHourLastWeeks: [Double?]
    /// Visits of this hour of the week that were learnt from.
    public var visits: Int
    /// The confidence in a word: `provisional`, `fair`, `firm`; `insufficient data`, `building`, `reliable` for classic.
    public var confidenceWord: String
    /// By which factor today was off the usual just before, 1 for not at all.
    public var offsetFactor: Double
    /// What the other method said at the worst moment.
    public var other: OtherVerdict?
    /// The other direction's rate at the worst moment, and what was expected of it.
    public var peerActual: Double?
    /// What was expected of the other direction.
    public var peerExpected: Double?
    /// ifOperStatus at the worst moment; nil where it was not answered.
    public var operStatus: Int?
    /// Errors at the worst moment, percent of packets; nil where they are not known.
    public var errorPercent: Double?
    /// Discards at the worst moment, percent of packets; nil where they are not known.
    public var discardPercent: Double?
    /// Line speed, bit/s; nil where it is not known.
    public var lineSpeed: Double?
    /// `Monday 14:00`, in the configured zone.
    public var timeContext: String
    /// What there is to say, a sentence each, the most telling first.
    public var sentences: [String]

    /// Nothing to say yet.
    public init() {
        sameHourLastWeeks = []
        visits = 0
        confidenceWord = ""
        offsetFactor = 1
        timeContext = ""
        sentences = []
    }
}

/// What the method that does not raise said of a moment.
public struct OtherVerdict: Codable, Sendable, Hashable {
    /// The method.
    public var mode: DetectionMode
    /// Its score; nil where it had no opinion.
    public var score: Double?
    /// Whether it would have raised an anomaly.
    public var isAnomaly: Bool

    /// A verdict.
    public init(mode: DetectionMode, score: Double?, isAnomaly: Bool) {
        self.mode = mode
        self.score = score
        self.isAnomaly = isAnomaly
    }
}
