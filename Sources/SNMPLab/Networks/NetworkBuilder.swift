/// A device being put together.
struct DeviceDraft {
    var device: SimulatedDevice
    var isRouter: Bool
    /// How many ports of each name series there are.
    var series: [Int: Int] = [:]
    var uptimeSeconds: Double
}

/// An interface of a draft, by positions.
struct PortReference: Hashable {
    var device: Int
    var position: Int
}

/// Puts a network together: devices, ports, cables, neighbours.
///
/// Everything drawn comes from one seeded generator.
struct NetworkBuilder {
    var random: SeededRandom
    let referenceMilliseconds: Int64
    private(set) var drafts: [DeviceDraft] = []
    private var cables: [(PortReference, PortReference)] = []
    private var strangers: [(PortReference, Stranger)] = []

    init(seed: UInt64, referenceMilliseconds: Int64) {
        random = SeededRandom(seed: seed)
        self.referenceMilliseconds = referenceMilliseconds
    }

    /// Adds a device; answers its position.
    mutating func addDevice(
        _ name: String, type: SimulatedDeviceType, manner: Manner, model: String, product: UInt32, location: String,
        tags: [String]
    ) -> Int {
        let ordinal = drafts.count
        let uptimeSeconds = random.between(20, 300) * 86_400
        let device = SimulatedDevice(
            ordinal: ordinal,
            name: name,
            systemName: Self.systemName(name, manner: manner, ordinal: ordinal),
            systemDescr: manner.systemDescr(model: model, name: name),
            systemObjectID: manner.objectID(product: product),
            location: location,
            type: type,
            manner: manner,
            model: model,
            startedAtMilliseconds: referenceMilliseconds - Int64(uptimeSeconds * 1000),
            chassisAddress: manner.addressPrefix << 24 | UInt64(ordinal + 1) << 8,
            tags: tags,
            reportsNeighbours: true,
            interfaces: [],
            truth: [],
            neighbours: [],
            trafficScale: 1
        )
        drafts.append(DeviceDraft(device: device, isRouter: type == .router, uptimeSeconds: uptimeSeconds))
        return ordinal
    }

    /// Cisco devices and servers carry the domain, others the bare name; some write it in other case.
    private static func systemName(_ name: String, manner: Manner, ordinal: Int) -> String {
        switch manner {
        case .ciscoIOS, .ciscoIOSXE: ordinal % 2 == 0 ? name + ".bank.example" : name
        case .linux: name + ".bank.example"
        case .juniper: name.lowercased()
        default: name
        }
    }

    /// Adds an interface; answers where it is.
    mutating func addPort(
        _ device: Int, _ kind: PortKind, alias: String, _ truth: InterfaceTruth, speed: UInt64? = nil
    ) -> PortReference {
        let manner = drafts[device].device.manner
        let series = manner.nameSeries(kind)
        let number = drafts[device].series[series, default: 0]
        drafts[device].series[series] = number + 1
        let taken = drafts[device].device.interfaces.count
        let port = manner.port(kind, number, taken: taken, isRouter: drafts[device].isRouter)
        let speed = speed ?? manner.speed(kind)
        let uptime = drafts[device].uptimeSeconds
        let hasAddress = kind.isPhysical || kind == .bundle || kind.type == 53
        let interface = SimulatedInterface(
            index: port.index,
            name: port.name,
            descr: port.descr,
            alias: alias,
            type: kind.type,
            mtu: manner.mtu(kind),
            speedBitsPerSecond: speed,
            physicalAddressOffset: hasAddress ? UInt32(taken + 1) : nil,
            adminStatus: 1,
            operStatus: 1,
            lastChange: UInt32(100 * min(uptime * random.unit() * random.unit() + 20, 40_000_000)),
            isPhysical: kind.isPhysical,
            portNumber: kind.isPhysical && kind != .management ? UInt32(taken + 1) : nil,
            traffic: .idle
        )
        drafts[device].device.interfaces.append(interface)
        drafts[device].device.truth.append(truth)
        return PortReference(device: device, position: taken)
    }

    /// Runs a cable between two ports.
    mutating func connect(_ a: PortReference, _ b: PortReference) {
        cables.append((a, b))
        drafts[a.device].device.truth[a.position].farEnd = .interface(device: b.device, position: b.position)
        drafts[b.device].device.truth[b.position].farEnd = .interface(device: a.device, position: a.position)
    }

    /// Plugs in a device that is not of the network.
    mutating func attach(_ stranger: Stranger, to port: PortReference) {
        strangers.append((port, stranger))
        if drafts[port.device].device.truth[port.position].farEnd == nil {
            drafts[port.device].device.truth[port.position].farEnd = .stranger(stranger.name)
        }
    }

    /// Has a device's agent answer without neighbour tables, though the device announces itself.
    mutating func silenceTables(of device: Int) {
        drafts[device].device.reportsNeighbours = false
    }

    /// Changes one interface.
    mutating func edit(_ port: PortReference, _ change: (inout SimulatedInterface) -> Void) {
        change(&drafts[port.device].device.interfaces[port.position])
    }

    /// Changes what is true of one interface.
    mutating func editTruth(_ port: PortReference, _ change: (inout InterfaceTruth) -> Void) {
        change(&drafts[port.device].device.truth[port.position])
    }

    func interface(_ port: PortReference) -> SimulatedInterface {
        drafts[port.device].device.interfaces[port.position]
    }

    func truth(_ port: PortReference) -> InterfaceTruth {
        drafts[port.device].device.truth[port.position]
    }

    func device(_ ordinal: Int) -> SimulatedDevice {
        drafts[ordinal].device
    }

    /// The devices, their traffic and neighbour tables filled in, interfaces in ifIndex order.
    mutating func finish() -> [SimulatedDevice] {
        assignTraffic()
        for (a, b) in cables {
            hear(at: a, of: b)
            hear(at: b, of: a)
        }
        for (port, stranger) in strangers where drafts[port.device].device.reportsNeighbours {
            let byCDP = stranger.speaksCDP && drafts[port.device].device.manner.speaksCDP
            let heard = stranger.neighbour(at: port.position, by: byCDP ? .cdp : .lldp)
            drafts[port.device].device.neighbours.append(heard)
        }
        return drafts.map(\.device).renumberedByIndex()
    }

    /// The far end as the near end's agent has it, unless that has no tables.
    private mutating func hear(at near: PortReference, of far: PortReference) {
        guard drafts[near.device].device.reportsNeighbours else { return }
        let there = drafts[far.device].device
        let byCDP = drafts[near.device].device.manner.speaksCDP && there.manner.speaksCDP
        let heard = there.announcement(from: far.position, by: byCDP ? .cdp : .lldp, heardAt: near.position)
        drafts[near.device].device.neighbours.append(heard)
    }

    private mutating func assignTraffic() {
        var done: Set<PortReference> = []
        for (a, b) in cables {
            let traffic = TrafficPlan.profile(interface(a), truth(a).purpose, &random)
            edit(a) { $0.traffic = traffic }
            edit(b) { $0.traffic = traffic.reversed }
            done.formUnion([a, b])
        }
        for (ordinal, draft) in drafts.enumerated() {
            for position in draft.device.interfaces.indices {
                let port = PortReference(device: ordinal, position: position)
                if done.contains(port) { continue }
                let traffic = TrafficPlan.profile(interface(port), truth(port).purpose, &random)
                edit(port) { $0.traffic = $0.operStatus == 1 ? traffic : .idle }
            }
        }
    }
}
