/// The last 24 hours of one interface: a row of `interface_metrics_summary`.
///
/// Mbps = 10^6 bit/s, GB = 10^9 octets, rates in percent.
public struct MetricsSummary: Sendable, Hashable {
    /// The interface.
    public var interfaceID: InterfaceID
    /// Mean of what came in, over the time that is known, Mbps.
    public var avgInMbps: Double
    /// Mean of what went out, Mbps.
    public var avgOutMbps: Double
    /// The highest rate of one poll to the next, Mbps.
    public var maxInMbps: Double
    /// The same of what went out, Mbps.
    public var maxOutMbps: Double
    /// All that came in, gaps included where the counters went on across them, GB.
    public var totalInGB: Double
    /// All that went out, GB.
    public var totalOutGB: Double
    /// Errors / (errors + unicast packets) of the whole window, of the direction where it is worse, percent.
    public var avgErrorRate: Double
    /// The same of the worst interval, percent.
    public var maxErrorRate: Double
    /// The busier direction's mean of ifSpeed, percent; nil where the interface has no speed.
    public var utilizationPercent: Double?
    /// Readings in the window.
    public var sampleCount: Int
    /// Begin of the window.
    public var windowStart: Timestamp
    /// End of the window.
    public var windowEnd: Timestamp
    /// When it was made.
    public var updatedAt: Timestamp

    /// A summary of a window without readings.
    public init(interfaceID: InterfaceID, windowStart: Timestamp, windowEnd: Timestamp, updatedAt: Timestamp) {
        self.interfaceID = interfaceID
        avgInMbps = 0
        avgOutMbps = 0
        maxInMbps = 0
        maxOutMbps = 0
        totalInGB = 0
        totalOutGB = 0
        avgErrorRate = 0
        maxErrorRate = 0
        sampleCount = 0
        self.windowStart = windowStart
        self.windowEnd = windowEnd
        self.updatedAt = updatedAt
    }
}

/// By what interfaces are put in order of their last 24 hours.
public enum MetricsOrder: String, Sendable, Hashable, CaseIterable {
    /// Mean of what came in and went out, added.
    case traffic
    /// The busier direction's share of the speed.
    case utilization
    /// Mean error rate, then the worst interval's.
    case errors
}
