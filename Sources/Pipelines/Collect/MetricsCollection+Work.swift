import Catalog
import Inventory
import Jobs
import Logging
import Series
import Synchronization

/// What goes on while it runs.
extension MetricsCollection {
    /// Seconds after which host names are looked up again.
    private static let namesSeconds = 300.0
    /// A failed planning is not tried again at once.
    private static let failureSeconds = 5.0
    /// Planning takes at most this share of the time, so that an inventory that changes all the time costs little.
    private static let planningShare = 0.02
    /// The longest pause between two plannings that this asks for.
    private static let planPauseSecondsMax = 300.0

    /// Looks for changes of the inventory, again and again, until cancelled.
    func keepPlanning() async {
        while (try? await parts.clock.sleep(seconds: settings.lookSeconds)) != nil {
            guard await isPlanDue() else { continue }
            await plan()
        }
    }

    /// Stores what arrived, again and again, until cancelled.
    func keepFlushing() async {
        while (try? await parts.clock.sleep(seconds: Double(settings.flushMilliseconds) / 1000)) != nil {
            await flushing.run { await self.flush(isLast: false) }
        }
    }

    func isPlanDue() async -> Bool {
        guard let planned = state.withLock(\.plannedFor), planned.share == parts.share.revision() else { return true }
        let age = abs(parts.clock.now.secondsSince(planned.at))
        let pause = min(planned.seconds / Self.planningShare, Self.planPauseSecondsMax)
        guard age >= max(settings.planSecondsMin, pause) else { return false }
        if planned.hasHostNames, age >= Self.namesSeconds { return true }
        guard let revision = try? await parts.revision(), let profiles = try? await planner.profiles() else {
            return false
        }
        return revision != planned.revision || profiles != planned.profiles
    }

    /// Makes the plan anew and polls by it.
    func plan() async {
        await planning.run { await self.makePlan() }
    }

    private func makePlan() async {
        let begun = parts.clock.now
        do {
            // Before the inventory is read: what changes meanwhile is seen the next time.
            let share = parts.share.revision()
            let revision = try await parts.revision()
            let profiles = try await planner.profiles()
            let outcome = try await planner.plan()
            let now = parts.clock.now
            let planned = Planned(
                revision: revision, share: share, profiles: profiles, at: now, hasHostNames: outcome.hasHostNames,
                seconds: max(0, now.secondsSince(begun)))
            let isRunning = state.withLock { state in
                state.plannedFor = planned
                state.planFault = nil
                return state.isRunning
            }
            guard isRunning else { return }
            // First the board, so that readings of interfaces that are left out now do not come back to it.
            board.keep(outcome.recorded)
            desk.apply(outcome.plans)
            tell(outcome)
        } catch {
            let fault = "\(error)"
            let isNews = state.withLock { state in
                defer { state.planFault = fault }
                return state.planFault != fault
            }
            if isNews { parts.logger.warning("collection goes on with the inventory of before: \(fault)") }
        }
    }

    /// Says once what cannot be polled.
    private func tell(_ outcome: CollectionPlanner.Outcome) {
        let names = outcome.unusable.map(\.name)
        let known = state.withLock { state in
            defer {
                state.unusable = names
                state.ambiguousInterfaces = outcome.ambiguousInterfaces
            }
            return Set(state.unusable)
        }
        let new = outcome.unusable.filter { !known.contains($0.name) }
        guard let first = new.first else { return }
        let devices = Wording.count(new.count, "device")
        parts.logger.warning(
            "\(devices) cannot be polled: \(Wording.names(new.map(\.name))); \(first.name): \(first.reason)")
    }

    /// Makes rates of what arrived, stores it, and passes on what else follows.
    func flush(isLast: Bool) async {
        let taken = desk.takeArrivals()
        // After a freeze others may have read since: what they read counts. What was read before it is still to be stored.
        let arrivals = parts.share.isCertain() ? taken : CollectionDesk.Arrivals()
        let news = CollectionNews(
            readings: arrivals.readings, changes: arrivals.changes, contacts: arrivals.contacts)
        receive(news)
        if !news.isEmpty { parts.share.tell(news) }
        if arrivals.dropped > 0 {
            parts.logger.error("\(Wording.count(arrivals.dropped, "reading")) came faster than they could be taken")
        }
        askDiscoveries(arrivals.discoveries)
        // Beside each other: a time-series store that hangs does not keep status from the catalog.
        async let isRecorded: Void = recorder.write(arrivals.records)
        if isLast {
            await writer.writeLast(arrivals.readings)
        } else {
            await writer.write(arrivals.readings)
        }
        await isRecorded
    }

    /// Asks at once, but for devices that have just started: those need a moment until their interfaces are there.
    private func askDiscoveries(_ devices: [DeviceID: Bool]) {
        let now = parts.clock.now
        for (device, hasRestarted) in devices.sorted(by: { $0.key < $1.key }) {
            var due = now
            if hasRestarted {
                // None where it was decided a short while ago.
                guard let later = state.withLock({ $0.restarts.restarted(device, at: now) }) else { continue }
                due = later
            }
            askDiscovery(of: device, at: due)
        }
    }

    private func askDiscovery(of device: DeviceID, at due: Timestamp) {
        Task {
            try await parts.clock.sleep(until: due)
            let ask = state.withLock { $0.isRunning ? $0.restartDiscovery : nil }
            await ask?(device)
        }
    }

    /// Ceases to poll the devices that are not of this process's share any more, and plans anew for those that are.
    public func shareChanged() async {
        desk.keep(parts.share.owns)
        recorder.keep(parts.share.owns)
        if state.withLock(\.isRunning) { await plan() }
    }

    // MARK: - Closing the books

    /// Polls all devices at once, or one, waits for them, and says what they answered; closes the books on all.
    ///
    /// Seconds are those from the first request to the last answer. Devices that take longer than a device may are not
    /// waited for.
    func collectNow(_ device: DeviceID? = nil) async -> CollectionCycle {
        let (round, ended) = desk.poll(device)
        let clock = parts.clock
        let seconds = deadlineSeconds
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in ended {} }
            group.addTask { try? await clock.sleep(seconds: seconds) }
            await group.next()
            group.cancelAll()
        }
        let cycle = desk.endRound(round)
        await flushing.run { await self.flush(isLast: false) }
        guard device == nil else { return cycle }
        _ = desk.closeBooks()
        return entered(cycle)
    }

    /// Closes the books on what was collected since they were closed last; seconds are those in which polls were under way.
    func closeBooks() -> CollectionCycle { entered(desk.closeBooks()) }

    private func entered(_ cycle: CollectionCycle) -> CollectionCycle {
        state.withLock { state in
            var cycle = cycle
            cycle.failedDevices = (cycle.failedDevices + state.unusable).sorted()
            state.cycles += 1
            state.lastCycle = cycle
            return cycle
        }
    }
}
