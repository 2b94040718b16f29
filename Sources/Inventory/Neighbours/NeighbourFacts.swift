/// What a neighbour says it is: the capabilities of LLDP (IEEE 802.1AB 8.5.8) and their CDP counterparts.
public enum NeighbourCapability: String, CaseIterable, Codable, Sendable, Hashable {
    /// MAC bridge: a switch.
    case bridge
    /// Router.
    case router
    /// IP telephone.
    case telephone
    /// WLAN access point.
    case wlanAP = "wlan-ap"
    /// Station only: an end device.
    case station
    /// Repeater.
    case repeater
    /// DOCSIS cable device.
    case docsis
    /// Anything else.
    case other
}

/// What LLDP or CDP tells of the device at the other end of an interface.
public struct NeighbourFacts: Sendable, Hashable, Codable {
    /// Which protocol told: `lldp` or `cdp`.
    public var protocolName: String
    /// What the neighbour says it is.
    public var capabilities: Set<NeighbourCapability>
    /// LLDP system description or CDP platform.
    public var platform: String?
    /// LLDP system name or CDP device id.
    public var name: String?
    /// Port of the neighbour.
    public var port: String?

    /// What a protocol told of a neighbour.
    public init(
        protocolName: String, capabilities: Set<NeighbourCapability> = [], platform: String? = nil,
        name: String? = nil, port: String? = nil
    ) {
        self.protocolName = protocolName
        self.capabilities = capabilities
        self.platform = platform
        self.name = name
        self.port = port
    }
}
