import Inventory

extension IncidentBook {
    /// Gives every member an incident and makes incidents anew of members that are others or changed.
    mutating func regroup(_ census: InterfaceCensus, changed: Set<AnomalyID>) {
        let ordered = members.values.sorted { Self.isBefore($0.anomaly, $1.anomaly) }
        let grouping = IncidentGrouping(settings: settings, census: census)
        var made: [IncidentID: [IncidentMember]] = [:]
        for set in grouping.sets(of: ordered, already: \.anomaly.incidentID) {
            for (id, own) in assign(set.map { ordered[$0] }) { made[id] = own }
        }
        for (id, own) in made {
            let ids = own.map(\.anomaly.id)
            if let incident = incidents[id], !Self.isOtherwise(incident, own), !ids.contains(where: changed.contains) {
                continue
            }
            for anomaly in ids { members[anomaly]?.anomaly.incidentID = id }
            incidents[id] = Self.incident(id, of: own, as: incidents[id])
        }
        for id in incidents.keys where made[id] == nil { incidents[id] = nil }
    }

    /// Whether an incident has other members than it says, or goes on although none of them does: one was removed.
    private static func isOtherwise(_ incident: Incident, _ own: [IncidentMember]) -> Bool {
        incident.anomalyIDs != own.map(\.anomaly.id)
            || incident.endedAt == nil && own.allSatisfy(\.anomaly.isOver)
    }

    /// Which incidents the members of one story are in: one, unless that would be too many for it.
    ///
    /// The oldest incident takes in the others and those that are in none; of new ones the first member gives the name.
    private func assign(_ story: [IncidentMember]) -> [(IncidentID, [IncidentMember])] {
        let present = Dictionary(grouping: story.filter { $0.anomaly.incidentID != nil }) { $0.anomaly.incidentID }
        let known = present.keys.compactMap { $0.flatMap { incidents[$0] } }.sorted(by: Self.isBefore)
        guard story.count > settings.memberLimit else {
            guard let first = story.first else { return [] }
            return [(known.first?.id ?? Self.name(first), story)]
        }
        var filled = known.map { ($0.id, present[$0.id] ?? []) }
        var open = 0
        for member in story where member.anomaly.incidentID == nil {
            while open < filled.count, filled[open].1.count >= settings.memberLimit { open += 1 }
            if open == filled.count { filled.append((Self.name(member), [])) }
            filled[open].1.append(member)
        }
        return filled.map { ($0.0, $0.1.sorted { Self.isBefore($0.anomaly, $1.anomaly) }) }
    }

    private static func name(_ first: IncidentMember) -> IncidentID {
        StoryIdentity.incident(of: first.anomaly.id, startedAt: first.anomaly.startedAt)
    }

    /// An incident of its members, which are ordered by start.
    private static func incident(_ id: IncidentID, of own: [IncidentMember], as before: Incident?) -> Incident? {
        guard let first = own.first, let last = own.last else { return nil }
        let summary = IncidentSummary(own)
        var incident = Incident(id: id, scope: summary.scope, at: first.anomaly.startedAt)
        incident.deviceID = summary.deviceID
        incident.site = summary.site
        incident.title = summary.title
        incident.severity = own.map(\.anomaly.severity).max() ?? .low
        incident.state = before?.state ?? .raised
        incident.lastStartedAt = last.anomaly.startedAt
        let ends = own.compactMap(\.anomaly.endedAt)
        incident.endedAt = ends.count == own.count ? ends.max() : nil
        incident.anomalyIDs = own.map(\.anomaly.id)
        incident.evidence = IncidentEvidence(members: own).sentences
        return incident
    }

    /// The order of anomalies: by start, then id.
    static func isBefore(_ left: Anomaly, _ right: Anomaly) -> Bool {
        (left.startedAt, left.id) < (right.startedAt, right.id)
    }

    /// The order of incidents: by start, then id.
    static func isBefore(_ left: Incident, _ right: Incident) -> Bool {
        (left.startedAt, left.id) < (right.startedAt, right.id)
    }
}
