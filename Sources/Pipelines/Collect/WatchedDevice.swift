import Inventory
import SNMP
import Series
import Synchronization

/// How one poll ended, without what is lent for the call only.
struct EndedPoll: Sendable {
    var kind: CounterRequest
    /// The plan its rows are in the order of.
    var planVersion: Int
    var moment: PollMoment
    /// Unix time less steady time, milliseconds: moves when the wall clock is set.
    var clockOffset: Int64
    /// What was read; nil where the device did not answer.
    var rows: CounterRows?
    /// Why nothing was read.
    var failure: String?
    /// Whether that says that the device is there; nil where it was not asked.
    var hasAnswered: Bool? = false
}

/// What a notification said of an interface.
struct HeardStatus: Sendable, Hashable {
    var status: LinkStatus
    var at: Timestamp

    /// Seconds a poll may seem older than what was heard before it because a clock was set.
    private static let clockSeconds = 60.0

    /// Whether it is of a time after a poll.
    func isNewer(than poll: Timestamp) -> Bool { at > poll && at.secondsSince(poll) <= Self.clockSeconds }
}

/// What follows from one poll.
struct PollConsequences: Sendable {
    var readings: [SeriesReading] = []
    /// Counters in them.
    var dataPoints = 0
    /// Readings that were dropped because it is not certain whose they are.
    var heldBack = 0
    /// Changes to be told.
    var changes: [StatusChange] = []
    /// Changes to be written to the catalog: those of interfaces, and of the device.
    var records: [StatusChange] = []
    var asksDiscovery = false
    /// Whether the device started anew since the poll before.
    var hasRestarted = false
    /// Whether the device is to be asked differently from now on.
    var changesRequest = false
    /// Whether it is to be asked that way at once, because what was read lacks what it has: nothing of it is recorded.
    var isAskedAgain = false
    /// Whether the polls before failed too, so that it was only probed now and then: nothing was missed.
    var wasDown = false
    /// Polls in a row that the device did not answer, this one among them; 0 where it did, nil where it was not asked.
    var failures: Int? = 0
}

/// What is known of one device that is polled; pure.
struct WatchedDeviceState: Sendable {
    /// Failed polls in a row after which a device is down.
    static let failuresMax = 3

    private(set) var plan: DevicePlan
    /// Differs after each change of the plan.
    private(set) var planVersion = 0
    private(set) var choice: RequestChoice
    private(set) var gate = MapGate()
    /// Status as last seen, by the plan's order.
    private var seen: [LinkStatus]
    /// Status as the catalog has it, or will have.
    private var recorded: [LinkStatus]
    private var recordedStatus: DeviceStatus
    /// Polls in a row that were not answered: those of status and the others apart, so that where both are due at once an
    /// outage does not count twice.
    private var statusFailures = 0
    private var otherFailures = 0
    /// What notifications said of interfaces since they were polled.
    private var heard: [InterfaceID: HeardStatus] = [:]
    private var offsetAtReading: Int64?
    /// When the interfaces of the plan were read, until the first poll after they changed: one that was under way meanwhile
    /// may have read the numbers of before.
    private var mapReadAt: Timestamp?
    /// Why the last poll failed; nil where it did not.
    private(set) var failure: String?
    /// The most interfaces read in a poll since the books were closed.
    var interfacesInBooks = 0

    init(_ plan: DevicePlan) {
        self.plan = plan
        choice = RequestChoice(isNarrowOnly: plan.isNarrowOnly)
        recorded = plan.interfaces.map(\.recorded)
        seen = [LinkStatus](repeating: LinkStatus(), count: plan.interfaces.count)
        recordedStatus = plan.recordedStatus
    }

    /// Polls in a row that were not answered.
    private var failures: Int { max(statusFailures, otherFailures) }

    /// What the device is asked for again and again, status aside.
    var request: CounterRequest { plan.isPresenceOnly ? .presence : choice.kind }

    /// Takes what a notification said of an interface: the next poll tells what is otherwise.
    mutating func heard(_ change: InterfaceStatusChange) {
        let status = LinkStatus(admin: change.admin, oper: change.oper)
        if let before = heard[change.interfaceID], before.isNewer(than: change.at) { return }
        heard[change.interfaceID] = HeardStatus(
            status: heard[change.interfaceID].map { status.filled(from: $0.status) } ?? status, at: change.at)
    }

    /// Takes over a new plan; what was seen of interfaces stays with them.
    ///
    /// - Returns: Whether what is read from now on is recorded and was not before.
    mutating func revise(_ new: DevicePlan) -> Bool {
        planVersion += 1
        // It may be another device.
        if new.target != plan.target { choice = RequestChoice(isNarrowOnly: new.isNarrowOnly) }
        // What was asked before there were interfaces says nothing of which is which.
        if plan.isPresenceOnly, !new.isPresenceOnly { gate = MapGate() }
        if new.target.address != plan.target.address { gate.addressChanged() }
        let isSameMap = new.interfaces.elementsEqual(plan.interfaces) { $0.id == $1.id && $0.ifIndex == $1.ifIndex }
        if isSameMap {
            recorded = new.interfaces.map(\.recorded)
        } else {
            gate.mapChanged()
            mapReadAt = new.mapCheckedAt
            let before = Dictionary(zip(plan.interfaces.map(\.id), seen)) { first, _ in first }
            seen = new.interfaces.map { before[$0.id] ?? LinkStatus() }
            recorded = new.interfaces.map(\.recorded)
            heard = heard.filter { before[$0.key] != nil }
        }
        recordedStatus = new.recordedStatus
        plan = new
        return gate.opens(with: new.mapCheckedAt)
    }

    /// Draws the conclusions of a poll.
    mutating func ended(_ poll: EndedPoll, intervalSeconds: UInt16) -> PollConsequences {
        var result = PollConsequences()
        result.wasDown = failures >= Self.failuresMax
        guard let rows = poll.rows else {
            fail(poll, &result)
            return result
        }
        (statusFailures, otherFailures) = (0, 0)
        failure = nil
        answered(poll, &result)
        // The plan may have changed since the rows were read.
        guard poll.planVersion == planVersion else { return result }
        let verdict = gate.judge(poll.moment, checkedAt: plan.mapCheckedAt)
        // Without interfaces nothing is held back.
        result.asksDiscovery = verdict.asksDiscovery && !plan.isPresenceOnly
        result.hasRestarted = verdict.hasRestarted
        if poll.kind == choice.kind {
            result.changesRequest = choice.answered(
                rows.findings, hasRestarted: verdict.hasRestarted, nowMilliseconds: poll.moment.steadyMilliseconds)
            result.isAskedAgain = result.changesRequest && poll.kind == .wide
        }
        let isOfOldMap = mapReadAt.map { poll.moment.at < $0 } ?? false
        if poll.kind.hasCounters { mapReadAt = nil }
        guard verdict.isOpen, !isOfOldMap else {
            if poll.kind.hasCounters { result.heldBack = rows.findings.existing }
            return result
        }
        noteStatus(rows, poll.moment.at, &result)
        if poll.kind.hasCounters, !result.isAskedAgain { record(rows, poll, intervalSeconds, &result) }
        return result
    }

    private mutating func record(
        _ rows: CounterRows, _ poll: EndedPoll, _ intervalSeconds: UInt16, _ result: inout PollConsequences
    ) {
        let clockWasSet = offsetAtReading.map { abs(poll.clockOffset - $0) > 1000 } ?? false
        result.readings.reserveCapacity(rows.rows.count)
        for (row, interface) in zip(rows.rows, plan.interfaces) {
            guard
                let reading = row.reading(
                    of: interface, at: poll.moment.at, sysUpTime: poll.moment.sysUpTime,
                    intervalSeconds: intervalSeconds, clockWasSet: clockWasSet)
            else { continue }
            result.readings.append(SeriesReading(interface.id, reading))
            result.dataPoints += reading.present.rawValue.nonzeroBitCount
        }
        if !result.readings.isEmpty { offsetAtReading = poll.clockOffset }
        interfacesInBooks = max(interfacesInBooks, result.readings.count)
    }

    private mutating func noteStatus(_ rows: CounterRows, _ at: Timestamp, _ result: inout PollConsequences) {
        for place in rows.rows.indices {
            let status = rows.rows[place].status
            guard status != LinkStatus() else { continue }
            let id = plan.interfaces[place].id
            // Read before it was heard: older than what is known.
            if let heard = heard[id], heard.isNewer(than: at) { continue }
            let polled = seen[place].filled(from: recorded[place])
            let before = heard.removeValue(forKey: id)?.status.filled(from: polled) ?? polled
            let now = status.filled(from: before)
            seen[place] = now
            guard now != before || now != recorded[place] else { continue }
            let change = InterfaceStatusChange(
                deviceID: plan.deviceID, interfaceID: id, adminBefore: before.admin, admin: now.admin,
                operBefore: before.oper, oper: now.oper, at: at)
            if now != before { result.changes.append(.interface(change)) }
            if now != recorded[place] { result.records.append(.interface(change)) }
            recorded[place] = now
        }
    }

    private mutating func answered(_ poll: EndedPoll, _ result: inout PollConsequences) {
        guard recordedStatus != .up else { return }
        let uptime = poll.moment.sysUpTime.map { Int64($0) / 100 }
        note(
            DeviceStatusChange(deviceID: plan.deviceID, status: .up, at: poll.moment.at, uptimeSeconds: uptime), &result
        )
    }

    private mutating func fail(_ poll: EndedPoll, _ result: inout PollConsequences) {
        failure = poll.failure ?? "it did not answer"
        switch poll.hasAnswered {
        case nil: result.failures = nil
        case true?: (statusFailures, otherFailures) = (0, 0)
        case false? where poll.kind == .status: statusFailures += 1
        case false?: otherFailures += 1
        }
        guard poll.hasAnswered == false else { return }
        result.failures = failures
        guard failures >= Self.failuresMax, recordedStatus != .down else { return }
        note(DeviceStatusChange(deviceID: plan.deviceID, status: .down, at: poll.moment.at), &result)
    }

    private mutating func note(_ change: DeviceStatusChange, _ result: inout PollConsequences) {
        recordedStatus = change.status
        result.changes.append(.device(change))
        result.records.append(.device(change))
    }
}

/// One device that is polled: its state, for the I/O thread and the planner.
final class WatchedDevice: Sendable {
    let key: UInt64
    let deviceID: DeviceID
    let state: Mutex<WatchedDeviceState>

    init(key: UInt64, _ plan: DevicePlan) {
        self.key = key
        deviceID = plan.deviceID
        state = Mutex(WatchedDeviceState(plan))
    }
}
