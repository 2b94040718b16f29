public import Inventory

/// What detection knows of one interface: everything that a later score depends on.
///
/// A deterministic function of the readings, the operator's actions, the excluded times and the settings: the same ones
/// in the same order give the same state, bit for bit.
public struct InterfaceState: Sendable {
    /// The time of the last reading that was taken; the next one is the first after it.
    public var cursor: Timestamp?
    /// The last reading that was taken: where the next rate begins.
    public var lastReading: CounterReading?
    /// The time of the first sample of any rate.
    public var since: Timestamp?
    /// What the classic method knows; nil where it does not watch the interface.
    public var classic: ClassicState?
    /// What is known of each side, in the order of `TrafficSide.all`; two where packets were never counted.
    var sides = [SideState(), SideState()]
    /// The anomalies that go on, and those that were over less than half an hour ago.
    var episodes: [TrackedEpisode] = []

    /// Nothing is known.
    public init() {}

    /// Whether an anomaly of a side goes on, and a sample of that side was seen since a time.
    public func isGoing(_ side: TrafficSide, since limit: Timestamp) -> Bool {
        episodes.contains { TrafficSide.all[Int($0.side)] == side && $0.isOpen && $0.seenAt >= limit }
    }

    /// The anomalies that go on, with their sides.
    public var openEpisodes: [(side: TrafficSide, episode: Episode)] {
        episodes.filter { $0.episode.endedAt == nil }.map { (TrafficSide.all[Int($0.side)], $0.episode) }
    }
}

/// What is known of one side of an interface.
struct SideState: Sendable {
    /// What the rules know that need nothing learnt.
    var runs = TrafficRuns()
    /// Place in `AnomalyDuration.allCases` of the duration that last saw an anomaly; nil before the first.
    var lastSpoke: UInt8?
    /// What the adaptive method knows.
    var adaptive = AdaptiveState()
}
