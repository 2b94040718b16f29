/// Which way traffic goes, as seen from the interface.
public enum TrafficDirection: String, CaseIterable, Codable, Sendable, Hashable {
    /// What the interface receives: ifHCInOctets, ifHCInUcastPkts.
    case inbound = "in"
    /// What it sends: ifHCOutOctets, ifHCOutUcastPkts.
    case outbound = "out"
}

/// What of the traffic is judged.
public enum TrafficMeasure: String, CaseIterable, Codable, Sendable, Hashable {
    /// Bits a second.
    case traffic
    /// Unicast packets a second.
    case packets
}

/// One of the four rates of an interface that are learnt and judged apart.
public struct TrafficSide: Codable, Sendable, Hashable {
    /// Which way.
    public var direction: TrafficDirection
    /// What of it.
    public var measure: TrafficMeasure

    /// A side.
    public init(_ direction: TrafficDirection, _ measure: TrafficMeasure) {
        self.direction = direction
        self.measure = measure
    }

    /// All four, in the order in which they are kept: traffic in, traffic out, packets in, packets out.
    public static let all = [
        TrafficSide(.inbound, .traffic), TrafficSide(.outbound, .traffic), TrafficSide(.inbound, .packets),
        TrafficSide(.outbound, .packets),
    ]
}
