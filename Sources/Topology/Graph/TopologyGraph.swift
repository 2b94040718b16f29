public import Inventory

/// How devices are wired at one time: what every answer about topology is made from.
///
/// Deterministic: the same catalog gives the same graph in the same order.
public struct TopologyGraph: Sendable, Hashable {
    /// Number of the revision; 0 where there is none yet.
    public var revision: Int64
    /// When it was made; nil where there is none yet.
    public var at: Timestamp?
    /// Devices, ordered by name as people count.
    public var nodes: [TopologyNode]
    /// Cables between them, ordered by the names of their ends, then of their ports, as people count.
    public var edges: [TopologyEdge]
    /// Neighbours that are no devices of the inventory, ordered by name as people count.
    public var orphans: [TopologyOrphan]
    /// What contradicts itself, ordered.
    public var contradictions: [Contradiction]
    /// Links that only an interface's alias speaks of; never part of `edges`.
    public var hints: [AliasHint]
    /// The sums.
    public var statistics: TopologyStatistics

    /// An empty graph.
    public init() {
        revision = 0
        nodes = []
        edges = []
        orphans = []
        contradictions = []
        hints = []
        statistics = TopologyStatistics()
    }
}

/// One device of the graph.
public struct TopologyNode: Sendable, Hashable {
    /// The device.
    public var id: DeviceID
    /// Its name.
    public var name: String
    /// What kind of device it is.
    public var deviceType: DeviceType
    /// Whether it answers.
    public var status: DeviceStatus
    /// Its address.
    public var address: String
    /// Maker.
    public var vendor: String?
    /// Model.
    public var model: String?
    /// Where it stands.
    public var location: String?
    /// The operator's tags.
    public var tags: [String]
    /// Cables at it to other devices, also where a graph shows a part of the network only.
    public var degree: Int
    /// Rows of neighbours it hears.
    public var connections: Int
    /// Those mapped to a device of the inventory.
    public var mappedConnections: Int
    /// Whether it is no longer in the inventory: in a graph of the past only; but its name nothing is known then.
    public var isGone: Bool
    /// Where it is drawn; nil where no layout has placed it.
    public var position: NodePosition?

    /// The node of a device.
    public init(_ device: Device, degree: Int = 0, position: NodePosition? = nil) {
        id = device.id
        name = device.name
        deviceType = device.deviceType
        status = device.status
        address = device.address
        vendor = device.vendor
        model = device.model
        location = device.location
        tags = device.tags
        self.degree = degree
        connections = 0
        mappedConnections = 0
        isGone = false
        self.position = position
    }

    /// A device of the past that is no longer in the inventory.
    init(goneDevice id: DeviceID, name: String) {
        self.init(Device(id: id, name: name, address: "", at: Timestamp(milliseconds: 0)))
        isGone = true
    }
}

/// One cable of the graph.
public struct TopologyEdge: Sendable, Hashable {
    /// Identity of its record.
    public var id: LinkRecordID
    /// What it is; both ends are devices of the inventory.
    public var link: Link
    /// Place of `link.a`'s device in `nodes`.
    public var a: Int
    /// Place of `link.b`'s device in `nodes`.
    public var b: Int
    /// What the interface at `a` is for, else that at `b`; nil where neither is known.
    public var interfaceType: InterfaceType?
    /// Speed in bit/s: the smaller of the two ends'; nil where neither is known.
    public var speed: Int64?
    /// Whether both known ends are up; nil where neither end's state is known.
    public var isUp: Bool?
    /// Since when it is there.
    public var since: Timestamp

    /// A cable.
    public init(
        id: LinkRecordID, link: Link, a: Int, b: Int, interfaceType: InterfaceType? = nil, speed: Int64? = nil,
        isUp: Bool? = nil, since: Timestamp
    ) {
        self.id = id
        self.link = link
        self.a = a
        self.b = b
        self.interfaceType = interfaceType
        self.speed = speed
        self.isUp = isUp
        self.since = since
    }
}

/// A neighbour that is no device of the inventory, with all who see it.
public struct TopologyOrphan: Sendable, Hashable {
    /// Who sees it, and where.
    public struct Sighting: Sendable, Hashable {
        /// The device.
        public var deviceID: DeviceID
        /// Its name.
        public var deviceName: String
        /// The interface; nil where it is not known.
        public var interfaceID: InterfaceID?
        /// Name of the interface, else the device's own word for the port.
        public var port: String
        /// The row of `interface_neighbours`.
        public var neighbourID: NeighbourRowID
        /// What was read.
        public var reading: NeighbourReading
        /// Devices of the inventory it may be, where the evidence does not decide.
        public var candidates: [DeviceID]

        /// A sighting.
        public init(_ neighbour: Neighbour, deviceName: String, port: String) {
            deviceID = neighbour.deviceID
            self.deviceName = deviceName
            interfaceID = neighbour.interfaceID
            self.port = port
            neighbourID = neighbour.id
            reading = neighbour.reading
            candidates = neighbour.match.candidates
        }
    }

    /// What identifies it: chassis id, else name, else address, as one text; stable from run to run.
    public var key: String
    /// How it is called (`NeighbourReading.displayName`).
    public var name: String
    /// Who sees it, ordered by device name, then port; never empty.
    public var seenFrom: [Sighting]

    /// An orphan.
    public init(key: String, name: String, seenFrom: [Sighting]) {
        self.key = key
        self.name = name
        self.seenFrom = seenFrom
    }
}

/// Testimonies that cannot all be true, or that no rule can decide between.
public struct Contradiction: Sendable, Hashable {
    /// What is wrong.
    public enum Kind: String, CaseIterable, Codable, Sendable, Hashable {
        /// Several devices match one neighbour equally well.
        case ambiguousNeighbour = "ambiguous_neighbour"
        /// Both ends tell, and the far port one names is not the port that the other heard it on.
        case portsDisagree = "ports_disagree"
        /// Several links end at one port, and no hub or telephone explains it.
        case portUsedTwice = "port_used_twice"
        /// A device hears itself.
        case selfLink = "self_link"
        /// Two devices of the inventory have one identity: the same chassis id.
        case sharedIdentity = "shared_identity"
        /// A manual link says otherwise than the protocols.
        case manualDisagrees = "manual_disagrees"
    }

    /// What is wrong.
    public var kind: Kind
    /// The devices concerned, ordered by name.
    public var deviceIDs: [DeviceID]
    /// The interfaces concerned.
    public var interfaceIDs: [InterfaceID]
    /// One sentence for people: what each side says.
    public var explanation: String

    /// A contradiction.
    public init(kind: Kind, deviceIDs: [DeviceID], interfaceIDs: [InterfaceID] = [], explanation: String) {
        self.kind = kind
        self.deviceIDs = deviceIDs
        self.interfaceIDs = interfaceIDs
        self.explanation = explanation
    }
}

/// A far end that only an interface's alias names, where neither device speaks a neighbour protocol.
public struct AliasHint: Sendable, Hashable {
    /// The interface whose alias it is.
    public var interfaceID: InterfaceID
    /// Its device.
    public var deviceID: DeviceID
    /// The device that the alias names.
    public var namesDeviceID: DeviceID
    /// The alias.
    public var alias: String

    /// A hint.
    public init(interfaceID: InterfaceID, deviceID: DeviceID, namesDeviceID: DeviceID, alias: String) {
        self.interfaceID = interfaceID
        self.deviceID = deviceID
        self.namesDeviceID = namesDeviceID
        self.alias = alias
    }
}

/// The sums of a graph.
public struct TopologyStatistics: Sendable, Hashable {
    /// Devices.
    public var totalDevices = 0
    /// Devices with at least one cable to another device.
    public var connectedDevices = 0
    /// Devices without one.
    public var unconnectedDevices: Int { totalDevices - connectedDevices }
    /// Connected devices of all, in percent; 0 without devices.
    public var connectedPercent: Double {
        totalDevices == 0 ? 0 : Double(connectedDevices) * 100 / Double(totalDevices)
    }
    /// Rows of neighbours: an interface's neighbour each.
    public var totalConnections = 0
    /// Those mapped to a device of the inventory.
    public var mappedConnections = 0
    /// Those mapped to none.
    public var orphanConnections: Int { totalConnections - mappedConnections }
    /// Neighbours that are no devices of the inventory, each counted once.
    public var orphans = 0
    /// Cables.
    public var edges = 0
    /// Cables both ends tell of.
    public var edgesSeenFromBothSides = 0
    /// Connected parts of the network with at least two devices.
    public var components = 0
    /// Devices of the largest part.
    public var largestComponent = 0
    /// Devices whose failure cuts others off.
    public var articulationPoints = 0
    /// Cables whose failure cuts devices off.
    public var bridges = 0

    /// Nothing counted yet.
    public init() {}

    /// The sums of a graph; a device counts as connected also where its cables are not part of the graph.
    init(of graph: TopologyGraph) {
        let search = LowLink(Multigraph(count: graph.nodes.count, ends: graph.edges.map { ($0.a, $0.b) }))
        totalDevices = graph.nodes.count
        connectedDevices = graph.nodes.count { $0.degree > 0 }
        totalConnections = graph.nodes.reduce(0) { $0 + $1.connections }
        mappedConnections = graph.nodes.reduce(0) { $0 + $1.mappedConnections }
        orphans = graph.orphans.count
        edges = graph.edges.count
        edgesSeenFromBothSides = graph.edges.count { $0.link.isSeenFromBothSides }
        for node in graph.nodes.indices {
            if search.isArticulation(node) { articulationPoints += 1 }
            guard search.root[node] == node, search.size[node] > 1 else { continue }
            components += 1
            largestComponent = max(largestComponent, search.size[node])
        }
        bridges = search.isBridge.count { $0 }
    }
}

extension Link {
    /// Whether both its ends tell of it.
    var isSeenFromBothSides: Bool { Set(witnesses.map(\.deviceID)).count > 1 }
}
