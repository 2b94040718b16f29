import Alerting
public import Catalog
import Inventory
public import Jobs
import Logging

/// What the desk counted since it last said so.
struct AlertTally: Sendable, Hashable {
    var began = 0
    var ended = 0
    var suppressed = 0

    mutating func add(_ news: AlertLedgerNews) {
        let holds = Dictionary((news.changed + news.resolved).map { ($0.id, $0.hold) }) { _, last in last }
        for change in news.changes {
            switch change.kind {
            case .fired: began += 1
            case .resolved: ended += 1
            case .held:
                let hold = holds[change.alertID].flatMap(\.self)
                if hold == .explained || hold == .maintenance || hold == .silenced { suppressed += 1 }
            default: break
            }
        }
    }
}

extension AlertDesk {
    private static let retrySecondsMax = 30.0
    private static let housekeepingSeconds = 3_600.0
    private static let daySeconds = 86_400.0

    // MARK: - The job

    /// Looks at all interfaces and at WARD FLUX itself.
    ///
    /// The outcome is partial where the inventory could not be read and that of before was looked at. Throws where the
    /// alerts of the catalog were never read, and where it does not take what was found.
    public func check(_ context: JobContext) async throws -> JobOutcome {
        let fault = await look()
        guard seen.isLoaded else {
            throw CatalogError(.unavailable, operation: "reading alerts", message: fault ?? "no reason is known")
        }
        let health = await parts.health()
        let open = Set(engine.ledger.open.keys)
        for one in health.occurrences(open: open, at: parts.clock.now) { take(one) }
        let began = parts.clock.now
        try await evaluate(isFull: true)
        let seconds = parts.clock.now.secondsSince(began)
        let done = tally
        tally = AlertTally()
        await keepHouse(at: parts.clock.now)
        for (name, amount) in [
            ("interfaces_checked", seen.watched), ("alerts_began", done.began), ("alerts_ended", done.ended),
            ("alerts_suppressed", done.suppressed),
        ] { context.count(name, by: Int64(amount)) }
        let line =
            "Checked \(Wording.count(seen.watched, "interface")): \(Wording.count(done.began, "alert")) began, "
            + "\(Wording.count(done.ended)) ended, \(Wording.count(done.suppressed)) suppressed "
            + "in \(Wording.seconds(seconds))"
        context.logger.info("\(line)")
        guard let fault else { return JobOutcome(.succeeded, message: line) }
        return JobOutcome(.partial, message: "\(line); with the inventory of before: \(fault)")
    }

    /// Removes what is kept for long enough, once an hour; what fails is tried with the next check.
    private func keepHouse(at now: Timestamp) async {
        if let housekeptAt, abs(now.secondsSince(housekeptAt)) < Self.housekeepingSeconds { return }
        let (alerts, deliveries) = (Double(settings.keptDays), Double(settings.deliveriesKeptDays))
        do throws(CatalogError) {
            _ = try await parts.alerts.removeAlerts(resolvedBefore: now.advanced(bySeconds: -alerts * Self.daySeconds))
            _ = try await parts.alerts.removeDeliveries(
                endedBefore: now.advanced(bySeconds: -deliveries * Self.daySeconds))
            housekeptAt = now
        } catch {
            parts.logger.warning("old alerts are not removed for now: \(error)")
        }
    }

    // MARK: - Evaluations

    /// Evaluates and writes what follows; throws where the catalog did not take it: it comes with the next evaluation.
    public func evaluate(isFull: Bool) async throws(CatalogError) {
        let result = await turning.run { await self.evaluateOnce(isFull: isFull) }
        try result.get()
    }

    private func evaluateOnce(isFull: Bool) async -> Result<Void, CatalogError> {
        guard seen.isLoaded else { return .success(()) }
        let now = parts.clock.now
        let looksAtAll = isFull || seen.isUnjudged
        let outcome = engine.evaluate(at: now, isFull: looksAtAll)
        (seen.isUnjudged, seen.unjudged) = (false, [])
        (numbers.lastAt, numbers.lastSeconds) = (now, max(0, parts.clock.now.secondsSince(now)))
        numbers.evaluations += 1
        // Not of a look at everything: news would wait for five times as long.
        if !looksAtAll { seen.newsSeconds = numbers.lastSeconds }
        seen.isVerifying = engine.ledger.open.values.contains { $0.hold == .verifying }
        numbers.interfaces = seen.watched
        for device in outcome.probes { ask(device, at: now) }
        arm(outcome.nextAt, at: now)
        do throws(CatalogError) {
            try await write(outcome, at: now)
            if failures > 0 { parts.logger.info("alerts are written again") }
            (failures, retryAt, numbers.storeFault) = (0, nil, nil)
            return .success(())
        } catch {
            failed(error)
            return .failure(error)
        }
    }

    /// Writes what was found, in parts where it is much; what the catalog refuses is put back with all behind it.
    private func write(_ outcome: AlertOutcome, at now: Timestamp) async throws(CatalogError) {
        unwritten += outcome.deliveries
        let parts = AlertPart.parts(outcome.news, unwritten, most: settings.writtenTogetherMax)
        for place in parts.indices {
            let action = place == parts.indices.last ? unwrittenAction : nil
            do throws(CatalogError) {
                try await write(parts[place], upTo: action, at: now)
            } catch {
                let left = AlertPart.joined(parts[place...])
                engine.putBack(left.news)
                unwritten = left.deliveries
                throw error
            }
        }
        unwritten = []
    }

    private func write(_ part: AlertPart, upTo action: Int64?, at now: Timestamp) async throws(CatalogError) {
        var batch = AlertBatch()
        // What is over first: a newer alert of the same entity and condition may have begun.
        batch.alerts = part.news.resolved + part.news.changed
        batch.changes = part.news.changes
        batch.removed = part.news.removed
        batch.deliveries = part.deliveries
        batch.appliedAction = action
        guard !batch.isEmpty else { return }
        try await parts.alerts.saveAlerts(batch)
        if let action, unwrittenAction == action { unwrittenAction = nil }
        tally.add(part.news)
        hub.publish(AlertNews(at: now, alerts: batch.alerts, changes: batch.changes, removed: batch.removed))
        if !batch.deliveries.isEmpty { parts.deliveriesWritten() }
    }

    private func failed(_ error: CatalogError) {
        failures += 1
        numbers.storeFault = "\(error)"
        if failures == 1 { parts.logger.error("alerts are not written for now, and nobody is told of them: \(error)") }
        let pause = min(Self.retrySecondsMax, Double(1 << min(failures - 1, 5)))
        let due = parts.clock.now.advanced(bySeconds: pause)
        retryAt = due
        arm(due, at: parts.clock.now)
    }

    // MARK: - Time

    /// Wakes the desk at a time, in place of any time of before.
    private func arm(_ due: Timestamp?, at now: Timestamp) {
        alarm?.cancel()
        alarm = nil
        guard let due else { return }
        // Never at once: what is due now was just looked at.
        let moment = max(due, now.advanced(bySeconds: 0.25))
        let (clock, signal) = (parts.clock, signal)
        alarm = Task {
            guard (try? await clock.sleep(until: moment)) != nil else { return }
            signal.yield()
        }
    }
}
