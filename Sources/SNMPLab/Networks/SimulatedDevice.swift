/// What kind of device it is, spelt as an inventory spells it.
public enum SimulatedDeviceType: String, Sendable {
    /// Switches, layer 3 ones included.
    case `switch`
    /// Routers.
    case router
    /// Firewalls.
    case firewall
    /// Servers.
    case server
}

/// One device of a simulated network.
///
/// Devices of a grid share the storage of their interfaces: a device costs a few hundred bytes, whatever its ports.
public struct SimulatedDevice: Sendable {
    /// Position in the network; it fixes the address.
    public var ordinal: Int
    /// The inventory's name.
    public var name: String
    /// sysName, which may carry a domain or other case.
    public var systemName: String
    /// sysDescr.
    public var systemDescr: String
    /// sysObjectID as sub-identifiers.
    public var systemObjectID: [UInt32]
    /// sysLocation.
    public var location: String
    /// What it is.
    public var type: SimulatedDeviceType
    /// The vendor's manner: names, indexes, protocols.
    public var manner: Manner
    /// Model, as in sysDescr or CDP's platform.
    public var model: String
    /// When it last started, Unix time in milliseconds.
    public var startedAtMilliseconds: Int64
    /// Base of its MAC addresses, 48 bits; the LLDP chassis id.
    public var chassisAddress: UInt64
    /// Words an inventory would tag it with.
    public var tags: [String]
    /// Whether its agent has the LLDP and CDP tables it could have.
    public var reportsNeighbours: Bool
    /// Its interfaces in ifIndex order.
    public var interfaces: [SimulatedInterface]
    /// What is true of each interface.
    public var truth: [InterfaceTruth]
    /// Its neighbour tables, by interface.
    public var neighbours: [SimulatedNeighbour]
    /// All its traffic is multiplied by this.
    public var trafficScale: Double

    /// The octets of a MAC address of the device.
    public func physicalAddress(offset: UInt32) -> [UInt8] {
        let value = chassisAddress &+ UInt64(offset)
        return (0..<6).map { UInt8(truncatingIfNeeded: value >> UInt64(40 - 8 * $0)) }
    }

    /// The position of an interface by its ifName, ifDescr or ifIndex; nil where there is none.
    public func position(ofInterface text: some StringProtocol) -> Int? {
        let wanted = String(text)
        if let found = interfaces.firstIndex(where: { $0.name == wanted || $0.descr == wanted }) { return found }
        guard let index = UInt32(wanted) else { return nil }
        return interfaces.firstIndex { $0.index == index }
    }
}
