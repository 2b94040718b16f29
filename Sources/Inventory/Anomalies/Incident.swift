/// Anomalies that began together and are one story: a row of `incidents`.
public struct Incident: Codable, Sendable, Hashable {
    /// Identity.
    public var id: IncidentID
    /// What holds its members together.
    public var scope: IncidentScope
    /// The device, where all members are of one.
    public var deviceID: DeviceID?
    /// The site (a tag `site:…` of the devices), where all members are of one.
    public var site: String?
    /// One line: `Traffic drop on 14 interfaces of CORE-SW-01`.
    public var title: String
    /// The worst of its members'.
    public var severity: AnomalySeverity
    /// `raised` where any member is told; else as its members are.
    public var state: AnomalyState
    /// When the first member began.
    public var startedAt: Timestamp
    /// The latest start of a member: others that begin within 15 minutes of it join.
    public var lastStartedAt: Timestamp
    /// When the last member was over; nil while one is not.
    public var endedAt: Timestamp?
    /// Its members, in the order in which they began.
    public var anomalyIDs: [AnomalyID]
    /// What else was seen then, a sentence each: oper status, errors, discards, packet size, peer direction, utilisation.
    public var evidence: [String]

    /// An incident of its first member.
    public init(id: IncidentID = .random(), scope: IncidentScope, at start: Timestamp) {
        self.id = id
        self.scope = scope
        title = ""
        severity = .low
        state = .raised
        (startedAt, lastStartedAt) = (start, start)
        anomalyIDs = []
        evidence = []
    }
}

/// What holds the members of an incident together, the narrowest that fits.
public enum IncidentScope: String, CaseIterable, Codable, Sendable, Hashable {
    /// Sides of one interface.
    case interface
    /// Both ends of one link.
    case link
    /// Interfaces of one device, or of links to it.
    case device
    /// Devices of one site.
    case site
    /// Many ports of several sites in the same way.
    case common
}
