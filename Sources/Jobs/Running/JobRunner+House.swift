import Catalog
import Inventory
import Logging

extension JobRunner {
    /// Looks for abandoned runs now and then, and removes old records.
    func keepHouse() async {
        while (try? await records.clock.sleep(seconds: records.settings.sweepSeconds)) != nil {
            let keys = Set(activeRuns().filter { $0.owner == records.owner && $0.startedAt != nil }.map(JobKey.init))
            do {
                try await records.markAbandoned(activeKeys: keys)
                try await removeOldRuns()
            } catch {
                if error.code == .cancelled { return }
                records.logger.warning("Records of jobs could not be tidied: \(error)")
            }
        }
    }

    private func removeOldRuns() async throws(CatalogError) {
        let limit = records.clock.now.advanced(bySeconds: -records.settings.keepSeconds)
        let removed = try await records.catalog.removeJobRuns(endedBefore: limit)
        if removed > 0 { records.logger.debug("Removed the records of \(removed) old runs") }
    }

    /// Tells the log each job with a schedule and its next due time, one line each.
    func logSchedule() {
        let entries = schedule().compactMap { definition, next -> (name: String, when: String, next: Timestamp)? in
            guard let schedule = definition.schedule, let next else { return nil }
            return (definition.name, schedule.description, next)
        }
        let nameWidth = entries.map(\.name.count).max() ?? 0
        let whenWidth = entries.map(\.when.count).max() ?? 0
        for entry in entries {
            let name = Self.padded(entry.name, nameWidth)
            let when = Self.padded(entry.when, whenWidth)
            records.logger.info("\(name)   \(when)   next \(zone.text(of: entry.next))")
        }
    }

    func logEnd(_ run: JobRun) {
        let ended = "Run \(run.id) of \(JobKey(run)) ended: \(run.state.rawValue)"
        let line = run.message.map { "\(ended): \($0)" } ?? ended
        switch run.state {
        case .failed: records.logger.error("\(line)")
        case .partial, .abandoned: records.logger.warning("\(line)")
        case .cancelled: records.logger.info("\(line)")
        case .queued, .running, .succeeded: records.logger.debug("\(line)")
        }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
