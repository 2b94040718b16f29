public import Catalog
public import Inventory

/// Links to devices that speak no neighbour protocol, from where bridges learnt their addresses.
///
/// An address is learnt on every bridge of its network: on all but one at a port towards another bridge. What remains
/// when those ports are left out is where the device is plugged in. Nothing is inferred where not exactly one port
/// remains, where that port leads to more than one such device, or where a neighbour protocol knows another device there.
public enum ForwardingInference {
    /// How sure a link is of which one forwarding table tells.
    ///
    /// Low: a bridge between the two that is not managed, or not read, cannot be seen; nor can a device that moved
    /// since the address was learnt.
    public static let confidence = 0.4
    /// How sure a link is where both ends are bridges, and each learnt the other's address at one port.
    public static let confidenceOfBothEnds = 0.6

    /// The inferred links, ordered by key; time grows with the rows of the tables.
    ///
    /// `neighbours` carry their match. `forwarding` gives for each bridge the ifIndex at which it learnt an address,
    /// as `DeviceNeighbours.forwarding` does. A port where any bridge's address was learnt leads to that bridge; for what
    /// is no bridge itself it is left out too, whether or not a neighbour protocol tells of it.
    public static func links(
        book: TopologyBook, neighbours: [Neighbour], forwarding: [DeviceID: [String: Int64]]
    ) -> [Link] {
        guard forwarding.contains(where: { !$0.value.isEmpty }) else { return [] }
        let linked = Set(book.manualLinks.flatMap { [$0.aDeviceID, $0.bDeviceID] })
        let silent = SilentDevices.among(book.devices, neighbours: neighbours).subtracting(linked)
        guard !silent.isEmpty else { return [] }
        var inference = Inference(book, neighbours, forwarding, silent)
        let bridges = silent.filter { inference.isBridge($0) }
        var found = inference.links(of: bridges)
        inference.leaveOutPortsToBridges()
        found += inference.links(of: silent.subtracting(bridges))
        return found.sorted { $0.key < $1.key }
    }
}

/// One run over all tables.
private struct Inference {
    private let devices: [DeviceID: Device]
    /// What each bridge learnt: ifIndex by address.
    private let forwarding: [DeviceID: [HardwareAddress: Int64]]
    private let ports: BridgePorts
    private let addresses: AddressOwners
    private var occupied: PortOccupation
    /// Where each silent device may be plugged in.
    private var candidates: [DeviceID: Set<PortKey>] = [:]
    /// Where bridges learnt addresses of other bridges.
    private var portsToBridges: Set<PortKey> = []

    init(
        _ book: TopologyBook, _ neighbours: [Neighbour], _ forwarding: [DeviceID: [String: Int64]],
        _ silent: Set<DeviceID>
    ) {
        devices = Dictionary(book.devices.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.forwarding = forwarding.mapValues { table in
            Dictionary(
                table.compactMap { row in HardwareAddress(row.key).map { ($0, row.value) } },
                uniquingKeysWith: { first, _ in first })
        }
        ports = BridgePorts(book, Set(forwarding.keys))
        addresses = AddressOwners(book)
        occupied = PortOccupation()
        for neighbour in neighbours { note(neighbour, book) }
        for link in book.manualLinks { note(link) }
        occupied.spread(book.descriptions)
        collect(silent)
    }

    /// Whether a device forwards the traffic of others at layer 2.
    func isBridge(_ device: DeviceID) -> Bool {
        if let table = forwarding[device], !table.isEmpty { return true }
        return devices[device]?.deviceType == .switch
    }

    private func leadsOn(_ device: DeviceID?) -> Bool {
        guard let device, let known = devices[device] else { return false }
        return isBridge(device) || [.router, .firewall, .accessPoint].contains(known.deviceType)
    }

    private mutating func note(_ neighbour: Neighbour, _ book: TopologyBook) {
        let key =
            neighbour.interfaceID.flatMap { ports.key(of: $0) }
            ?? neighbour.reading.localIfIndex.map { PortKey(device: neighbour.deviceID, ifIndex: $0) }
        let leadsOn = neighbour.reading.isInfrastructure || leadsOn(neighbour.match.deviceID)
        if let key { occupied.mark(key, leadsOn: leadsOn) }
        // The port that a neighbour names is taken too, although its own device may not hear anything there.
        if let far = neighbour.match.interfaceID.flatMap({ ports.key(of: $0) }) {
            occupied.mark(far, leadsOn: self.leadsOn(neighbour.deviceID))
        }
    }

    private mutating func note(_ link: ManualLink) {
        if let key = link.aInterfaceID.flatMap({ ports.key(of: $0) }) {
            occupied.mark(key, leadsOn: leadsOn(link.bDeviceID))
        }
        if let key = link.bInterfaceID.flatMap({ ports.key(of: $0) }) {
            occupied.mark(key, leadsOn: leadsOn(link.aDeviceID))
        }
    }

    private mutating func collect(_ silent: Set<DeviceID>) {
        for (bridge, table) in forwarding {
            for (address, ifIndex) in table {
                guard let owner = addresses.owner(of: address), owner != bridge else { continue }
                let key = ports.physical(PortKey(device: bridge, ifIndex: ifIndex))
                if isBridge(owner) { portsToBridges.insert(key) }
                guard silent.contains(owner), !occupied.leadsOn(key), !ports.isTunnel(key) else { continue }
                candidates[owner, default: []].insert(key)
            }
        }
    }

    /// From now on ports that lead to any bridge are out of the question.
    mutating func leaveOutPortsToBridges() {
        for key in portsToBridges { occupied.mark(key, leadsOn: true) }
    }

    /// Links of those devices of a group for which one port remains, which no other of the group may be at.
    func links(of group: Set<DeviceID>) -> [Link] {
        var residents: [PortKey: Int] = [:]
        var remaining: [DeviceID: [PortKey]] = [:]
        for device in group {
            for key in candidates[device] ?? [] where !occupied.leadsOn(key) {
                residents[key, default: 0] += 1
                remaining[device, default: []].append(key)
            }
        }
        return remaining.compactMap { device, keys in
            guard keys.count == 1, residents[keys[0]] == 1, !occupied.isTaken(keys[0]) else { return nil }
            return link(of: device, at: keys[0])
        }
    }

    /// The ports of a bridge at which it learnt any address of a device.
    private func portsOf(_ bridge: DeviceID, thatLearnt device: DeviceID) -> Set<PortKey> {
        guard let table = forwarding[bridge] else { return [] }
        return Set(
            addresses.all(of: device).compactMap { address in
                table[address].map { ports.physical(PortKey(device: bridge, ifIndex: $0)) }
            })
    }

    private func link(of device: DeviceID, at key: PortKey) -> Link? {
        guard let silent = devices[device], let bridge = devices[key.device], let port = ports.port(at: key) else {
            return nil
        }
        let back = portsOf(device, thatLearnt: bridge.id)
        let far = back.count == 1 ? back.first.flatMap { ports.port(at: $0) } : interface(of: device, learntAt: key)
        let ends = [end(bridge, port), end(silent, far)].sorted { ($0.deviceID ?? device) < ($1.deviceID ?? device) }
        var witnesses = [
            LinkWitness(
                deviceID: bridge.id, source: "fdb", deviceRules: [.interfaceAddress],
                interfaceRules: back.isEmpty && far != nil ? [.interfaceAddress] : [])
        ]
        if back.count == 1 {
            witnesses.append(LinkWitness(deviceID: device, source: "fdb", deviceRules: [.interfaceAddress]))
        }
        witnesses.sort { $0.deviceID < $1.deviceID }
        return Link(
            a: ends[0], b: ends[1], origin: .inferred, witnesses: witnesses,
            confidence: back.count == 1 ? ForwardingInference.confidenceOfBothEnds : ForwardingInference.confidence)
    }

    /// The one interface of a device whose address was learnt at a port.
    private func interface(of device: DeviceID, learntAt key: PortKey) -> PortRecord? {
        let table = forwarding[key.device] ?? [:]
        let learnt = addresses.interfaces(of: device).filter { _, address in
            table[address].map { ports.physical(PortKey(device: key.device, ifIndex: $0)) } == key
        }
        return learnt.count == 1 ? learnt.first?.port : nil
    }

    private func end(_ device: Device, _ port: PortRecord?) -> LinkEnd {
        LinkEnd(
            deviceID: device.id, interfaceID: port?.id, deviceName: device.name,
            port: port.map { $0.facts.ifName ?? $0.facts.ifDescr ?? "ifIndex \($0.facts.ifIndex)" })
    }
}
