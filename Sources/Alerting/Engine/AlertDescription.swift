import Inventory

/// What is known when an alert begins, for whoever reads it later.
struct AlertDescription {
    let inventory: AlertInventory
    let recent: RecentEvents
    let network: NetworkFacts
    /// From when on it is known when devices were heard.
    let knownSince: Timestamp?

    init(_ inventory: AlertInventory, _ recent: RecentEvents, _ network: NetworkFacts, knownSince: Timestamp?) {
        self.inventory = inventory
        self.recent = recent
        self.network = network
        self.knownSince = knownSince
    }

    func context(of signal: AlertSignal) -> AlertContext {
        var context = AlertContext()
        (context.labels, context.remedy) = (signal.rule.labels, signal.rule.remedy)
        let device = signal.key.entity.deviceID.flatMap { inventory.devices[$0] }
        let interface = signal.key.entity.interfaceID.flatMap { inventory.interfaces[$0] }
        context.device = device.map { AlertContext.Device($0) }
        context.interface = interface.map {
            AlertContext.Interface($0, isNameShared: inventory.namesakes.contains($0.id))
        }
        context.facts = facts(signal, device, interface)
        var near: Set<DeviceID> = []
        for id in [device?.id, interface?.connectedToDeviceID] { if let id { near.insert(id) } }
        context.before = recent.before(signal.at, at: near)
        return context
    }

    private func facts(_ signal: AlertSignal, _ device: Device?, _ interface: Interface?) -> [AlertFact] {
        var facts = signal.facts
        if let value = signal.value, let threshold = signal.rule.threshold {
            let words = signal.key.condition.words.lowercased()
            let limit = AlertMessage.percent(threshold, of: signal.key.condition)
            let found = AlertMessage.percent(value, of: signal.key.condition)
            facts.append(AlertFact(words, "\(found), limit \(limit)", at: signal.at))
        }
        if let interface { facts += self.facts(interface) }
        if let device { facts += self.facts(device) }
        return facts
    }

    private func facts(_ interface: Interface) -> [AlertFact] {
        var facts: [AlertFact] = []
        if let speed = interface.facts.ifSpeed, speed > 0 { facts.append(AlertFact("speed", SpeedText.text(speed))) }
        if let name = interface.lldpNeighborName {
            let port = interface.lldpNeighborPort.map { " \($0)" } ?? ""
            facts.append(AlertFact("neighbor", name + port))
        }
        if let far = interface.connectedToDeviceID, let device = inventory.devices[far] {
            let isSilent = network.devices[far]?.silentAt != nil
            facts.append(AlertFact("far end", "\(device.name) \(isSilent ? "does not answer" : "answers")"))
        }
        return facts
    }

    private func facts(_ device: Device) -> [AlertFact] {
        guard let known = network.devices[device.id], let heard = known.lastHeardAt else { return [] }
        // Of before a start only a time is known at which it was heard, not the last one.
        let text = knownSince.map { heard < $0 ? "before \($0)" : "\(heard)" } ?? "\(heard)"
        return [AlertFact(AlertEngine.heardFact, text, at: heard)]
    }
}
