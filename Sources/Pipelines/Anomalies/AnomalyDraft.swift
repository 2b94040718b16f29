import Baselines
import Inventory

/// A finding on its way to a row of `anomalies`.
struct AnomalyDraft: Sendable {
    var id: AnomalyID
    var side: TrafficSide
    var episode: Episode
    var port: WatchedPort
    /// Whether it was found in history that was read again.
    var isRebuilt: Bool
    /// The row as it is stored; nil where it is new.
    var stored: Anomaly?
    /// The same hour of the weeks before; empty where it is not asked.
    var lastWeeks: [Double?] = []

    /// Nil for a finding that is to no anomaly.
    init?(_ finding: SideFinding, _ port: WatchedPort, isRebuilt: Bool) {
        guard finding.event != nil, let episode = finding.episode else { return nil }
        side = finding.side
        self.isRebuilt = isRebuilt
        self.episode = episode
        self.port = port
        id = AnomalyWriter.identity(of: port.id, side, startedAt: episode.startedAt)
    }

    var weekKey: LastWeeks.Key { LastWeeks.Key(interface: port.id, side: side, at: episode.peakAt) }

    /// Identity and times of the row, of which the rest is not known yet.
    var outline: Anomaly {
        var row =
            stored ?? Anomaly(id: id, interfaceID: port.id, side: side, mode: episode.mode, at: episode.startedAt)
        (row.lastAt, row.endedAt) = (episode.lastAt, episode.endedAt)
        return row
    }

    /// The row; one that was seen to begin elsewhere before keeps its identity and its begin.
    func anomaly(_ writer: AnomalyWriter) -> Anomaly {
        var anomaly = writer.anomaly(
            of: episode, side: side, at: port.place, lastWeeks: lastWeeks, existing: stored)
        if let stored, stored.id != anomaly.id {
            (anomaly.id, anomaly.startedAt) = (stored.id, stored.startedAt)
            (anomaly.state, anomaly.incidentID) = (stored.state, stored.incidentID)
        }
        return anomaly
    }
}

/// The incidents of the last seven days by what became of them.
struct IncidentLedger: Sendable {
    private struct Standing: Sendable {
        var state: AnomalyState
        var startedAt: Timestamp
        var isOver: Bool
    }

    private var rows: [IncidentID: Standing] = [:]

    init(_ incidents: [Incident] = []) {
        for incident in incidents { put(incident) }
    }

    var openCount: Int { rows.values.count { !$0.isOver } }

    /// Incidents of a state that began since a time.
    func count(_ state: AnomalyState, since: Timestamp) -> Int {
        rows.values.count { $0.state == state && $0.startedAt >= since }
    }

    func change(of incident: Incident) -> AnomalyNews.Change {
        if incident.endedAt != nil || incident.anomalyIDs.isEmpty { return .ended }
        return rows[incident.id] == nil ? .started : .changed
    }

    mutating func put(_ incident: Incident) {
        rows[incident.id] =
            incident.anomalyIDs.isEmpty
            ? nil
            : Standing(state: incident.state, startedAt: incident.startedAt, isOver: incident.endedAt != nil)
    }

    mutating func forget(before time: Timestamp) {
        rows = rows.filter { !$0.value.isOver || $0.value.startedAt >= time }
    }
}

extension AnomalyBook {
    /// What became of an anomaly since it was put here.
    func change(of anomaly: Anomaly) -> AnomalyNews.Change {
        if anomaly.isOver { return .ended }
        return known[anomaly.id] == nil ? .started : .changed
    }
}
