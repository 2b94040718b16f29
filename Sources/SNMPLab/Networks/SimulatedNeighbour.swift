/// What an end of a cable says of itself over LLDP (IEEE 802.1AB) or CDP.
public struct SimulatedNeighbour: Sendable, Equatable {
    /// The protocol a neighbour was heard by.
    public enum NeighbourProtocol: String, Sendable {
        /// IEEE 802.1AB.
        case lldp
        /// Cisco's.
        case cdp
    }

    /// Position of the interface it was heard on.
    public var position: Int
    /// How it was heard.
    public var heardBy: NeighbourProtocol
    /// Position of the device in the network; nil for a stranger.
    public var device: Int?
    /// lldpRemChassisIdSubtype; 4 is a MAC address.
    public var chassisSubtype: UInt8
    /// lldpRemChassisId.
    public var chassisID: [UInt8]
    /// lldpRemPortIdSubtype; 3 MAC address, 5 ifName, 7 local.
    public var portSubtype: UInt8
    /// lldpRemPortId.
    public var portID: [UInt8]
    /// lldpRemPortDesc; for CDP the port's name (cdpCacheDevicePort).
    public var portDescr: String
    /// lldpRemSysName; for CDP the device id (cdpCacheDeviceId).
    public var systemName: String
    /// lldpRemSysDesc; for CDP the version (cdpCacheVersion).
    public var systemDescr: String
    /// CDP platform.
    public var platform: String
    /// What it can do and does.
    public var capabilities: NeighbourCapabilities
    /// Its management address in host byte order; nil where it gives none.
    public var address: UInt32?
}

/// What a neighbour says it is.
public struct NeighbourCapabilities: OptionSet, Sendable {
    /// Bits of LldpSystemCapabilitiesMap, the first of them the highest bit of the octet.
    public let rawValue: UInt8

    /// Takes the octet as it stands in LLDP.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Forwards frames.
    public static let bridge = NeighbourCapabilities(rawValue: 0x20)
    /// Wireless access point.
    public static let accessPoint = NeighbourCapabilities(rawValue: 0x10)
    /// Routes packets.
    public static let router = NeighbourCapabilities(rawValue: 0x08)
    /// Telephone.
    public static let telephone = NeighbourCapabilities(rawValue: 0x04)
    /// End station.
    public static let station = NeighbourCapabilities(rawValue: 0x01)

    /// The same as CDP's capability word.
    var cdpBits: UInt32 {
        var bits: UInt32 = 0
        if contains(.router) { bits |= 0x01 }
        if contains(.accessPoint) { bits |= 0x02 }
        if contains(.bridge) { bits |= 0x08 }
        if contains(.station) { bits |= 0x10 }
        if contains(.telephone) { bits |= 0x80 }
        return bits
    }
}
