import Catalog
import Inventory

extension Specimens {
    /// Texts that break naive storage, as a hostile neighbour may send them.
    static let hostileTexts: [String] = [
        "", "\0", "a\0b", "\u{01}\u{1F}\u{7F}", "\"", "\\", "\\u0000", "[\"x\"]", "{}", "null", "a,b",
        "'; DROP TABLE x",
        "<script>alert(1)</script>", "ქსელი 🏦 é e\u{301}", "\u{FFFD}\u{2028}\u{FEFF}\r\n\t", "\u{10FFFF}",
        String(repeating: "x\"\\\u{02}ю", count: 12_000),
    ]

    static func neighbour(
        of device: Device, at port: Interface? = nil, _ localPort: String = "1", by heardBy: NeighbourProtocol = .lldp,
        name: String? = nil, id: NeighbourRowID = .random()
    ) -> Neighbour {
        var reading = NeighbourReading(heardBy: heardBy, localPort: localPort)
        reading.systemName = name
        reading.localIfIndex = port?.facts.ifIndex
        return Neighbour(id: id, deviceID: device.id, interfaceID: port?.id, reading: reading, at: noon)
    }

    /// A neighbour with every field filled, each with a value of its own.
    static func fullNeighbour(of device: Device, at port: Interface, far: Device, farPort: Interface) -> Neighbour {
        var neighbour = neighbour(of: device, at: port, "Gi1/0/1", by: .cdp, name: "CORE-SW-03(FOC1234X0AB)")
        neighbour.reading.localPortRule = .bridgePort
        neighbour.reading.chassis = NeighbourID(subtype: 4, kind: .mac, text: "00:1b:21:00:00:01")
        neighbour.reading.port = NeighbourID(subtype: nil, kind: .text, text: "Gi2/0/2")
        neighbour.reading.portDescription = "to branch 12"
        neighbour.reading.systemDescription = "Cisco IOS\nVersion 17"
        neighbour.reading.platform = "cisco C9500"
        neighbour.reading.capabilities = Set(NeighbourCapability.allCases)
        neighbour.reading.managementAddresses = ["10.0.0.1", "2001:db8::1"]
        neighbour.match.deviceID = far.id
        neighbour.match.interfaceID = farPort.id
        neighbour.match.deviceRules = [.nameWithoutSerial, .chassis]
        neighbour.match.interfaceRules = MatchRule.allCases
        neighbour.match.candidates = [far.id, device.id]
        neighbour.match.confidence = 0.1 + 0.2
        neighbour.firstSeenAt = Timestamp(milliseconds: -1)
        return neighbour
    }

    /// What a device may say of itself, every field filled.
    static func description(_ text: String = "core-sw-03") -> LocalSystem {
        var local = LocalSystem()
        local.chassis = [
            NeighbourID(subtype: 4, kind: .mac, text: "00:1b:21:00:00:01"), NeighbourID(kind: .text, text: text),
        ]
        local.systemNames = [text, "core-sw-03.bank.example"]
        local.addresses = ["10.0.0.1", "2001:db8::1"]
        var port = LocalSystem.Port(ifIndex: 10_101)
        port.portID = NeighbourID(subtype: 5, kind: .address, text: "10.0.0.1")
        port.portDescription = text
        port.aggregateIfIndex = -1
        local.ports = [port, LocalSystem.Port(ifIndex: 10_102)]
        local.protocols = [.lldp, .mndp]
        return local
    }

    /// A link between two devices; `port` of the first is what tells it from others.
    static func link(
        _ a: Device, _ b: Device?, port: String = "Gi1", id: LinkRecordID = .random(), appeared revision: Int64 = 1,
        at seconds: Double = 0
    ) -> LinkRecord {
        let far = LinkEnd(deviceID: b?.id, deviceName: b?.name ?? "stranger", port: "eth0")
        let link = Link(
            a: LinkEnd(deviceID: a.id, deviceName: a.name, port: port), b: far,
            witnesses: [LinkWitness(deviceID: a.id, source: "lldp")], confidence: 0.9)
        return LinkRecord(id: id, link: link, revision: revision, at: noon.advanced(bySeconds: seconds))
    }
}

extension LinkRecord {
    /// The same link, vanished with a revision.
    func vanished(_ revision: Int64, at seconds: Double) -> LinkRecord {
        var record = self
        record.vanishedRevision = revision
        record.vanishedAt = Specimens.noon.advanced(bySeconds: seconds)
        return record
    }
}

/// Two devices with two interfaces each, stored.
struct TopologyScene: Sendable {
    let a = Specimens.device("a", "192.0.2.1")
    let b = Specimens.device("b", "192.0.2.2")
    let aPorts: [Interface]
    let bPorts: [Interface]
    let catalog: any Catalog

    init(_ catalog: any Catalog) async throws {
        self.catalog = catalog
        let (a, b) = (self.a, self.b)
        let (aPorts, bPorts) = (
            [Specimens.interface(of: a, 1, name: "Gi1"), Specimens.interface(of: a, 2, name: "Gi2")],
            [Specimens.interface(of: b, 1, name: "Gi1"), Specimens.interface(of: b, 2, name: "Gi2")]
        )
        (self.aPorts, self.bPorts) = (aPorts, bPorts)
        try await catalog.add(a, b)
        try await catalog.revise(a) { $0.inserted = aPorts }
        try await catalog.revise(b) { $0.inserted = bPorts }
    }

    /// Makes the next revision of what `edit` says.
    func revise(_ edit: @escaping @Sendable (inout TopologyChange) -> Void) async throws {
        try await catalog.reviseTopology(edit)
    }
}

extension Catalog {
    /// Makes the next revision, a minute after the last, of what `edit` says.
    func reviseTopology(_ edit: @escaping @Sendable (inout TopologyChange) -> Void) async throws {
        try await reviseTopology { book in
            let number = (book.revision?.number ?? 0) + 1
            let now = Specimens.noon.advanced(bySeconds: Double(number) * 60)
            var change = TopologyChange(revision: TopologyRevisionRecord(number: number, at: now))
            edit(&change)
            return (change, ())
        }
    }

    func remove(_ devices: Device...) async throws {
        try await reviseDevices(.ids([])) { _ in
            var revision = DeviceRevision()
            revision.removed = devices.map(\.id)
            return (revision, ())
        }
    }
}
