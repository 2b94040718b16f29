package import Inventory

/// Members are no column: they are the anomalies that name the incident.
extension Incident: TableRow {
    package static let table = "incidents"
    package static let columns = [
        "id", "scope", "device_id", "site", "title", "severity", "state", "started_at", "last_started_at", "ended_at",
        "evidence",
    ]

    package func write(to sink: inout some ColumnSink) {
        sink.id(id)
        sink.text(scope.rawValue)
        sink.id(deviceID)
        sink.text(site)
        sink.text(title)
        sink.text(severity.rawValue)
        sink.text(state.rawValue)
        sink.time(startedAt)
        sink.time(lastStartedAt)
        sink.time(endedAt)
        sink.text(JSONText.list(evidence))
    }

    package init(reading row: inout some ColumnReading) throws {
        let (id, scope): (IncidentID, IncidentScope) = (try row.requiredID(), try row.word())
        let (device, site, title) = (try row.id(Device.self), row.text(), row.requiredText())
        let (severity, state): (AnomalySeverity, AnomalyState) = (try row.word(), try row.word())
        self.init(id: id, scope: scope, at: try row.requiredTime())
        (deviceID, self.site, self.title, self.severity, self.state) = (device, site, title, severity, state)
        lastStartedAt = try row.requiredTime()
        endedAt = try row.time()
        evidence = try row.textList()
        anomalyIDs = try row.textList().compactMap { AnomalyID($0) }
    }
}
