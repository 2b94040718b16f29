public import Inventory

/// A device as the layout needs it.
public struct LayoutNode: Sendable, Hashable {
    /// What orders devices whatever order they are given in: the name; unique.
    public var key: String
    /// What kind of device it is: telephones, cameras, access points and servers are never the middle of a network.
    public var deviceType: DeviceType

    /// A device.
    public init(key: String, deviceType: DeviceType) {
        self.key = key
        self.deviceType = deviceType
    }
}

/// Where a device is drawn.
public struct LayoutPlace: Sendable, Hashable {
    /// Rightwards, in node widths.
    public var x: Double
    /// Downwards, in node widths.
    public var y: Double
    /// Cables to the middle of its part of the network; nil for devices without one.
    public var tier: Int?

    /// A place.
    public init(x: Double, y: Double, tier: Int?) {
        self.x = x
        self.y = y
        self.tier = tier
    }
}
