import Catalog
import Inventory

/// What rows by themselves say that cannot be, or that no rule decides.
struct RowContradictions {
    let index: InventoryIndex
    let rows: [Neighbour]

    /// All of them: rows that fit several devices, devices that hear themselves, devices that are one.
    func all(_ heard: [HeardPort], descriptions: [DeviceID: LocalSystem]) -> [Contradiction] {
        heard.flatMap(undecided) + heard.compactMap(hearingItself) + heard.flatMap(quarrelling) + sharedIdentities()
    }

    private func undecided(_ heard: HeardPort) -> [Contradiction] {
        var seen = Set<[DeviceID]>()
        return heard.rows.compactMap { row in
            let candidates = rows[row].match.candidates
            guard !candidates.isEmpty, seen.insert(candidates).inserted else { return nil }
            let numbers = candidates.compactMap { index.number(of: $0) }
            let names = numbers.map { Told.quoted(index.devices[$0].name) }
            let name = Told.quoted(rows[row].reading.displayName)
            return Contradiction(
                kind: .ambiguousNeighbour, deviceIDs: Told.devices([heard.device] + numbers, index),
                interfaceIDs: interfaces(heard),
                explanation: numbers.count == 1
                    ? "\(place(heard)) hears \(name), which is called like \(names[0]) but may be another device"
                    : "\(place(heard)) hears \(name), which may be \(Told.list(names))")
        }
    }

    private func hearingItself(_ heard: HeardPort) -> Contradiction? {
        let device = index.devices[heard.device]
        guard heard.rows.contains(where: { rows[$0].match.deviceID == device.id }) else { return nil }
        return Contradiction(
            kind: .selfLink, deviceIDs: [device.id], interfaceIDs: interfaces(heard),
            explanation: "\(place(heard)) hears the device itself")
    }

    /// Rows whose name is another device's than the one that stronger evidence picked.
    private func quarrelling(_ heard: HeardPort) -> [Contradiction] {
        heard.rows.compactMap { row in
            let (match, reading) = (rows[row].match, rows[row].reading)
            guard let chosen = match.deviceID.flatMap({ index.number(of: $0) }), chosen != heard.device,
                match.deviceRules.first == .chassis || match.deviceRules.first == .interfaceAddress
                    || match.deviceRules.first == .managementAddress,
                let name = reading.systemName.flatMap({ DeviceName($0, domains: index.domains) }),
                let named = index.names.only(name.whole), Int(named) != chosen, Int(named) != heard.device
            else { return nil }
            let (other, best) = (index.devices[Int(named)].name, index.devices[chosen].name)
            return Contradiction(
                kind: .ambiguousNeighbour, deviceIDs: Told.devices([heard.device, chosen, Int(named)], index),
                interfaceIDs: interfaces(heard),
                explanation: "\(place(heard)) hears \(Told.quoted(best)) by its address, but called "
                    + "\(Told.quoted(other)), which is another device; the address was believed")
        }
    }

    private func sharedIdentities() -> [Contradiction] {
        index.chassis.shared.map { shared in
            let numbers = shared.devices.map(Int.init)
            let names = Told.list(numbers.map { Told.quoted(index.devices[$0].name) })
            let more = shared.count > numbers.count ? " and \(shared.count - numbers.count) more" : ""
            return Contradiction(
                kind: .sharedIdentity, deviceIDs: Told.devices(numbers, index),
                explanation: "\(names)\(more) give the same chassis id: one device that was entered twice, or clones")
        }.sorted { ($0.deviceIDs.first, $0.explanation) < ($1.deviceIDs.first, $1.explanation) }
    }

    private func interfaces(_ heard: HeardPort) -> [InterfaceID] {
        heard.port.map { [index.ports[$0].id] } ?? []
    }

    private func place(_ heard: HeardPort) -> String {
        if let port = heard.port { return Told.port(port, index) }
        return "port \(Told.quoted(heard.word)) of \(Told.quoted(index.devices[heard.device].name))"
    }
}

private func < (left: (DeviceID?, String), right: (DeviceID?, String)) -> Bool {
    if left.0 != right.0, let one = left.0, let other = right.0 { return one < other }
    return left.1 < right.1
}
