/// The sums of a network's truth, for comparing a whole discovery at a glance.
public struct GroundTruth: Sendable, Equatable {
    /// Devices.
    public var devices = 0
    /// Interfaces.
    public var interfaces = 0
    /// Interfaces by what they are for.
    public var interfacesByPurpose: [InterfacePurpose: Int] = [:]
    /// `isp` interfaces by provider.
    public var uplinksByProvider: [String: Int] = [:]
    /// Interfaces that count as critical.
    public var critical = 0
    /// Interfaces to be monitored.
    public var monitored = 0
    /// Rows of all neighbour tables.
    public var neighbours = 0
    /// Those that lead to a device of the network.
    public var neighboursInside = 0
    /// Those that lead elsewhere.
    public var neighboursOutside: Int { neighbours - neighboursInside }
    /// Devices named by, or naming, another device of the network.
    public var connectedDevices = 0
    /// Devices without such a link.
    public var unconnectedDevices: Int { devices - connectedDevices }
    /// Cables between devices of the network that at least one end reports.
    public var cables = 0
    /// Those that both ends report.
    public var cablesSeenFromBothEnds = 0

    /// Counts a network.
    init(_ network: [SimulatedDevice]) {
        devices = network.count
        var connected = Set<Int>()
        var ends: [Int: Int] = [:]
        for device in network {
            interfaces += device.interfaces.count
            for truth in device.truth {
                interfacesByPurpose[truth.purpose, default: 0] += 1
                if let provider = truth.provider { uplinksByProvider[provider, default: 0] += 1 }
                if truth.isCritical { critical += 1 }
                if truth.isMonitored { monitored += 1 }
            }
            neighbours += device.neighbours.count
            for neighbour in device.neighbours {
                guard let far = neighbour.device else { continue }
                neighboursInside += 1
                connected.formUnion([device.ordinal, far])
                ends[Self.cable(device, neighbour), default: 0] += 1
            }
        }
        connectedDevices = connected.count
        cables = ends.count
        cablesSeenFromBothEnds = ends.values.count { $0 == 2 }
    }

    /// One number for both ends of a cable: its end at the smaller device.
    private static func cable(_ device: SimulatedDevice, _ neighbour: SimulatedNeighbour) -> Int {
        guard case .interface(let far, let position)? = device.truth[neighbour.position].farEnd else { return -1 }
        let own = device.ordinal << 20 | neighbour.position
        return min(own, far << 20 | position)
    }
}
