public import Inventory

/// What was out of the usual, and what operators said of it: rows of `anomalies`, `incidents`, `anomaly_actions` and
/// `baseline_exclusions`.
///
/// Anomalies and actions go with their interface. Nothing written here moves the revision of lists.
public protocol AnomalyCatalog: Sendable {
    /// Adds anomalies and incidents or replaces those of the same ids, in one transaction.
    ///
    /// Those of unknown interfaces are left out, as members of incidents too; an incident without members is removed.
    /// Incidents say who their members are: `anomalyIDs` of a saved one become exactly its members, stored ones among
    /// them, each then in no other incident, and `incidentID` of anomalies follows. An anomaly saved without its
    /// incident belongs to the one its `incidentID` names, and to none where that does not exist. Throws `invalidValue`
    /// where a number is not finite, in explanations too, or a confidence is not between 0 and 1.
    func saveAnomalies(_ anomalies: [Anomaly], incidents: [Incident]) async throws(CatalogError)

    /// Gives anomalies other states where they still have the one that was read, and their incidents what follows.
    ///
    /// Nothing else of a row changes, so that it goes together with `saveAnomalies` of others. An incident is as the
    /// most told of its members. An unknown anomaly, or one whose state is another by now, is passed over. Returns what
    /// changed, by start, then id.
    @discardableResult
    func moveAnomalies(_ moves: [AnomalyMove]) async throws(CatalogError) -> MovedAnomalies

    /// The states of all anomalies that are not over.
    func openAnomalyStates() async throws(CatalogError) -> [AnomalyID: AnomalyState]

    /// The anomalies a query asks for, the latest start first, then by id; at most its limit.
    func anomalies(_ query: AnomalyQuery) async throws(CatalogError) -> [Anomaly]

    /// How many a query asks for, its limit and place aside.
    func anomalyCount(_ query: AnomalyQuery) async throws(CatalogError) -> Int

    /// One anomaly; nil where there is none.
    func anomaly(_ id: AnomalyID) async throws(CatalogError) -> Anomaly?

    /// The incidents a query asks for, the latest start first, then by id; at most its limit.
    func incidents(_ query: IncidentQuery) async throws(CatalogError) -> [Incident]

    /// How many a query asks for, its limit and place aside.
    func incidentCount(_ query: IncidentQuery) async throws(CatalogError) -> Int

    /// One incident; nil where there is none.
    func incident(_ id: IncidentID) async throws(CatalogError) -> Incident?

    /// Removes anomalies that were over before a time, and incidents that then have no members; returns how many
    /// anomalies.
    func removeAnomalies(endedBefore time: Timestamp) async throws(CatalogError) -> Int

    /// Adds what an operator said or replaces what has the same id; throws `invalidValue` for an unknown interface.
    ///
    /// It stays when its anomaly is removed, as levels follow from it.
    func saveAnomalyAction(_ action: AnomalyAction) async throws(CatalogError)

    /// What operators said after a time, ordered by creation, then id.
    func anomalyActions(after: Timestamp?) async throws(CatalogError) -> [AnomalyAction]

    /// What operators said of one interface, ordered by creation, then id.
    func anomalyActions(of interface: InterfaceID) async throws(CatalogError) -> [AnomalyAction]

    /// One of the things that operators said; nil where there is none.
    func anomalyAction(_ id: AnomalyActionID) async throws(CatalogError) -> AnomalyAction?

    /// Takes back what an operator said; false where there was nothing.
    func removeAnomalyAction(_ id: AnomalyActionID) async throws(CatalogError) -> Bool

    /// Adds an excluded time or replaces the one of the same id.
    ///
    /// Throws `invalidValue` where it ends before it begins, or its device or interface does not exist. It goes with
    /// them.
    func saveBaselineExclusion(_ exclusion: BaselineExclusion) async throws(CatalogError)

    /// All excluded times, ordered by begin, then id.
    func baselineExclusions() async throws(CatalogError) -> [BaselineExclusion]

    /// Removes an excluded time; false where there was none.
    func removeBaselineExclusion(_ id: BaselineExclusionID) async throws(CatalogError) -> Bool
}

extension AnomalyCatalog {
    /// What operators said of one interface, ordered by creation, then id; of all that was said.
    public func anomalyActions(of interface: InterfaceID) async throws(CatalogError) -> [AnomalyAction] {
        try await anomalyActions(after: nil).filter { $0.interfaceID == interface }
    }

    /// One of the things that operators said; nil where there is none.
    public func anomalyAction(_ id: AnomalyActionID) async throws(CatalogError) -> AnomalyAction? {
        try await anomalyActions(after: nil).first { $0.id == id }
    }
}

/// Which anomalies are asked for: what is nil, or a set that is empty, asks for all; a list that is empty, for none.
public struct AnomalyQuery: Sendable, Hashable {
    /// These.
    public var ids: [AnomalyID]?
    /// Of these interfaces.
    public var interfaces: [InterfaceID]?
    /// Of interfaces of these devices.
    public var devices: [DeviceID]?
    /// Members of these incidents.
    public var incidents: [IncidentID]?
    /// In one of these states.
    public var states: Set<AnomalyState>
    /// Of one of these severities.
    public var severities: Set<AnomalySeverity>
    /// Of one of these patterns.
    public var patterns: Set<AnomalyPattern>
    /// Over, or not.
    public var isOver: Bool?
    /// Those that last into the time from here on: begun then or later, not over, or over later.
    public var from: Timestamp?
    /// Those that began before.
    public var to: Timestamp?
    /// Those that come after this one in the order of the answer.
    public var after: AnomalyPlace?
    /// The most to answer, 1 or more.
    public var limit: Int

    /// All anomalies.
    public init(limit: Int) {
        states = []
        severities = []
        patterns = []
        self.limit = max(1, limit)
    }
}

/// Which incidents are asked for: what is nil, or a set that is empty, asks for all.
public struct IncidentQuery: Sendable, Hashable {
    /// In one of these states.
    public var states: Set<AnomalyState>
    /// Over, or not.
    public var isOver: Bool?
    /// Those that last into the time from here on: begun then or later, not over, or over later.
    public var from: Timestamp?
    /// Those that began before.
    public var to: Timestamp?
    /// Those that come after this one in the order of the answer.
    public var after: IncidentPlace?
    /// The most to answer, 1 or more.
    public var limit: Int

    /// All incidents.
    public init(limit: Int) {
        states = []
        self.limit = max(1, limit)
    }
}

/// A place in the order of anomalies: the latest start first, then the smaller id.
public struct AnomalyPlace: Sendable, Hashable {
    /// Start of the one before.
    public var startedAt: Timestamp
    /// Its id.
    public var id: AnomalyID

    /// The place behind an anomaly.
    public init(startedAt: Timestamp, id: AnomalyID) {
        self.startedAt = startedAt
        self.id = id
    }
}

/// A place in the order of incidents: the latest start first, then the smaller id.
public struct IncidentPlace: Sendable, Hashable {
    /// Start of the one before.
    public var startedAt: Timestamp
    /// Its id.
    public var id: IncidentID

    /// The place behind an incident.
    public init(startedAt: Timestamp, id: IncidentID) {
        self.startedAt = startedAt
        self.id = id
    }
}
