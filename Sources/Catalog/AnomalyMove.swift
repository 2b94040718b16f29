public import Inventory

/// What is to become of one anomaly, if it still is as it was read.
public struct AnomalyMove: Sendable, Hashable {
    /// The anomaly.
    public var id: AnomalyID
    /// The state it was read with.
    public var from: AnomalyState
    /// The state it is to have.
    public var to: AnomalyState

    /// A move.
    public init(_ id: AnomalyID, from: AnomalyState, to: AnomalyState) {
        self.id = id
        self.from = from
        self.to = to
    }
}

/// What changed as anomalies were moved, as it is now.
public struct MovedAnomalies: Sendable, Hashable {
    /// Those whose state is another now, by start, then id.
    public var anomalies: [Anomaly]
    /// Incidents whose state is another now, by start, then id.
    public var incidents: [Incident]

    /// What changed; nothing by default.
    public init(anomalies: [Anomaly] = [], incidents: [Incident] = []) {
        self.anomalies = anomalies
        self.incidents = incidents
    }
}
