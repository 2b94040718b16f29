public import Jobs

/// How alerts are found and told.
public struct AlertSettings: Sendable, Hashable {
    /// When all interfaces are looked at, every 60 s by default; nil for only when asked.
    public var checkSchedule: Schedule? = .every(seconds: 60)
    /// Milliseconds news waits for more of it before it is judged; 1 to 10,000.
    public var settleMilliseconds = 50
    /// Seconds between two looks at the inventory, silences and what operators said; 0.1 to 60.
    public var lookSeconds = 3.0
    /// Seconds between two readings of the whole inventory at least; 0.1 to 600.
    public var inventorySecondsMin = 15.0
    /// Alerts of one look that are written in one transaction, before those behind them are; 1 to 1,000,000.
    ///
    /// What is told in one message stays together, however many alerts that are.
    public var writtenTogetherMax = 5_000
    /// Days an alert is kept after it was over; 1 to 3650.
    public var keptDays = 365
    /// Days a delivery is kept after it was made or given up; 1 to 365.
    public var deliveriesKeptDays = 30
    /// The most deliveries under way at one time; 1 to 256.
    ///
    /// A receiver with none under way may have one beyond them.
    public var deliveriesInFlightMax = 32
    /// The most of these to one receiver; 1 to 256.
    public var deliveriesPerReceiverMax = 8
    /// Seconds until a delivery that failed is tried again the first time, doubled each time; 0.1 to 60.
    public var firstRetrySeconds = 1.0
    /// The longest time between two attempts, seconds; 1 to 3600.
    public var retrySecondsMax = 300.0
    /// The longest time a receiver may ask to wait, seconds; 1 to 86,400.
    public var retryAfterSecondsMax = 3600.0
    /// Hours after which a delivery is given up; 0.1 to 168.
    public var giveUpHours = 24.0
    /// Seconds from the writing of a delivery to its next attempt from which its receiver is in trouble; 60 to 86,400.
    public var overdueSeconds = 900.0
    /// Seconds between two tellings of what still fires to receivers that keep alerts of their own; 10 to 600.
    public var refreshSeconds = 60.0
    /// Where the spread of the times of attempts begins, so that it can be repeated.
    public var seed: UInt64 = 0

    /// The defaults.
    public init() {}

    /// Throws `invalidSetting` for the first setting that is out of its range.
    public func check() throws(PipelineError) {
        try PipelineError.check("settleMilliseconds", Double(settleMilliseconds), 1...10_000)
        try PipelineError.check("lookSeconds", lookSeconds, 0.1...60)
        try PipelineError.check("inventorySecondsMin", inventorySecondsMin, 0.1...600)
        try PipelineError.check("writtenTogetherMax", Double(writtenTogetherMax), 1...1_000_000)
        try PipelineError.check("keptDays", Double(keptDays), 1...3650)
        try PipelineError.check("deliveriesKeptDays", Double(deliveriesKeptDays), 1...365)
        try PipelineError.check("deliveriesInFlightMax", Double(deliveriesInFlightMax), 1...256)
        try PipelineError.check("deliveriesPerReceiverMax", Double(deliveriesPerReceiverMax), 1...256)
        try PipelineError.check("firstRetrySeconds", firstRetrySeconds, 0.1...60)
        try PipelineError.check("retrySecondsMax", retrySecondsMax, 1...3600)
        try PipelineError.check("retryAfterSecondsMax", retryAfterSecondsMax, 1...86_400)
        try PipelineError.check("giveUpHours", giveUpHours, 0.1...168)
        try PipelineError.check("overdueSeconds", overdueSeconds, 60...86_400)
        try PipelineError.check("refreshSeconds", refreshSeconds, 10...600)
    }
}
