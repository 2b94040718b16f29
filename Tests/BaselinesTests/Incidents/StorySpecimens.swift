import Inventory

@testable import Baselines

/// Random numbers that a seed repeats: SplitMix64.
struct StoryDice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(1, bound), using: &self) }
}

/// A made-up network: sites s0, s1 … with devices, devices with interfaces, some of them linked.
struct StoryNetwork {
    var places: [InterfacePlace] = []

    var census: InterfaceCensus { InterfaceCensus(places) }

    /// Sites of devices of interfaces; without links.
    init(sites: Int, devicesPerSite: Int, interfacesPerDevice: Int, seed: UInt64 = 1) {
        var dice = StoryDice(seed: seed)
        for site in 0..<sites {
            for device in 0..<devicesPerSite {
                let id = DeviceID.random(using: &dice)
                for port in 0..<interfacesPerDevice {
                    var place = InterfacePlace(
                        interfaceID: .random(using: &dice), interfaceName: "Gi0/\(port)", interfaceType: .trunk,
                        deviceID: id, deviceName: "SW-\(site)-\(device)")
                    place.tags = ["core", "site:s\(site)"]
                    places.append(place)
                }
            }
        }
    }

    /// Links two interfaces by their places in the list.
    mutating func link(_ left: Int, _ right: Int) {
        for (one, other) in [(left, right), (right, left)] {
            places[one].peer = places[other].interfaceID
            places[one].peerDevice = places[other].deviceID
            places[one].peerDeviceName = places[other].deviceName
        }
    }

    /// An anomaly of an interface that began so many minutes after a fixed Monday, 14:00 UTC.
    func member(
        _ index: Int, minute: Double, side: TrafficSide = TrafficSide(.inbound, .traffic), score: Double = -5,
        severity: AnomalySeverity = .medium, endMinute: Double? = nil
    ) -> IncidentMember {
        let place = places[index]
        let start = Self.monday.advanced(bySeconds: minute * 60)
        var anomaly = Anomaly(
            id: AnomalyWriter.identity(of: place.interfaceID, side, startedAt: start), interfaceID: place.interfaceID,
            side: side, mode: .adaptive, at: start)
        anomaly.score = score
        anomaly.kind = score < 0 ? .trafficDrop : .trafficSpike
        anomaly.pattern = score < 0 ? .drop : .spike
        anomaly.severity = severity
        (anomaly.actual, anomaly.expected, anomaly.low, anomaly.high) =
            score < 0 ? (30e6, 300e6, 200e6, 400e6) : (800e6, 300e6, 200e6, 400e6)
        if let endMinute {
            anomaly.endedAt = Self.monday.advanced(bySeconds: endMinute * 60)
            anomaly.lastAt = Self.monday.advanced(bySeconds: endMinute * 60)
        }
        return IncidentMember(anomaly, at: place)
    }

    /// Monday, 23 November 2026, 14:00 UTC.
    static let monday = Timestamp(seconds: 1_795_442_400)

    /// So many minutes after it.
    static func at(_ minute: Double) -> Timestamp { monday.advanced(bySeconds: minute * 60) }
}

extension IncidentBook {
    /// Takes members and drops what there is to store.
    @discardableResult
    mutating func take(_ members: [IncidentMember], _ network: StoryNetwork, minute: Double) -> IncidentChanges {
        take(members, census: network.census, actions: OperatorActions(), at: StoryNetwork.at(minute))
    }
}

/// What is stored: the rows as they were last saved.
struct StoryStore {
    var anomalies: [AnomalyID: Anomaly] = [:]
    var incidents: [IncidentID: Incident] = [:]

    mutating func save(_ changes: IncidentChanges) {
        for anomaly in changes.anomalies { anomalies[anomaly.id] = anomaly }
        for incident in changes.incidents {
            incidents[incident.id] = incident.anomalyIDs.isEmpty ? nil : incident
        }
    }

    /// The members of each incident, as sets.
    var partition: Set<Set<AnomalyID>> {
        Set(Dictionary(grouping: anomalies.values, by: \.incidentID).values.map { Set($0.map(\.id)) })
    }

    func members(_ network: StoryNetwork) -> [IncidentMember] {
        let places = Dictionary(network.places.map { ($0.interfaceID, $0) }, uniquingKeysWith: { first, _ in first })
        return anomalies.values.compactMap { anomaly in
            places[anomaly.interfaceID].map { IncidentMember(anomaly, at: $0) }
        }
    }
}
