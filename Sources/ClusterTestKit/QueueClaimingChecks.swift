import Cluster
import Inventory

extension WorkQueueContract {
    /// What is put.
    static let puttingChecks: [Check] = [
        Check("a piece is claimed as it was put, by whom and for the first time") { world in
            let (hand, other) = (try await world.queue(), try await world.queue())
            let bodies: [[UInt8]] = [Array(0...255), [], Array("a\r\nb".utf8), Array(repeating: 0, count: 9_000)]
            for body in bodies {
                var item = world.item()
                item.body = body
                try await hand.put(item)
                let claim = try await other.claimOne()
                try expectEqual(claim.item, item, "the piece")
                try expectEqual(claim.node, other.node, "who claimed it")
                try expectEqual(claim.attempt, 1, "its first claim")
            }
        },
        Check("a piece that is there is not put again, by any process at any time") { world in
            let (hand, other, item) = (try await world.queue(), try await world.queue(), world.item())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 { group.addTask { try await (number % 2 == 0 ? hand : other).put(item) } }
                try await group.waitForAll()
            }
            try expectEqual(try await hand.claim().count, 1, "pieces put eight times")
            try await other.put(item)
            try expectEqual(try await other.claim().count, 0, "pieces put again while one is claimed")
        },
        Check("a body of 64 KiB goes through, one octet more is refused") { world in
            let hand = try await world.queue()
            var item = world.item()
            item.body = Array(repeating: 7, count: WorkItem.octetsMax + 1)
            try await expectFailure(.refused, "a body above 64 KiB") { try await hand.put(item) }
            item.body.removeLast()
            try await hand.put(item)
            try expectEqual(try await hand.claimOne().item, item, "the largest piece")
        },
        Check("the name of a queue has 1 to 100 characters") { world in
            let hand = try await world.queue()
            for name in ["", String(repeating: "q", count: 101)] {
                try await expectFailure(.refused, "a queue's name of \(name.count) characters") {
                    try await hand.put(WorkItem(id: .random(), queue: name, body: []))
                }
            }
            let longest = world.name + String(repeating: "é", count: 100 - world.name.count)
            let item = WorkItem(id: .random(), queue: longest, body: [1])
            try await hand.put(item)
            let found = try await hand.queue.claim(from: longest, for: hand.node, limit: 1, seconds: 9, waitSeconds: 0)
            try expectEqual(found.map(\.item), [item], "pieces of a queue with a name of 100 characters")
        },
        Check("queues are separate") { world in
            let (hand, item) = (try await world.queue(), world.item())
            var other = world.item()
            other.queue += ":other"
            try await hand.put(item, other)
            try expectEqual(try await hand.claim().map(\.item), [item], "pieces of one queue")
            let found = try await hand.queue.claim(
                from: other.queue, for: hand.node, limit: 9, seconds: 9, waitSeconds: 0)
            try expectEqual(found.map(\.item), [other], "pieces of the other")
        },
    ]

    /// Who claims what.
    static let claimingChecks: [Check] = [
        Check("the oldest are claimed first, as many as wanted") { world in
            let hand = try await world.queue()
            let items = (0..<7).map { world.item("\($0)") }
            for item in items { try await hand.put(item) }
            try expectEqual(try await hand.claim(3).map(\.item), Array(items[0..<3]), "the oldest three")
            try expectEqual(try await hand.claim(3).map(\.item), Array(items[3..<6]), "the next three")
            try expectEqual(try await hand.claim(3).map(\.item), Array(items[6...]), "the rest")
            try expectEqual(try await hand.claim(3).count, 0, "pieces left")
        },
        Check("what came back goes before what is younger") { world in
            let hand = try await world.queue()
            let items = (0..<4).map { world.item("\($0)") }
            for item in items { try await hand.put(item) }
            let claims = try await hand.claim(3)
            for claim in claims.reversed() { try await hand.queue.giveBack(claim, afterSeconds: 0) }
            try await eventually("three pieces are free again") {
                let found = try await hand.claim(4)
                if found.count == 4 {
                    try expectEqual(found.map(\.item), items, "the oldest first")
                    return true
                }
                for claim in found { try await hand.queue.giveBack(claim, afterSeconds: 0) }
                return false
            }
        },
        Check("what is claimed is nobody else's, nor claimed twice by the same") { world in
            let (hand, other) = (try await world.queue(), try await world.queue())
            try await hand.put(world.item())
            _ = try await hand.claimOne()
            try expectEqual(try await other.claim().count, 0, "pieces for another")
            try expectEqual(try await hand.claim().count, 0, "pieces for the same")
        },
        Check("eight that claim at once share 500 pieces, each once") { world in
            var hands: [QueueHand] = []
            for _ in 0..<4 { hands.append(try await world.queue()) }
            let (items, workers) = ((0..<500).map { world.item("\($0)") }, hands + hands)
            for item in items { try await hands[0].put(item) }
            let claimed = try await withThrowingTaskGroup(of: [WorkClaim].self) { group in
                for (number, hand) in workers.enumerated() {
                    group.addTask { try await takeAll(hand, limit: 1 + number * 3) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            try expectEqual(claimed.count, 500, "claims of 500 pieces")
            try expectEqual(Set(claimed.map(\.item)), Set(items), "what was claimed")
            try expect(claimed.allSatisfy { $0.attempt == 1 }, "each is claimed for the first time")
        },
    ]

    private static func takeAll(_ hand: QueueHand, limit: Int) async throws -> [WorkClaim] {
        var claims: [WorkClaim] = []
        while true {
            let found = try await hand.claim(limit)
            try expect(found.count <= limit, "\(found.count) claims where \(limit) were wanted")
            if found.isEmpty { return claims }
            claims += found
            for claim in found { try await hand.queue.finish(claim) }
        }
    }
}
