public import Inventory

/// An interface as lists show it: with the name of its device.
public struct InterfaceRow: Sendable, Hashable {
    /// The interface.
    public var interface: Interface
    /// Name of its device.
    public var deviceName: String

    /// An interface of a named device.
    public init(interface: Interface, deviceName: String) {
        self.interface = interface
        self.deviceName = deviceName
    }
}
