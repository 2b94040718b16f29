import Baselines
import Inventory

/// An interface that is watched, as the catalog has it.
struct WatchedPort: Sendable, Hashable {
    /// Where it is and what it belongs to.
    var place: InterfacePlace
    var isCritical: Bool
    var updatedAt: Timestamp
    var meaning: PortMeaning

    var id: InterfaceID { place.interfaceID }

    init(_ row: Interface, _ device: Device, peerDeviceName: String?) {
        place = InterfacePlace(row, of: device)
        place.peerDeviceName = peerDeviceName
        isCritical = row.isCritical
        updatedAt = row.updatedAt
        meaning = PortMeaning(row)
    }

    /// Whether counters of a row are recorded, so that there is traffic to be judged.
    ///
    /// One that its device does not have at the moment stays watched until it is cleaned up.
    static func isWatched(_ row: Interface, _ device: Device) -> Bool {
        device.enabled && row.enabled && row.monitoringEnabled
    }
}

/// What an interface is for, and what is said of it, each as one number.
struct PortMeaning: Sendable, Hashable {
    /// Type and provider: what rules and operators make of it.
    var role: UInt64
    /// Description, neighbour and far end: what was said of it.
    var words: UInt64

    init(role: UInt64, words: UInt64) {
        self.role = role
        self.words = words
    }

    init(_ row: Interface) {
        role = StableNumber.of([row.interfaceType.rawValue, row.ispProvider ?? ""])
        words = StableNumber.of([
            row.facts.ifAlias ?? "", row.lldpNeighborName ?? "", row.lldpNeighborPort ?? "",
            row.connectedToInterfaceID.map { "\($0)" } ?? "",
        ])
    }

    /// Whether the interface is for something else now.
    ///
    /// Both must have changed: another role with the same words is a change of the rules, other words with the same
    /// role are a new label. Neither changes the traffic.
    func isAnother(than old: PortMeaning) -> Bool { role != old.role && words != old.words }
}

/// A number made of texts or octets that is the same in every process: FNV-1a.
enum StableNumber {
    private static let start: UInt64 = 0xcbf2_9ce4_8422_2325
    private static let prime: UInt64 = 0x0000_0100_0000_01b3

    static func of(_ texts: [String]) -> UInt64 {
        var hash = start
        for text in texts {
            for octet in text.utf8 { hash = (hash ^ UInt64(octet)) &* prime }
            hash = (hash ^ 0xff) &* prime
        }
        return hash
    }

    static func of(_ octets: some Sequence<UInt8>) -> UInt64 {
        octets.reduce(start) { ($0 ^ UInt64($1)) &* prime }
    }
}
