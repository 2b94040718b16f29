import Inventory

/// A device that did not answer, and does again.
struct DeviceOutage: Sendable {
    var startedAt: Timestamp
    var endedAt: Timestamp
    /// Its alert, or the one that explained it.
    var cause: AlertCause
}

extension DeviceFacts {
    /// What comes in late is so much older at most; what seems older comes after the clock was set back.
    private static let lateSecondsMax = 60.0

    private static func later(_ known: Timestamp?, _ new: Timestamp) -> Timestamp {
        guard let known, known.secondsSince(new) <= lateSecondsMax else { return new }
        return max(known, new)
    }

    mutating func heard(at time: Timestamp) {
        lastHeardAt = Self.later(lastHeardAt, time)
        lastAskedAt = Self.later(lastAskedAt, time)
        guard let silent = silentAt else { return }
        if silent < time || silent.secondsSince(time) > Self.lateSecondsMax { silentAt = nil }
    }

    /// Whether something was heard after a time; what is far ahead of it was heard before the clock was set back.
    func wasHeard(since time: Timestamp) -> Bool {
        guard let lastHeardAt else { return false }
        return lastHeardAt > time && lastHeardAt.secondsSince(time) <= Self.lateSecondsMax
    }

    mutating func failed(askedAt: Timestamp, at time: Timestamp) {
        lastAskedAt = Self.later(lastAskedAt, askedAt)
        lastFailedAt = Self.later(lastFailedAt, time)
    }

    /// The clock was set back: what was after now was just before, in the same order.
    fileprivate mutating func noteClock(_ now: Timestamp) {
        let before = { (time: Timestamp?, milliseconds: Int64) in
            time.map { $0 > now ? Timestamp(milliseconds: now.milliseconds - milliseconds) : $0 }
        }
        (lastHeardAt, lastAskedAt) = (before(lastHeardAt, 3), before(lastAskedAt, 2))
        (lastFailedAt, silentAt) = (before(lastFailedAt, 1), before(silentAt, 1))
    }
}

/// When devices were heard: what is known of the time before the start, and what the clock does to it.
extension AlertEngine {
    /// What the last-heard fact of an alert is called.
    static let heardFact = "last heard"
    private static let outageSeconds = 7_200.0

    /// A device that was silent when an alert of it was stored; one that came back since and is kept open is not.
    mutating func remember(_ alert: Alert) {
        guard let device = alert.entity.deviceID else { return }
        if let clear = alert.context.clearSince {
            network.devices[device] = DeviceFacts(heardAt: clear)
            return
        }
        let silentAt = alert.context.penaltyAt ?? alert.startedAt
        let heardAt = alert.context.facts.last { $0.name == Self.heardFact }?.at
        network.devices[device] = DeviceFacts(heardAt: heardAt.flatMap { $0 < silentAt ? $0 : nil })
        network.devices[device]?.silentAt = silentAt
    }

    /// Goes on with what was open, as the inventory is known for the first time.
    mutating func begin(at now: Timestamp) {
        beganAt = now
        ports.adopt(Array(ledger.open.keys), at: now)
        // Where the poller was cut off it may still be; else that is said only once others had time to answer.
        let key = AlertKey(entity: CauseReport.network, condition: .networkUnreachable)
        if ledger.open[key] == nil { network.knownSince = now }
    }

    /// A device that was not heard since the start was before, if the catalog says so: at that time or later.
    mutating func seed(_ device: Device, at now: Timestamp) {
        let known = network.devices[device.id]
        guard known?.lastHeardAt == nil, let seenAt = device.lastSeenAt else { return }
        let time = min(seenAt, now)
        if let silentAt = known?.silentAt, silentAt <= time { return }
        network.devices[device.id, default: DeviceFacts()].lastHeardAt = time
    }

    /// Takes notice of a clock that was set back: nothing may wait until it is as late again.
    mutating func noteClock(_ now: Timestamp) {
        defer { evaluatedAt = now }
        guard let evaluatedAt, now < evaluatedAt else { return }
        for device in network.devices.keys { network.devices[device]?.noteClock(now) }
        network.knownSince = network.knownSince.map { min($0, now) }
        releases = releases.mapValues { min($0, now) }
        ports.noteClock(now)
        causes.noteClock(now)
    }

    // MARK: - Outages

    /// Remembers outages that are over; those of long ago are forgotten.
    mutating func noteOutages(at now: Timestamp) {
        for alert in ledger.news.resolved where alert.condition == .deviceUnreachable { noteOutage(alert) }
        guard !outages.isEmpty else { return }
        outages = outages.filter { abs(now.secondsSince($0.value.endedAt)) < Self.outageSeconds }
    }

    mutating func noteOutage(_ alert: Alert) {
        guard let device = alert.entity.deviceID, let end = alert.resolvedAt ?? alert.context.clearSince else { return }
        outages[device] = outage(alert, endedAt: end)
    }

    /// The outage an alert tells of; nil where nobody is told of it.
    func outage(_ alert: Alert, endedAt end: Timestamp) -> DeviceOutage? {
        let startedAt = alert.context.penaltyAt ?? alert.startedAt
        if alert.wasExplained, let cause = alert.context.cause {
            return DeviceOutage(startedAt: startedAt, endedAt: end, cause: cause)
        }
        guard alert.firedAt != nil, alert.hold != .recordOnly else { return nil }
        let name = alert.context.device?.name ?? "the device"
        let reason = "\(name) did not answer until it had started anew."
        let cause = AlertCause(alertID: alert.id, name: name, path: [name], reason: reason)
        return DeviceOutage(startedAt: startedAt, endedAt: end, cause: cause)
    }
}

extension CauseState {
    mutating func noteClock(_ now: Timestamp) {
        devices = devices.mapValues { $0.noting(now) }
        ports = ports.mapValues { $0.noting(now) }
    }
}

extension CauseState.Standing {
    fileprivate func noting(_ now: Timestamp) -> Self {
        let before = { (time: Timestamp?) in time.map { min($0, now) } }
        return .init(
            kind: kind, fellAt: before(fellAt), releasedAt: before(releasedAt), provenAt: before(provenAt))
    }
}
