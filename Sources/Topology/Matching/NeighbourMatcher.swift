import Catalog
import Inventory

/// Finds out which device of the inventory a row of a neighbour table means.
struct NeighbourMatcher {
    let index: InventoryIndex
    /// Chassis addresses that are announced with a device's name and are not its own; nil stands for several.
    private var strangersNamedAs: [Int32: HardwareAddress?] = [:]
    /// Devices that LLDP announces somewhere with their name and their own chassis id.
    private var announced: Set<Int32> = []

    init(index: InventoryIndex) {
        self.index = index
    }

    /// Learns from a row whether others than the device bear a device's name, before any row is matched.
    mutating func learn(_ reading: NeighbourReading) {
        guard let address = chassisAddress(of: reading), reading.port?.text != reading.chassis?.text,
            let name = reading.systemName.flatMap({ DeviceName($0, domains: index.domains) })
        else { return }
        for (_, owners, _) in nameEvidence(name) {
            guard owners.count == 1, let device = owners.devices.first else { continue }
            if index.isOwn(address, of: device) {
                if reading.heardBy == .lldp, index.chassis[address].devices.contains(device) {
                    announced.insert(device)
                }
                continue
            }
            if let known = strangersNamedAs[device] {
                if known != address { strangersNamedAs[device] = .some(nil) }
            } else {
                strangersNamedAs[device] = address
            }
        }
    }

    /// The device that a row means, with what spoke for it; the interface is left open.
    func match(_ reading: NeighbourReading, heardBy hearer: Int) -> NeighbourMatch {
        var evidence = DeviceEvidence()
        addHardware(reading, to: &evidence)
        let name = reading.systemName.flatMap { DeviceName($0, domains: index.domains) }
        if let name { addName(name, to: &evidence) }
        addAddresses(reading, name, to: &evidence)
        // A device's own name or address does not come back to it from outside, but for another device's that has both.
        evidence.drop { $0.device == Int32(hearer) && $0.worth.hardware == 0 }
        let chassis = chassisAddress(of: reading)
        evidence.weigh { weigh(&$0, chassis: chassis, name: name) }
        evidence.weigh { candidate in
            if candidate.worth.hardware == 0, isNamesake(reading, of: candidate.device) { candidate.worth.name = 0 }
        }
        return match(evidence.verdict())
    }

    /// Whether a row tells of another device that may bear this one's name.
    ///
    /// LLDP announces this one elsewhere with its own chassis id, and the row's with another.
    func isNamesake(_ reading: NeighbourReading, of device: Int32) -> Bool {
        guard reading.heardBy == .lldp, announced.contains(device), reading.port?.text != reading.chassis?.text,
            let chassis = chassisAddress(of: reading)
        else { return false }
        return !index.isOwn(chassis, of: device)
    }

    private func match(_ verdict: (best: DeviceEvidence.Candidate?, undecided: [Int32])) -> NeighbourMatch {
        var match = NeighbourMatch()
        if let best = verdict.best {
            match.deviceID = index.devices[Int(best.device)].id
            match.deviceRules = best.rules
            match.confidence = MatchWeight.rounded(best.score)
        }
        match.candidates = verdict.undecided.map { index.devices[Int($0)].id }
        return match
    }

    /// The chassis id as a MAC address that belongs to one device.
    private func chassisAddress(of reading: NeighbourReading) -> HardwareAddress? {
        guard let chassis = reading.chassis, chassis.kind == .mac else { return nil }
        return HardwareAddress(chassis.text).flatMap { $0.identifiesOneDevice ? $0 : nil }
    }

    private func addHardware(_ reading: NeighbourReading, to evidence: inout DeviceEvidence) {
        if let address = chassisAddress(of: reading) {
            evidence.add(
                .chassis, to: index.chassis[address], worth: MatchWeight.of(.chassis), kind: \.hardware)
            addInterfaceAddress(address, to: &evidence)
        } else if let chassis = reading.chassis, chassis.kind == .text {
            let isDefault = DeviceName(chassis.text)?.isDefault ?? true
            evidence.add(
                .chassis, to: index.textChassis[chassis.text.lowercased()],
                worth: MatchWeight.textChassis * (isDefault ? MatchWeight.defaultName : 1), kind: \.hardware)
        }
        guard let port = reading.port, port.kind == .mac, port.text != reading.chassis?.text,
            let address = HardwareAddress(port.text), address.identifiesOneDevice
        else { return }
        addInterfaceAddress(address, to: &evidence)
    }

    private func addInterfaceAddress(_ address: HardwareAddress, to evidence: inout DeviceEvidence) {
        evidence.add(
            .interfaceAddress, to: index.interfaceAddresses[address], worth: MatchWeight.of(.interfaceAddress),
            kind: \.hardware)
    }

    private func addName(_ name: DeviceName, to evidence: inout DeviceEvidence) {
        for (rule, owners, worth) in nameEvidence(name) { evidence.add(rule, to: owners, worth: worth, kind: \.name) }
    }

    /// The devices that a name fits, by each of its forms.
    ///
    /// Two names with different domains are two names; only a name without a domain fits one with any.
    private func nameEvidence(
        _ name: DeviceName
    ) -> [(MatchRule, (devices: [Int32], count: Int), Double)] {
        let factor = name.isDefault ? MatchWeight.defaultName : 1
        let serial = name.withoutSerial == nil ? 1 : MatchWeight.of(.nameWithoutSerial) / MatchWeight.of(.name)
        var found = [(MatchRule.name, index.names[name.whole], MatchWeight.of(.name) * factor)]
        if let base = name.withoutSerial {
            found.append((.nameWithoutSerial, index.names[base], MatchWeight.of(.nameWithoutSerial) * factor))
        }
        let short = name.short.map { index.openNames[$0] } ?? index.shortNames[name.base]
        let shortFactor = name.isShortDefault ? MatchWeight.defaultName : 1
        found.append((.shortName, short, MatchWeight.of(.shortName) * shortFactor * serial))
        return found
    }

    /// Addresses beyond these of one row tell nothing more.
    private static let addressesMax = 8

    private func addAddresses(_ reading: NeighbourReading, _ name: DeviceName?, to evidence: inout DeviceEvidence) {
        var texts = reading.managementAddresses.prefix(Self.addressesMax).map { $0.lowercased() }
        if let chassis = reading.chassis, chassis.kind == .address { texts.append(chassis.text.lowercased()) }
        if let name, name.short == nil || name.base.utf8.first.map({ $0 >= 0x30 && $0 <= 0x39 }) == true {
            texts.append(name.base)
        }
        for text in texts where !Self.isAnybodys(text) {
            evidence.add(
                .managementAddress, to: index.managedAddresses[text], worth: MatchWeight.of(.managementAddress),
                kind: \.address)
            evidence.add(
                .managementAddress, to: index.otherAddresses[text], worth: MatchWeight.otherAddress, kind: \.address)
        }
    }

    /// Addresses that many devices give or that lead nowhere.
    private static func isAnybodys(_ address: String) -> Bool {
        address == "0.0.0.0" || address == "127.0.0.1" || address == "::" || address == "::1" || address.isEmpty
            || address == "localhost" || address.hasPrefix("169.254.") || address.hasPrefix("fe80:")
    }

    private func weigh(_ candidate: inout DeviceEvidence.Candidate, chassis: HardwareAddress?, name: DeviceName?) {
        let device = candidate.device
        if let chassis, candidate.worth.hardware == 0, !index.isOwn(chassis, of: device) {
            if index.givesChassis[Int(device)] {
                candidate.factor *= MatchWeight.foreignChassis
            } else if index.knowsOwnAddress[Int(device)] {
                candidate.factor *= MatchWeight.unlistedChassis
            }
            // Several strangers bear the device's name: it tells nothing of those that are not the device by chassis.
            if case .some(.none) = strangersNamedAs[device] { candidate.worth.name = 0 }
        }
        if let name, !name.isDefault, index.toldName[Int(device)], !index.isOwn(name, of: device) {
            candidate.factor *= MatchWeight.foreignName
        }
    }
}
