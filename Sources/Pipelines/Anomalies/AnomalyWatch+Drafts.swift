import Baselines
import Inventory
import Logging
import Synchronization

/// Findings on their way to rows of `anomalies`.
extension AnomalyWatch {
    /// Findings with what is stored of them, which is put into the book, in the order in which they began.
    func drafts(
        of found: [InterfaceFindings], _ book: inout AnomalyBook, at now: Timestamp
    ) async throws -> [AnomalyDraft] {
        let drafts = drafts(of: found)
        let asked = drafts.filter { book.known[$0.id] == nil && (!$0.isRebuilt || isNews($0, at: now)) }
        let stored = try await reader.anomalies(asked.map(\.id))
        // As it becomes from one draft to the next: a side has one anomaly after the other.
        var coming = book
        var kept: [AnomalyDraft] = []
        for var draft in drafts {
            let side = AnomalyBook.Side(draft.port.id, draft.side)
            draft.stored = coming.stored(draft.id, on: side, startedAt: draft.episode.startedAt)
            if draft.stored == nil {
                if draft.isRebuilt, !isNews(draft, at: now) { continue }
                draft.stored = stored[draft.id]
                if let row = draft.stored { book.put(row) }
            }
            coming.put(draft.outline)
            kept.append(draft)
        }
        return await withLastWeeks(kept)
    }

    /// Whether something found in history that was read again goes on: what was over or fell silent in it is no news.
    private func isNews(_ draft: AnomalyDraft, at now: Timestamp) -> Bool {
        draft.episode.endedAt == nil && isGoing(draft.port.id, draft.side, since: silenceLimit(at: now))
    }

    /// The last finding of each anomaly, in the order in which they began.
    private func drafts(of found: [InterfaceFindings]) -> [AnomalyDraft] {
        let ports = shared.withLock(\.ports)
        var drafts: [AnomalyID: AnomalyDraft] = [:]
        for one in found {
            guard let port = ports[one.interface] else { continue }
            for finding in one.findings {
                guard let draft = AnomalyDraft(finding, port, isRebuilt: one.isRebuilt) else { continue }
                drafts[draft.id] = draft
            }
        }
        return drafts.values.sorted { ($0.episode.startedAt, $0.id) < ($1.episode.startedAt, $1.id) }
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
}
