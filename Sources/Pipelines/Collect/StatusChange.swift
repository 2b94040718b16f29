public import Inventory

/// What changed of the status of an interface or a device, as a poll saw it.
public enum StatusChange: Sendable, Hashable, Codable {
    /// ifAdminStatus or ifOperStatus of an interface.
    case interface(InterfaceStatusChange)
    /// Whether a device answers.
    case device(DeviceStatusChange)
}

/// An interface whose status changed; 0 stands for a status that is not known.
public struct InterfaceStatusChange: Sendable, Hashable, Codable {
    /// The device.
    public var deviceID: DeviceID
    /// The interface.
    public var interfaceID: InterfaceID
    /// ifAdminStatus before.
    public var adminBefore: UInt8
    /// ifAdminStatus now.
    public var admin: UInt8
    /// ifOperStatus before.
    public var operBefore: UInt8
    /// ifOperStatus now.
    public var oper: UInt8
    /// When it was read.
    public var at: Timestamp
}

/// A device that began or ceased to answer: it is down after three failed polls in a row, up with the first answer.
public struct DeviceStatusChange: Sendable, Hashable, Codable {
    /// The device.
    public var deviceID: DeviceID
    /// What it is now.
    public var status: DeviceStatus
    /// When.
    public var at: Timestamp
    /// Seconds since it started, where it answers and says so.
    public var uptimeSeconds: Int64?
}
