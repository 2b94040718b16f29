import Cluster
import Inventory

extension LedgerContract {
    /// Who leaves.
    static let givingChecks: [Check] = [
        Check("who leaves gives back all at once, and is told to have left") { world in
            let (leaving, other) = (try await world.livingProcess(), try await world.livingProcess())
            try await leaving.take("a", "b")
            try await other.take("c")
            try await leaving.leave()
            let standing = try await other.beat()
            try expectEqual(standing.nodes.map(\.id), [other.id], "those that live")
            try expectEqual(standing.left, [leaving.id], "those that left")
            try expectEqual(standing.free, ["a", "b"], "what nobody holds")
            try expectEqual(standing.held.epochs, ["c": 1], "what the other holds")
            try expectEqual(try await other.take("a", onlyFree: true), ["a": 2], "what the other takes")
        },
        Check("who comes back after it left has not left, and holds nothing") { world in
            let (hand, other) = (try await world.livingProcess(), try await world.livingProcess())
            try await hand.take("a", "b")
            try await hand.leave()
            try await other.take("a")
            let standing = try await hand.beat()
            try expectEqual(standing.left, [], "those that left")
            try expectEqual(standing.held, [], "what it holds")
            try expectEqual(standing.free, ["b"], "what nobody holds")
            try expectEqual(standing.nodes.count, 2, "those that live")
            try expectEqual(try await hand.take("a", "b", onlyFree: true), ["b": 2], "what it takes back")
        },
        Check("who leaves twice, or was never there, leaves nothing behind") { world in
            let (hand, unknown) = (try await world.livingProcess(), try await world.process())
            try await hand.leave()
            try await hand.leave()
            try await unknown.leave()
            try expectEqual(try await hand.beat(), ClusterStanding(nodes: [hand.node]), "how the cluster stands")
        },
    ]

    /// Who does things at the same time.
    static let meetingChecks: [Check] = [
        Check("of two that take 1,024 leases at once, each lease has one holder, and none waits for ever") { world in
            let names = (0..<1_024).map { "shard/\($0)" }
            let hands = [try await world.livingProcess(), try await world.livingProcess()]
            try await together(hands) { hand in
                let ordered = hand.id == hands[0].id ? names : names.reversed()
                try await hand.take(all: ordered, onlyFree: true)
            }
            let held = try await held(hands)
            try expectEqual(held.flatMap(\.keys).sorted(), names.sorted(), "what both hold")
            try expect(held.allSatisfy { $0.values.allSatisfy { $0 == 1 } }, "each changed hands once")
        },
        Check("of four that take them from each other, each has one holder, and epochs tell the changes") { world in
            let names = (0..<256).map { "shard/\($0)" }
            var hands: [LedgerHand] = []
            for _ in 0..<4 { hands.append(try await world.livingProcess()) }
            try await together(hands) { hand in
                for _ in 0..<4 { try await hand.take(all: names.shuffled()) }
            }
            let held = try await held(hands)
            try expectEqual(held.flatMap(\.keys).sorted(), names.sorted(), "what all hold")
            try expect(held.allSatisfy { $0.values.allSatisfy { (1...16).contains($0) } }, "at most 16 changes")
        },
        Check("what is taken while its holder leaves is held by the taker or by nobody") { world in
            let names = (0..<128).map { "shard/\($0)" }
            let (leaving, other) = (try await world.livingProcess(), try await world.livingProcess())
            try await leaving.take(all: names)
            try await together([leaving, other]) { hand in
                if hand.id == leaving.id {
                    try await hand.leave()
                } else {
                    try await hand.take(all: names, onlyFree: true)
                }
            }
            let standing = try await other.beat()
            try expectEqual((standing.held.map(\.name) + standing.free).sorted(), names.sorted(), "held or free")
            let taken = try await other.take(all: names, onlyFree: true)
            try expectEqual(taken, Dictionary(uniqueKeysWithValues: names.map { ($0, 2) }), "what is taken then")
        },
    ]

    private static func together(
        _ hands: [LedgerHand], _ body: @escaping @Sendable (LedgerHand) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for hand in hands { group.addTask { try await body(hand) } }
            try await group.waitForAll()
        }
    }

    private static func held(_ hands: [LedgerHand]) async throws -> [[String: Int64]] {
        var held: [[String: Int64]] = []
        for hand in hands { held.append(try await hand.beat().held.epochs) }
        return held
    }
}
