public import Inventory
public import SNMP

/// A notification with what the inventory knows of its sender.
public struct ReceivedTrap: Sendable, Hashable {
    /// What was received.
    public var notification: SNMPNotification
    /// The device it is of; nil where none has its address, or several have.
    public var device: Device?
    /// The interface a linkDown or linkUp is about; nil where the device is known to have none of this number or name.
    public var interface: Interface?

    /// A notification, of nobody yet.
    public init(_ notification: SNMPNotification, device: Device? = nil, interface: Interface? = nil) {
        self.notification = notification
        self.device = device
        self.interface = interface
    }

    /// What a linkDown or linkUp tells of its interface; nil for all else.
    public var link: LinkChange? {
        switch notification.kind {
        case .linkDown(let change), .linkUp(let change): change
        case .coldStart, .warmStart, .authenticationFailure, .other: nil
        }
    }

    /// When it was received.
    public var receivedAt: Timestamp { Timestamp(milliseconds: notification.receivedAtUnixMilliseconds) }
}

/// How many notifications found their device and interface.
public struct TrapCounts: Sendable, Hashable {
    /// Of a known device.
    public var ofDevices: Int64 = 0
    /// Of an address that is no device's, or several devices'.
    public var unmatched: Int64 = 0
    /// linkDown and linkUp of a known interface.
    public var ofInterfaces: Int64 = 0
    /// linkDown and linkUp of a known device, and of no known interface of it.
    public var interfacesUnmatched: Int64 = 0
    /// Devices discovered because they said that they started anew.
    public var discoveries: Int64 = 0

    /// Nothing was received yet.
    public init() {}

    mutating func add(_ trap: ReceivedTrap) {
        guard trap.device != nil else {
            unmatched += 1
            return
        }
        ofDevices += 1
        guard trap.link != nil else { return }
        if trap.interface == nil { interfacesUnmatched += 1 } else { ofInterfaces += 1 }
    }
}
