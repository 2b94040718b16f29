public import Inventory

/// What one poll says of an interface's traffic, with what else it saw.
///
/// A rate that is not known or not believed (reset, gap, above line speed) is NaN: it is neither judged nor learnt
/// from.
public struct InterfaceSample: Sendable, Hashable {
    /// When it was read.
    public var at: Timestamp
    /// The four rates in the order of `TrafficSide.all`: bit/s in and out, packets/s in and out.
    public var rates: SIMD4<Double>
    /// Line speed, bit/s; nil where it is not known.
    public var capacity: Double?
    /// What else the poll saw.
    public var evidence: SampleEvidence
    /// The polling interval that was in force, seconds; nil where it is the detector's.
    public var intervalSeconds: Int?

    /// A sample.
    public init(
        at: Timestamp, rates: SIMD4<Double>, capacity: Double? = nil, evidence: SampleEvidence = SampleEvidence(),
        intervalSeconds: Int? = nil
    ) {
        self.at = at
        self.rates = rates
        self.capacity = capacity
        self.evidence = evidence
        self.intervalSeconds = intervalSeconds
    }
}

/// What a poll saw besides the rates: evidence for a reader, no part of a score.
public struct SampleEvidence: Sendable, Hashable, Codable {
    /// ifOperStatus; nil where it was not answered.
    public var operStatus: Int?
    /// Errors / (errors + unicast packets) of the direction where it is worse, percent.
    public var errorPercent: Double?
    /// Discards / (discards + unicast packets) of the direction where it is worse, percent.
    public var discardPercent: Double?

    /// Nothing was seen.
    public init(operStatus: Int? = nil, errorPercent: Double? = nil, discardPercent: Double? = nil) {
        self.operStatus = operStatus
        self.errorPercent = errorPercent
        self.discardPercent = discardPercent
    }
}

/// What besides the sample decides what is made of it.
public struct SampleContext: Sendable, Hashable {
    /// The moment in the week of the configured zone.
    public var place: HourPlace
    /// Whether the time is excluded: scored, but neither alarmed nor learnt from.
    public var isExcluded: Bool
    /// The method that raises anomalies here.
    public var raising: DetectionMode

    /// A context.
    public init(place: HourPlace, isExcluded: Bool = false, raising: DetectionMode = .adaptive) {
        self.place = place
        self.isExcluded = isExcluded
        self.raising = raising
    }
}
