/// What is usual on one interface in one hour of the week: a row of `interface_baselines`.
///
/// Learnt as a whole and changed by learning only; Mbps = 10^6 bit/s.
public struct Baseline: Codable, Sendable, Hashable {
    /// Identity; stays the same from learning to learning.
    public var id: BaselineID
    /// The interface.
    public var interfaceID: InterfaceID
    /// Hour of the day as clocks of the configured zone show it, 0 to 23.
    public var hourOfDay: Int
    /// Day of the week, 0 = Sunday to 6 = Saturday.
    public var dayOfWeek: Int
    /// What came in.
    public var inbound: BaselineFigures
    /// What went out.
    public var outbound: BaselineFigures
    /// Samples behind it; of the direction that has fewer.
    public var sampleCount: Int
    /// How far it can be trusted, 0 to 1, by `Baseline.confidence(samples:)`.
    public var confidence: Double
    /// When it was learnt.
    public var lastUpdated: Timestamp

    /// A baseline; its confidence follows from the samples.
    public init(
        id: BaselineID = .random(), interfaceID: InterfaceID, hourOfDay: Int, dayOfWeek: Int,
        inbound: BaselineFigures, outbound: BaselineFigures, lastUpdated: Timestamp
    ) {
        self.id = id
        self.interfaceID = interfaceID
        self.hourOfDay = hourOfDay
        self.dayOfWeek = dayOfWeek
        self.inbound = inbound
        self.outbound = outbound
        sampleCount = min(inbound.sampleCount, outbound.sampleCount)
        confidence = Self.confidence(samples: sampleCount)
        self.lastUpdated = lastUpdated
    }

    /// Its place in the week, 0 to 167; 0 is Sunday 00:00.
    public var hourOfWeek: Int { dayOfWeek * 24 + hourOfDay }

    /// How far a baseline of so many samples can be trusted, 0 to 1.
    ///
    /// Below 7 nothing ("insufficient data"), 7 to 30 from 0.3 to 0.7 ("building"), above from 0.8 to 1 at 60 ("reliable").
    public static func confidence(samples: Int) -> Double {
        switch samples {
        case ..<7: 0
        case 7...30: 0.3 + 0.4 * Double(samples - 7) / 23
        default: min(1, 0.8 + 0.2 * Double(samples - 31) / 29)
        }
    }

    /// A confidence in a word: `insufficient data`, `building` or `reliable`.
    public static func word(forConfidence confidence: Double) -> String {
        confidence < 0.3 ? "insufficient data" : confidence < 0.8 ? "building" : "reliable"
    }
}

/// What samples of one hour of the week say, Mbps; the standard deviation is the population's.
public struct BaselineFigures: Codable, Sendable, Hashable {
    /// Mean.
    public var average: Double
    /// Standard deviation of the population: the root of the mean squared distance from the mean.
    public var standardDeviation: Double
    /// Smallest sample.
    public var minimum: Double
    /// Largest sample.
    public var maximum: Double
    /// Samples behind them.
    public var sampleCount: Int

    /// Figures of samples; all zero where there are none.
    public init(
        average: Double = 0, standardDeviation: Double = 0, minimum: Double = 0, maximum: Double = 0,
        sampleCount: Int = 0
    ) {
        self.average = average
        self.standardDeviation = standardDeviation
        self.minimum = minimum
        self.maximum = maximum
        self.sampleCount = sampleCount
    }
}
