import Catalog
import Inventory
import SNMP

/// Which memories of agents are kept: those of the devices there are, and no more than them.
///
/// The address of a device that is known by a host name is not known here. Where there are such devices, memories of
/// other addresses stay as long as they change, within a bound.
struct AgentMemoryPlan: Sendable, Hashable {
    /// Days for which an address that is no device's by number is kept without a change.
    static let unknownDaysMax = 7.0
    /// Memories of unknown addresses for each device with a host name.
    static let unknownPerNamedDevice = 4

    /// Memories to write: new ones and those that changed.
    var saved: [StoredAgentMemory] = []
    /// Addresses whose memories go.
    var removed: [String] = []
    /// What is stored afterwards, ordered by address.
    var kept: [StoredAgentMemory] = []

    /// What to do.
    ///
    /// - Parameters:
    ///   - stored: What the catalog has.
    ///   - learnt: What the engine knows, by address.
    ///   - isSame: Whether two encoded memories say the same; they may differ in when they were noted.
    init(
        stored: [StoredAgentMemory], learnt: [String: [UInt8]], devices: [Device], at now: Timestamp,
        isSame: ([UInt8], [UInt8]) -> Bool = { $0 == $1 }
    ) {
        let before = Dictionary(stored.map { ($0.address, $0) }) { first, _ in first }
        var all = before
        for (address, memory) in learnt {
            if let old = all[address], isSame(old.memory, memory) { continue }
            all[address] = StoredAgentMemory(address: address, memory: memory, updatedAt: now)
        }
        let wanted = Self.wanted(all, devices, at: now)
        kept = all.values.filter { wanted.contains($0.address) }.sorted { $0.address < $1.address }
        saved = kept.filter { before[$0.address] != $0 }
        removed = stored.map(\.address).filter { !wanted.contains($0) }.sorted()
    }

    private static func wanted(
        _ all: [String: StoredAgentMemory], _ devices: [Device], at now: Timestamp
    ) -> Set<String> {
        let places = devices.map(place)
        let known = Set(places.compactMap { $0 })
        let namedCount = places.count { $0 == nil }
        let since = now.advanced(bySeconds: -unknownDaysMax * 86_400)
        // A memory from the future was written while a clock ran ahead; it is the newest there is.
        let unknown = all.values.filter { !known.contains($0.address) && $0.updatedAt > since }
            .sorted { ($1.updatedAt, $0.address) < ($0.updatedAt, $1.address) }
        return known.union(unknown.prefix(namedCount * unknownPerNamedDevice).map(\.address))
    }

    /// The address of a device as the engine writes it; nil where it is a host name.
    private static func place(_ device: Device) -> String? {
        let host = device.address.contains(":") ? "[\(device.address)]" : device.address
        guard let port = UInt16(exactly: device.port) else { return nil }
        return TransportAddress(parsing: host, defaultPort: port)?.description
    }
}
