import Alerting
import Catalog
import Inventory
import Traffic

/// What a replay needs besides readings: the inventory, what holds alerts back, wiring, and what is recorded.
struct PastScene: Sendable {
    let start: Timestamp
    let end: Timestamp
    let inventory: AlertInventory
    let quiet: QuietBook
    let wiring: PastWiring
    let anomalies: PastAnomalies
    /// What alerts of that time tell of ports, devices and WARD FLUX itself, ascending by time.
    let recorded: [AlertReplayFact]

    /// Reads all of it.
    static func read(
        _ parts: AlertHistory.Parts, from start: Timestamp, to end: Timestamp
    ) async throws -> PastScene {
        let catalog = parts.catalog
        let past = try await catalog.past(from: start, to: end)
        try Task.checkCancellation()
        let known = try await inventory(catalog, down: past.downAtStart)
        let quiet = try await quiet(catalog, from: start)
        let place = await parts.place()
        let wiring = try await PastWiring(catalog, known, place: place, from: start, to: end)
        let anomalies = try await PastAnomalies(catalog, known, from: start, to: end)
        return PastScene(
            start: start, end: end, inventory: known, quiet: quiet, wiring: wiring, anomalies: anomalies,
            recorded: past.facts.sorted { $0.at < $1.at })
    }

    private static func inventory(
        _ catalog: any AlertHistory.Store, down: Set<InterfaceID>
    ) async throws -> AlertInventory {
        let devices = try await catalog.devices(.all)
        let interfaces = try await catalog.allInterfaces()
        return AlertInventory(devices: devices, interfaces: asTheyWere(interfaces, down: down))
    }

    private static func quiet(_ catalog: any AlertHistory.Store, from start: Timestamp) async throws -> QuietBook {
        let silences = try await catalog.silences(endingAfter: start)
        let windows = try await catalog.maintenanceWindows()
        return QuietBook(silences, windows)
    }

    /// What is known of their state is of today: they are as the first poll says, and were up only where that is known.
    private static func asTheyWere(_ interfaces: [Interface], down: Set<InterfaceID>) -> [Interface] {
        interfaces.map { interface in
            var past = interface
            (past.facts.adminStatus, past.facts.operStatus, past.facts.ifSpeed) = (nil, nil, nil)
            past.wasUp = down.contains(past.id)
            return past
        }
    }

    /// A replay of it that was told nothing yet.
    func replay(by laws: AlertLaws, _ settings: AlertReplaySettings, _ rateLaw: RateLaw) -> AlertReplay {
        AlertReplay(
            AlertReplayLaw(rules: laws.rules, routes: laws.routes, keepsState: laws.keepsState), inventory: inventory,
            quiet: quiet, start: start, settings: settings, rateLaw: rateLaw)
    }
}

/// What the alerts of a time tell of it, which no reading does: when ports and devices failed and came back between two
/// polls, whose duplex changed, and what was wrong with WARD FLUX itself; pure.
struct PastAlerts {
    private let start: Timestamp
    private let end: Timestamp
    private(set) var facts: [AlertReplayFact] = []
    /// Ports that were down already, and were told to be.
    private(set) var downAtStart: Set<InterfaceID> = []

    init(start: Timestamp, end: Timestamp) {
        (self.start, self.end) = (start, end)
    }

    /// The alerts that tell anything.
    func query(limit: Int) -> AlertQuery {
        var query = AlertQuery(limit: limit)
        query.conditions = [
            .interfaceDown, .duplexChanged, .deviceUnreachable, .diskSpace, .storeTrouble, .jobTrouble,
        ]
        (query.from, query.to) = (start, end)
        return query
    }

    /// Takes a page of them; what to ask for next, nil where this was the last.
    mutating func take(_ page: [Alert], of query: AlertQuery) -> AlertQuery? {
        for alert in page { take(alert) }
        guard page.count == query.limit, let last = page.last else { return nil }
        var next = query
        next.after = AlertPlace(startedAt: last.startedAt, id: last.id)
        return next
    }

    mutating func take(_ alert: Alert) {
        let began = max(alert.startedAt, start)
        let over = alert.resolvedAt.flatMap { $0 < end ? max($0, began) : nil }
        switch (alert.condition, alert.entity) {
        case (.interfaceDown, .interface(let id, _)):
            if alert.startedAt < start { downAtStart.insert(id) }
            facts.append(.status(id, admin: 1, oper: 2, at: began))
            if let over { facts.append(.status(id, admin: 0, oper: 1, at: over)) }
        case (.duplexChanged, .interface):
            guard alert.startedAt >= start else { return }
            facts.append(.occurrence(AlertOccurrence(alert.key, at: began, message: alert.message)))
        case (.deviceUnreachable, .device(let id)):
            facts += [.failed(id, askedAt: began, at: began), .silent(id, at: began)]
            if let over { facts.append(.heard(id, at: over)) }
        case (_, .system):
            let value = alert.context.worst ?? alert.value
            facts.append(.occurrence(AlertOccurrence(alert.key, at: began, message: alert.message, value: value)))
            if let over { facts.append(.occurrence(AlertOccurrence(alert.key, holds: false, at: over))) }
        default: return
        }
    }
}

extension AlertCatalog {
    private static var pageMax: Int { 1_000 }

    /// What the alerts of a time tell, page by page; not all of it where the task is cancelled.
    func past(from start: Timestamp, to end: Timestamp) async throws(CatalogError) -> PastAlerts {
        var past = PastAlerts(start: start, end: end)
        var next: AlertQuery? = past.query(limit: Self.pageMax)
        while let query = next, !Task.isCancelled {
            let page = try await alerts(query)
            next = past.take(page, of: query)
        }
        return past
    }
}

extension InterfaceCatalog {
    /// All interfaces, in pieces.
    func allInterfaces(pageMax: Int = 4_096) async throws(CatalogError) -> [Interface] {
        var (rows, after): ([Interface], InterfaceID?) = ([], nil)
        repeat {
            let page = try await interfaces(after: after, limit: pageMax)
            rows += page
            after = page.count == pageMax ? page.last?.id : nil
        } while after != nil
        return rows
    }
}
