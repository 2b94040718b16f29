public import Alerting
public import Inventory
import Jobs
import SNMP
public import Traffic

/// What comes in. Cheap, and without effect on the catalog: the next evaluation draws the conclusions.
extension AlertDesk {
    /// Takes rates as they were read.
    public func take(_ rates: [InterfaceRates]) {
        guard !rates.isEmpty else { return }
        engine.take(rates)
        if !seen.statuses.isEmpty { for one in rates { seen.take(one.reading, of: one.interfaceID) } }
        signal.yield()
    }

    /// Takes changes of the status of interfaces; those of devices follow from `DeviceContact`.
    public func take(_ changes: [StatusChange]) {
        for case .interface(let change) in changes { note(change) }
    }

    /// Takes the ends of polls.
    public func take(_ contacts: [DeviceContact]) {
        if seen.isVerifying, !contacts.isEmpty { signal.yield() }
        for contact in contacts where seen.inventory.devices[contact.deviceID] != nil {
            if contact.answered {
                if contact.hasRestarted { restarted(contact.deviceID, at: contact.endedAt) }
                heard(contact.deviceID, at: contact.endedAt)
            } else {
                engine.failed(contact.deviceID, askedAt: contact.askedAt, at: contact.endedAt)
                guard contact.isSilent else { continue }
                engine.silent(contact.deviceID, askedAt: contact.askedAt, at: contact.endedAt)
                signal.yield()
            }
        }
    }

    /// Takes notifications as they were received.
    public func take(_ traps: [ReceivedTrap]) { take(traps.map(HeardTrap.init)) }

    /// Takes notifications: whatever a device sends says that it is there, but where it answers nothing.
    ///
    /// One that notifies and does not answer stays silent: it is asked, and what it says of its ports counts once it
    /// answers.
    public func take(_ traps: [HeardTrap]) {
        guard seen.isLoaded else {
            early.append(contentsOf: traps.prefix(max(0, Self.earlyMax - early.count)))
            return
        }
        for trap in traps {
            guard let device = trap.device, seen.inventory.devices[device] != nil else { continue }
            if trap.isRestart { restarted(device, at: trap.receivedAt) }
            if trap.tellsOfNeighbours { tellOfNeighbours(device, at: trap.receivedAt) }
            let isSilent = isSilent(device)
            if isSilent { askAgain(device) } else { heard(device, at: trap.receivedAt) }
            if let news = trap.statusChange { take(news, isProved: !isSilent) }
        }
    }

    /// Takes what the watch over traffic found.
    public func take(_ news: AnomalyNews) {
        for change in news.anomalies { anomalies.take(change.anomaly) }
        takeAnomalies(of: Set(news.anomalies.map(\.anomaly.interfaceID)), at: news.at)
    }

    /// Takes something that was found elsewhere; what was not open and has ceased is no news.
    public func take(_ occurrence: AlertOccurrence) {
        let isKnown = engine.ledger.open[occurrence.key] != nil || seen.unjudged.contains(occurrence.key)
        guard occurrence.holds || isKnown else { return }
        seen.unjudged.insert(occurrence.key)
        engine.take(occurrence)
        signal.yield()
    }

    /// Takes something that happened, for the evidence of alerts to come.
    public func note(_ event: AlertEvent) { engine.note(event) }

    // MARK: - Inside

    private static let earlyMax = 10_000

    func heard(_ device: DeviceID, at time: Timestamp) {
        let wasSilent = engine.ledger.open[AlertKey(entity: .device(device), condition: .deviceUnreachable)] != nil
        engine.heard(device, at: time)
        if wasSilent { signal.yield() }
        guard let proved = seen.unproved.removeValue(forKey: device)?.values else { return }
        for news in proved.sorted(by: { ($0.at, $0.interfaceID) < ($1.at, $1.interfaceID) }) { settle(news) }
    }

    /// Takes what a notification says of a port.
    private func take(_ news: InterfaceStatusChange, isProved: Bool) {
        tellPolls?(news)
        if isProved { settle(news) } else { seen.unproved[news.deviceID, default: [:]][news.interfaceID] = news }
    }

    /// Takes the status of a port, or finds out first what it means.
    private func settle(_ news: InterfaceStatusChange) {
        if !isDoubtful(news) {
            doubtful[news.interfaceID] = nil
            note(news)
        } else if doubtful[news.interfaceID] == nil {
            askOperator(about: news)
        }
    }

    /// Takes the status of a port, unless something newer is known.
    func note(_ news: InterfaceStatusChange) {
        let status = LinkStatus(admin: news.admin, oper: news.oper)
        guard seen.take(news.interfaceID, status, at: news.at, now: parts.clock.now) else { return }
        engine.take(status: news.interfaceID, admin: news.admin, oper: news.oper, at: news.at)
        signal.yield()
    }

    private func restarted(_ device: DeviceID, at time: Timestamp) {
        take(AlertOccurrence(AlertKey(entity: .device(device), condition: .deviceRestarted), at: time))
        engine.note(AlertEvent(at: time, deviceID: device, "\(name(device)) started anew"))
    }

    private func tellOfNeighbours(_ device: DeviceID, at time: Timestamp) {
        engine.note(AlertEvent(at: time, deviceID: device, "\(name(device)) said that its neighbors changed"))
    }

    private func name(_ device: DeviceID) -> String { seen.inventory.devices[device]?.name ?? "a device" }

    /// Says of interfaces whether anything of their traffic is out of the usual.
    func takeAnomalies(of interfaces: Set<InterfaceID>, at now: Timestamp) {
        for id in interfaces.sorted() {
            guard let interface = seen.inventory.interfaces[id] else { continue }
            let device = seen.inventory.devices[interface.deviceID]
            take(anomalies.occurrence(interface, on: device?.name ?? "a device", at: now))
        }
    }

    /// What came before the catalog was read.
    func takeEarly() {
        let traps = early
        early = []
        take(traps)
    }
}

extension ReceivedTrap {
    /// What it says of the status of an interface that is known; what was before is not.
    var statusChange: InterfaceStatusChange? {
        guard let link = linkStatus, let device = device?.id, let interface = interface?.id else { return nil }
        return InterfaceStatusChange(
            deviceID: device, interfaceID: interface, adminBefore: 0, admin: link.admin, operBefore: 0,
            oper: link.oper, at: receivedAt)
    }

    /// ifAdminStatus and ifOperStatus as a linkDown or linkUp tells them; 0 for what it does not.
    ///
    /// The kind counts for more than ifOperStatus (RFC 2863 3.1.14): some agents send the one of before.
    var linkStatus: (admin: UInt8, oper: UInt8)? {
        switch notification.kind {
        case .linkDown(let link):
            let oper = link.operStatus.map { $0 == 1 ? 2 : $0 } ?? 2
            return (UInt8(clamping: link.adminStatus ?? 0), UInt8(clamping: oper))
        case .linkUp(let link):
            let oper = link.operStatus.map { $0 == 2 ? 1 : $0 } ?? 1
            return (UInt8(clamping: link.adminStatus ?? 0), UInt8(clamping: oper))
        case .coldStart, .warmStart, .authenticationFailure, .other: return nil
        }
    }
}
