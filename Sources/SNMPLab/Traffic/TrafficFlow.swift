/// One direction of the traffic of an interface.
public struct TrafficFlow: Sendable, Equatable {
    /// Mean over a week, octets per second.
    public var octetsPerSecond: Double
    /// How the load follows the week.
    public var shape: TrafficShape
    /// What makes this flow's variation its own.
    ///
    /// The two ends of a cable share the seeds of their two directions.
    public var seed: UInt32
    /// Mean packet size in octets.
    public var octetsPerPacket: Double = 620
    /// Packets in error, of a million.
    public var errorsPerMillion: Double = 0
    /// Packets dropped without error, of a million.
    public var discardsPerMillion: Double = 0

    /// Creates a flow.
    public init(octetsPerSecond: Double, shape: TrafficShape, seed: UInt32) {
        self.octetsPerSecond = octetsPerSecond
        self.shape = shape
        self.seed = seed
    }

    /// No traffic at all.
    public static let none = TrafficFlow(octetsPerSecond: 0, shape: .steady, seed: 0)

    /// Load-seconds from the model's epoch to a moment; never falls.
    ///
    /// - Parameter localSeconds: seconds since the epoch (a Monday, 00:00) in the network's own zone.
    func load(at localSeconds: Double) -> Double {
        let load = WeekCurve.all[Int(shape.rawValue)].load(at: localSeconds)
        return load + TrafficNoise.offset(at: load, seed: seed)
    }
}

/// The two directions of an interface.
public struct TrafficProfile: Sendable, Equatable {
    /// What comes in.
    public var inbound: TrafficFlow
    /// What goes out.
    public var outbound: TrafficFlow

    /// Creates a profile.
    public init(inbound: TrafficFlow, outbound: TrafficFlow) {
        self.inbound = inbound
        self.outbound = outbound
    }

    /// An interface that carries nothing.
    public static let idle = TrafficProfile(inbound: .none, outbound: .none)

    /// The same cable seen from its other end.
    public var reversed: TrafficProfile {
        TrafficProfile(inbound: outbound, outbound: inbound)
    }
}

/// The clock the traffic of a network runs on.
enum TrafficTime {
    /// Monday 1970-01-05 00:00 in milliseconds of Unix time.
    private static let firstMonday: Int64 = 4 * 86_400_000

    /// Seconds since the first Monday in the network's zone.
    static func localSeconds(_ milliseconds: Int64, offsetSeconds: Int) -> Double {
        Double(milliseconds - firstMonday) / 1000 + Double(offsetSeconds)
    }
}
