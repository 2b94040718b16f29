public import Inventory

/// How devices are wired, as far as it matters for who can be reached from where the poller stands.
///
/// Made once for each revision of the topology, in near linear time. The order in which devices and cables are given
/// means nothing. Cables that are not sure enough, that end at a device which is not given, or that join a device to
/// itself are left out: a cable that does not exist would explain what nobody can explain.
public struct ReachabilityGraph: Sendable {
    /// A device.
    public struct Device: Sendable, Hashable {
        /// Identity.
        public var id: DeviceID
        /// The operator's name.
        public var name: String

        /// A device.
        public init(id: DeviceID, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// One end of a cable.
    public struct End: Sendable, Hashable {
        /// The device.
        public var deviceID: DeviceID
        /// Its interface; nil where it is not known.
        public var interfaceID: InterfaceID?
        /// Name of the port; nil where nothing tells it.
        public var port: String?

        /// An end.
        public init(_ deviceID: DeviceID, _ interfaceID: InterfaceID? = nil, port: String? = nil) {
            self.deviceID = deviceID
            self.interfaceID = interfaceID
            self.port = port
        }
    }

    /// A cable between two devices.
    public struct Cable: Sendable, Hashable {
        /// One end.
        public var a: End
        /// The other end.
        public var b: End
        /// How sure it is that it exists, 0 to 1 (`Link.confidence`).
        public var confidence: Double

        /// A cable.
        public init(_ a: End, _ b: End, confidence: Double = 1) {
            self.a = a
            self.b = b
            self.confidence = confidence
        }
    }

    /// Ports that work as one: an aggregate (IEEE 802.1AX) and its members.
    public struct Bundle: Sendable, Hashable {
        /// The aggregate's own interface.
        public var interfaceID: InterfaceID
        /// Its members.
        public var members: [InterfaceID]

        /// A bundle.
        public init(_ interfaceID: InterfaceID, members: [InterfaceID]) {
            self.interfaceID = interfaceID
            self.members = members
        }
    }

    /// Cables less sure than this are left out.
    public static let minimumConfidence = 0.5

    /// The device next to the poller; nil where it is not known, or not among the devices.
    public var place: DeviceID? { placeNode.map { devices[$0].id } }
    /// Devices, ordered by name as people count.
    public let devices: [Device]
    /// Cables in use, ordered by their ends.
    public let cables: [Cable]

    let placeNode: Int?
    let nodes: [DeviceID: Int]
    let wires: Wires
    let way: StaticWays
    /// Ends of cables at a port: twice the cable's number, one more for its end `b`.
    let endsAt: [InterfaceID: [Int]]
    let bundleOf: [InterfaceID: InterfaceID]
    let membersOf: [InterfaceID: [InterfaceID]]

    /// A graph, seen from a device; nil where the poller's place is not known.
    public init(devices: [Device], cables: [Cable], bundles: [Bundle] = [], place: DeviceID?) {
        let unique = Dictionary(devices.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let sorted = unique.values.sorted { left, right in
            left.name == right.name ? left.id < right.id : NaturalOrder.precedes(left.name, right.name)
        }
        let nodes = Dictionary(sorted.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let used = Self.usable(cables, nodes)
        let ends = used.map { (nodes[$0.a.deviceID] ?? 0, nodes[$0.b.deviceID] ?? 0) }
        (self.devices, self.cables, self.nodes) = (sorted, used, nodes)
        wires = Wires(count: sorted.count, ends: ends)
        placeNode = place.flatMap { nodes[$0] }
        way = StaticWays(wires, place: placeNode)
        var endsAt: [InterfaceID: [Int]] = [:]
        for (number, cable) in used.enumerated() {
            if let port = cable.a.interfaceID { endsAt[port, default: []].append(2 * number) }
            if let port = cable.b.interfaceID { endsAt[port, default: []].append(2 * number + 1) }
        }
        self.endsAt = endsAt
        membersOf = Dictionary(bundles.map { ($0.interfaceID, $0.members) }, uniquingKeysWith: { first, _ in first })
        bundleOf = Dictionary(
            bundles.flatMap { bundle in bundle.members.map { ($0, bundle.interfaceID) } },
            uniquingKeysWith: { min($0, $1) })
    }

    /// The end of a cable by its number in `endsAt`.
    func end(_ number: Int) -> End { number % 2 == 0 ? cables[number / 2].a : cables[number / 2].b }

    /// Ends of cables at a port; for a bundle those of its members.
    func cableEnds(at port: InterfaceID) -> [Int] {
        if let own = endsAt[port] { return own }
        return (membersOf[port] ?? []).flatMap { endsAt[$0] ?? [] }
    }

    private static func usable(_ cables: [Cable], _ nodes: [DeviceID: Int]) -> [Cable] {
        let used = cables.compactMap { cable -> (key: (Int, Int), cable: Cable)? in
            guard cable.confidence >= minimumConfidence, let a = nodes[cable.a.deviceID],
                let b = nodes[cable.b.deviceID], a != b
            else { return nil }
            if a < b { return ((a, b), cable) }
            return ((b, a), Cable(cable.b, cable.a, confidence: cable.confidence))
        }
        return used.sorted { left, right in
            if left.key != right.key { return left.key < right.key }
            return left.cable.precedes(right.cable)
        }.map(\.cable)
    }
}

extension ReachabilityGraph.Cable {
    /// Of cables between the same devices: by the names of their ports, then by the ports.
    fileprivate func precedes(_ other: Self) -> Bool {
        for (end, otherEnd) in [(a, other.a), (b, other.b)] {
            let (port, otherPort) = (end.port ?? "", otherEnd.port ?? "")
            if port != otherPort { return NaturalOrder.precedes(port, otherPort) }
        }
        for (end, otherEnd) in [(a, other.a), (b, other.b)] where end.interfaceID != otherEnd.interfaceID {
            guard let port = end.interfaceID else { return true }
            guard let otherPort = otherEnd.interfaceID else { return false }
            return port < otherPort
        }
        return false
    }
}
