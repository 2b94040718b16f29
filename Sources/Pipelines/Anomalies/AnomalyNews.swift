public import Baselines
public import Inventory

/// What a check changed: for those who watch.
public struct AnomalyNews: Sendable, Hashable, Codable {
    /// What became of an anomaly or an incident.
    public enum Change: String, Sendable, Hashable, Codable, CaseIterable {
        /// It began.
        case started
        /// It goes on, or what is said of it changed.
        case changed
        /// It is over.
        case ended
    }

    /// An anomaly that changed.
    public struct AnomalyChange: Sendable, Hashable, Codable {
        /// What became of it.
        public var change: Change
        /// As it is now.
        public var anomaly: Anomaly
    }

    /// An incident that changed.
    public struct IncidentChange: Sendable, Hashable, Codable {
        /// What became of it.
        public var change: Change
        /// As it is now.
        public var incident: Incident
    }

    /// When it was found.
    public var at: Timestamp
    /// The anomalies that changed, by start, then id.
    public var anomalies: [AnomalyChange] = []
    /// The incidents that changed, by start, then id.
    public var incidents: [IncidentChange] = []

    /// Nothing, at a time.
    public init(at: Timestamp) { self.at = at }

    /// Whether there is nothing to tell.
    public var isEmpty: Bool { anomalies.isEmpty && incidents.isEmpty }

    /// Adds what came later to what was not told yet: of each the last, and what began as something that began.
    mutating func add(_ later: AnomalyNews) {
        at = later.at
        var (rows, stories) = ([AnomalyID: AnomalyChange](), [IncidentID: IncidentChange]())
        for var one in anomalies + later.anomalies {
            one.change = Self.joined(rows[one.anomaly.id]?.change, one.change)
            rows[one.anomaly.id] = one
        }
        for var one in incidents + later.incidents {
            one.change = Self.joined(stories[one.incident.id]?.change, one.change)
            stories[one.incident.id] = one
        }
        anomalies = rows.values.sorted { ($0.anomaly.startedAt, $0.anomaly.id) < ($1.anomaly.startedAt, $1.anomaly.id) }
        incidents = stories.values.sorted {
            ($0.incident.startedAt, $0.incident.id) < ($1.incident.startedAt, $1.incident.id)
        }
    }

    private static func joined(_ earlier: Change?, _ later: Change) -> Change {
        earlier == .started && later == .changed ? .started : later
    }
}

/// The watch in numbers.
public struct AnomalyWatchStatistics: Sendable, Hashable {
    /// Monitored interfaces.
    public var interfaces = 0
    /// Those of which the classic method keeps samples.
    public var classicInterfaces = 0
    /// Octets that the states take in memory, about.
    public var stateOctets = 0
    /// When the last check ended; nil before the first.
    public var lastCheckAt: Timestamp?
    /// Seconds it took.
    public var lastCheckSeconds = 0.0
    /// Samples it judged.
    public var lastCheckSamples = 0
    /// Interfaces of which nothing came for more than two intervals.
    public var interfacesBehind = 0
    /// Checks since the start.
    public var checks = 0
    /// When the state was last written; nil before the first time.
    public var lastSavedAt: Timestamp?
    /// Anomalies that are not over.
    public var openAnomalies = 0
    /// Incidents that are not over.
    public var openIncidents = 0
    /// Incidents raised in the last seven days.
    public var raisedThisWeek = 0
    /// Incidents held back in the last seven days.
    public var heldBackThisWeek = 0
    /// How each budget stands; none where there is no limit.
    public var budgets: [AlarmBudgetStanding] = []
    /// Anomalies the method in force began since the start of the process.
    public var begunByMethodInForce = 0
    /// Anomalies the other method would have begun in the same time.
    public var begunByOtherMethod = 0

    /// Nothing was done.
    public init() {}
}
