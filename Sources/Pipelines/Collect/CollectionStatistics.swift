/// How collection stands, and what it did since it began.
public struct CollectionStatistics: Sendable, Hashable, Codable {
    /// Whether it runs.
    public var isRunning = false
    /// Devices of which anything is recorded.
    public var devices = 0
    /// Interfaces whose counters are recorded.
    public var interfaces = 0
    /// Devices that cannot be polled, because their credentials or address cannot be had.
    public var unusableDevices = 0
    /// Interfaces that are not recorded because they share their ifIndex with another.
    public var ambiguousInterfaces = 0
    /// Devices whose readings are held back until they are discovered.
    public var heldDevices = 0
    /// Times the books were closed.
    public var cycles = 0
    /// Polls for counters that ended.
    public var polls = 0
    /// Readings taken.
    public var readings = 0
    /// Counters in them.
    public var dataPoints = 0
    /// Intervals that passed without a poll.
    public var missedPolls = 0
    /// Polls that brought nothing.
    public var failedPolls = 0
    /// Readings dropped because it was not certain which interface they were of.
    public var heldBack = 0
    /// Readings in memory that are not stored yet.
    public var buffered = 0
    /// Readings that were never stored, because the store took none for too long.
    public var dropped = 0
    /// Readings the store took.
    public var stored = 0
    /// Readings the store refused, as older than what it has or out of its range.
    public var refused = 0
    /// Seconds since the oldest reading that is not stored yet was taken; 0 where all are.
    public var lagSeconds = 0.0
    /// Why the store takes nothing; nil where it does.
    public var storeFault: String?
    /// The cycle that was closed last; nil before the first.
    public var lastCycle: CollectionCycle?

    /// Nothing yet.
    public init() {}

    /// Adds how collection stands in another process.
    public mutating func add(_ other: CollectionStatistics) {
        isRunning = isRunning || other.isRunning
        devices += other.devices
        interfaces += other.interfaces
        unusableDevices += other.unusableDevices
        ambiguousInterfaces += other.ambiguousInterfaces
        heldDevices += other.heldDevices
        cycles = max(cycles, other.cycles)
        polls += other.polls
        readings += other.readings
        dataPoints += other.dataPoints
        missedPolls += other.missedPolls
        failedPolls += other.failedPolls
        heldBack += other.heldBack
        buffered += other.buffered
        dropped += other.dropped
        stored += other.stored
        refused += other.refused
        lagSeconds = max(lagSeconds, other.lagSeconds)
        storeFault = storeFault ?? other.storeFault
    }
}
