import Catalog
import Inventory

/// Alerts that differ in all that can be asked for, and questions about them, drawn from a seed.
private struct AlertPool {
    private var numbers: SeededNumbers
    private var devices: [DeviceID] = []
    private var interfaces: [InterfaceID] = []
    private var causes: [AlertID] = []
    private var ids: [AlertID] = []
    /// In no order.
    private(set) var alerts: [Alert] = []

    init(seed: UInt64) {
        numbers = SeededNumbers(seed: seed)
        devices = (0..<3).map { _ in .random(using: &numbers) }
        interfaces = (0..<5).map { _ in .random(using: &numbers) }
        causes = (0..<3).map { _ in .random(using: &numbers) }
        var keys: Set<AlertKey> = []
        for _ in 0..<80 {
            let alert = draw()
            if !alert.isOpen || keys.insert(alert.key).inserted { alerts.append(alert) }
        }
        ids = alerts.map(\.id)
    }

    private mutating func below(_ bound: Int) -> Int {
        Int.random(in: 0..<bound, using: &numbers)
    }

    /// Few times and small steps of it, so that many are equal.
    private mutating func time() -> Timestamp {
        Specimens.time(Double(below(12)))
    }

    private mutating func word<Word: CaseIterable>() -> Word where Word.AllCases: RandomAccessCollection {
        Word.allCases[Word.allCases.index(Word.allCases.startIndex, offsetBy: below(Word.allCases.count))]
    }

    private mutating func draw() -> Alert {
        let port = below(5)
        let entities: [AlertEntity] = [
            .interface(interfaces[port], of: devices[port % 3]), .device(devices[below(3)]),
            .system(["disk", "catalog"][below(2)]),
        ]
        var alert = Alert(
            id: .random(using: &numbers), entity: entities[below(3)], condition: word(), rule: "r", severity: word(),
            at: time())
        alert.state = word()
        if !alert.isOpen { alert.resolvedAt = alert.startedAt.advanced(bySeconds: Double(below(4))) }
        if below(3) == 0 { alert.hold = word() }
        if below(3) == 0 { alert.causeID = causes[below(3)] }
        if below(2) == 0 {
            alert.tellings = [AlertTelling("noc", at: alert.startedAt, severity: .low, isOver: below(2) == 0)]
        }
        return alert
    }

    private mutating func some<Value>(_ pool: [Value], _ stranger: Value) -> [Value]? {
        guard below(5) == 0 else { return nil }
        return (0..<below(4)).map { _ in below(6) == 0 ? stranger : pool[below(pool.count)] }
    }

    private mutating func words<Word: CaseIterable & Hashable>() -> Set<Word> {
        below(4) == 0 ? Set(Word.allCases.filter { _ in below(2) == 0 }) : []
    }

    mutating func question() -> AlertQuery {
        var query = AlertQuery(limit: [1, 3, 10, 1_000][below(4)])
        query.ids = below(3) == 0 ? some(ids, .random(using: &numbers)) : nil
        query.devices = some(devices, .random(using: &numbers))
        query.interfaces = some(interfaces, .random(using: &numbers))
        query.causes = some(causes, .random(using: &numbers))
        (query.states, query.severities, query.conditions) = (words(), words(), words())
        query.holds = words()
        if below(5) == 0 { query.isHeld = below(2) == 0 }
        if below(5) == 0 { query.owesRecovery = below(2) == 0 }
        if below(3) == 0 { query.from = time() }
        if below(3) == 0 { query.to = time() }
        if below(3) == 0 { query.after = AlertPlace(startedAt: time(), id: ids[below(ids.count)]) }
        return query
    }
}

/// What a query is answered with, as its words say, read off one after the other.
private func answer(_ query: AlertQuery, of alerts: [Alert]) -> (page: [Alert], count: Int) {
    let all = alerts.filter { holds(query, $0) }.sorted { ($1.startedAt, $0.id) < ($0.startedAt, $1.id) }
    let behind = all.filter { alert in
        guard let place = query.after else { return true }
        return alert.startedAt < place.startedAt || alert.startedAt == place.startedAt && place.id < alert.id
    }
    return (Array(behind.prefix(query.limit)), all.count)
}

private func holds(_ query: AlertQuery, _ alert: Alert) -> Bool {
    if let ids = query.ids, !ids.contains(alert.id) { return false }
    if let devices = query.devices, !devices.contains(where: { $0 == alert.entity.deviceID }) { return false }
    if let ports = query.interfaces, !ports.contains(where: { $0 == alert.entity.interfaceID }) { return false }
    if let causes = query.causes, !causes.contains(where: { $0 == alert.causeID }) { return false }
    if !query.states.isEmpty, !query.states.contains(alert.state) { return false }
    if !query.severities.isEmpty, !query.severities.contains(alert.severity) { return false }
    if !query.conditions.isEmpty, !query.conditions.contains(alert.condition) { return false }
    if !query.holds.isEmpty, !(alert.hold.map { query.holds.contains($0) } ?? false) { return false }
    if let isHeld = query.isHeld, isHeld != (alert.hold != nil) { return false }
    if let owes = query.owesRecovery, owes != alert.owesRecovery { return false }
    if let from = query.from, let end = alert.resolvedAt, end <= from, alert.startedAt < from { return false }
    if let to = query.to, alert.startedAt >= to { return false }
    return true
}

extension CatalogContract {
    private static let drawnAlertChecks = (1...4 as ClosedRange<UInt64>).map { seed in
        Check("alerts are asked for by all that a query names, in order, and counted alike, seed \(seed)") { catalog in
            var pool = AlertPool(seed: seed)
            try await catalog.saveAlerts(AlertBatch(pool.alerts))
            for number in 0..<200 {
                let query = pool.question()
                let expected = answer(query, of: pool.alerts)
                let what = "question \(number) of seed \(seed): \(query)"
                try expectEqual(try await catalog.alerts(query), expected.page, what)
                try expectEqual(try await catalog.alertCount(query), expected.count, "count of \(what)")
            }
        }
    }

    static let alertQueryChecks =
        drawnAlertChecks + [
            Check("a time from which alerts are asked for has those in it that end later, or begin then") { catalog in
                let alerts = [
                    Specimens.alert(at: 5), Specimens.alert(at: 4, lasting: 0), Specimens.alert(at: 3, lasting: 2),
                    Specimens.alert(at: 2, lasting: 2), Specimens.alert(at: 0),
                ]
                try await catalog.saveAlerts(AlertBatch(alerts))
                var query = AlertQuery(limit: 9)
                query.from = Specimens.time(4)
                try expectEqual(
                    try await catalog.alerts(query), [0, 1, 2, 4].map { alerts[$0] }, "from the 4th second on")
                query.to = Specimens.time(3)
                try expectEqual(try await catalog.alerts(query), [alerts[4]], "begun before the 3rd second")
                (query.from, query.to) = (Timestamp(milliseconds: .min), Timestamp(milliseconds: .max))
                try expectEqual(try await catalog.alerts(query), alerts, "from the first to the last time there is")
            },
            Check("alerts that began together are ordered by id, and pages of them neither miss nor repeat one") {
                catalog in
                let all = (0..<20).map { Specimens.alert(at: Double($0 / 7)) }
                try await catalog.saveAlerts(AlertBatch(all))
                var (read, query) = ([Alert](), AlertQuery(limit: 3))
                query.states = [.firing]
                for _ in 0..<100 {
                    let page = try await catalog.alerts(query)
                    guard let last = page.last else { break }
                    read += page
                    query.after = AlertPlace(startedAt: last.startedAt, id: last.id)
                    // What begins meanwhile comes before all of these.
                    try await catalog.saveAlerts(AlertBatch([Specimens.alert(at: 60)]))
                }
                let order = all.sorted { ($1.startedAt, $0.id) < ($0.startedAt, $1.id) }
                try expectEqual(read, order, "alerts of the pages")
            },
        ]
}
