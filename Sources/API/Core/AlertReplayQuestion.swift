public import Alerting
public import Inventory

/// Which rules are to be run over which history.
public struct AlertReplayQuestion: Sendable, Hashable {
    /// The rules and routes that are tried.
    public var file: AlertFile
    /// Whether those in force are run too, and what is other is told.
    public var isCompared: Bool
    /// The first moment.
    public var from: Timestamp
    /// The moment after the last.
    public var to: Timestamp
    /// The most alerts to tell one by one, 1 or more; all are counted.
    public var alertsMax: Int

    /// A question about a range of time.
    public init(file: AlertFile, isCompared: Bool = false, from: Timestamp, to: Timestamp, alertsMax: Int) {
        self.file = file
        self.isCompared = isCompared
        self.from = from
        self.to = to
        self.alertsMax = max(1, alertsMax)
    }
}

/// What rules would have done.
public struct AlertReplayAnswer: Sendable, Hashable {
    /// What the tried rules would have done.
    public var tried: AlertReplayResult
    /// What is other by the rules in force; nil where that was not asked.
    public var comparison: AlertReplayComparison?
    /// Readings that were taken.
    public var readings: Int
    /// Blocks of readings that are damaged and were left out.
    public var damagedBlocks: Int

    /// An answer.
    public init(
        tried: AlertReplayResult, comparison: AlertReplayComparison? = nil, readings: Int = 0, damagedBlocks: Int = 0
    ) {
        self.tried = tried
        self.comparison = comparison
        self.readings = readings
        self.damagedBlocks = damagedBlocks
    }
}
