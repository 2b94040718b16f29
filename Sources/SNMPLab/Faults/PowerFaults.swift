/// Devices without power, and what a manager somewhere in the network can no longer reach.
struct PowerFaults: Sendable, Equatable {
    /// Devices without power.
    var off: Set<Int> = []
    /// Ports that have no light because the device at the far end has no power.
    var dark: Set<LabPort> = []
    /// Where the manager is plugged in, so that what no way leads to from there answers nothing; nil for everywhere.
    var vantage: Int?
}

extension LabFaults {
    /// A device loses its power, or gets it back and starts: it answers nothing, and its cables go dark at their far ends.
    mutating func setPower(
        _ isOn: Bool, ofDevice ordinal: Int, in network: SimulatedNetwork, at milliseconds: Int64
    ) -> [Change] {
        guard isOn == power.off.contains(ordinal) else { return [Change(device: ordinal)] }
        if isOn { power.off.remove(ordinal) } else { power.off.insert(ordinal) }
        condition(ofDevice: ordinal) { $0.isUnpowered = !isOn }
        if isOn { restart(ordinal, at: milliseconds) }
        return [Change(device: ordinal, isStart: isOn)]
            + farEnds(of: ordinal, in: network).compactMap { far in
                isOn ? light(far, at: milliseconds) : darken(far, at: milliseconds)
            }
    }

    private mutating func darken(_ port: LabPort, at milliseconds: Int64) -> Change? {
        let change = setLink(port, isDown: true, at: milliseconds)
        guard change.position != nil else { return nil }
        power.dark.insert(port)
        return change
    }

    private mutating func light(_ port: LabPort, at milliseconds: Int64) -> Change? {
        guard power.dark.remove(port) != nil else { return nil }
        return setLink(port, isDown: false, at: milliseconds)
    }

    /// A cable is pulled at a port, or put back: one that leads to a device without power stays dark.
    mutating func plug(
        _ port: LabPort, isDown: Bool, in network: SimulatedNetwork, at milliseconds: Int64
    ) -> Change {
        let far = cabling.farEnd(of: port, in: network)
        if isDown {
            power.dark.remove(port)
        } else if let far, power.off.contains(far.device) {
            power.dark.insert(port)
            return Change(device: port.device)
        }
        return setLink(port, isDown: isDown, at: milliseconds)
    }

    /// The far ends of a device's cables that are plugged in.
    private func farEnds(of ordinal: Int, in network: SimulatedNetwork) -> [LabPort] {
        network.devices[ordinal].truth.indices.compactMap { position in
            let near = LabPort(device: ordinal, position: position)
            return isPulled(near) ? nil : cabling.farEnd(of: near, in: network)
        }
    }

    private func isPulled(_ port: LabPort) -> Bool {
        devices[port.device]?.interfaces[port.position]?.isDown == true && !power.dark.contains(port)
    }

    // MARK: - What can be reached

    /// Finds anew what a manager at the vantage can reach; answers the devices for which that changed.
    mutating func reach(in network: SimulatedNetwork) -> [Change] {
        let reached = power.vantage.map { reachable(from: $0, in: network) }
        var changed: [Change] = []
        for ordinal in network.devices.indices {
            let isCutOff = reached.map { !$0.contains(ordinal) } ?? false
            guard (devices[ordinal]?.condition.isCutOff ?? false) != isCutOff else { continue }
            condition(ofDevice: ordinal) { $0.isCutOff = isCutOff }
            changed.append(Change(device: ordinal))
        }
        return changed
    }

    /// Devices to which a way of plugged cables and devices with power leads, and those that have no cable at all.
    private func reachable(from vantage: Int, in network: SimulatedNetwork) -> Set<Int> {
        var reached = Set(network.devices.indices.filter { !isCabled($0, in: network) })
        var next = power.off.contains(vantage) ? [] : [vantage]
        while let device = next.popLast() {
            guard reached.insert(device).inserted else { continue }
            next += farEnds(of: device, in: network).filter { !isPulled($0) && !power.off.contains($0.device) }
                .map(\.device)
        }
        return reached
    }

    private func isCabled(_ ordinal: Int, in network: SimulatedNetwork) -> Bool {
        network.devices[ordinal].truth.indices.contains {
            cabling.farEnd(of: LabPort(device: ordinal, position: $0), in: network) != nil
        }
    }
}
