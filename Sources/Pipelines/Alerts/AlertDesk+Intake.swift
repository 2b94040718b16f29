import Alerting
import Catalog
import Inventory
import Jobs
import Logging

/// What is looked at again and again: the inventory, rules, topology, silences, and what operators said.
extension AlertDesk {
    private static let pageMax = 4096
    private static let changesMax = 10_000
    private static let actionsMax = 1_000
    /// What was over within this time is remembered at start, for damping.
    private static let rememberedSeconds = 7_200.0

    /// Looks once; says why it could not, nil where it could.
    @discardableResult
    func look() async -> String? {
        await looking.run { await self.lookOnce() }
    }

    private func lookOnce() async -> String? {
        do {
            if !seen.isLoaded { try await load() }
            try await lookAtInventory()
            try await lookAtTopology()
            try await hear().get()
            seen.fault = nil
            return nil
        } catch {
            let fault = "\(error)"
            if seen.fault != fault, !Task.isCancelled {
                parts.logger.warning("alerts go on with what was known before: \(fault)")
            }
            seen.fault = fault
            return fault
        }
    }

    // MARK: - Start

    /// Goes on from where the catalog was left.
    private func load() async throws {
        let now = parts.clock.now
        var stored: [AlertID: Alert] = [:]
        var open = AlertQuery(limit: Self.pageMax)
        var (owing, late) = (open, open)
        open.states = [.pending, .firing, .acknowledged]
        owing.owesRecovery = true
        (late.states, late.from) = ([.resolved], now.advanced(bySeconds: -Self.rememberedSeconds))
        for query in [open, owing, late] {
            for alert in try await parts.alerts.allAlerts(query) { stored[alert.id] = alert }
        }
        let action = try await parts.alerts.appliedAlertAction()
        let found = try await parts.openAnomalies()
        engine = AlertEngine(stored.values.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) })
        try await readDeliveries()
        for anomaly in found { anomalies.take(anomaly) }
        seen.action = action
        seen.remember(stored.values)
    }

    /// After the first inventory: what was found of traffic, and what came meanwhile.
    private func begin(at now: Timestamp) {
        seen.isLoaded = true
        let open = engine.ledger.open.keys.compactMap { $0.condition == .anomaly ? $0.entity.interfaceID : nil }
        takeAnomalies(of: anomalies.interfaces.union(open), at: now)
        takeEarly()
        takeEarlyEnds()
    }

    // MARK: - Inventory and rules

    private func lookAtInventory() async throws {
        let now = parts.clock.now
        let revision = try await parts.revision()
        let isNew = revision != seen.revision && seen.isInventoryDue(at: now, secondsMin: settings.inventorySecondsMin)
        guard isNew || !seen.isLoaded else { return takeLaws() }
        if isNew {
            let devices = try await parts.catalog.devices(.all)
            var interfaces = try await allInterfaces()
            seen.correct(&interfaces, at: now)
            seen.inventory = AlertInventory(devices: devices, interfaces: interfaces)
            let devicesNow = seen.inventory.devices
            seen.unproved = seen.unproved.filter { devicesNow[$0.key] != nil }
            seen.askedAt = seen.askedAt.filter { devicesNow[$0.key] != nil }
            seen.watched = seen.inventory.interfaces.values.count {
                $0.monitoringEnabled && $0.enabled && $0.missingSince == nil
            }
            (seen.revision, seen.readAt) = (revision, now)
            seen.readSeconds = max(0, parts.clock.now.secondsSince(now))
        }
        revise(by: parts.laws(), at: now)
        if !seen.isLoaded { begin(at: now) }
    }

    /// Takes over rules, routes and receivers where they are others than before.
    func takeLaws() {
        let laws = parts.laws()
        if laws.revision != seen.laws?.revision { revise(by: laws, at: parts.clock.now) }
    }

    private func revise(by laws: AlertLaws, at now: Timestamp) {
        engine.revise(seen.inventory, rules: laws.rules, at: now)
        if laws.revision != seen.laws?.revision {
            engine.revise(laws.routes, keepsState: laws.keepsState, receivers: laws.receivers)
        }
        (seen.laws, seen.isUnjudged) = (laws, true)
        signal.yield()
    }

    private func allInterfaces() async throws(CatalogError) -> [Interface] {
        var (rows, after): ([Interface], InterfaceID?) = ([], nil)
        repeat {
            let page = try await parts.catalog.interfaces(after: after, limit: Self.pageMax)
            rows += page
            after = page.count == Self.pageMax ? page.last?.id : nil
        } while after != nil
        return rows
    }

    // MARK: - Topology

    private func lookAtTopology() async throws {
        let state = try await parts.catalog.topologyState()
        let place = await parts.place()
        guard state != seen.topology || place != seen.place else { return }
        let book = try await parts.catalog.topologyBook()
        engine.revise(ReachabilityGraph(book, place: place), waitSeconds: seen.laws?.waitSeconds ?? 60)
        let before = seen.topologyRevision
        if let before, let revision = book.revision, revision.number > before.number {
            let records = try await parts.catalog.linkChanges(
                after: before.at, until: revision.at, limit: Self.changesMax)
            let news = NeighbourNews(book.links.map(\.link), seen.inventory, open: Set(engine.ledger.open.keys))
            for one in news.occurrences(records, after: before.number) { take(one) }
        }
        seen.topologyRevision = book.revision.map { ($0.number, $0.at) }
        (seen.topology, seen.place) = (state, place)
        signal.yield()
    }

    // MARK: - Operators

    /// Looks at silences, windows and what operators said of alerts.
    func hear() async -> Result<Void, any Error> {
        await hearing.run {
            do {
                try await self.lookAtSilences()
                try await self.lookAtActions()
                return .success(())
            } catch {
                return .failure(error)
            }
        }
    }

    private func lookAtSilences() async throws {
        let silences = try await parts.alerts.silences(endingAfter: parts.clock.now)
        let windows = try await parts.alerts.maintenanceWindows()
        guard silences != seen.silences || windows != seen.windows else { return }
        engine.revise(QuietBook(silences, windows))
        (seen.silences, seen.windows) = (silences, windows)
        signal.yield()
    }

    /// Applies what operators said, in order; the next evaluation writes up to where.
    private func lookAtActions() async throws {
        while true {
            let actions = try await parts.alerts.alertActions(after: seen.action, limit: Self.actionsMax)
            for action in actions {
                if !engine.apply(action, at: parts.clock.now) {
                    parts.logger.info(
                        "\(action.kind.rawValue) of the alert \(action.alertID) came too late: it is over")
                }
                (seen.action, unwrittenAction) = (action.number, action.number)
                signal.yield()
            }
            if actions.count < Self.actionsMax { return }
        }
    }
}

extension AlertCatalog {
    /// All alerts of a query, page by page.
    func allAlerts(_ query: AlertQuery) async throws(CatalogError) -> [Alert] {
        var (query, found): (AlertQuery, [Alert]) = (query, [])
        while true {
            let page = try await alerts(query)
            found += page
            guard page.count == query.limit, let last = page.last else { return found }
            query.after = AlertPlace(startedAt: last.startedAt, id: last.id)
        }
    }
}
