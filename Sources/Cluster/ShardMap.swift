import FoundationEssentials
public import Inventory

/// Which shard a device belongs to, and which process should own a shard: the same answer in every process, without asking.
public struct ShardMap: Sendable, Hashable {
    /// Shards of a cluster; the same in all of its processes, so never changed.
    public static let shardsMax = 1_024

    /// How many shards there are.
    public let count: Int

    /// A map of `count` shards, at least one.
    public init(count: Int = shardsMax) {
        self.count = max(1, count)
    }

    /// The shard of a device, 0 to `count - 1`; devices are spread evenly whatever their ids look like.
    public func shard(of device: DeviceID) -> Int {
        Int(Self.mixed(Self.seed(device.uuid)) % UInt64(count))
    }

    /// The process among `nodes` that should own a shard; nil where there are none.
    ///
    /// Rendezvous hashing: of n processes that are there, one that comes or goes changes the owner of about one shard in n, and
    /// no shard moves between two processes that stay.
    public func preferred(for shard: Int, among nodes: some Sequence<NodeID>) -> NodeID? {
        let shard = Self.mixed(UInt64(shard) &+ 0x9E37_79B9_7F4A_7C15)
        return nodes.max { left, right in
            let (leftWeight, rightWeight) = (Self.weight(left, shard), Self.weight(right, shard))
            return leftWeight == rightWeight ? left < right : leftWeight < rightWeight
        }
    }

    /// The shards that a process should own, in order.
    public func preferred(of node: NodeID, among nodes: Set<NodeID>) -> [Int] {
        (0..<count).filter { preferred(for: $0, among: nodes) == node }
    }

    private static func weight(_ node: NodeID, _ shard: UInt64) -> UInt64 { mixed(seed(node.uuid) ^ shard) }

    /// Both halves of a UUID in one number.
    private static func seed(_ uuid: UUID) -> UInt64 {
        withUnsafeBytes(of: uuid.uuid) { octets in
            let high = UInt64(bigEndian: octets.loadUnaligned(as: UInt64.self))
            let low = UInt64(bigEndian: octets.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            return mixed(high) ^ low
        }
    }

    /// The finaliser of SplitMix64: each bit of the input changes about half of the output's.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
