import Inventory

/// How much each kind of evidence is worth: the table of docs/topology.md.
///
/// Evidence that fits `n` devices is worth the n-th part for each. Kinds that come from different sources (MAC
/// addresses, names, IP addresses) add up as independent ones do: `1 - (1 - a)(1 - b)`. What speaks against a device
/// multiplies. A device is matched at `enough`, if no other comes nearer than `lead`.
enum MatchWeight {
    /// Lowest confidence of a match.
    static let enough = 0.5
    /// How far the best must be ahead of the second.
    static let lead = 0.1
    /// More is never claimed.
    static let most = 0.99
    /// Devices between which evidence that fits many is spread: beyond it, none is looked at.
    static let sharersMax = 16

    /// The row's chassis is a MAC address, and the device tells its own, which is another.
    static let foreignChassis = 0.6
    /// The row's chassis is a MAC address, and none of those of the device's interfaces, which are all one knows.
    static let unlistedChassis = 0.8
    /// The row's name is none of those the device itself gives.
    static let foreignName = 0.8
    /// A name that devices bear before anybody names them.
    static let defaultName = 0.5
    /// A match taken from another row of the same neighbour on the same port.
    static let sibling = 0.95
    /// A device that only the other end's testimony picks out of several.
    static let farEndDevice = 0.6

    /// The worth of evidence that fits one device only.
    static func of(_ rule: MatchRule) -> Double {
        switch rule {
        case .chassis: 0.95
        case .interfaceAddress: 0.9
        case .managementAddress: 0.85
        case .name: 0.85
        case .nameWithoutSerial: 0.8
        case .shortName: 0.7
        case .farEnd: farEndDevice
        case .portID, .portName, .portDescr, .portAlias, .portIndex: 0
        }
    }

    /// A chassis id that is only a text.
    static let textChassis = 0.8
    /// An address the device has beside the one it is managed at: such are reused more often.
    static let otherAddress = 0.75

    /// Two decimals, so that the order of sums never makes a difference from run to run.
    static func rounded(_ confidence: Double) -> Double {
        (min(confidence, most) * 100).rounded() / 100
    }
}
