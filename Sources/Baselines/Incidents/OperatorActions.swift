public import Inventory

/// What operators said, as it bears on the state of anomalies.
///
/// - `expected`, said of an anomaly, holds for it for good; said of an interface, for what is out of the usual between
///   its creation and `until`, or at its creation where there is no `until`.
/// - `mute` holds between its creation and `until`; without `until` for as long as it is not taken back. Said of an
///   anomaly it holds for that one only.
/// - `newNormal` changes no state: the levels move, and the anomaly ends by itself.
///
/// Of both, `expected` wins. A side of nil means all four.
public struct OperatorActions: Sendable {
    private let byInterface: [InterfaceID: [AnomalyAction]]

    /// The actions that are stored, all of them, in any order.
    public init(_ actions: [AnomalyAction] = []) {
        byInterface = Dictionary(grouping: actions.filter { $0.kind != .newNormal }, by: \.interfaceID)
    }

    /// What becomes of an anomaly by what was said of it: `expected` or `muted`; nil where nothing holds at the moment.
    public func state(of anomaly: Anomaly, at now: Timestamp) -> AnomalyState? {
        guard let actions = byInterface[anomaly.interfaceID] else { return nil }
        let holding = actions.filter { Self.holds($0, for: anomaly, at: now) }
        if holding.contains(where: { $0.kind == .expected }) { return .expected }
        return holding.isEmpty ? nil : .muted
    }

    private static func holds(_ action: AnomalyAction, for anomaly: Anomaly, at now: Timestamp) -> Bool {
        guard action.createdAt <= now, action.side == nil || action.side == anomaly.side else { return false }
        if let named = action.anomalyID, named != anomaly.id { return false }
        switch action.kind {
        case .newNormal: return false
        case .mute: return action.until.map { now < $0 } ?? true
        case .expected:
            if action.anomalyID != nil { return true }
            let end = anomaly.endedAt ?? max(anomaly.lastAt, now)
            guard end >= action.createdAt else { return false }
            return anomaly.startedAt <= action.createdAt || action.until.map { anomaly.startedAt < $0 } ?? false
        }
    }
}
