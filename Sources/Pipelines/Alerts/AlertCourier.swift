public import Alerting
public import Catalog
public import Inventory
public import Jobs
public import Logging

/// Delivers what the desk wrote: takes what is due from the catalog, sends it, and writes what became of it.
///
/// At least once, and in order for each receiver and group, and for each receiver and alert; others do not wait, and a
/// receiver that does not answer takes its own share of what may be under way alone. An attempt is counted in the
/// catalog before it is made: one that a crash interrupts is made again with the same id and a higher number. What
/// could not be written is kept until it is, and its group waits; nothing is sent twice for that.
public actor AlertCourier {
    /// What it works with.
    public struct Parts: Sendable {
        /// Where deliveries are.
        public var alerts: any AlertCatalog
        /// The receivers by name; cheap, asked for each delivery.
        public var senders: @Sendable () -> [String: AlertSender]
        /// Base of links, without a slash at the end; nil where none is configured.
        public var externalURL: String?
        /// Takes that a receiver is in trouble, and that it is not: `AlertDesk.take`.
        public var report: @Sendable (AlertOccurrence) async -> Void = { _ in }
        /// Takes each delivery that was made or given up, once that is written: `AlertDesk.take`.
        public var ended: @Sendable (AlertDelivery) async -> Void = { _ in }
        /// Where every time comes from.
        public var clock: any WallClock
        /// The log.
        public var logger: Logger

        /// Parts; links and reports are set apart.
        public init(
            alerts: any AlertCatalog, senders: @escaping @Sendable () -> [String: AlertSender], clock: any WallClock,
            logger: Logger
        ) {
            self.alerts = alerts
            self.senders = senders
            self.clock = clock
            self.logger = logger
        }
    }

    /// Deliveries of one place are made one after another.
    struct Place: Hashable {
        var receiver: String
        var group: String
    }

    nonisolated let parts: Parts
    nonisolated let settings: AlertSettings
    nonisolated let plan: RetryPlan
    private nonisolated let signals: AsyncStream<Void>
    private nonisolated let signal: AsyncStream<Void>.Continuation

    /// Places of which something is under way, or not yet written: the delivery's number, 0 for what is told again.
    var flying: [Place: Int64] = [:]
    /// Receivers that were told again what still fires when deliveries were last looked at, while one to them was due.
    var awaited: Set<String> = []
    /// Places whose delivery will be late by much.
    private var overdue: Set<Place> = []
    /// What became of deliveries, to be written in this order.
    private var ended: [AlertDelivery] = []
    private var alarm: Task<Void, Never>?
    private var storeFailures = 0
    /// Receivers whose refreshing failed.
    var unrefreshed: Set<String> = []
    /// Where telling again was broken off, by receiver.
    var refreshedUntil: [String: AlertID] = [:]

    /// A courier at rest; throws `invalidSetting` for a setting out of its range.
    public init(_ parts: Parts, settings: AlertSettings = AlertSettings()) throws(PipelineError) {
        try settings.check()
        self.parts = parts
        self.settings = settings
        plan = RetryPlan(settings)
        (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// There is something new to be delivered.
    public nonisolated func nudge() { signal.yield() }

    /// Delivers until the task is cancelled; can be called once.
    ///
    /// What receivers took by then is written when it returns.
    public func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.keepLooking() }
            group.addTask { await self.keepRefreshing() }
            signal.yield()
            for await _ in signals {
                for delivery in await round() { group.addTask { await self.make(delivery) } }
            }
            group.cancelAll()
        }
        alarm?.cancel()
        // The task is cancelled: what was delivered is written by one that is not.
        await Task { await self.writeEnded() }.value
    }

    /// Another process may write deliveries too.
    private func keepLooking() async {
        while (try? await parts.clock.sleep(seconds: settings.lookSeconds)) != nil { signal.yield() }
    }

    // MARK: - Rounds

    /// Writes what ended and takes what is due; each attempt is counted in the catalog before it is made.
    private func round() async -> [AlertDelivery] {
        let now = parts.clock.now
        var taken: [AlertDelivery] = []
        do throws(CatalogError) {
            taken = try await writeAndTake(at: now)
            // After what ended is written: it may be tried again.
            arm(try await parts.alerts.nextDeliveryDue(after: now), at: now)
            if storeFailures > 0 { parts.logger.info("deliveries go on") }
            storeFailures = 0
        } catch {
            storeFails(error)
        }
        return taken
    }

    /// One transaction for both: in a storm each waits for the desk's.
    private func writeAndTake(at now: Timestamp) async throws(CatalogError) -> [AlertDelivery] {
        let over = ended
        let query = DueDeliveryQuery(
            by: now, perReceiver: settings.deliveriesPerReceiverMax, limit: settings.deliveriesInFlightMax,
            except: Set(flying.values))
        var taken = choose(try await parts.alerts.dueDeliveries(query), besides: Set(over.map(Place.init)))
        for place in taken.indices { taken[place].attempts += 1 }
        guard !over.isEmpty || !taken.isEmpty else { return [] }
        for delivery in taken { flying[Place(delivery)] = delivery.number }
        do throws(CatalogError) { try await save(over + taken) } catch {
            for delivery in taken { flying[Place(delivery)] = nil }
            throw error
        }
        await close(over)
        return taken
    }

    /// What ended is written: its places are free for what comes next.
    private func close(_ over: [AlertDelivery]) async {
        guard !over.isEmpty else { return }
        ended.removeFirst(over.count)
        for delivery in over { flying[Place(delivery)] = nil }
        signal.yield()
        for delivery in over { await report(delivery) }
    }

    /// Of what is due as much as may be under way; a receiver with nothing under way waits for no other.
    ///
    /// - Parameter over: places of which nothing is under way any more, though that is not written yet.
    private func choose(_ due: [AlertDelivery], besides over: Set<Place>) -> [AlertDelivery] {
        awaited = []
        var counts: [String: Int] = [:]
        for place in flying.keys where !over.contains(place) { counts[place.receiver, default: 0] += 1 }
        var total = counts.values.reduce(0, +)
        return due.filter { delivery in
            if let number = flying[Place(delivery)] {
                if number == 0 { awaited.insert(delivery.receiver) }
                return false
            }
            let own = counts[delivery.receiver, default: 0]
            guard own < settings.deliveriesPerReceiverMax else { return false }
            guard own == 0 || total < settings.deliveriesInFlightMax else { return false }
            counts[delivery.receiver] = own + 1
            total += 1
            return true
        }
    }

    private func save(_ deliveries: [AlertDelivery]) async throws(CatalogError) {
        var batch = AlertBatch()
        batch.attempts = deliveries
        try await parts.alerts.saveAlerts(batch)
    }

    /// Makes one attempt.
    private func make(_ delivery: AlertDelivery) async {
        let outcome = await send(delivery)
        // An attempt that the end of the program cut short says nothing of the receiver.
        if outcome != .taken, Task.isCancelled { return }
        let result = plan.after(delivery, outcome, at: parts.clock.now)
        tell(result)
        ended.append(result)
        signal.yield()
    }

    /// Puts a delivery into words and sends it, beside the courier's own work.
    @concurrent
    private nonisolated func send(_ delivery: AlertDelivery) async -> SendingOutcome {
        guard let sender = parts.senders()[delivery.receiver] else {
            return .refused(
                "there is no receiver '\(delivery.receiver)' any more; name it among `receivers:`", isLasting: true)
        }
        return await sender.send(AlertWords.notice(delivery, externalURL: parts.externalURL))
    }

    /// Writes what became of deliveries.
    private func writeEnded() async {
        while !ended.isEmpty {
            let over = ended
            do throws(CatalogError) { try await save(over) } catch { return storeFails(error) }
            await close(over)
        }
    }

    // MARK: - Words

    private func tell(_ delivery: AlertDelivery) {
        let reason = delivery.lastError ?? ""
        switch delivery.state {
        case .delivered:
            parts.logger.debug("told \(delivery.receiver) of \(Wording.count(delivery.alertCount, "alert"))")
        case .failed where parts.senders()[delivery.receiver] == nil: parts.logger.info("\(reason)")
        case .failed: parts.logger.error("gave up telling \(delivery.receiver): \(reason)")
        case .waiting:
            let seconds = delivery.dueAt.secondsSince(parts.clock.now)
            guard delivery.attempts == 1 else { return }
            parts.logger.warning("\(delivery.receiver) was not told, and is in \(Wording.seconds(seconds)): \(reason)")
        }
    }

    /// Says what ended, and that a receiver is in trouble, or that it is not; one that is gone is in none.
    private func report(_ delivery: AlertDelivery) async {
        guard delivery.reason != .trial else { return }
        if delivery.endedAt != nil { await parts.ended(delivery) }
        let (place, receiver) = (Place(delivery), delivery.receiver)
        let delay = delivery.dueAt.secondsSince(delivery.createdAt)
        let isLate = delivery.state == .waiting && delay >= settings.overdueSeconds
        if isLate { overdue.insert(place) } else { overdue.remove(place) }
        guard parts.senders()[receiver] != nil else { return }
        let reason = delivery.lastError ?? "no reason is known"
        switch delivery.state {
        case .failed: await parts.report(.receiver(receiver, "could not be told: \(reason)", at: parts.clock.now))
        case .waiting where isLate:
            let since = "could not be told since \(delivery.createdAt)"
            await parts.report(.receiver(receiver, "\(since): \(reason)", at: parts.clock.now))
        case .delivered where !overdue.contains { $0.receiver == receiver }:
            await parts.report(.receiverIsWell(receiver, at: parts.clock.now))
        case .waiting, .delivered: break
        }
    }

    // MARK: - Time

    private func storeFails(_ error: CatalogError) {
        storeFailures += 1
        if storeFailures == 1, !Task.isCancelled { parts.logger.error("deliveries wait for the catalog: \(error)") }
        let now = parts.clock.now
        arm(now.advanced(bySeconds: Double(1 << min(storeFailures - 1, 5))), at: now)
    }

    /// Wakes the courier at a time, in place of any time of before; what is due already is under way.
    private func arm(_ due: Timestamp?, at now: Timestamp) {
        alarm?.cancel()
        alarm = nil
        guard let due, due > now else { return }
        let (clock, signal) = (parts.clock, signal)
        alarm = Task {
            guard (try? await clock.sleep(until: due)) != nil else { return }
            signal.yield()
        }
    }
}

extension AlertCourier.Place {
    init(_ delivery: AlertDelivery) {
        self.init(receiver: delivery.receiver, group: delivery.group)
    }
}
