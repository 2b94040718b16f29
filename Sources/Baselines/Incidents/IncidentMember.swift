public import Inventory

/// An anomaly and where it is: what incidents are made of.
public struct IncidentMember: Sendable, Hashable {
    /// The anomaly as it is now.
    public var anomaly: Anomaly
    /// Where its interface is.
    public var place: InterfacePlace

    /// A member.
    public init(_ anomaly: Anomaly, at place: InterfacePlace) {
        self.anomaly = anomaly
        self.place = place
    }

    /// Whether there is too little traffic rather than too much.
    var isFall: Bool { anomaly.score < 0 }
}

/// An incident as it is stored, with all its anomalies.
public struct StoredIncident: Sendable, Hashable {
    /// The incident.
    public var incident: Incident
    /// Its anomalies, in any order, and where they are.
    public var members: [IncidentMember]

    /// An incident and its members.
    public init(_ incident: Incident, members: [IncidentMember]) {
        self.incident = incident
        self.members = members
    }
}

/// How many interfaces are watched, in all and at each site: what a share of them is taken of.
public struct InterfaceCensus: Sendable, Hashable {
    /// All interfaces that are watched.
    public var total: Int
    /// Those of devices of each site.
    public var bySite: [String: Int]

    /// A census.
    public init(total: Int = 0, bySite: [String: Int] = [:]) {
        self.total = total
        self.bySite = bySite
    }

    /// The census of interfaces, each given once.
    public init(_ places: some Sequence<InterfacePlace>) {
        self.init()
        for place in places {
            total += 1
            if let site = place.site { bySite[site, default: 0] += 1 }
        }
    }
}

/// What a check makes of anomalies: rows to store, in one transaction.
public struct IncidentChanges: Sendable, Hashable {
    /// Anomalies that are new or changed, their state and incident filled in; ordered by start, then id.
    public var anomalies: [Anomaly]
    /// Incidents that are new or changed, ordered by start, then id; one without members was taken in by another.
    public var incidents: [Incident]

    /// Nothing to store.
    public init(anomalies: [Anomaly] = [], incidents: [Incident] = []) {
        self.anomalies = anomalies
        self.incidents = incidents
    }
}

/// When anomalies are one story.
public struct IncidentSettings: Sendable, Hashable, Codable {
    /// Starts that lie no further apart can belong together.
    public var chainSeconds = 900
    /// The share of a site's interfaces that must move the same way to be one story, with at least `crowdMinimum`.
    public var siteShare = 0.05
    /// The share of all interfaces that must, wherever they are.
    public var commonShare = 0.3
    /// The fewest interfaces that are a crowd.
    public var crowdMinimum = 3
    /// The most members of one incident; what comes on top begins another.
    public var memberLimit = 5000
    /// How long an incident that is over can still be joined by anomalies that began then and are found late.
    public var memorySeconds = 3600

    /// The defaults.
    public init() {}
}
