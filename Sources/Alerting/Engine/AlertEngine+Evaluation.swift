public import Inventory

/// What follows from an evaluation.
public struct AlertOutcome: Sendable, Hashable {
    /// Alerts and steps to be written, and what never fired to be removed.
    public var news: AlertLedgerNews
    /// What is to be sent; written in the same transaction.
    public var deliveries: [AlertDelivery]
    /// Devices to be asked at once.
    public var probes: [DeviceID]
    /// When to evaluate next at the latest, besides the regular times; nil for then.
    public var nextAt: Timestamp?
}

extension AlertEngine {
    /// Draws the conclusions from what was taken.
    ///
    /// - Parameter isFull: whether all interfaces are looked at, or those that were read since the last time.
    public mutating func evaluate(at now: Timestamp, isFull: Bool = true) -> AlertOutcome {
        noteClock(now)
        noteChanges()
        for key in ledger.pendingDue(at: now) { key.entity.interfaceID.map { ports.touch($0) } }
        for device in inventory.devices.keys { ports.setSilent(device, isSilent(device)) }
        var signals = unwatched + (isFull ? ports.signals(at: now) : ports.signalsOfNews(at: now))
        unwatched = []
        signals += reachability(at: now) + takeOccurrences()
        take(signals)
        ledger.advance(to: now)
        noteOutages(at: now)
        let report = seekCauses(at: now)
        decideHolds(report, at: now)
        let deliveries = dispatcher.dispatch(&ledger, at: now)
        let next = [
            report.nextAt, ledger.nextDue(after: now), nextRelease, dispatcher.nextDue, quiet.nextChange(after: now),
        ]
        .compactMap(\.self).min()
        return AlertOutcome(
            news: ledger.takeNews(), deliveries: deliveries, probes: report.probes, nextAt: next)
    }

    private mutating func take(_ signals: [AlertSignal]) {
        let description = AlertDescription(inventory, recent, network, knownSince: beganAt)
        for signal in signals {
            ledger.take(signal) { description.context(of: $0) }
        }
    }

    // MARK: - Signals

    private mutating func noteChanges() {
        for change in ports.takeChanges() {
            guard let interface = inventory.interfaces[change.id], let device = inventory.devices[interface.deviceID]
            else { continue }
            let name = "\(interface.displayName) of \(device.name)"
            switch change.kind {
            case .status(let isUp):
                note(change, isUp ? .up : .down, "\(name) went \(isUp ? "up" : "down")", interface, device)
            case .speed(let before, let after):
                let (old, new) = (SpeedText.text(before), SpeedText.text(after))
                let text = "Speed of \(interface.displayName) on \(device.name) changed from \(old) to \(new)"
                note(change, .speed, text, interface, device)
                occur(.speedChanged, interface, at: change.at, text)
            case .duplex(let before, let after):
                let (old, new) = (before.rawValue, after.rawValue)
                let text = "Duplex of \(interface.displayName) on \(device.name) changed from \(old) to \(new)"
                note(change, .duplex, text, interface, device)
                occur(.duplexChanged, interface, at: change.at, text)
            }
        }
    }

    private mutating func note(
        _ change: PortChange, _ kind: RecentEvents.Kind, _ text: String, _ interface: Interface, _ device: Device
    ) {
        let event = AlertEvent(at: change.at, deviceID: device.id, interfaceID: interface.id, text)
        recent.add(event, kind, to: interface, of: device)
    }

    private mutating func occur(_ condition: AlertCondition, _ interface: Interface, at time: Timestamp, _ text: String)
    {
        let key = AlertKey(entity: .interface(interface.id, of: interface.deviceID), condition: condition)
        occurrences.append(AlertOccurrence(key, at: time, message: text))
    }

    private func isSilent(_ device: DeviceID) -> Bool { network.devices[device]?.silentAt != nil }

    /// Devices that are silent, and those that are not any more.
    private func reachability(at now: Timestamp) -> [AlertSignal] {
        var signals: [AlertSignal] = []
        for (device, facts) in network.devices {
            let key = AlertKey(entity: .device(device), condition: .deviceUnreachable)
            guard let rule = rule(for: key), facts.silentAt != nil || ledger.open[key] != nil else { continue }
            signals.append(facts.silentAt == nil ? .clear(key, by: rule, at: now) : unreachable(key, rule, at: now))
        }
        return signals.sorted { $0.key.entity.key < $1.key.entity.key }
    }

    private func unreachable(_ key: AlertKey, _ rule: AlertRule, at now: Timestamp) -> AlertSignal {
        var signal = AlertSignal(key, by: rule, at: now)
        signal.message = AlertMessage.text(signal, inventory)
        return signal
    }

    private mutating func takeOccurrences() -> [AlertSignal] {
        defer { occurrences = [] }
        return occurrences.compactMap { one in
            guard let rule = rule(for: one.key) else { return nil }
            if let id = one.key.entity.interfaceID, whyUnwatched(id) != nil { return nil }
            guard holds(one, rule) else { return .clear(one.key, by: rule, at: one.at) }
            var signal = AlertSignal(one.key, by: rule, at: one.at, value: one.value)
            if rule.followsSeverity, let found = one.severity { signal.severity = max(found, rule.severity) }
            signal.message = one.message.isEmpty ? AlertMessage.text(signal, inventory) : one.message
            signal.facts = one.facts
            return signal
        }
    }

    private func holds(_ one: AlertOccurrence, _ rule: AlertRule) -> Bool {
        guard one.holds, let value = one.value, let threshold = rule.threshold else { return one.holds }
        let limit = ledger.open[one.key] == nil ? threshold : rule.clear ?? threshold
        return one.key.condition.isBelow ? value < limit : value > limit
    }

    // MARK: - Causes

    /// Finds what explains silent devices and dead ports; a device that is found to be silent so is taken for that.
    private mutating func seekCauses(at now: Timestamp) -> CauseReport {
        network.deadPorts = deadPorts(at: now)
        noteLatePorts()
        var report = finder.judge(network, after: causes, at: now)
        let presumed = report.presumedSilent.filter { inventory.devices[$0] != nil && !isSilent($0) }
        if !presumed.isEmpty {
            for device in presumed {
                silent(device, at: now)
                ports.setSilent(device, true)
            }
            take(reachability(at: now))
            network.deadPorts = deadPorts(at: now)
            report = finder.judge(network, after: causes, at: now)
        }
        causes = report.state
        tellOfNetwork(report, at: now)
        return report
    }

    private func deadPorts(at now: Timestamp) -> [InterfaceID: DeadPort] {
        var dead: [InterfaceID: DeadPort] = [:]
        for alert in ledger.open.values where alert.condition == .interfaceDown && alert.context.clearSince == nil {
            guard case .interface(let id, of: let device) = alert.entity else { continue }
            let name = inventory.interfaces[id]?.displayName ?? alert.context.interface?.name ?? "port"
            let readAt = ports.port(id).flatMap { $0.statusAt == .min ? nil : Timestamp(milliseconds: $0.statusAt) }
            // After a relapse it is dead since then.
            let since = min(alert.context.penaltyAt ?? alert.startedAt, now)
            dead[id] = DeadPort(of: device, name: name, since: since, readAt: readAt)
            dead[id]?.pollSeconds = ports.port(id)?.intervalSeconds
        }
        return dead
    }

    /// Ports whose status is of before the end of an outage that explains it: they are read once more.
    private mutating func noteLatePorts() {
        guard !outages.isEmpty else { return }
        for (id, port) in network.deadPorts where causes.ports[id] == nil {
            guard let readAt = port.readAt else { continue }
            let ends = (farEnds(of: id) + [port.deviceID]).compactMap { outages[$0]?.endedAt }
            if ends.contains(where: { $0 > readAt }) { causes.ports[id] = CauseState.Standing(kind: .explained) }
        }
    }

    /// The devices at the other ends of an interface's cables.
    func farEnds(of id: InterfaceID) -> [DeviceID] {
        let wired = finder.graph.cableEnds(at: id).map { finder.graph.end($0 ^ 1).deviceID }
        return wired.isEmpty ? [inventory.interfaces[id]?.connectedToDeviceID].compactMap(\.self) : wired
    }

    private mutating func tellOfNetwork(_ report: CauseReport, at now: Timestamp) {
        let key = AlertKey(entity: CauseReport.network, condition: .networkUnreachable)
        guard let rule = rule(for: key) else { return }
        if report.networkSince != nil {
            var signal = AlertSignal(key, by: rule, at: now)
            signal.message = AlertMessage.text(signal, inventory)
            take([signal])
        } else if ledger.open[key] != nil {
            take([.clear(key, by: rule, at: now)])
        }
    }
}

/// Speeds as people write them: `1 Gbps`.
enum SpeedText {
    static func text(_ bitsPerSecond: Int64) -> String {
        let units: [(String, Int64)] = [("Tbps", 1_000_000_000_000), ("Gbps", 1_000_000_000), ("Mbps", 1_000_000)]
        for (unit, size) in units + [("kbps", 1_000)] where bitsPerSecond >= size {
            let tenths = (Double(bitsPerSecond) / Double(size) * 10).rounded() / 10
            return tenths == tenths.rounded() ? "\(Int64(tenths)) \(unit)" : "\(tenths) \(unit)"
        }
        return "\(bitsPerSecond) bps"
    }
}
