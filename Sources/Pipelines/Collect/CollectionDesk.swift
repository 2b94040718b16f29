import Inventory
import SNMP
import Series
import Synchronization

/// Where polls end: keeps the devices that are polled, draws the conclusions of each poll on the I/O thread, and keeps
/// what follows until it is fetched.
///
/// What is fetched late stays within bounds: readings by number, status by interface.
final class CollectionDesk: Sendable {
    /// What waits to be fetched.
    struct Arrivals: Sendable {
        var readings: [SeriesReading] = []
        /// Readings that were dropped because nobody fetched them.
        var dropped = 0
        var changes: [StatusChange] = []
        var records: [StatusChange] = []
        /// The ends of polls, in order.
        var contacts: [DeviceContact] = []
        /// Devices that are to be discovered, and whether they have just started anew.
        var discoveries: [DeviceID: Bool] = [:]
    }

    /// Numbers that only grow.
    struct Totals: Sendable {
        var polls = 0
        var readings = 0
        var dataPoints = 0
        var missed = 0
        var failed = 0
        var heldBack = 0
        var dropped = 0
    }

    private struct State {
        var devices: [UInt64: WatchedDevice] = [:]
        var keys: [DeviceID: UInt64] = [:]
        var lastKey: UInt64 = 0
        var subscriptions: [CounterRequest: PollSubscription] = [:]
        var arrivals = Arrivals()
        var totals = Totals()
        var books = CollectionBooks()
        var rounds: [Int: CollectionRound] = [:]
        var lastRound = 0
        /// What was heard of interfaces of devices that are not polled, or not yet.
        var heard: [DeviceID: [InterfaceID: InterfaceStatusChange]] = [:]
    }

    let intervalSeconds: Int
    private let statusIntervalSeconds: Int
    private let readingsMax: Int
    private let changesMax = 100_000
    private let contactsMax = 1_000_000
    private let state = Mutex(State())

    init(_ settings: CollectionSettings) {
        intervalSeconds = settings.intervalSeconds
        statusIntervalSeconds = settings.hasStatusPolls ? settings.statusIntervalSeconds : 0
        readingsMax = settings.bufferedReadingsMax
    }

    // MARK: - Polling

    /// Begins to poll with an engine.
    func begin(_ engine: Engine) throws(SNMPError) {
        var made: [CounterRequest: PollSubscription] = [:]
        for kind in CounterRequest.allCases {
            guard let seconds = seconds(between: kind) else { continue }
            made[kind] = try engine.poll(
                kind.request, everyMilliseconds: UInt32(seconds) * 1000, receiver: CounterReceiver(kind, self))
        }
        let subscriptions = made
        state.withLock { $0.subscriptions = subscriptions }
    }

    /// Seconds between two polls of a kind; nil where it is not polled.
    private func seconds(between kind: CounterRequest) -> Int? {
        switch kind {
        case .status: statusIntervalSeconds > 0 ? statusIntervalSeconds : nil
        case .presence: statusIntervalSeconds > 0 ? statusIntervalSeconds : intervalSeconds
        case .wide, .narrow, .mixed: intervalSeconds
        }
    }

    /// Ends polling; when this has returned nothing arrives any more, and no device is known.
    func end() {
        let subscriptions = state.withLock { state in
            let subscriptions = state.subscriptions
            state.subscriptions = [:]
            return subscriptions
        }
        for subscription in subscriptions.values { subscription.end() }
        let rounds = state.withLock { state in
            state.devices = [:]
            state.keys = [:]
            state.heard = [:]
            let rounds = state.rounds.values.map(\.ended)
            state.rounds = [:]
            return rounds
        }
        for ended in rounds { ended.finish() }
    }

    /// Polls what the plans say, leaving alone what does not change.
    func apply(_ plans: [DeviceID: DevicePlan]) {
        let difference = PlanDifference(from: currentPlans, to: plans)
        for id in difference.removed { remove(id) }
        for plan in difference.added { add(plan) }
        for plan in difference.retargeted { revise(plan, isRetargeted: true) }
        for plan in difference.revised { revise(plan, isRetargeted: false) }
    }

    /// Ceases to poll all devices but those for which `isKept` is true.
    func keep(_ isKept: (DeviceID) -> Bool) {
        let known = state.withLock { Array($0.keys.keys) }
        for id in known where !isKept(id) { remove(id) }
    }

    private var currentPlans: [DeviceID: DevicePlan] {
        let devices = state.withLock { Array($0.devices.values) }
        return Dictionary(uniqueKeysWithValues: devices.map { ($0.deviceID, $0.state.withLock(\.plan)) })
    }

    private func add(_ plan: DevicePlan) {
        let device = state.withLock { state -> WatchedDevice? in
            // Polling has ended meanwhile.
            guard !state.subscriptions.isEmpty else { return nil }
            state.lastKey += 1
            let device = WatchedDevice(key: state.lastKey, plan)
            state.devices[device.key] = device
            state.keys[plan.deviceID] = device.key
            let heard = state.heard.removeValue(forKey: plan.deviceID) ?? [:]
            device.state.withLock { for change in heard.values { $0.heard(change) } }
            return device
        }
        if let device { subscribe(device) }
    }

    private func subscribe(_ device: WatchedDevice) {
        let (plan, kind) = device.state.withLock { ($0.plan, $0.request) }
        let subscriptions = state.withLock { $0.subscriptions }
        let kinds = plan.wantsStatusPolls ? [kind, .status] : [kind]
        for other in CounterRequest.allCases where !kinds.contains(other) {
            subscriptions[other]?.remove(key: device.key)
        }
        for kind in kinds { subscriptions[kind]?.add(plan.target, key: device.key) }
        // Nobody waits for counters that are not asked for any more.
        if plan.isPresenceOnly { tellRounds { _ = $0.pending.remove(device.key) } }
    }

    private func revise(_ plan: DevicePlan, isRetargeted: Bool) {
        guard let device = state.withLock({ state in state.keys[plan.deviceID].flatMap { state.devices[$0] } })
        else { return }
        let isReadable = device.state.withLock { $0.revise(plan) }
        if isRetargeted { subscribe(device) }
        if isReadable { pollNow(device) }
    }

    private func remove(_ id: DeviceID) {
        let (key, subscriptions) = state.withLock { state in
            let key = state.keys.removeValue(forKey: id)
            if let key { state.devices[key] = nil }
            return (key, state.subscriptions)
        }
        guard let key else { return }
        for subscription in subscriptions.values { subscription.remove(key: key) }
        tellRounds { _ = $0.pending.remove(key) }
    }

    private func pollNow(_ device: WatchedDevice) {
        let kind = device.state.withLock(\.request)
        state.withLock { $0.subscriptions[kind] }?.pollNow(key: device.key)
    }

    // MARK: - Rounds

    /// Polls all devices at once, or one; the stream ends when each has answered or failed, or polling ends.
    ///
    /// Those of which nothing is recorded are asked too, and not waited for.
    func poll(_ only: DeviceID?) -> (round: Int, ended: AsyncStream<Void>) {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let devices = state.withLock { $0.devices.values.filter { only == nil || $0.deviceID == only } }
        let recorded = devices.filter { $0.state.withLock { !$0.plan.isPresenceOnly } }.map(\.key)
        let (round, isEmpty) = state.withLock { state in
            let pending = Set(recorded.filter { state.devices[$0] != nil })
            state.lastRound += 1
            state.rounds[state.lastRound] = CollectionRound(pending: pending, ended: continuation)
            return (state.lastRound, pending.isEmpty)
        }
        for device in devices { pollNow(device) }
        if isEmpty { continuation.finish() }
        return (round, stream)
    }

    /// Ends the waiting for all rounds.
    func cancelRounds() {
        for round in state.withLock({ Array($0.rounds.values) }) { round.ended.finish() }
    }

    /// Forgets a round, and says what it brought; devices that did not end have failed.
    func endRound(_ number: Int) -> CollectionCycle {
        let (round, devices) = state.withLock { ($0.rounds.removeValue(forKey: number), $0.devices) }
        guard let round else { return CollectionCycle() }
        round.ended.finish()
        var cycle = round.cycle
        for key in round.failed.union(round.pending) {
            devices[key]?.state.withLock { cycle.failedDevices.append($0.plan.name) }
        }
        for key in round.held { devices[key]?.state.withLock { cycle.heldDevices.append($0.plan.name) } }
        cycle.failedDevices.sort()
        cycle.heldDevices.sort()
        return cycle
    }

    private func tellRounds(_ change: (inout CollectionRound) -> Void) {
        let finished = state.withLock { state in
            guard !state.rounds.isEmpty else { return [AsyncStream<Void>.Continuation]() }
            var finished: [AsyncStream<Void>.Continuation] = []
            for number in Array(state.rounds.keys) {
                guard var round = state.rounds.removeValue(forKey: number) else { continue }
                change(&round)
                state.rounds[number] = round
                if round.pending.isEmpty { finished.append(round.ended) }
            }
            return finished
        }
        for continuation in finished { continuation.finish() }
    }

    // MARK: - Answers

    /// Takes the end of a poll, on an I/O thread.
    func pollEnded(_ outcome: borrowing PollOutcome, _ kind: CounterRequest, _ meanings: [CounterRequest.Meaning]) {
        let key = outcome.key
        guard let device = state.withLock({ $0.devices[key] }) else { return }
        let (target, plan, version) = device.state.withLock { ($0.plan.target, $0.plan.interfaces, $0.planVersion) }
        // Asked at an address of before: another device may have answered.
        guard outcome.address == target.address else { return kind == .status ? () : pollNow(device) }
        let poll = EndedPoll(outcome, kind, meanings, plan: plan, version)
        let interval = UInt16(clamping: intervalSeconds)
        let result = device.state.withLock { $0.ended(poll, intervalSeconds: interval) }
        let missed = result.wasDown ? 0 : outcome.missed
        let (from, to) = (outcome.startedMilliseconds, outcome.endedMilliseconds)
        let contact = DeviceContact(outcome, of: device.deviceID, result)
        state.withLock { state in
            state.arrivals.add(result, of: device.deviceID, readingsMax: readingsMax, changesMax: changesMax)
            if let contact, state.arrivals.contacts.count < contactsMax { state.arrivals.contacts.append(contact) }
            guard kind.hasCounters else { return }
            state.totals.add(result, isFailed: poll.rows == nil, missed: missed)
            state.books.enter(
                from: from, to: to, readings: result.readings.count, dataPoints: result.dataPoints,
                isFailed: poll.rows == nil, missed: missed)
        }
        if result.changesRequest { subscribe(device) }
        if result.isAskedAgain {
            pollNow(device)
        } else if kind.hasCounters {
            tellRounds { $0.ended(key, from: from, to: to, result, isFailed: poll.rows == nil) }
        }
    }

    // MARK: - Notifications

    /// Takes what a notification said of an interface: the next poll of its device tells what is otherwise.
    func heard(_ change: InterfaceStatusChange) {
        let device = state.withLock { state in
            let device = state.keys[change.deviceID].flatMap { state.devices[$0] }
            if device == nil { state.heard[change.deviceID, default: [:]][change.interfaceID] = change }
            return device
        }
        device?.state.withLock { $0.heard(change) }
    }

    // MARK: - Fetching

    /// What arrived since the last call.
    func takeArrivals() -> Arrivals {
        state.withLock { state in
            let arrivals = state.arrivals
            state.arrivals = Arrivals()
            state.totals.dropped += arrivals.dropped
            return arrivals
        }
    }

    var totals: Totals { state.withLock { $0.totals } }

    /// Devices of which anything is recorded, interfaces, and devices whose readings are held back.
    var standing: (devices: Int, interfaces: Int, held: Int) {
        let devices = state.withLock { Array($0.devices.values) }
        return devices.reduce(into: (0, 0, 0)) { sum, device in
            let (interfaces, isClosed) = device.state.withLock { ($0.plan.interfaces.count, $0.gate.isClosed) }
            guard interfaces > 0 else { return }
            sum.0 += 1
            sum.1 += interfaces
            if isClosed { sum.2 += 1 }
        }
    }

    /// Closes the books: what was collected since they were closed last.
    func closeBooks() -> CollectionCycle {
        let (books, devices) = state.withLock { state in
            let books = state.books
            state.books = CollectionBooks()
            return (books, Array(state.devices.values))
        }
        var cycle = CollectionCycle()
        for device in devices {
            device.state.withLock { state in
                guard !state.plan.isPresenceOnly else { return }
                cycle.devices += 1
                cycle.interfaces += state.interfacesInBooks
                state.interfacesInBooks = 0
                if state.failure != nil { cycle.failedDevices.append(state.plan.name) }
                if state.gate.isClosed { cycle.heldDevices.append(state.plan.name) }
            }
        }
        cycle.failedDevices.sort()
        cycle.heldDevices.sort()
        cycle.readings = books.readings
        cycle.dataPoints = books.dataPoints
        cycle.failedPolls = books.failedPolls
        cycle.missedPolls = books.missed
        cycle.seconds = books.secondsUnderWay
        return cycle
    }
}

extension CollectionDesk.Arrivals {
    mutating func add(_ result: PollConsequences, of device: DeviceID, readingsMax: Int, changesMax: Int) {
        let room = max(0, readingsMax - readings.count)
        if result.readings.count <= room {
            readings.append(contentsOf: result.readings)
        } else {
            readings.append(contentsOf: result.readings.prefix(room))
            dropped += result.readings.count - room
        }
        if changes.count < changesMax { changes.append(contentsOf: result.changes) }
        if records.count < changesMax { records.append(contentsOf: result.records) }
        if result.asksDiscovery { discoveries[device] = result.hasRestarted }
    }
}

extension CollectionDesk.Totals {
    mutating func add(_ result: PollConsequences, isFailed: Bool, missed: UInt32) {
        polls += 1
        readings += result.readings.count
        dataPoints += result.dataPoints
        heldBack += result.heldBack
        self.missed += Int(missed)
        if isFailed { failed += 1 }
    }
}
