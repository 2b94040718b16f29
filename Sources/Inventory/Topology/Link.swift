/// One end of a link.
public struct LinkEnd: Sendable, Hashable, Codable {
    /// The device; nil where the end is not in the inventory.
    public var deviceID: DeviceID?
    /// The interface; nil where it is not known.
    public var interfaceID: InterfaceID?
    /// Name of the device as it was then, or as the neighbour is called.
    public var deviceName: String
    /// Name of the port; nil where nothing tells it.
    public var port: String?

    /// An end.
    public init(deviceID: DeviceID?, interfaceID: InterfaceID? = nil, deviceName: String, port: String? = nil) {
        self.deviceID = deviceID
        self.interfaceID = interfaceID
        self.deviceName = deviceName
        self.port = port
    }
}

/// Where the knowledge of a link comes from.
public enum LinkOrigin: String, CaseIterable, Codable, Sendable, Hashable {
    /// A neighbour protocol told it.
    case heard
    /// An operator entered it.
    case manual
    /// It follows from forwarding tables of bridges; never certain.
    case inferred
}

/// One testimony for a link.
public struct LinkWitness: Sendable, Hashable, Codable {
    /// The device that tells it.
    public var deviceID: DeviceID
    /// By which protocol: `lldp`, `cdp`, `fdp`, `mndp`; `fdb` for a forwarding table, `manual` for an operator.
    public var source: String
    /// What spoke for the far device.
    public var deviceRules: [MatchRule]
    /// What spoke for the far interface.
    public var interfaceRules: [MatchRule]

    /// A testimony.
    public init(
        deviceID: DeviceID, source: String, deviceRules: [MatchRule] = [], interfaceRules: [MatchRule] = []
    ) {
        self.deviceID = deviceID
        self.source = source
        self.deviceRules = deviceRules
        self.interfaceRules = interfaceRules
    }
}

/// One cable between two devices, or from a device to a stranger.
public struct Link: Sendable, Hashable, Codable {
    /// The end that sorts first by (device, interface, port); for a stranger's link the one in the inventory.
    public var a: LinkEnd
    /// The other end.
    public var b: LinkEnd
    /// Where the knowledge comes from, the most trusted source.
    public var origin: LinkOrigin
    /// Testimonies, ordered by device, then source.
    public var witnesses: [LinkWitness]
    /// How sure it is that this cable exists between exactly these ports, 0 to 1.
    public var confidence: Double
    /// The group of links it belongs to: those of one aggregate, or parallel ones between the same two devices.
    public var group: String?

    /// A link.
    public init(
        a: LinkEnd, b: LinkEnd, origin: LinkOrigin = .heard, witnesses: [LinkWitness] = [], confidence: Double,
        group: String? = nil
    ) {
        self.a = a
        self.b = b
        self.origin = origin
        self.witnesses = witnesses
        self.confidence = confidence
        self.group = group
    }

    /// Whether the far end is not in the inventory.
    public var isOrphan: Bool { b.deviceID == nil }

    /// Whether only one of its two ends tells of it.
    public var isSeenFromOneSide: Bool { Set(witnesses.map(\.deviceID)).count < 2 && origin == .heard }

    /// What makes it the same link from run to run: its ends by interface, else by device and port.
    public var key: String { "\(Self.key(a))|\(Self.key(b))" }

    private static func key(_ end: LinkEnd) -> String {
        if let interface = end.interfaceID { return "\(interface)" }
        let device = end.deviceID.map { "\($0)" } ?? end.deviceName.lowercased()
        return "\(device)/\(end.port?.lowercased() ?? "")"
    }
}

/// A link over time: a row of `topology_links`.
public struct LinkRecord: Sendable, Hashable {
    /// Identity of this appearance; a link that vanished and returns is a new one.
    public var id: LinkRecordID
    /// What it is; of one that vanished, as it last was.
    public var link: Link
    /// The revision that first had it.
    public var appearedRevision: Int64
    /// When that was.
    public var appearedAt: Timestamp
    /// The first revision without it; nil while it is there.
    public var vanishedRevision: Int64?
    /// When that was.
    public var vanishedAt: Timestamp?

    /// A link that appears.
    public init(id: LinkRecordID = .random(), link: Link, revision: Int64, at now: Timestamp) {
        self.id = id
        self.link = link
        appearedRevision = revision
        appearedAt = now
    }
}

/// The identity of a row of `topology_links`.
public typealias LinkRecordID = Identifier<LinkRecord>

/// A link an operator entered: a row of `manual_links`.
public struct ManualLink: Sendable, Hashable {
    /// Identity.
    public var id: ManualLinkID
    /// One device.
    public var aDeviceID: DeviceID
    /// Its interface; nil where it has none that is known.
    public var aInterfaceID: InterfaceID?
    /// The other device.
    public var bDeviceID: DeviceID
    /// Its interface.
    public var bInterfaceID: InterfaceID?
    /// The operator's note.
    public var note: String?
    /// When it was entered.
    public var createdAt: Timestamp

    /// A link between two devices.
    public init(
        id: ManualLinkID = .random(), aDeviceID: DeviceID, aInterfaceID: InterfaceID? = nil, bDeviceID: DeviceID,
        bInterfaceID: InterfaceID? = nil, note: String? = nil, at now: Timestamp
    ) {
        self.id = id
        self.aDeviceID = aDeviceID
        self.aInterfaceID = aInterfaceID
        self.bDeviceID = bDeviceID
        self.bInterfaceID = bInterfaceID
        self.note = note
        createdAt = now
    }
}

/// The identity of a row of `manual_links`.
public typealias ManualLinkID = Identifier<ManualLink>

/// One state of the topology: a row of `topology_revisions`.
public struct TopologyRevisionRecord: Sendable, Hashable {
    /// 1 for the first, then rising by one.
    public var number: Int64
    /// When it was made; where later runs changed nothing, when the last of them was.
    public var at: Timestamp
    /// Devices that were read for it.
    public var devicesRead: Int
    /// Rows of neighbours in it.
    public var connections: Int
    /// Those that are mapped to a device.
    public var mapped: Int
    /// Links to devices of the inventory in it.
    public var links: Int
    /// Links that appeared with it.
    public var appeared: Int
    /// Links that vanished with it.
    public var vanished: Int

    /// A revision in which nothing is counted yet.
    public init(number: Int64, at now: Timestamp) {
        self.number = number
        at = now
        devicesRead = 0
        connections = 0
        mapped = 0
        links = 0
        appeared = 0
        vanished = 0
    }
}

/// Where a device is drawn: a row of `topology_positions`.
public struct NodePosition: Sendable, Hashable {
    /// The device.
    public var deviceID: DeviceID
    /// Rightwards, in units of about one node's width.
    public var x: Double
    /// Downwards, in the same units.
    public var y: Double
    /// How far it is from the middle of the network: 0 core, 1 distribution, 2 and more towards branches; nil for
    /// devices without a link.
    public var tier: Int?

    /// A position.
    public init(deviceID: DeviceID, x: Double, y: Double, tier: Int?) {
        self.deviceID = deviceID
        self.x = x
        self.y = y
        self.tier = tier
    }
}
