import Baselines
import Inventory
import Jobs
import Logging
import Synchronization

extension AnomalyWatch {
    /// What the states were made with: other settings would have made others.
    private nonisolated var archive: WatchArchive {
        WatchArchive(
            fingerprint: StableNumber.of([
                parts.zone.name, "\(parts.intervalSeconds)", "\(settings.detection.lookBackDays)",
            ]))
    }

    /// Whether this process keeps what it learns: a server does, one command beside it does not.
    nonisolated var keepsStates: Bool { parts.states?.isKept ?? true }

    // MARK: - Reading

    /// Reads the states that were kept, once; without them they are made from stored history.
    func restore() async throws {
        guard !isRestored else { return }
        do {
            guard let reader = try parts.states?.reader() else {
                isRestored = true
                return
            }
            (keptEntries, memory) = try archive.read(reader)
            isFirstIntake = false
            parts.logger.debug("the states of \(Wording.count(keptEntries.count, "interface")) were read")
        } catch {
            let reason = "\(error)".hasSuffix(".") ? String("\(error)".dropLast()) : "\(error)"
            parts.logger.warning(
                "what was kept of baselines cannot be used: \(reason); it is made from stored history instead")
            (keptEntries, memory) = ([:], WatchMemory())
        }
        isRestored = true
    }

    // MARK: - Writing

    /// Keeps the states as they are, so that a start goes on from them.
    ///
    /// What was found and is not stored yet is stored first; where that fails, the states kept before stay. Throws
    /// where they cannot be written.
    public nonisolated func save() async throws {
        try await inTurn { try await self.saveInTurn(at: self.parts.clock.now) }
    }

    func saveIfDue(at now: Timestamp) async {
        let isDue = savedAt.map { now.secondsSince($0) >= settings.saveSeconds || now < $0 } ?? true
        if isDue { await saveAndTell(at: now) }
    }

    /// Keeps the states; a failure is told, as everything works without.
    func saveAndTell(at now: Timestamp) async {
        do { try await saveInTurn(at: now) } catch { parts.logger.warning("what is usual was not kept: \(error)") }
    }

    func saveInTurn(at now: Timestamp) async throws {
        // Nothing was taken in yet: what was kept is not to be lost.
        guard let store = parts.states, store.isKept, rosterRevision != nil, book != nil else { return }
        if findings.withLock({ !$0.isEmpty }) { _ = try await tell(at: now) }
        try await storeUnsaved()
        guard pendingEvents.isEmpty else { return }
        let watched = shared.withLock(\.watched)
        let writer = try store.writer()
        do {
            try await write(watched, writer)
            try writer.commit()
        } catch {
            writer.abandon()
            throw error
        }
        savedAt = now
        shared.withLock { $0.statistics.lastSavedAt = now }
    }

    /// Piece by piece, so that memory is bounded and others get on.
    private func write(
        _ watched: [InterfaceID: WatchedInterface], _ writer: any DetectionStateWriter
    ) async throws {
        let archive = archive
        try writer.append(WatchArchive.mark)
        let ids = watched.keys.sorted()
        for start in stride(from: 0, to: ids.count, by: WatchArchive.pieceCount) {
            let piece = ids[start..<min(start + WatchArchive.pieceCount, ids.count)].compactMap { watched[$0] }
            let entries = piece.map { one in (one.id, one.entry.withLock { $0 }) }
            try writer.append(archive.statesPiece(entries.map { ($0.0, $0.1.state) }))
            try writer.append(
                archive.meaningsPiece(
                    entries.compactMap { id, entry in entry.meaning.map { (id, $0, entry.restartedAt) } }))
            await Task.yield()
        }
        try writer.append(archive.memoryPiece(memory))
    }
}
