import Inventory

/// Identities of anomalies and incidents: the same story found again has the same ones.
enum StoryIdentity {
    /// The identity of an anomaly.
    static func anomaly(of interface: InterfaceID, _ side: TrafficSide, startedAt: Timestamp) -> AnomalyID {
        let direction: UInt64 = side.direction == .inbound ? 1 : 2
        let measure: UInt64 = side.measure == .traffic ? 16 : 32
        return .derived(at: startedAt, from: interface.words + [direction | measure])
    }

    /// The identity of an incident that begins with an anomaly.
    static func incident(of first: AnomalyID, startedAt: Timestamp) -> IncidentID {
        .derived(at: startedAt, from: first.words + [0x696E_6369_6465_6E74])
    }
}
