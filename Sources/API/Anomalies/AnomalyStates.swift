import Baselines
import Catalog
import Inventory
import Logging

/// Makes the states of anomalies and incidents follow what operators said, without waiting for the next check.
struct AnomalyStates: Sendable {
    let state: APIState
    /// Anomalies that one saying moves at most; the next check moves the others.
    private static let movedMax = 1_000

    /// Moves the anomalies of which something is said, or was: one, and those of its interface that are not over.
    ///
    /// What was said is kept by then, and the next check does the same: a failure is logged, and nobody is told to say
    /// it again.
    func follow(_ action: AnomalyAction, of anomaly: AnomalyID?, at now: Timestamp) async {
        do {
            let moved = try await state.services.catalog.moveAnomalies(
                try await moves(after: action, of: anomaly, at: now))
            guard !moved.anomalies.isEmpty else { return }
            try await AnomalyNewsFeed(state: state).tell(
                AnomalyNews(anomalies: moved.anomalies, incidents: moved.incidents))
        } catch {
            state.services.logger.warning(
                "What was said of an anomaly is kept; its state follows at the next check",
                metadata: ["action": "\(action.id)", "interface_id": "\(action.interfaceID)", "error": "\(error)"])
        }
    }

    private func moves(
        after action: AnomalyAction, of anomaly: AnomalyID?, at now: Timestamp
    ) async throws -> [AnomalyMove] {
        let catalog = state.services.catalog
        let said = OperatorActions(try await catalog.anomalyActions(of: action.interfaceID))
        let touched = try await touched(by: action, anomaly)
        let incidents = try await incidents(of: touched)
        return touched.compactMap { anomaly in
            let told = anomaly.incidentID.flatMap { incidents[$0] }
            let after = said.state(of: anomaly, at: now) ?? unsaid(anomaly.state, in: told)
            return after == anomaly.state ? nil : AnomalyMove(anomaly.id, from: anomaly.state, to: after)
        }
    }

    /// The state of an anomaly of which nothing is said any more, in an incident of a state.
    ///
    /// What the budget held back stays held back, and what it was never asked about waits for the next check, which
    /// asks it.
    private func unsaid(_ before: AnomalyState, in incident: AnomalyState?) -> AnomalyState {
        guard before == .muted || before == .expected else { return before }
        let budget = state.services.anomalies.budget
        guard let incident, budget.perWeek != nil || !budget.groups.isEmpty else { return .raised }
        return incident == .raised || incident == .expected ? .raised : .heldBack
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

    private func incidents(of anomalies: [Anomaly]) async throws -> [IncidentID: AnomalyState] {
        var states: [IncidentID: AnomalyState] = [:]
        for id in Set(anomalies.compactMap(\.incidentID)).sorted() {
            states[id] = try await state.services.catalog.incident(id)?.state
        }
        return states
    }
}
