import Baselines
import Catalog
import Inventory
import Listing

/// Makes the states of anomalies and incidents follow what operators said, without waiting for the next check.
struct AnomalyStates: Sendable {
    let state: APIState
    /// Anomalies that one saying moves at most; the next check moves the others.
    private static let movedMax = 1_000

    /// Moves the anomalies of which something is said, or was: one, and those of its interface that are not over.
    func follow(_ action: AnomalyAction, of anomaly: AnomalyID?, at now: Timestamp) async throws {
        let catalog = state.services.catalog
        let actions = try await catalog.anomalyActions(after: nil).filter { $0.interfaceID == action.interfaceID }
        let said = OperatorActions(actions)
        var moved: [Anomaly] = []
        for anomaly in try await touched(by: action, anomaly) {
            guard let after = said.state(of: anomaly, at: now) ?? Self.unsaid(anomaly.state) else { continue }
            guard after != anomaly.state else { continue }
            var anomaly = anomaly
            anomaly.state = after
            moved.append(anomaly)
        }
        guard !moved.isEmpty else { return }
        try await catalog.saveAnomalies(moved, incidents: [])
        let incidents = try await incidents(of: moved)
        if !incidents.isEmpty { try await catalog.saveAnomalies([], incidents: incidents) }
        try await AnomalyNewsFeed(state: state).tell(AnomalyNews(anomalies: moved, incidents: incidents))
    }

    /// The state of an anomaly of which nothing is said any more; nil where nothing was.
    private static func unsaid(_ state: AnomalyState) -> AnomalyState? {
        state == .muted || state == .expected ? .raised : nil
    }

    private func touched(by action: AnomalyAction, _ anomaly: AnomalyID?) async throws -> [Anomaly] {
        var question = AnomalyQuery(limit: Self.movedMax)
        question.interfaces = [action.interfaceID]
        question.isOver = false
        var found = try await state.services.catalog.anomalies(question)
        if let id = anomaly, !found.contains(where: { $0.id == id }),
            let anomaly = try await state.services.catalog.anomaly(id)
        {
            found.append(anomaly)
        }
        return found
    }

    /// The incidents of anomalies whose state changes with theirs.
    private func incidents(of anomalies: [Anomaly]) async throws -> [Incident] {
        var changed: [Incident] = []
        for id in Set(anomalies.compactMap(\.incidentID)).sorted() {
            let found = try await state.services.catalog.incident(id)
            guard var incident = found else { continue }
            var states: Set<AnomalyState> = []
            for member in incident.anomalyIDs {
                if let anomaly = try await state.services.catalog.anomaly(member) { states.insert(anomaly.state) }
                if states.contains(.raised) { break }
            }
            guard let state = Self.state(of: states), state != incident.state else { continue }
            incident.state = state
            changed.append(incident)
        }
        return changed
    }

    /// The state of an incident whose members have these.
    static func state(of members: Set<AnomalyState>) -> AnomalyState? {
        [.raised, .heldBack, .muted, .expected].first { members.contains($0) }
    }
}
