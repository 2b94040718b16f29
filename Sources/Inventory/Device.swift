/// What kind of device answers at an address.
public enum DeviceType: String, CaseIterable, Codable, Sendable, Hashable {
    /// Ethernet switch.
    case `switch`
    /// Router.
    case router
    /// Firewall.
    case firewall
    /// Wireless access point.
    case accessPoint = "access_point"
    /// Server or hypervisor.
    case server
    /// Telephone.
    case phone
    /// Camera.
    case camera
    /// Anything else, and what is not known yet.
    case other
}

/// Whether a device answers.
public enum DeviceStatus: String, CaseIterable, Codable, Sendable, Hashable {
    /// It answered the last time it was asked.
    case up
    /// It did not answer the last time it was asked.
    case down
    /// It was never asked.
    case unknown
}

/// One managed device: a row of `standalone_devices`.
public struct Device: Sendable, Hashable {
    /// Identity; never changes.
    public var id: DeviceID
    /// The operator's name for it; unique.
    public var name: String
    /// IPv4 or IPv6 address, or host name (column `ip`).
    public var address: String
    /// UDP port of its SNMP agent, 161 by default; (address, port) is unique.
    public var port: Int
    /// What kind of device it is.
    public var deviceType: DeviceType
    /// Maker, as far as sysObjectID and sysDescr tell.
    public var vendor: String?
    /// Model.
    public var model: String?
    /// Version of its operating system.
    public var osVersion: String?
    /// Where it stands: the operator's word, else sysLocation.
    public var location: String?
    /// SNMPv2-MIB sysName.0.
    public var sysName: String?
    /// SNMPv2-MIB sysDescr.0.
    public var sysDescr: String?
    /// SNMPv2-MIB sysObjectID.0, dotted.
    public var sysObjectID: String?
    /// Name of the credential profile it is asked with; nil means the profile `default`.
    public var credentialProfile: String?
    /// The operator's switch: a device that is off is left alone by every job.
    public var enabled: Bool
    /// Whether it answers.
    public var status: DeviceStatus
    /// When it last answered.
    public var lastSeenAt: Timestamp?
    /// Seconds since it started, at `lastSeenAt` (sysUpTime / 100).
    public var uptimeSeconds: Int64?
    /// The operator's tags, sorted, without duplicates.
    public var tags: [String]
    /// Why the last discovery failed; nil after one that succeeded.
    public var lastError: String?
    /// When its interfaces were last read completely.
    public var lastCompleteDiscoveryAt: Timestamp?
    /// When the row was made.
    public var createdAt: Timestamp
    /// When anything but the seen-timestamps last changed.
    public var updatedAt: Timestamp

    /// A device as an operator first names it; what SNMP tells is filled in by discovery.
    public init(id: DeviceID = .random(), name: String, address: String, port: Int = 161, at now: Timestamp) {
        self.id = id
        self.name = name
        self.address = address
        self.port = port
        deviceType = .other
        enabled = true
        status = .unknown
        tags = []
        createdAt = now
        updatedAt = now
    }
}
