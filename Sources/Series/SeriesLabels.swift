public import Inventory

/// The labels of an interface's metrics, the same in VictoriaMetrics, `/metrics/interfaces` and exports.
public struct SeriesLabels: Sendable, Hashable {
    /// `device_id`.
    public var deviceID: DeviceID
    /// `device_name`.
    public var deviceName: String
    /// `interface_id`.
    public var interfaceID: InterfaceID
    /// `if_index`.
    public var ifIndex: Int64
    /// `if_name`: ifName, else ifDescr, else `ifIndex N`.
    public var ifName: String
    /// `interface_type`.
    public var interfaceType: InterfaceType
    /// `isp_provider`; empty where there is none.
    public var ispProvider: String
    /// `is_critical`: `true` or `false`.
    public var isCritical: Bool

    /// The labels of an interface of a device.
    public init(_ interface: Interface, deviceName: String) {
        deviceID = interface.deviceID
        self.deviceName = deviceName
        interfaceID = interface.id
        ifIndex = interface.facts.ifIndex
        ifName = interface.displayName
        interfaceType = interface.interfaceType
        ispProvider = interface.ispProvider ?? ""
        isCritical = interface.isCritical
    }

    /// Names and values in the order in which they are written.
    public var pairs: [(name: String, value: String)] {
        [
            ("device_id", deviceID.description), ("device_name", deviceName),
            ("interface_id", interfaceID.description), ("if_index", String(ifIndex)), ("if_name", ifName),
            ("interface_type", interfaceType.rawValue), ("isp_provider", ispProvider),
            ("is_critical", isCritical ? "true" : "false"),
        ]
    }
}
