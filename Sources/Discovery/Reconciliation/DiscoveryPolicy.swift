/// Settings of discovery.
public struct DiscoveryPolicy: Sendable, Hashable {
    /// The longest time between two complete discoveries of a device that counts in full towards the removal of
    /// interfaces it no longer has: twice the discovery interval, 7200 s by default.
    ///
    /// What goes beyond it is added to `missingUncountedSeconds`, because the device or WARD FLUX was away.
    public var countedGapSecondsMax: Int64

    /// Settings; the default suits discovery every hour.
    public init(countedGapSecondsMax: Int64 = 7200) {
        self.countedGapSecondsMax = countedGapSecondsMax
    }
}

/// What one reconciliation did, in numbers.
public struct DiscoveryCounts: Sendable, Hashable {
    /// Rows the device has.
    public var discovered = 0
    /// Rows that are new.
    public var inserted = 0
    /// Rows that were removed once and came back.
    public var returned = 0
    /// Rows found again of which a column changed.
    public var updated = 0
    /// Rows found again as they were.
    public var unchanged = 0
    /// Rows that are absent for the first time.
    public var newlyMissing = 0
    /// Rows that are still absent.
    public var stillMissing = 0
    /// Rows of a partial reading that lack their names and so cannot be told from known ones; nothing is made of them.
    public var undecided = 0
    /// Rows among `discovered` that are critical.
    public var critical = 0
    /// Rows among `discovered` that are monitored.
    public var monitored = 0
    /// Rows among `discovered` classified `isp`.
    public var isp = 0
    /// Rows among `discovered` classified `trunk`.
    public var trunk = 0

    /// All zero.
    public init() {}

    /// The sums of two counts.
    public static func + (left: DiscoveryCounts, right: DiscoveryCounts) -> DiscoveryCounts {
        var sum = left
        for field in fields { sum[keyPath: field] += right[keyPath: field] }
        return sum
    }

    /// Adds counts.
    public static func += (left: inout DiscoveryCounts, right: DiscoveryCounts) {
        left = left + right
    }

    private static var fields: [WritableKeyPath<DiscoveryCounts, Int>] {
        [
            \.discovered, \.inserted, \.returned, \.updated, \.unchanged, \.newlyMissing, \.stillMissing, \.undecided,
            \.critical, \.monitored, \.isp, \.trunk,
        ]
    }
}
