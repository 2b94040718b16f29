/// By which method traffic is judged.
public enum DetectionMode: String, CaseIterable, Codable, Sendable, Hashable {
    /// Mean and standard deviation of the hour of the week, against a threshold: the documented reference.
    case classic
    /// Levels learnt a visit, today's offset, several durations, limits that calibrate themselves.
    case adaptive
}

/// How far out of the usual.
public enum AnomalySeverity: String, CaseIterable, Codable, Sendable, Hashable, Comparable {
    /// Above the threshold, below 4.
    case low
    /// 4 to below 5.
    case medium
    /// 5 to below 6.
    case high
    /// 6 and more.
    case critical

    /// The severity of a z-score or a score of the adaptive method; nil where it is not above the threshold.
    ///
    /// The sign does not matter. A number that is not finite has none.
    public init?(score: Double, threshold: Double = 3) {
        let size = abs(score)
        guard size.isFinite, size > threshold else { return nil }
        self = size < 4 ? .low : size < 5 ? .medium : size < 6 ? .high : .critical
    }

    /// Orders from low to critical.
    public static func < (left: AnomalySeverity, right: AnomalySeverity) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        case .critical: 3
        }
    }
}

/// What an anomaly is, in the reference's three kinds.
public enum AnomalyKind: String, CaseIterable, Codable, Sendable, Hashable {
    /// More than usual.
    case trafficSpike = "traffic_spike"
    /// Less than usual.
    case trafficDrop = "traffic_drop"
    /// Far from the mean and yet within what was seen, or to and fro within an hour.
    case unusualPattern = "unusual_pattern"

    /// As a headline begins: `Traffic spike`.
    public var headline: String {
        switch self {
        case .trafficSpike: "Traffic spike"
        case .trafficDrop: "Traffic drop"
        case .unusualPattern: "Unusual pattern"
        }
    }
}

/// What an anomaly looks like, finer than its kind.
public enum AnomalyPattern: String, CaseIterable, Codable, Sendable, Hashable {
    /// More than usual.
    case spike
    /// Less than usual.
    case drop
    /// Below 2 % of what was expected.
    case outage
    /// Between nothing and the usual, three times or more within an hour.
    case flapping
    /// Above 95 % of the line speed.
    case saturation
    /// Another level since half a day or longer.
    case levelShift = "level_shift"
    /// Slowly away from the usual, seen over half a day.
    case drift
    /// None of them.
    case unusual
}

/// Over which time deviations are judged together.
public enum AnomalyDuration: String, CaseIterable, Codable, Sendable, Hashable {
    /// The sample alone.
    case now
    /// The median of three samples.
    case threeSamples = "three_samples"
    /// The weakest of six samples on one side.
    case sixSamples = "six_samples"
    /// The weakest of twenty-four samples on one side.
    case twentyFourSamples = "twenty_four_samples"
    /// The mean of half a day.
    case halfDay = "half_day"
}

/// What becomes of an anomaly.
public enum AnomalyState: String, CaseIterable, Codable, Sendable, Hashable {
    /// It is told.
    case raised
    /// It would be told but for the budget of its week.
    case heldBack = "held_back"
    /// An operator does not want to hear of it.
    case muted
    /// An operator said that it is as expected.
    case expected
}
