import Cluster
import Inventory
import Testing

/// Where devices go, and how few of them move.
struct ShardMapTests {
    private static func nodes(_ count: Int, seed: UInt64) -> [NodeID] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in NodeID.random(using: &generator) }
    }

    @Test func theShardOfADeviceNeverChanges() throws {
        // Written down: a program of tomorrow must not disagree with one of today while both run.
        let known: [(String, Int)] = [
            ("00000000-0000-0000-0000-000000000000", 0), ("00000000-0000-0000-0000-000000000001", 485),
            ("6f9619ff-8b86-d011-b42d-00c04fc964ff", 462),
        ]
        for (text, shard) in known {
            let device = try #require(DeviceID(text))
            #expect(ShardMap().shard(of: device) == shard, "\(text)")
        }
    }

    @Test(arguments: [1 as UInt64, 2, 3])
    func devicesAreSpreadEvenly(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let map = ShardMap(count: 64)
        var counts = [Int](repeating: 0, count: 64)
        for _ in 0..<64_000 { counts[map.shard(of: .random(using: &generator))] += 1 }
        // 1,000 expected, 32 is the standard deviation.
        #expect(counts.allSatisfy { (820...1180).contains($0) }, "seed \(seed): \(counts)")
    }

    @Test func idsThatDifferByOneAreSpreadToo() {
        let map = ShardMap()
        let ids = (0..<10_000).compactMap { number in
            let digits = String(number, radix: 16)
            return DeviceID("00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits)
        }
        let shards = Set(ids.map { map.shard(of: $0) })
        #expect(ids.count == 10_000)
        #expect(shards.count > 1_000)
    }

    @Test func everyShardHasOneOwnerAndEachWorkerAFairShare() {
        let (map, nodes) = (ShardMap(), Set(Self.nodes(50, seed: 7)))
        let owned = nodes.map { map.preferred(of: $0, among: nodes) }
        #expect(owned.flatMap(\.self).sorted() == Array(0..<1_024))
        // 20 expected; the standard deviation is 4.5.
        #expect(owned.allSatisfy { (3...45).contains($0.count) }, "\(owned.map(\.count))")
    }

    @Test func aWorkerThatGoesMovesItsOwnShardsAlone() {
        let map = ShardMap()
        let nodes = Self.nodes(20, seed: 11)
        let (all, fewer) = (Set(nodes), Set(nodes.dropFirst(5)))
        let gone = Set(nodes.prefix(5))
        for shard in 0..<map.count {
            guard let before = map.preferred(for: shard, among: all) else { continue }
            if !gone.contains(before) { #expect(map.preferred(for: shard, among: fewer) == before) }
        }
        #expect(map.preferred(for: 3, among: []) == nil)
    }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
