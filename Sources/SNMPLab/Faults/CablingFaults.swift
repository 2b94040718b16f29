/// One end of a cable: a device by its position in the network, an interface by its position in the device.
struct LabPort: Sendable, Hashable {
    var device: Int
    var position: Int
}

/// Cables that no longer run where the network was built with them.
struct CablingFaults: Sendable, Equatable {
    /// The port at the other end, by port; nil where nothing is plugged in.
    ///
    /// Ports without an entry are as built.
    private var moved: [LabPort: LabPort?] = [:]

    /// What a port's cable leads to now; nil for nothing or a stranger.
    func farEnd(of port: LabPort, in network: SimulatedNetwork) -> LabPort? {
        if let far = moved[port] { return far }
        guard case .interface(let device, let position)? = network.devices[port.device].truth[port.position].farEnd
        else { return nil }
        return LabPort(device: device, position: position)
    }

    /// Joins two ports by a cable; answers the ports that are left without one.
    mutating func join(_ a: LabPort, _ b: LabPort, in network: SimulatedNetwork) -> [LabPort] {
        let loose = [farEnd(of: a, in: network), farEnd(of: b, in: network)].compactMap(\.self)
            .filter { $0 != a && $0 != b }
        for port in loose { moved.updateValue(nil, forKey: port) }
        moved[a] = b
        moved[b] = a
        return loose
    }
}

extension SimulatedNetwork {
    /// What the agent at `near` hears of `far`; nil where it keeps no neighbour tables.
    func heard(at near: LabPort, of far: LabPort) -> SimulatedNeighbour? {
        let (here, there) = (devices[near.device], devices[far.device])
        guard here.reportsNeighbours else { return nil }
        let byCDP = here.manner.speaksCDP && there.manner.speaksCDP
        return there.announcement(from: far.position, by: byCDP ? .cdp : .lldp, heardAt: near.position)
    }
}

extension LabFaults {
    /// A cable now joins two ports; those it leaves, and those they were joined to, lose their link.
    mutating func rewire(
        _ a: LabPort, _ b: LabPort, in network: SimulatedNetwork, at milliseconds: Int64
    ) throws(LabError) -> [Change] {
        guard a != b else {
            throw LabError(.badFault, "a cable has two ends: name two different interfaces")
        }
        let loose = cabling.join(a, b, in: network)
        for port in loose { hear(nil, at: port) }
        hear(network.heard(at: a, of: b), at: a)
        hear(network.heard(at: b, of: a), at: b)
        return [(a, false), (b, false)].map { setLink($0.0, isDown: $0.1, at: milliseconds) }
            + loose.map { setLink($0, isDown: true, at: milliseconds) }
    }
}

extension SimulatedDevice {
    /// The device with what it hears on some ports replaced; nil for a port on which nothing is heard.
    func hearing(_ heard: [Int: SimulatedNeighbour?]) -> SimulatedDevice {
        guard !heard.isEmpty else { return self }
        var device = self
        device.neighbours.removeAll { heard.keys.contains($0.position) }
        device.neighbours += heard.values.compactMap(\.self)
        device.neighbours.sort { $0.position < $1.position }
        return device
    }
}
