/// The counters of one direction since the device started, 64 bits each.
public struct DirectionCounters: Sendable, Equatable {
    /// Octets (ifHCInOctets, ifHCOutOctets).
    public var octets: UInt64 = 0
    /// Unicast packets.
    public var unicast: UInt64 = 0
    /// Multicast packets.
    public var multicast: UInt64 = 0
    /// Broadcast packets.
    public var broadcast: UInt64 = 0
    /// Packets dropped without an error.
    public var discards: UInt64 = 0
    /// Packets in error.
    public var errors: UInt64 = 0

    /// No traffic yet.
    public init() {}

    /// Counters of a flow after so many load-seconds.
    ///
    /// Each is a rounded-down multiple of the load, so none ever falls.
    init(_ flow: TrafficFlow, loadSeconds: Double, scale: Double = 1) {
        octets = Self.whole(FlowFactors.octets(flow) * scale * loadSeconds)
        unicast = Self.whole(FlowFactors.unicast(flow) * scale * loadSeconds)
        multicast = Self.whole(FlowFactors.multicast(flow) * scale * loadSeconds)
        broadcast = Self.whole(FlowFactors.broadcast(flow) * scale * loadSeconds)
        discards = Self.whole(FlowFactors.discards(flow) * scale * loadSeconds)
        errors = Self.whole(FlowFactors.errors(flow) * scale * loadSeconds)
    }

    /// Rounded down, never negative, never out of range.
    @inline(__always)
    static func whole(_ value: Double) -> UInt64 {
        value > 0 ? (value < 0x1p63 ? UInt64(value) : UInt64(Int64.max)) : 0
    }
}

/// The counters of an interface at a moment (IF-MIB ifTable and ifXTable).
public struct InterfaceCounters: Sendable, Equatable {
    /// What came in.
    public var inbound: DirectionCounters
    /// What went out.
    public var outbound: DirectionCounters

    /// Creates counters.
    public init(inbound: DirectionCounters = .init(), outbound: DirectionCounters = .init()) {
        self.inbound = inbound
        self.outbound = outbound
    }
}

/// What one load-second of a flow adds to each counter.
enum FlowFactors {
    static let multicastShare = 0.02
    static let broadcastShare = 0.008

    @inline(__always)
    static func octets(_ flow: TrafficFlow) -> Double { flow.octetsPerSecond }
    @inline(__always)
    static func packets(_ flow: TrafficFlow) -> Double { flow.octetsPerSecond / flow.octetsPerPacket }
    @inline(__always)
    static func unicast(_ flow: TrafficFlow) -> Double {
        packets(flow) * (1 - multicastShare - broadcastShare)
    }
    @inline(__always)
    static func multicast(_ flow: TrafficFlow) -> Double { packets(flow) * multicastShare }
    @inline(__always)
    static func broadcast(_ flow: TrafficFlow) -> Double { packets(flow) * broadcastShare }
    @inline(__always)
    static func discards(_ flow: TrafficFlow) -> Double { packets(flow) * flow.discardsPerMillion * 1e-6 }
    @inline(__always)
    static func errors(_ flow: TrafficFlow) -> Double { packets(flow) * flow.errorsPerMillion * 1e-6 }
}
