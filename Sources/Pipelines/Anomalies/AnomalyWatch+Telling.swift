import Baselines
import Catalog
import Inventory
import Jobs
import Logging
import Synchronization

extension AnomalyWatch {
    /// Intervals without a sample after which an anomaly is ended, at least an hour.
    private static let silentIntervals = 4
    static let weekSeconds = 7 * 86_400.0
    /// What operators said so long ago bears on nothing any more, seconds.
    static let heardSeconds = 400 * 86_400.0

    // MARK: - What is stored

    /// Reads the anomalies and incidents that may go on, once after the start.
    func openBook(at now: Timestamp) async throws {
        guard book == nil else { return }
        let open = try await reader.openAnomalies()
        let (stored, rows) = try await reader.book(settings.budget, at: now)
        (incidents, ledger) = (stored, IncidentLedger(rows))
        book = AnomalyBook(open)
        beganAt = now
    }

    var reader: IncidentReader {
        IncidentReader(catalog: parts.catalog, ports: shared.withLock(\.ports))
    }

    // MARK: - Telling

    /// What a telling goes by; it is read before anything changes, so that it fails as a whole or not at all.
    private struct Reading {
        var drafts: [AnomalyDraft] = []
        /// What changed: as it was found, of no incident where it is new.
        var changed: [IncidentMember] = []
        var recalled: [StoredIncident] = []
        var states: [AnomalyID: AnomalyState] = [:]
        /// What is stored.
        var before = AnomalyBook()
        /// With what was found.
        var book = AnomalyBook()
        /// Interfaces that are no longer in the inventory.
        var removed: Set<InterfaceID> = []
    }

    /// Makes rows of what scans found, stores them and tells those who watch; returns how many anomalies are new.
    ///
    /// What was found is kept for the next one where the catalog fails.
    func tell(at now: Timestamp) async throws -> Int {
        // What is read as stored is to be what was told last.
        try await storeUnsaved()
        let found = findings.withLock { findings in
            defer { findings = [] }
            return findings
        }
        let reading: Reading
        do {
            reading = try await read(found, at: now)
        } catch {
            findings.withLock { $0 = found + $0 }
            throw error
        }
        for story in reading.recalled { ledger.put(story.incident) }
        let changes = incidents.take(
            reading.changed, recalled: reading.recalled, states: reading.states, census: census,
            actions: OperatorActions(actions), at: max(now, parts.clock.now))
        try await store(changes, reading, at: now)
        return reading.drafts.count { $0.stored == nil }
    }

    private func read(_ found: [InterfaceFindings], at now: Timestamp) async throws -> Reading {
        var reading = Reading()
        reading.before = book ?? AnomalyBook()
        reading.drafts = try await drafts(of: found, &reading.before, at: now)
        reading.book = reading.before
        let rows = changes(of: reading.drafts, &reading.book, at: now)
        reading.changed = try await members(rows)
        reading.recalled = try await reader.incidents(incidents.missing(for: rows))
        if !gone.isEmpty {
            let left = try await parts.catalog.interfaces(withIDs: gone.sorted())
            reading.removed = gone.subtracting(left.map(\.id))
        }
        reading.states = try await parts.catalog.openAnomalyStates()
        // The last to be read: what operators say while a check is under way holds for it.
        actions = try await parts.catalog.anomalyActions(after: now.advanced(bySeconds: -Self.heardSeconds))
        return reading
    }

    /// Where anomalies are: as the book of incidents has it, else as the inventory has it.
    private func members(_ rows: [Anomaly]) async throws -> [IncidentMember] {
        var members: [IncidentMember] = []
        var others: [Anomaly] = []
        for row in rows {
            if let place = incidents.place(of: row.id) {
                members.append(IncidentMember(row, at: shared.withLock { $0.ports[row.interfaceID]?.place } ?? place))
            } else {
                others.append(row)
            }
        }
        return members + (try await reader.members(others))
    }

    /// The last of each anomaly that changed: by findings, and without one.
    private func changes(of drafts: [AnomalyDraft], _ book: inout AnomalyBook, at now: Timestamp) -> [Anomaly] {
        var rows: [AnomalyID: Anomaly] = [:]
        for draft in drafts {
            let anomaly = draft.anomaly(writer)
            rows[anomaly.id] = anomaly
            if let displaced = book.put(anomaly) { rows[displaced.id] = displaced }
        }
        for anomaly in over(book, at: now) {
            rows[anomaly.id] = anomaly
            book.put(anomaly)
        }
        for anomaly in book.openAnomalies where rows[anomaly.id] == nil && !incidents.holds(anomaly.id) {
            rows[anomaly.id] = anomaly
        }
        return rows.values.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    }

    /// Open anomalies that the states know nothing of, or nothing any more, ended with their last sample.
    ///
    /// Silence counts from the first check of the process: what came while it was away was not polled.
    private func over(_ book: AnomalyBook, at now: Timestamp) -> [Anomaly] {
        let limit = silenceLimit(at: now)
        let watches = beganAt.map { $0 <= limit } ?? false
        return book.over { isGoing($0.interfaceID, $0.side, since: watches ? limit : Timestamp(milliseconds: .min)) }
    }

    func silenceLimit(at now: Timestamp) -> Timestamp {
        now.advanced(bySeconds: -max(3600, Double(Self.silentIntervals * parts.intervalSeconds)))
    }

    func isGoing(_ interface: InterfaceID, _ side: TrafficSide, since limit: Timestamp) -> Bool {
        let one = shared.withLock { $0.watched[interface] }
        return one?.entry.withLock { $0.state.isGoing(side, since: limit) } ?? false
    }

    // MARK: - Storing

    private func store(_ changes: IncidentChanges, _ reading: Reading, at now: Timestamp) async throws {
        var book = reading.book
        var news = AnomalyNews(at: now)
        for anomaly in changes.anomalies {
            news.anomalies.append(.init(change: reading.before.change(of: anomaly), anomaly: anomaly))
            book.put(anomaly)
            unsavedAnomalies[anomaly.id] = anomaly
        }
        for incident in changes.incidents {
            news.incidents.append(.init(change: ledger.change(of: incident), incident: incident))
            ledger.put(incident)
            unsavedIncidents[incident.id] = incident
        }
        incidents.forget(interfaces: reading.removed)
        gone = []
        let there = shared.withLock(\.ports)
        book.forget(before: now) { there[$0] != nil }
        ledger.forget(before: now.advanced(bySeconds: -Self.weekSeconds))
        self.book = book
        unsentNews.add(news)
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
        if !unsentNews.isEmpty { hub.publish(unsentNews) }
        unsentNews = AnomalyNews(at: unsentNews.at)
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
