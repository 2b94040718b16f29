public import Inventory

/// What a notification says to whoever looks for alerts: small enough to be told to another process.
public struct HeardTrap: Sendable, Hashable, Codable {
    /// The device it is of; nil where that is not known.
    public var device: DeviceID?
    /// When it was received.
    public var receivedAt: Timestamp
    /// Whether the device says that it started anew.
    public var isRestart: Bool
    /// Whether it says that its neighbours changed.
    public var tellsOfNeighbours: Bool
    /// What it says of the status of an interface that is known.
    public var statusChange: InterfaceStatusChange?

    /// What a notification says.
    public init(_ trap: ReceivedTrap) {
        device = trap.device?.id
        receivedAt = trap.receivedAt
        isRestart = trap.isRestart
        tellsOfNeighbours = trap.tellsOfNeighbours
        statusChange = trap.statusChange
    }
}
