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
    /// Another process's book of what is stored.
    init(
        settings: IncidentSettings = IncidentSettings(), budget: AlarmBudget = AlarmBudget(), _ store: StoryStore,
        _ network: StoryNetwork, minute: Double
    ) {
        self.init(settings: settings, budget: budget)
        let now = StoryNetwork.at(minute)
        for incident in store.incidents.values where lasts(incident, at: now) {
            let stored = store.stored(incident, network)
            note(incident, at: stored.members.map(\.place))
            if isKept(incident, at: now) { recall(stored) }
        }
    }

    private func lasts(_ incident: Incident, at now: Timestamp) -> Bool {
        incident.endedAt.map { now.secondsSince($0) < Self.reachSeconds } ?? true
    }

    /// Takes members as a check does that has them from the store, and stores what comes of it.
    mutating func check(
        _ members: [IncidentMember], _ store: inout StoryStore, _ network: StoryNetwork, minute: Double,
        actions: [AnomalyAction] = []
    ) {
        let changed = members.map { member in
            var member = member
            if let stored = store.anomalies[member.anomaly.id] {
                (member.anomaly.state, member.anomaly.incidentID) = (stored.state, stored.incidentID)
            }
            return member
        }
        let recalled = missing(for: changed.map(\.anomaly)).compactMap { id in
            store.incidents[id].map { store.stored($0, network) }
        }
        store.save(
            take(
                changed, recalled: recalled, census: network.census, actions: OperatorActions(actions),
                at: StoryNetwork.at(minute)))
    }

    /// Takes members and drops what there is to store.
    @discardableResult
    mutating func take(_ members: [IncidentMember], _ network: StoryNetwork, minute: Double) -> IncidentChanges {
        take(members, census: network.census, actions: OperatorActions(), at: StoryNetwork.at(minute))
    }
}

/// What is stored: the rows as they were last saved, an incident's members being those it names.
struct StoryStore: Equatable {
    var anomalies: [AnomalyID: Anomaly] = [:]
    var incidents: [IncidentID: Incident] = [:]

    mutating func save(_ changes: IncidentChanges) {
        for anomaly in changes.anomalies { anomalies[anomaly.id] = anomaly }
        for incident in changes.incidents {
            let members = Set(incident.anomalyIDs)
            for anomaly in anomalies.values where anomaly.incidentID == incident.id && !members.contains(anomaly.id) {
                anomalies[anomaly.id]?.incidentID = nil
            }
            for id in members { anomalies[id]?.incidentID = incident.id }
            incidents[incident.id] = members.isEmpty ? nil : incident
        }
    }

    /// The members of each incident, as sets.
    var partition: Set<Set<AnomalyID>> {
        Set(Dictionary(grouping: anomalies.values, by: \.incidentID).values.map { Set($0.map(\.id)) })
    }

    /// An incident with the members that name it.
    func stored(_ incident: Incident, _ network: StoryNetwork) -> StoredIncident {
        let places = Dictionary(network.places.map { ($0.interfaceID, $0) }, uniquingKeysWith: { first, _ in first })
        let rows = anomalies.values.filter { $0.incidentID == incident.id }
        return StoredIncident(
            incident, members: rows.compactMap { row in places[row.interfaceID].map { IncidentMember(row, at: $0) } })
    }
}
