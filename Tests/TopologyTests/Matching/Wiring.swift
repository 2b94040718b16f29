import Catalog
import Discovery
import Inventory

@testable import Topology

/// A small network by names, for tests: what the catalog knows of it, and what its devices say.
struct Wiring {
    var book = TopologyBook()
    var arrivals: [DeviceID: DeviceNeighbours] = [:]
    var failed: Set<DeviceID> = []
    private var random = SplitMix(seed: 7)

    static let start = Timestamp(seconds: 1_800_000_000)

    /// Adds a device with interfaces of these names, numbered from 1; its MAC addresses follow from its number.
    @discardableResult
    mutating func device(
        _ name: String, sysName: String? = nil, address: String? = nil, ports: [String] = [], chassis: String? = nil,
        type: DeviceType = .switch
    ) -> DeviceID {
        let number = book.devices.count + 1
        var device = Device(
            id: .random(using: &random), name: name, address: address ?? "10.0.\(number / 250).\(number % 250 + 1)",
            at: Self.start)
        device.sysName = sysName
        device.deviceType = type
        book.devices.append(device)
        book.devices.sort { $0.name < $1.name }
        if chassis != "none" {
            book.descriptions[device.id] = LocalSystem()
            book.descriptions[device.id]?.chassis = [Self.mac(chassis ?? Self.chassis(number))]
            book.descriptions[device.id]?.systemNames = [sysName].compactMap { $0 }
        }
        for (place, port) in ports.enumerated() {
            addPort(device.id, Int64(place + 1), port, address: Self.address(number, place + 1))
        }
        return device.id
    }

    mutating func addPort(
        _ device: DeviceID, _ ifIndex: Int64, _ name: String?, descr: String? = nil, alias: String? = nil,
        address: String? = nil, type: Int = 6
    ) {
        var facts = InterfaceFacts(ifIndex: ifIndex)
        facts.ifName = name
        facts.ifDescr = descr
        facts.ifAlias = alias
        facts.ifPhysAddress = address
        facts.ifType = type
        book.ports.append(
            PortRecord(
                id: .random(using: &random), deviceID: device, facts: facts, interfaceType: .trunk, isMissing: false,
                connection: InterfaceConnection()))
    }

    static func chassis(_ number: Int) -> String { address(number, 0) }

    static func address(_ number: Int, _ port: Int) -> String {
        let octets = [0x00, 0x1b, number >> 8 & 255, number & 255, port >> 8 & 255, port & 255]
        return octets.map { String($0, radix: 16).count == 1 ? "0" + String($0, radix: 16) : String($0, radix: 16) }
            .joined(separator: ":")
    }

    static func mac(_ text: String) -> NeighbourID { NeighbourID(subtype: 4, kind: .mac, text: text) }

    static func name(_ text: String) -> NeighbourID { NeighbourID(subtype: 5, kind: .text, text: text) }

    func id(_ name: String) -> DeviceID {
        book.devices.first { $0.name == name }?.id ?? DeviceID.random()
    }

    func port(_ device: String, _ name: String) -> PortRecord? {
        book.ports.first { $0.deviceID == id(device) && $0.facts.ifName == name }
    }

    /// Has a device answer, with nothing heard yet.
    mutating func answers(_ device: String) {
        let id = id(device)
        guard arrivals[id] == nil else { return }
        var arrival = DeviceNeighbours()
        arrival.local = book.descriptions[id] ?? LocalSystem()
        arrivals[id] = arrival
    }

    /// Has a device hear a neighbour on its port of this name, or on one that has no interface.
    mutating func hears(
        _ device: String, on port: String, by heardBy: NeighbourProtocol = .lldp,
        _ fill: (inout NeighbourReading) -> Void
    ) {
        answers(device)
        var reading = NeighbourReading(heardBy: heardBy, localPort: port)
        reading.localIfIndex = self.port(device, port)?.facts.ifIndex
        reading.localPortRule = reading.localIfIndex == nil ? nil : .portIDIsName
        fill(&reading)
        arrivals[id(device)]?.neighbours.append(reading)
    }

    /// Has a device hear another one of the network as most devices are heard: chassis, name, port name.
    mutating func hears(
        _ device: String, on port: String, _ far: String, at farPort: String, by heardBy: NeighbourProtocol = .lldp
    ) {
        let name = book.devices.first { $0.name == far }?.sysName ?? far
        let chassis = book.descriptions[id(far)]?.chassis.first
        hears(device, on: port, by: heardBy) { reading in
            if heardBy == .lldp { reading.chassis = chassis }
            reading.port = Self.name(farPort)
            reading.systemName = name
            reading.capabilities = [.bridge]
        }
    }

    /// Has both ends hear each other.
    mutating func cable(
        _ a: String, _ aPort: String, _ b: String, _ bPort: String, by heardBy: NeighbourProtocol = .lldp
    ) {
        hears(a, on: aPort, b, at: bPort, by: heardBy)
        hears(b, on: bPort, a, at: aPort, by: heardBy)
    }

    /// Runs, and puts what it changes into the book as a catalog does; what devices said is forgotten.
    @discardableResult
    mutating func run(
        after seconds: Int64 = 0, settings: TopologySettings = TopologySettings()
    ) -> (change: TopologyChange, counts: TopologyCounts) {
        var ids = SplitMix(seed: UInt64(seconds) &* 31 &+ UInt64(book.neighbours.count))
        var linkIDs = SplitMix(seed: UInt64(seconds) &* 77 &+ UInt64(book.links.count))
        let now = Timestamp(seconds: Self.start.seconds + seconds)
        let (change, counts) = TopologyReconciler.reconcile(
            book: book, arrivals: arrivals, failed: failed, at: now, settings: settings,
            makeNeighbourID: { .random(using: &ids) }, makeLinkID: { .random(using: &linkIDs) })
        apply(change)
        arrivals = [:]
        failed = []
        return (change, counts)
    }

    private mutating func apply(_ change: TopologyChange) {
        book.descriptions.merge(change.descriptions) { $1 }
        let gone = Set(change.removedNeighbours)
        let updated = Dictionary(change.updatedNeighbours.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        book.neighbours = book.neighbours.filter { !gone.contains($0.id) }.map { updated[$0.id] ?? $0 }
        book.neighbours += change.insertedNeighbours
        let heard = Set(change.heardDevices)
        for place in book.neighbours.indices where heard.contains(book.neighbours[place].deviceID) {
            book.neighbours[place].lastSeenAt = change.revision.at
        }
        book.neighbours.sort { ($0.deviceID, $0.id) < ($1.deviceID, $1.id) }
        let saved = Dictionary(change.savedLinks.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let known = Set(book.links.map(\.id))
        book.links = book.links.map { saved[$0.id] ?? $0 } + change.savedLinks.filter { !known.contains($0.id) }
        book.links = book.links.filter { $0.vanishedRevision == nil }.sorted { $0.id < $1.id }
        for place in book.ports.indices {
            if let connection = change.connections[book.ports[place].id] { book.ports[place].connection = connection }
        }
        for position in change.positions { book.positions[position.deviceID] = position }
        book.revision = change.revision
    }

    /// The links of the book as text: `a:port - b:port`, sorted.
    var links: [String] { book.links.map { Self.text($0.link) }.sorted() }

    static func text(_ link: Link) -> String {
        [link.a, link.b].map { end in
            (end.deviceID == nil ? "?" : "") + "\(end.deviceName):\(end.port ?? "-")"
        }.sorted().joined(separator: " - ")
    }

    /// What does not fit together, by the links of all rows in the book.
    var contradictions: [Contradiction] {
        LinkBuilder.links(
            neighbours: book.neighbours, manual: book.manualLinks, ports: book.ports, devices: book.devices,
            descriptions: book.descriptions
        ).contradictions
    }
}

/// A repeatable source of random numbers (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
