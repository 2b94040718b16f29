/// How an engine uses this machine.
///
/// The defaults serve a poller of thousands of devices.
public struct EngineConfiguration: Hashable, Sendable {
    /// I/O threads, 1 to 16, each with its own sockets.
    ///
    /// One carries several hundred thousand values a second.
    public var threads = 1
    /// The most requests under way at one time, per thread, 1 to 16384.
    ///
    /// Bounded further by the receive buffer granted.
    public var window = 4096
    /// The receive buffer to ask for, per socket, in octets of kernel memory.
    public var receiveBufferOctets = 16 << 20
    /// The most polls accepted and not yet finished, all threads together; more fail as overloaded.
    public var pollsMax = 1_000_000
    /// Whether requests to one agent that go out together are handed to the kernel as one message (UDP_SEGMENT).
    public var segmentation = Segmentation.automatic
    /// The most agents whose round trips and sizes are remembered while nothing asks them, 0 to 10 million.
    ///
    /// About half a kilobyte each.
    public var agentsRememberedMax = 200_000
    /// Seed of request-ids and jitter; nil takes one from the system.
    public var seed: UInt64?

    /// How requests of equal length to one agent are sent.
    public enum Segmentation: Hashable, Sendable {
        /// As one message that the kernel cuts, where it can; about half of the processor time of sending one by one.
        case automatic
        /// Always one by one.
        case off
    }

    /// The default configuration.
    public init() {}

    /// What is wrong with the values, nil if nothing.
    var fault: String? {
        if !(1...16).contains(threads) { return "threads must be 1 to 16, not \(threads)" }
        if !(1...SlotTable.capacityMax).contains(window) { return "window must be 1 to 16384, not \(window)" }
        if !(65_536...(1 << 30)).contains(receiveBufferOctets) {
            return "receiveBufferOctets must be 64 KiB to 1 GiB, not \(receiveBufferOctets)"
        }
        if pollsMax < 1 { return "pollsMax must be at least 1, not \(pollsMax)" }
        if !(0...10_000_000).contains(agentsRememberedMax) {
            return "agentsRememberedMax must be 0 to 10000000, not \(agentsRememberedMax)"
        }
        return nil
    }
}

/// What an engine did since it was started, and what is going on.
///
/// Counters only grow; what is said to be "now" goes up and down.
public struct EngineStatistics: Hashable, Sendable {
    /// Requests sent, without retransmissions.
    public var requests: UInt64 = 0
    /// Requests sent again with the same request-id.
    public var retransmissions: UInt64 = 0
    /// Responses that matched a request under way.
    public var responses: UInt64 = 0
    /// Requests that ended without an answer.
    public var timeouts: UInt64 = 0
    /// Requests ended by an ICMP port unreachable.
    public var refused: UInt64 = 0
    /// Messages this host refused to send, by errno of any kind.
    public var sendFailures: UInt64 = 0
    /// Messages that carried several requests to one agent at once, cut by the kernel.
    public var segmentedMessages: UInt64 = 0
    /// Datagrams received, of any kind.
    public var datagrams: UInt64 = 0
    /// Octets received.
    public var octets: UInt64 = 0
    /// Responses to a request that had already ended without an answer.
    public var late: UInt64 = 0
    /// Further responses to a request that was already answered.
    public var duplicate: UInt64 = 0
    /// Responses with a request-id that was never used.
    public var unmatched: UInt64 = 0
    /// Datagrams that are not an SNMP message.
    public var undecodable: UInt64 = 0
    /// Messages that are not responses of the expected version.
    public var wrongType: UInt64 = 0
    /// Responses with another community than the request's.
    public var wrongCommunity: UInt64 = 0
    /// Responses refused for their source address.
    public var wrongSource: UInt64 = 0
    /// Responses accepted from another port or address than the request went to.
    public var otherPort: UInt64 = 0
    /// Responses with a tolerated deviation from the standards.
    public var anomalous: UInt64 = 0
    /// Datagrams larger than any buffer, cut by the kernel.
    public var truncated: UInt64 = 0
    /// Datagrams the kernel dropped because the receive buffer was full.
    public var kernelDrops: UInt64 = 0
    /// What was seen of version 3.
    public var security = SecurityStatistics()
    /// Polls accepted.
    public var pollsStarted: UInt64 = 0
    /// Polls that ended, with a result or an error.
    public var pollsFinished: UInt64 = 0
    /// Recurring polls that were not made because the one before was still under way.
    public var pollsMissed: UInt64 = 0
    /// Recurring polls that were not made because the device does not answer and is only probed.
    public var pollsSkipped: UInt64 = 0
    /// Single requests to devices that do not answer, in place of their polls.
    public var probes: UInt64 = 0
    /// How long requests took that were answered at the first attempt.
    public var roundTrips = RoundTripHistogram()
    /// Requests under way now.
    public var inFlight = 0
    /// Devices of recurring polls now.
    public var scheduledDevices = 0
    /// Devices of subscriptions that are only probed now.
    public var openBreakers = 0
    /// How long the recurring poll that waits longest is overdue now, in milliseconds; 0 if none waits.
    public var oldestOverdueMilliseconds: UInt64 = 0
    /// Polls waiting for a place in the window now.
    public var waitingPolls = 0
    /// The most requests under way at one time, as bounded by the receive buffer.
    public var window = 0
    /// The receive buffer granted, per socket, in octets of kernel memory.
    public var receiveBufferOctets = 0
    /// The processor time the I/O threads used.
    public var processorNanoseconds: UInt64 = 0

    static func + (left: EngineStatistics, right: EngineStatistics) -> EngineStatistics {
        var sum = left
        for counter in counters { sum[keyPath: counter] += right[keyPath: counter] }
        sum.roundTrips = left.roundTrips + right.roundTrips
        sum.security = left.security + right.security
        sum.inFlight += right.inFlight
        sum.scheduledDevices += right.scheduledDevices
        sum.openBreakers += right.openBreakers
        sum.oldestOverdueMilliseconds = max(left.oldestOverdueMilliseconds, right.oldestOverdueMilliseconds)
        sum.waitingPolls += right.waitingPolls
        sum.window += right.window
        sum.receiveBufferOctets = max(left.receiveBufferOctets, right.receiveBufferOctets)
        return sum
    }

    private static var counters: [WritableKeyPath<EngineStatistics, UInt64>] {
        [
            \.requests, \.retransmissions, \.responses, \.timeouts, \.refused, \.sendFailures,
            \.segmentedMessages, \.datagrams, \.octets, \.late, \.duplicate, \.unmatched, \.undecodable, \.wrongType,
            \.wrongCommunity, \.wrongSource,
            \.otherPort, \.anomalous, \.truncated, \.kernelDrops, \.pollsStarted, \.pollsFinished,
            \.pollsMissed, \.pollsSkipped, \.probes, \.processorNanoseconds,
        ]
    }
}
