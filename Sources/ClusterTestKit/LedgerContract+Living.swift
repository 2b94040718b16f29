import Cluster
import Inventory

extension LedgerContract {
    /// Who lives.
    static let livingChecks: [Check] = [
        Check("a beat tells who lives, the one that asks too, with what they say of themselves, by id") { world in
            let first = try await world.process("söder-1 🏦", Set(ClusterRole.allCases))
            let second = try await world.process("", [])
            try expectEqual(try await first.beat().nodes, [first.node], "those that live, at first")
            let nodes = [first.node, second.node].sorted { $0.id < $1.id }
            try expectEqual(try await second.beat().nodes, nodes, "those that live, to the second")
            try expectEqual(try await first.beat().nodes, nodes, "those that live, to the first")
        },
        Check("what a process says of itself last is told") { world in
            var hand = try await world.livingProcess()
            hand.node.name = "other"
            hand.node.roles = [.api, .evaluator]
            hand.node.version = "2.0-beta"
            try expectEqual(try await hand.beat().nodes, [hand.node], "those that live")
        },
        Check("who is silent for longer than its lease does not live, and does again with its next beat") { world in
            let (silent, other) = (try await world.livingProcess(), try await world.livingProcess())
            try await world.advance(LedgerWorld.leaseSeconds / 2)
            try expectEqual(try await other.beat().nodes.count, 2, "those that live within the lease")
            try await world.advance(LedgerWorld.leaseSeconds / 2 + 1)
            let standing = try await other.beat()
            try expectEqual(standing.nodes.map(\.id), [other.id], "those that live after it")
            try expectEqual(standing.left, [], "who is silent has not left")
            try expectEqual(try await silent.beat().nodes.count, 2, "those that live after its beat")
        },
        Check("each has its own lease of life") { world in
            let (short, long) = (try await world.process(), try await world.process())
            try await short.beat(leaseSeconds: 500)
            try await long.beat(leaseSeconds: 2_000)
            try await world.advance(1_000)
            try expectEqual(try await long.beat().nodes.map(\.id), [long.id], "those that live")
        },
        Check("who was silent for a day is forgotten, and who left a day ago") { world in
            let (gone, other) = (try await world.livingProcess(), try await world.livingProcess())
            try await gone.take("a")
            try await gone.leave()
            try await world.advance(80_000)
            try expectEqual(try await other.beat().left, [gone.id], "those that left, within a day")
            try await world.advance(10_000)
            let standing = try await other.beat()
            try expectEqual(standing.left, [], "those that left, after a day")
            try expectEqual(standing.free, ["a"], "what it held")
        },
        Check("a name of a lease has 1 to 100 characters, and no names are none") { world in
            let hand = try await world.livingProcess()
            for name in ["", String(repeating: "x", count: 101)] {
                try await expectFailure(.refused, "a name of \(name.count) characters") { try await hand.take(name) }
            }
            let longest = String(repeating: "é", count: 100)
            try expectEqual(try await hand.take(longest), [longest: 1], "a name of 100 characters")
            try expectEqual(try await hand.take(all: []), [:], "no names")
        },
    ]
}
