public import Inventory

/// The open incidents: takes what a check found, groups it, keeps to the budget, and says what is to be stored.
///
/// A book made of what is stored goes on as the one that stored it would have. At a check it holds the incidents that
/// are open or were over less than `memorySeconds` before, and those whose members go on, each with all its members.
/// Incidents that last into the last `reachSeconds`, in any state, are what is spent.
public struct IncidentBook: Sendable {
    /// When anomalies are one story.
    public let settings: IncidentSettings
    /// How many incidents may be told in any seven days.
    public let budget: AlarmBudget
    var incidents: [IncidentID: Incident] = [:]
    var members: [AnomalyID: IncidentMember] = [:]
    var ledger = AlarmLedger()

    /// Seconds before now into which stored incidents must last to be of use to a book: seven days.
    public static let reachSeconds = Double(AlarmBudget.days) * 86_400

    /// A book of nothing.
    public init(settings: IncidentSettings = IncidentSettings(), budget: AlarmBudget = AlarmBudget()) {
        self.settings = settings
        self.budget = budget
    }

    // MARK: - What is stored

    /// Takes an incident in as it is stored, with all its members; one that is at hand stays as it is.
    public mutating func recall(_ stored: StoredIncident) {
        guard incidents[stored.incident.id] == nil, !stored.members.isEmpty else { return }
        incidents[stored.incident.id] = stored.incident
        for member in stored.members where members[member.anomaly.id] == nil {
            members[member.anomaly.id] = member
        }
    }

    /// Notes what a stored incident takes of the budgets; `places` are those of its members.
    ///
    /// The places are not looked at where no group has a budget.
    public mutating func note(_ incident: Incident, at places: some Sequence<InterfacePlace>) {
        ledger.note(incident, budgets: budget.budgets(over: places))
    }

    /// Whether an incident is held: one that is over only as long as what is found late may join it.
    public func isKept(_ incident: Incident, at now: Timestamp) -> Bool {
        guard let end = incident.endedAt else { return true }
        return now.secondsSince(max(end, incident.lastStartedAt)) < Double(settings.memorySeconds)
    }

    /// The stored incidents that a check of these anomalies needs and that are not at hand.
    public func missing(for anomalies: some Sequence<Anomaly>) -> Set<IncidentID> {
        Set(anomalies.compactMap { incident(of: $0) }).subtracting(incidents.keys)
    }

    /// Whether an anomaly is a member of an incident at hand.
    public func holds(_ anomaly: AnomalyID) -> Bool { members[anomaly] != nil }

    /// Where the interface of a member is; nil for what is no member of an incident at hand.
    public func place(of anomaly: AnomalyID) -> InterfacePlace? { members[anomaly]?.place }

    // MARK: - Checks

    /// Takes the anomalies that began, changed or ended in a check.
    ///
    /// An anomaly that a caller passes again unchanged costs nothing and is not answered, unless it is stored
    /// otherwise than it is known here.
    ///
    /// - Parameters:
    ///   - changed: with the state and incident they are stored with; new ones are `raised` and of no incident. Their
    ///     order does not matter.
    ///   - recalled: the incidents that are `missing`; without them their members would become incidents of their own.
    ///   - states: of the stored anomalies that are not over, where others write them too.
    ///   - census: of the interfaces that are watched; where it is empty, there are no crowds of a site or of all.
    ///   - actions: all that are stored: a state that none of them speaks for any more is taken back.
    ///   - now: the time of the check; not before that of the check before.
    public mutating func take(
        _ changed: [IncidentMember], recalled: [StoredIncident] = [], states: [AnomalyID: AnomalyState] = [:],
        census: InterfaceCensus, actions: OperatorActions, at now: Timestamp
    ) -> IncidentChanges {
        // So that it does not matter when the check before was.
        forget(at: now, besides: Set(changed.compactMap { incident(of: $0.anomaly) }))
        for incident in recalled { recall(incident) }
        let before = (members: members, incidents: incidents)
        let differing = differing(from: states)
        for member in changed { enter(member) }
        members = members.mapValues { Self.withState($0, actions, at: now) }
        regroup(census, changed: Set(changed.map(\.anomaly.id)))
        decide(before: before.incidents, at: now)
        let changes = changes(since: before, and: differing)
        forget(at: now)
        return changes
    }

    /// Leaves out interfaces that are gone; incidents of which nothing is left go with them.
    public mutating func forget(interfaces: Set<InterfaceID>) {
        members = members.filter { !interfaces.contains($0.value.place.interfaceID) }
        let left = Set(members.values.compactMap(\.anomaly.incidentID))
        for id in incidents.keys where !left.contains(id) {
            incidents[id] = nil
            ledger.remove(id)
        }
    }

    /// How each budget stands: that of all interfaces first, then the groups by text.
    public func standings(at now: Timestamp) -> [AlarmBudgetStanding] {
        ledger.standings(of: budget, at: now)
    }

    /// The state of an incident whose anomalies have these: the most told of them.
    public static func state(of states: some Sequence<AnomalyState>) -> AnomalyState {
        let states = Set(states)
        let order: [AnomalyState] = [.raised, .heldBack, .muted, .expected]
        return order.first { states.contains($0) } ?? .raised
    }

    /// The incident of an anomaly: the one that is known here, else the one it is stored with.
    private func incident(of anomaly: Anomaly) -> IncidentID? {
        members[anomaly.id]?.anomaly.incidentID ?? anomaly.incidentID
    }

    /// Members that are stored in another state, or as if they went on.
    private func differing(from states: [AnomalyID: AnomalyState]) -> Set<AnomalyID> {
        Set(
            states.compactMap { id, state in
                members[id].flatMap { $0.anomaly.state == state && !$0.anomaly.isOver ? nil : id }
            })
    }

    /// A member as it is now; the incident that is known here holds.
    private mutating func enter(_ member: IncidentMember) {
        var member = member
        member.anomaly.incidentID = incident(of: member.anomaly).flatMap { incidents[$0] == nil ? nil : $0 }
        members[member.anomaly.id] = member
    }

    /// With what operators say of it; `raised` where they say nothing, until it is decided what is held back.
    private static func withState(
        _ member: IncidentMember, _ actions: OperatorActions, at now: Timestamp
    ) -> IncidentMember {
        var member = member
        member.anomaly.state = actions.state(of: member.anomaly, at: now) ?? .raised
        return member
    }

    /// Drops what is over for so long that nothing joins it, besides some that are about to go on.
    private mutating func forget(at now: Timestamp, besides named: Set<IncidentID> = []) {
        for (id, incident) in incidents where !isKept(incident, at: now) && !named.contains(id) {
            incidents[id] = nil
            for anomaly in incident.anomalyIDs { members[anomaly] = nil }
        }
        ledger.forget(before: now)
    }
}
