public import Inventory

/// A neighbour as lists show it: with the names of both ends.
public struct NeighbourRow: Sendable, Hashable {
    /// The neighbour.
    public var neighbour: Neighbour
    /// Name of the device that hears it.
    public var deviceName: String
    /// Name of the interface it is heard on; nil where that is not known.
    public var interfaceName: String?
    /// Name of the device that it is; nil where none matches.
    public var farDeviceName: String?
    /// Name of that device's interface; nil where none matches.
    public var farInterfaceName: String?

    /// A neighbour of a named device.
    public init(
        neighbour: Neighbour, deviceName: String, interfaceName: String? = nil, farDeviceName: String? = nil,
        farInterfaceName: String? = nil
    ) {
        self.neighbour = neighbour
        self.deviceName = deviceName
        self.interfaceName = interfaceName
        self.farDeviceName = farDeviceName
        self.farInterfaceName = farInterfaceName
    }
}
