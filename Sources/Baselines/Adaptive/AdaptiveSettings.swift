public import Inventory

/// How the adaptive model judges; the defaults were found on real backbone traffic and hold for 60 s to one hour a sample.
public struct AdaptiveSettings: Sendable, Hashable {
    /// Score above which a sample is an anomaly.
    public var threshold = 3.0
    /// A deviation is told only from this share of what was expected.
    public var relativeMinimum = 0.2
    /// A deviation is told only from this share of the capacity.
    public var capacityShareMinimum = 0.003
    /// Days in which about one ordinary sample may reach a duration's limit.
    public var onsetDays = 14.0
    /// Hours in which today's offset is half learnt.
    public var offsetHalfLifeHours = 2.0
    /// Hours in which the slow offset is half learnt.
    public var slowHalfLifeHours = 12.0
    /// Hours of a slow deviation after which it is the new normal.
    public var newNormalHours = 36.0

    /// The defaults.
    public init() {}
}

/// What the model says of one sample.
public struct AdaptiveVerdict: Sendable, Hashable {
    /// The rate that was expected, in the sample's unit.
    public var expected: Double
    /// Lower end of what is ordinary.
    public var low: Double
    /// Upper end of what is ordinary.
    public var high: Double
    /// How unusual the sample is: above the threshold it is an anomaly; negative for too little.
    public var score: Double
    /// The duration that decided; nil where nothing is scored yet.
    public var duration: AnomalyDuration
    /// Today's offset, as a factor of the usual.
    public var offsetFactor: Double
    /// Whether the slow deviation became the new normal with this sample.
    public var isNewNormal: Bool
}
