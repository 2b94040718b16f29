import Baselines
import Catalog
import Inventory
import Jobs
import Logging
import Synchronization

extension AnomalyWatch {
    /// Rows read from the catalog at a time.
    private static let rowsMax = 2000
    /// Intervals without a reading after which an anomaly is ended, at least an hour.
    private static let silentIntervals = 4
    static let weekSeconds = 7 * 86_400.0

    // MARK: - What is stored

    /// Reads the anomalies and incidents that may go on, once after the start.
    func openBook(at now: Timestamp) async throws {
        guard book == nil else { return }
        var query = AnomalyQuery(limit: Self.rowsMax)
        query.isOver = false
        var stored = try await anomalies(query)
        query.isOver = true
        query.from = oldestCursor(at: now).advanced(bySeconds: -AnomalyBook.memorySeconds)
        stored += try await anomalies(query)
        let ports = shared.withLock(\.ports)
        let members = stored.compactMap { row in ports[row.interfaceID].map { IncidentMember(row, at: $0.place) } }
        let rows = try await storedIncidents(from: now.advanced(bySeconds: -Self.weekSeconds))
        incidents = IncidentBook(budget: settings.budget, incidents: rows, members: members, at: now)
        ledger = IncidentLedger(rows)
        book = AnomalyBook(stored)
    }

    /// The oldest moment from which something may be judged again.
    private func oldestCursor(at now: Timestamp) -> Timestamp {
        let oldest = now.advanced(bySeconds: Double(-settings.historyDays * 86_400))
        let cursors = shared.withLock(\.watched).values.compactMap(\.cursor)
        return max(oldest, cursors.min() ?? now)
    }

    private func anomalies(_ query: AnomalyQuery) async throws -> [Anomaly] {
        var (query, found) = (query, [Anomaly]())
        while true {
            let page = try await parts.catalog.anomalies(query)
            found += page
            guard page.count == query.limit, let last = page.last else { return found }
            query.after = AnomalyPlace(startedAt: last.startedAt, id: last.id)
        }
    }

    private func storedIncidents(from: Timestamp) async throws -> [Incident] {
        var query = IncidentQuery(limit: Self.rowsMax)
        query.from = from
        var found: [Incident] = []
        while true {
            let page = try await parts.catalog.incidents(query)
            found += page
            guard page.count == query.limit, let last = page.last else { return found }
            query.after = IncidentPlace(startedAt: last.startedAt, id: last.id)
        }
    }

    // MARK: - Telling

    /// Makes rows of what scans found, stores them and tells those who watch; returns how many anomalies are new.
    func tell(at now: Timestamp) async throws -> Int {
        let found = findings.withLock { findings in
            defer { findings = [] }
            return findings
        }
        let ports = shared.withLock(\.ports)
        let drafts = await drafts(of: found, ports)
        var book = book ?? AnomalyBook()
        var members: [AnomalyID: IncidentMember] = [:]
        var order: [AnomalyID] = []
        func take(_ anomaly: Anomaly, _ place: InterfacePlace) {
            if members[anomaly.id] == nil { order.append(anomaly.id) }
            members[anomaly.id] = IncidentMember(anomaly, at: place)
        }
        for draft in drafts {
            let anomaly = draft.anomaly(writer)
            take(anomaly, draft.port.place)
            book.put(anomaly)
        }
        for anomaly in others(found, book, at: now) {
            let port = ports[anomaly.interfaceID] ?? lastPorts[anomaly.interfaceID]
            if let port { take(anomaly, port.place) } else { unsavedAnomalies[anomaly.id] = anomaly }
            book.put(anomaly)
        }
        let changes = incidents.take(
            order.compactMap { members[$0] }, census: census, actions: OperatorActions(actions), at: now)
        try await store(changes, &book, at: now)
        return drafts.count { $0.stored == nil }
    }

    /// Anomalies that change without a finding: those that fell silent or are gone, and those an operator spoke of.
    private func others(_ found: [InterfaceFindings], _ book: AnomalyBook, at now: Timestamp) -> [Anomaly] {
        let watched = shared.withLock(\.watched)
        let silence = max(3600, Double(Self.silentIntervals * parts.intervalSeconds))
        let limit = now.advanced(bySeconds: -silence)
        var others = book.fallenSilent { id in watched[id]?.cursor.map { $0 < limit } ?? true }
        for one in found where one.isRebuilt {
            let going = one.findings.filter { $0.episode?.endedAt == nil }.map(\.side)
            others += book.lost(of: one.interface, going: Set(going))
        }
        let spokenOf = touched
        touched = []
        others += book.openAnomalies.filter { spokenOf.contains($0.interfaceID) }
        return others
    }

    /// Findings with what is stored of them, in the order in which they began.
    private func drafts(of found: [InterfaceFindings], _ ports: [InterfaceID: WatchedPort]) async -> [AnomalyDraft] {
        var drafts: [AnomalyDraft] = []
        for one in found {
            guard let port = ports[one.interface] else { continue }
            drafts += one.findings.compactMap { AnomalyDraft($0, port, isRebuilt: one.isRebuilt) }
        }
        drafts.sort { ($0.episode.startedAt, $0.port.id, $0.id) < ($1.episode.startedAt, $1.port.id, $1.id) }
        // As it becomes from one draft to the next: a side has one anomaly after the other.
        var book = book ?? AnomalyBook()
        var kept: [AnomalyDraft] = []
        for var draft in drafts {
            draft.stored = book.stored(draft.id, on: AnomalyBook.Side(draft.port.id, draft.side))
            if draft.stored == nil, draft.event != .start, !draft.isRebuilt {
                draft.stored = try? await parts.catalog.anomaly(draft.id)
            }
            // What was over in history that was only read again is no news.
            if draft.isRebuilt, draft.stored == nil, draft.episode.endedAt != nil { continue }
            book.put(draft.outline)
            kept.append(draft)
        }
        return await withLastWeeks(kept)
    }

    /// Asks for the weeks before where they are not known: of what is new, or has its worst moment in another hour.
    private func withLastWeeks(_ drafts: [AnomalyDraft]) async -> [AnomalyDraft] {
        let asking = drafts.map { writer.needsLastWeeks($0.episode, existing: $0.stored) }
        let keys = zip(drafts, asking).compactMap { $1 ? $0.weekKey : nil }
        guard !keys.isEmpty else { return drafts }
        do {
            let rates = try await LastWeeks(series: parts.series, zone: parts.zone).rates(of: keys)
            return zip(drafts, asking).map { draft, isAsking in
                guard isAsking else { return draft }
                var draft = draft
                draft.lastWeeks = rates[draft.weekKey] ?? Array(repeating: nil, count: LastWeeks.weeks)
                return draft
            }
        } catch {
            parts.logger.warning("the weeks before an anomaly could not be read: \(error)")
            return drafts
        }
    }

    // MARK: - Storing

    private func store(_ changes: IncidentChanges, _ book: inout AnomalyBook, at now: Timestamp) async throws {
        let before = self.book ?? AnomalyBook()
        var news = AnomalyNews(at: now)
        for anomaly in changes.anomalies {
            news.anomalies.append(.init(change: before.change(of: anomaly), anomaly: anomaly))
            book.put(anomaly)
            unsavedAnomalies[anomaly.id] = anomaly
        }
        for incident in changes.incidents {
            news.incidents.append(.init(change: ledger.change(of: incident), incident: incident))
            ledger.put(incident)
            unsavedIncidents[incident.id] = incident
        }
        if !gone.isEmpty { incidents.forget(interfaces: gone) }
        gone = []
        let there = shared.withLock(\.ports)
        book.forget(before: now) { there[$0] != nil }
        ledger.forget(before: now.advanced(bySeconds: -Self.weekSeconds))
        self.book = book
        unsentNews.append(news)
        try await storeUnsaved()
    }

    /// Writes what the catalog does not have yet, in one transaction, and tells those who watch.
    func storeUnsaved() async throws {
        if !unsavedAnomalies.isEmpty || !unsavedIncidents.isEmpty {
            let anomalies = unsavedAnomalies.values.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
            let incidents = unsavedIncidents.values.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
            try await parts.catalog.saveAnomalies(anomalies, incidents: incidents)
            (unsavedAnomalies, unsavedIncidents) = ([:], [:])
        }
        for news in unsentNews where !news.isEmpty { hub.publish(news) }
        unsentNews = []
    }

    /// Removes what was over long ago, once a day.
    func keepHouse(at now: Timestamp) async {
        guard housekeptAt.map({ now.secondsSince($0) >= 86_400 || now < $0 }) ?? true else { return }
        housekeptAt = now
        do {
            let limit = now.advanced(bySeconds: Double(-settings.keptDays * 86_400))
            let removed = try await parts.catalog.removeAnomalies(endedBefore: limit)
            if removed > 0 { parts.logger.info("Removed \(Wording.count(removed)) anomalies that were over long ago") }
        } catch {
            parts.logger.warning("anomalies that were over long ago were not removed: \(error)")
        }
    }
}
