package import Inventory

extension AnomalyAction: TableRow {
    package static let table = "anomaly_actions"
    package static let columns = [
        "id", "kind", "anomaly_id", "interface_id", "direction", "measure", "holds_until", "note", "author",
        "created_at",
    ]

    package func write(to sink: inout some ColumnSink) {
        sink.id(id)
        sink.text(kind.rawValue)
        sink.id(anomalyID)
        sink.id(interfaceID)
        sink.text(side?.direction.rawValue)
        sink.text(side?.measure.rawValue)
        sink.time(until)
        sink.text(note)
        sink.text(author)
        sink.time(createdAt)
    }

    package init(reading row: inout some ColumnReading) throws {
        let (id, kind): (AnomalyActionID, AnomalyActionKind) = (try row.requiredID(), try row.word())
        let (anomaly, interface) = (try row.id(Anomaly.self), try row.requiredID(Interface.self))
        let (direction, measure): (TrafficDirection?, TrafficMeasure?) = (
            try row.optionalWord(), try row.optionalWord()
        )
        let (until, note, author) = (try row.time(), row.text(), row.text())
        self.init(id: id, kind: kind, interfaceID: interface, at: try row.requiredTime())
        anomalyID = anomaly
        if let direction, let measure { side = TrafficSide(direction, measure) }
        (self.until, self.note, self.author) = (until, note, author)
    }
}

extension BaselineExclusion: TableRow {
    package static let table = "baseline_exclusions"
    package static let columns = [
        "id", "scope", "device_id", "interface_id", "tag", "starts_at", "ends_at", "reason", "created_at",
    ]

    package func write(to sink: inout some ColumnSink) {
        var (word, device, interface, tag): (String, DeviceID?, InterfaceID?, String?) = ("all", nil, nil, nil)
        switch scope {
        case .all: break
        case .device(let id): (word, device) = ("device", id)
        case .interface(let id): (word, interface) = ("interface", id)
        case .tag(let name): (word, tag) = ("tag", name)
        }
        sink.id(id)
        sink.text(word)
        sink.id(device)
        sink.id(interface)
        sink.text(tag)
        sink.time(from)
        sink.time(to)
        sink.text(reason)
        sink.time(createdAt)
    }

    /// Which column is filled tells the scope, as the schema demands.
    package init(reading row: inout some ColumnReading) throws {
        let id = try row.requiredID(BaselineExclusion.self)
        _ = row.text()
        var scope = ExclusionScope.all
        if let device = try row.id(Device.self) { scope = .device(device) }
        if let interface = try row.id(Interface.self) { scope = .interface(interface) }
        if let tag = row.text() { scope = .tag(tag) }
        let (from, to, reason) = (try row.requiredTime(), try row.requiredTime(), row.text())
        self.init(id: id, scope: scope, from: from, to: to, at: try row.requiredTime())
        self.reason = reason
    }
}
