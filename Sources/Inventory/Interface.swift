/// A field of an interface that an operator can set over what rules and discovery say.
public enum OverridableField: String, CaseIterable, Codable, Sendable, Hashable, Comparable {
    /// `interface_type`.
    case interfaceType = "interface_type"
    /// `isp_provider`.
    case ispProvider = "isp_provider"
    /// `is_critical`.
    case isCritical = "is_critical"
    /// `monitoring_enabled`.
    case monitoringEnabled = "monitoring_enabled"

    /// Orders by name, so that lists of overrides are written the same way every time.
    public static func < (left: OverridableField, right: OverridableField) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// One interface of one device: a row of `device_interfaces`.
///
/// `facts` is what the device said, the rest what WARD FLUX and the operator made of it.
public struct Interface: Sendable, Hashable {
    /// Identity; outlives renumbering, removal and return.
    public var id: InterfaceID
    /// The device it belongs to.
    public var deviceID: DeviceID
    /// What the device last said of it.
    public var facts: InterfaceFacts
    /// What it is for.
    public var interfaceType: InterfaceType
    /// Id of the provider at its far end, for example `magti`.
    public var ispProvider: String?
    /// Whether it is watched most closely; true for `isp`.
    public var isCritical: Bool
    /// How sure the rule is, 0 to 1.
    public var classificationConfidence: Double
    /// Id of the rule that decided the type; `operator` where the operator did.
    public var classificationRule: String
    /// The fields an operator set; rediscovery and rules leave them alone.
    public var overrides: Set<OverridableField>
    /// The device at the far end, where it is one of ours.
    public var connectedToDeviceID: DeviceID?
    /// The interface at the far end, where it is one of ours.
    public var connectedToInterfaceID: InterfaceID?
    /// Name of the infrastructure neighbour, by LLDP or CDP.
    public var lldpNeighborName: String?
    /// Port of that neighbour.
    public var lldpNeighborPort: String?
    /// Which protocol told: `lldp` or `cdp`.
    public var neighborProtocol: String?
    /// Whether its counters are recorded.
    public var monitoringEnabled: Bool
    /// The operator's switch for the row as a whole.
    public var enabled: Bool
    /// Whether it was ever seen with ifOperStatus up(1).
    public var wasUp: Bool
    /// The operator's notes.
    public var notes: String?
    /// When the row was made.
    public var createdAt: Timestamp
    /// When anything but the seen-timestamps last changed.
    public var updatedAt: Timestamp
    /// When a discovery last read it.
    public var lastDiscoveredAt: Timestamp
    /// When the device last had it.
    public var lastSeenAt: Timestamp
    /// Time of the first complete discovery that lacked it; nil while the device has it.
    public var missingSince: Timestamp?
    /// Seconds since `missingSince` that do not count, because its device was not completely discovered in them.
    public var missingUncountedSeconds: Int64

    /// A new interface as first discovered at `now`; classification is filled in by the caller.
    public init(id: InterfaceID = .random(), deviceID: DeviceID, facts: InterfaceFacts, at now: Timestamp) {
        self.id = id
        self.deviceID = deviceID
        self.facts = facts
        interfaceType = .access
        isCritical = false
        classificationConfidence = 0
        classificationRule = ""
        overrides = []
        monitoringEnabled = true
        enabled = true
        wasUp = facts.operStatus == InterfaceStatus.up.rawValue
        createdAt = now
        updatedAt = now
        lastDiscoveredAt = now
        lastSeenAt = now
        missingUncountedSeconds = 0
    }

    /// Whether an operator set the type or the provider.
    public var classificationOverridden: Bool {
        overrides.contains(.interfaceType) || overrides.contains(.ispProvider)
    }

    /// ifName where the device has one, else ifDescr, else `ifIndex N`: how people call it.
    public var displayName: String {
        for name in [facts.ifName, facts.ifDescr] {
            if let name, !name.isEmpty { return name }
        }
        return "ifIndex \(facts.ifIndex)"
    }
}
