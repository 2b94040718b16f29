/// How traffic is judged, by both methods.
public struct DetectionSettings: Sendable, Hashable {
    /// |z| above which the classic method sees an anomaly.
    public var classicThreshold = 3.0
    /// The same while less than `lookBackDays` of an interface are known.
    public var youngThreshold = 3.5
    /// Confidence below which nothing is raised.
    public var minimumConfidence = 0.3
    /// Days the classic method learns from, 7 to 56.
    public var lookBackDays = 14
    /// Deviation, as a share of line speed, from which a value is told where the classic standard deviation is 0.
    public var constantFloorShare = 0.01
    /// How the adaptive method judges.
    public var adaptive = AdaptiveSettings()

    /// The defaults.
    public init() {}
}
