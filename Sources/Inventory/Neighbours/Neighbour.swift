/// What decided which device, or which interface, a neighbour is.
public enum MatchRule: String, CaseIterable, Codable, Sendable, Hashable {
    /// The chassis id is the device's own.
    case chassis
    /// A MAC address the neighbour gives is that of one of the device's interfaces.
    case interfaceAddress = "interface_address"
    /// A management address is the device's.
    case managementAddress = "management_address"
    /// The whole name is the device's.
    case name
    /// The name without its domain is the device's.
    case shortName = "short_name"
    /// The name without a serial number in parentheses is the device's.
    case nameWithoutSerial = "name_without_serial"
    /// The port's id is what the device calls the interface in LLDP.
    case portID = "port_id"
    /// The port's id or description is an ifName, also in its long or short form.
    case portName = "port_name"
    /// The port's id or description is an ifDescr.
    case portDescr = "port_descr"
    /// The port's description is an ifAlias.
    case portAlias = "port_alias"
    /// The port's id is an ifIndex.
    case portIndex = "port_index"
    /// The other end names this port.
    case farEnd = "far_end"
}

/// What a match with the inventory brought.
public struct NeighbourMatch: Sendable, Hashable, Codable {
    /// The device; nil where none matches, or more than one.
    public var deviceID: DeviceID?
    /// Its interface; nil where none matches, or more than one.
    public var interfaceID: InterfaceID?
    /// What spoke for the device, the strongest first.
    public var deviceRules: [MatchRule]
    /// What spoke for the interface, the strongest first.
    public var interfaceRules: [MatchRule]
    /// Devices between which the evidence does not decide; empty unless it is ambiguous.
    public var candidates: [DeviceID]
    /// How sure the device is, 0 to 1; 0 where there is none.
    public var confidence: Double

    /// No device matches.
    public init() {
        deviceRules = []
        interfaceRules = []
        candidates = []
        confidence = 0
    }
}

/// One neighbour of one interface: a row of `interface_neighbours`.
public struct Neighbour: Sendable, Hashable {
    /// Identity; stays while the same neighbour is heard on the same port by the same protocol.
    public var id: NeighbourRowID
    /// The device that hears it.
    public var deviceID: DeviceID
    /// The interface it is heard on; nil where no rule decides or the interface is not in the catalog.
    public var interfaceID: InterfaceID?
    /// What was read.
    public var reading: NeighbourReading
    /// Which device and interface it is.
    public var match: NeighbourMatch
    /// When it was first heard.
    public var firstSeenAt: Timestamp
    /// When it was last heard.
    public var lastSeenAt: Timestamp

    /// A neighbour as first heard at `now`.
    public init(
        id: NeighbourRowID = .random(), deviceID: DeviceID, interfaceID: InterfaceID?, reading: NeighbourReading,
        match: NeighbourMatch = NeighbourMatch(), at now: Timestamp
    ) {
        self.id = id
        self.deviceID = deviceID
        self.interfaceID = interfaceID
        self.reading = reading
        self.match = match
        firstSeenAt = now
        lastSeenAt = now
    }
}

/// The identity of a row of `interface_neighbours`.
public typealias NeighbourRowID = Identifier<Neighbour>
