public import Inventory

/// The open incidents: takes what a check found, groups it, keeps to the budget, and says what is to be stored.
///
/// A book made of what is stored goes on as the one that stored it would have: `incidents` that last into `reach`
/// before now, in any state, and all their anomalies as members. What is told depends on nothing else.
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

    /// A book of what is stored.
    ///
    /// - Parameters:
    ///   - incidents: those that are open, and those that last into the time from `reachSeconds` before now on.
    ///   - members: their anomalies, whose `incidentID` says of which; those of interfaces that are gone are left out.
    public init(
        settings: IncidentSettings = IncidentSettings(), budget: AlarmBudget = AlarmBudget(),
        incidents: [Incident] = [], members: [IncidentMember] = [], at now: Timestamp = Timestamp(milliseconds: 0)
    ) {
        self.settings = settings
        self.budget = budget
        let byIncident = Dictionary(grouping: members) { $0.anomaly.incidentID }
        for incident in incidents {
            let own = byIncident[incident.id] ?? []
            ledger.note(incident, budgets: budget.budgets(over: own.map(\.place)))
            guard !own.isEmpty, isKept(incident, at: now) else { continue }
            self.incidents[incident.id] = incident
            for member in own { self.members[member.anomaly.id] = member }
        }
        ledger.forget(before: now)
    }

    /// Takes the anomalies that began, changed or ended in a check.
    ///
    /// An anomaly that a caller passes again unchanged costs nothing and is not answered.
    ///
    /// - Parameters:
    ///   - changed: with the state and incident they are stored with; new ones are `raised` and of no incident. Their
    ///     order does not matter.
    ///   - census: of the interfaces that are watched; where it is empty, there are no crowds of a site or of all.
    ///   - actions: all that are stored: a state that none of them speaks for any more is taken back.
    ///   - now: the time of the check; not before that of the check before.
    public mutating func take(
        _ changed: [IncidentMember], census: InterfaceCensus, actions: OperatorActions, at now: Timestamp
    ) -> IncidentChanges {
        let before = (members: members, incidents: incidents)
        for member in changed { enter(member) }
        members = members.mapValues { Self.withState($0, actions, at: now) }
        regroup(census, changed: Set(changed.map(\.anomaly.id)))
        decide(before: before.incidents, at: now)
        let changes = changes(since: before)
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

    /// A member as it is now; the incident that is known here holds.
    private mutating func enter(_ member: IncidentMember) {
        var member = member
        let incident = members[member.anomaly.id]?.anomaly.incidentID ?? member.anomaly.incidentID
        member.anomaly.incidentID = incident.flatMap { incidents[$0] == nil ? nil : $0 }
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

    private mutating func forget(at now: Timestamp) {
        for (id, incident) in incidents where !isKept(incident, at: now) {
            incidents[id] = nil
            for anomaly in incident.anomalyIDs { members[anomaly] = nil }
        }
        ledger.forget(before: now)
    }

    private func isKept(_ incident: Incident, at now: Timestamp) -> Bool {
        guard let end = incident.endedAt else { return true }
        return now.secondsSince(max(end, incident.lastStartedAt)) < Double(settings.memorySeconds)
    }
}
