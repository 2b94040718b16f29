/// What collection did since the books were last closed; pure.
struct CollectionBooks: Sendable, Hashable {
    private struct Span: Sendable, Hashable {
        var from: UInt64
        var to: UInt64
    }

    private static let spansMax = 16_384

    /// Readings taken.
    private(set) var readings = 0
    /// Counters in them.
    private(set) var dataPoints = 0
    /// Polls that brought nothing.
    private(set) var failedPolls = 0
    /// Intervals that passed without a poll.
    private(set) var missed = 0
    private var spans: [Span] = []

    /// Enters one poll for counters; times in milliseconds of one clock.
    mutating func enter(
        from: UInt64, to: UInt64, readings: Int, dataPoints: Int, isFailed: Bool, missed: UInt32
    ) {
        self.readings += readings
        self.dataPoints += dataPoints
        self.missed += Int(missed)
        if isFailed { failedPolls += 1 }
        if spans.count >= Self.spansMax { spans = merged }
        spans.append(Span(from: from, to: max(from, to)))
    }

    /// Seconds in which polls were under way: what is spread over an interval counts once, and pauses do not.
    var secondsUnderWay: Double {
        Double(merged.reduce(0) { $0 + ($1.to - $1.from) }) / 1000
    }

    /// Spans that overlap made one, in order.
    private var merged: [Span] {
        var result: [Span] = []
        for span in spans.sorted(by: { $0.from < $1.from }) {
            if let last = result.last, span.from <= last.to {
                result[result.count - 1].to = max(last.to, span.to)
            } else {
                result.append(span)
            }
        }
        return result
    }
}

/// What was closed in the books: one cycle, or all that was collected since.
public struct CollectionCycle: Sendable, Hashable, Codable {
    /// Interfaces with a reading.
    public var interfaces = 0
    /// Readings taken; more than interfaces where a device was polled more than once.
    public var readings = 0
    /// Counters in them.
    public var dataPoints = 0
    /// Devices that are polled.
    public var devices = 0
    /// Names of the devices whose last poll failed, or that cannot be polled, in order.
    public var failedDevices: [String] = []
    /// Names of the devices whose readings are held back until they are discovered, in order.
    public var heldDevices: [String] = []
    /// Polls that brought nothing.
    public var failedPolls = 0
    /// Intervals that passed without a poll.
    public var missedPolls = 0
    /// Seconds in which polls were under way.
    public var seconds = 0.0

    /// Nothing was collected.
    public init() {}

    /// Adds what another process collected in the same time.
    public mutating func add(_ other: CollectionCycle) {
        interfaces += other.interfaces
        readings += other.readings
        dataPoints += other.dataPoints
        devices += other.devices
        failedDevices = (failedDevices + other.failedDevices).sorted()
        heldDevices = (heldDevices + other.heldDevices).sorted()
        failedPolls += other.failedPolls
        missedPolls += other.missedPolls
        // They work beside each other.
        seconds = max(seconds, other.seconds)
    }
}
