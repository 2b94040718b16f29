public import Jobs

/// How counters are collected.
public struct CollectionSettings: Sendable, Hashable {
    /// Seconds between two polls of a device's counters; 10 to 3600.
    public var intervalSeconds = 300
    /// Seconds between two polls of the status of critical and trunk interfaces; 10 to 3600.
    ///
    /// Not used where counters are polled as often.
    public var statusIntervalSeconds = 60
    /// Milliseconds readings wait for others before they are stored; 10 to 60,000.
    public var flushMilliseconds = 1000
    /// When the books of collection are closed, every 300 s by default; nil for only when asked.
    ///
    /// Where `intervalSeconds` is longer than the default, that is used in its place.
    public var collectSchedule: Schedule? = .every(seconds: 300)
    /// When the summaries of the last 24 hours are made, every 900 s by default; nil for only when asked.
    public var summariesSchedule: Schedule? = .every(seconds: 900)
    /// Readings kept in memory while the time-series store takes none, 1,000 to 10,000,000, some 150 octets each.
    public var bufferedReadingsMax = 500_000
    /// Seconds between two looks at the inventory for changes; 0.1 to 60.
    public var lookSeconds = 3.0
    /// Seconds between two plannings at least; 0.1 to 600.
    public var planSecondsMin = 15.0

    /// The defaults.
    public init() {}

    /// Throws `invalidSetting` for the first setting that is out of its range.
    public func check() throws(PipelineError) {
        try PipelineError.check("intervalSeconds", Double(intervalSeconds), 10...3600)
        try PipelineError.check("statusIntervalSeconds", Double(statusIntervalSeconds), 10...3600)
        try PipelineError.check("flushMilliseconds", Double(flushMilliseconds), 10...60_000)
        try PipelineError.check("bufferedReadingsMax", Double(bufferedReadingsMax), 1000...10_000_000)
        try PipelineError.check("lookSeconds", lookSeconds, 0.1...60)
        try PipelineError.check("planSecondsMin", planSecondsMin, 0.1...600)
    }

    /// Whether status is polled apart from counters.
    var hasStatusPolls: Bool { statusIntervalSeconds < intervalSeconds }

    /// The schedule in force.
    var closingSchedule: Schedule? {
        collectSchedule == .every(seconds: 300) && intervalSeconds > 300
            ? .every(seconds: intervalSeconds) : collectSchedule
    }
}
