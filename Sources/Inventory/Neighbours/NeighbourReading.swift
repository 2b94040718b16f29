/// An id of a chassis or of a port as LLDP or CDP gives it, in one writing.
public struct NeighbourID: Sendable, Hashable, Codable {
    /// What an id is made of.
    public enum Kind: String, Codable, Sendable, Hashable {
        /// A MAC address, `00:1b:21:00:00:01`, whether it was sent as octets or as text.
        case mac
        /// An IPv4 or IPv6 address in its usual writing.
        case address
        /// Any other text, cleaned.
        case text
    }

    /// LldpChassisIdSubtype or LldpPortIdSubtype (IEEE 802.1AB) as sent; nil for protocols that have none.
    public var subtype: Int?
    /// What it turned out to be; the subtype that was sent is not always true.
    public var kind: Kind
    /// The id in the writing of its kind; never empty.
    public var text: String

    /// An id in the writing of its kind.
    public init(subtype: Int? = nil, kind: Kind, text: String) {
        self.subtype = subtype
        self.kind = kind
        self.text = text
    }
}

/// What one row of a neighbour table says: who is at the other end of which interface.
public struct NeighbourReading: Sendable, Hashable, Codable {
    /// The protocol that told.
    public var heardBy: NeighbourProtocol
    /// ifIndex of the interface it was heard on; nil where no rule decides.
    public var localIfIndex: Int64?
    /// The rule that decided; nil where none did.
    public var localPortRule: LocalPortRule?
    /// The device's own word for that port: its id or number; never empty.
    public var localPort: String
    /// Chassis id (lldpRemChassisId); for CDP the MAC address that stands in for a device id.
    public var chassis: NeighbourID?
    /// Port id (lldpRemPortId, cdpCacheDevicePort).
    public var port: NeighbourID?
    /// lldpRemPortDesc.
    public var portDescription: String?
    /// lldpRemSysName or cdpCacheDeviceId, cleaned; nil where there is none.
    public var systemName: String?
    /// lldpRemSysDesc or cdpCacheVersion.
    public var systemDescription: String?
    /// cdpCachePlatform and its like.
    public var platform: String?
    /// What it says it does: enabled capabilities, or where none is given those supported.
    public var capabilities: Set<NeighbourCapability>
    /// Management addresses in their usual writing, in the order of the table, without repetitions.
    public var managementAddresses: [String]

    /// A row of which only the place is known.
    public init(heardBy: NeighbourProtocol, localPort: String) {
        self.heardBy = heardBy
        self.localPort = localPort
        capabilities = []
        managementAddresses = []
    }
}

extension NeighbourReading {
    /// The name people know the neighbour by: system name, else address, else chassis id, else port id.
    public var displayName: String {
        systemName ?? managementAddresses.first ?? chassis?.text ?? port?.text ?? localPort
    }

    /// The name of its port: an id that is a name, else the description, else the id.
    public var displayPort: String? {
        if let port, port.kind == .text { return port.text }
        return portDescription ?? port?.text
    }

    /// Whether it carries traffic of others: a bridge, router, repeater or access point, but no telephone.
    public var isInfrastructure: Bool {
        !capabilities.contains(.telephone)
            && !capabilities.isDisjoint(with: [.bridge, .router, .repeater, .wlanAP, .docsis])
    }

    /// Which of several neighbours on one port speaks for it: the one with the smallest number.
    ///
    /// Infrastructure, then a telephone (before the computer behind it), then whatever says what it is, then end
    /// stations, then those that say nothing.
    public var precedence: Int {
        if isInfrastructure { return 0 }
        if capabilities.contains(.telephone) { return 1 }
        if capabilities.isEmpty { return 4 }
        return capabilities == [.station] ? 3 : 2
    }

    /// What classification wants to know of it.
    public var facts: NeighbourFacts {
        NeighbourFacts(
            protocolName: heardBy.rawValue, capabilities: capabilities, platform: platform ?? systemDescription,
            name: systemName, port: displayPort)
    }
}
