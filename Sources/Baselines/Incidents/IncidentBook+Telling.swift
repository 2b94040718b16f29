import Inventory

extension IncidentBook {
    /// Decides what is told and what is held back; of those that ask for room the worst first, then the earliest.
    ///
    /// What was told stays told. What was held back is looked at again where it became worse or larger, and, if it is
    /// high or critical and not over, at every check.
    mutating func decide(before: [IncidentID: Incident], at now: Timestamp) {
        let past = past(of: before)
        var asking: [Incident] = []
        for incident in incidents.values {
            let states = incident.anomalyIDs.compactMap { members[$0]?.anomaly.state }
            if !states.contains(.raised), !states.contains(.heldBack) {
                settle(incident, Self.state(of: states))
            } else if past[incident.id, default: []].contains(where: { $0.state == .raised || $0.state == .expected }) {
                settle(incident, .raised)
            } else {
                settle(incident, .heldBack)
                if asks(incident, past[incident.id, default: []]) { asking.append(incident) }
            }
        }
        for gone in before.keys where incidents[gone] == nil { ledger.remove(gone) }
        tell(asking, at: now)
    }

    /// What each incident was before the check: itself, and those it has taken in.
    private func past(of before: [IncidentID: Incident]) -> [IncidentID: [Incident]] {
        var past = before.mapValues { [$0] }
        for gone in before.values where incidents[gone.id] == nil {
            let takers = Set(gone.anomalyIDs.compactMap { members[$0]?.anomaly.incidentID })
            for taker in takers { past[taker, default: []].append(gone) }
        }
        return past
    }

    /// Whether it is new, or was held back and there is reason to look again.
    private func asks(_ incident: Incident, _ past: [Incident]) -> Bool {
        let held = past.filter { $0.state == .heldBack }
        guard let worst = held.map(\.severity).max(), held.count == past.count else { return true }
        let isLarger = incident.anomalyIDs.count > held.map(\.anomalyIDs.count).reduce(0, +)
        let isUrgent = incident.severity >= .high && incident.endedAt == nil
        return incident.severity > worst || isLarger || isUrgent
    }

    /// Tells as many as there is room for.
    private mutating func tell(_ asking: [Incident], at now: Timestamp) {
        var spent = ledger.spent(at: now)
        let ordered = asking.sorted { left, right in
            left.severity == right.severity ? Self.isBefore(left, right) : left.severity > right.severity
        }
        for incident in ordered {
            let budgets = budgets(of: incident)
            guard budget.hasRoom(for: incident.severity, in: budgets, spent: spent) else { continue }
            settle(incident, .raised)
            for group in budgets { spent[group, default: 0] += 1 }
        }
    }

    /// Gives an incident a state, and it to those of its anomalies of which operators said nothing.
    private mutating func settle(_ incident: Incident, _ state: AnomalyState) {
        incidents[incident.id]?.state = state
        for id in incident.anomalyIDs where [.raised, .heldBack].contains(members[id]?.anomaly.state) {
            members[id]?.anomaly.state = state
        }
        guard let settled = incidents[incident.id] else { return }
        ledger.note(settled, budgets: budgets(of: settled))
    }

    private func budgets(of incident: Incident) -> Set<AlarmGroup?> {
        budget.budgets(over: incident.anomalyIDs.lazy.compactMap { members[$0]?.place })
    }

    /// What differs from before, and what else is to be stored again, with its incidents.
    func changes(
        since before: (members: [AnomalyID: IncidentMember], incidents: [IncidentID: Incident]),
        and again: Set<AnomalyID> = []
    ) -> IncidentChanges {
        let anomalies = members.values.map(\.anomaly).filter { anomaly in
            before.members[anomaly.id]?.anomaly != anomaly || again.contains(anomaly.id)
        }
        let touched = Set(again.compactMap { members[$0]?.anomaly.incidentID })
        var changed = incidents.values.filter { before.incidents[$0.id] != $0 || touched.contains($0.id) }
        for var gone in before.incidents.values where incidents[gone.id] == nil {
            gone.anomalyIDs = []
            changed.append(gone)
        }
        return IncidentChanges(
            anomalies: anomalies.sorted(by: Self.isBefore), incidents: changed.sorted(by: Self.isBefore))
    }
}
