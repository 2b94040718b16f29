import Cluster
import Inventory

extension WorkQueueContract {
    /// Who waits for work.
    static let waitingChecks: [Check] = [
        Check("a claim waits as long as it is told where there is nothing") { world in
            let hand = try await world.queue()
            let began = ContinuousClock.now
            try expectEqual(try await hand.claim(wait: 0.6).count, 0, "pieces of an empty queue")
            let took = began.duration(to: .now)
            try expect(took > .seconds(0.5) && took < .seconds(20), "0.6 s to wait took \(took)")
        },
        Check("a claim that waits gets what another process puts") { world in
            let (hand, other, item) = (try await world.queue(), try await world.queue(), world.item())
            try await waiting(hand) { began in
                try await Task.sleep(for: .milliseconds(300))
                try await other.put(item)
                return began
            } found: { claims, took in
                try expectEqual(claims.map(\.item), [item], "what was put")
                try expect(took < .seconds(15), "it took \(took)")
            }
        },
        Check("a claim that waits gets what another lets run out") { world in
            let (hand, other) = (try await world.queue(), try await world.queue())
            try await other.put(world.item())
            _ = try await other.claimOne(seconds: 0.5)
            try await waiting(hand) {
                $0
            } found: { claims, took in
                try expectEqual(claims.map(\.attempt), [2], "the attempt")
                try expect(took < .seconds(15), "it took \(took)")
            }
        },
        Check("a claim that waits gets what another gives back") { world in
            let (hand, other) = (try await world.queue(), try await world.queue())
            try await other.put(world.item())
            let claim = try await other.claimOne()
            try await waiting(hand) { began in
                try await Task.sleep(for: .milliseconds(300))
                try await other.queue.giveBack(claim, afterSeconds: 0.1)
                return began
            } found: { claims, took in
                try expectEqual(claims.map(\.attempt), [2], "the attempt")
                try expect(took < .seconds(15), "it took \(took)")
            }
        },
        Check("several that wait at once share what comes") { world in
            var hands: [QueueHand] = []
            for _ in 0..<3 { hands.append(try await world.queue()) }
            let (items, workers) = ((0..<6).map { world.item("\($0)") }, hands + hands)
            let found = try await withThrowingTaskGroup(of: WorkClaim.self) { group in
                for hand in workers { group.addTask { try await hand.claimOne() } }
                for item in items { try await hands[0].put(item) }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            try expectEqual(Set(found.map(\.item)), Set(items), "what six got")
        },
        Check("a claim that waits ends when its task is cancelled, and takes nothing with it") { world in
            let (hand, other, item) = (try await world.queue(), try await world.queue(), world.item())
            let task = Task { try await hand.claim(wait: 300) }
            try await Task.sleep(for: .milliseconds(200))
            task.cancel()
            let began = ContinuousClock.now
            try await expectFailure(.cancelled, "a cancelled claim") { _ = try await task.value }
            try expect(began.duration(to: .now) < .seconds(30), "it took \(began.duration(to: .now))")
            try await other.put(item)
            try expectEqual(try await other.claimOne().attempt, 1, "the first claim of what came later")
        },
    ]

    /// Lets a process wait for work while `body` does something, and looks at what it got and how long that took.
    private static func waiting(
        _ hand: QueueHand, _ body: (ContinuousClock.Instant) async throws -> ContinuousClock.Instant,
        found check: ([WorkClaim], Duration) throws -> Void
    ) async throws {
        let began = ContinuousClock.now
        async let claims = hand.claim(wait: 30)
        _ = try await body(began)
        let found = try await claims
        try check(found, began.duration(to: .now))
    }

    /// How a queue ends.
    static let closingChecks: [Check] = [
        Check("closing ends what waits, and calls after it throw closed") { world in
            let (hand, other, item) = (try await world.queue(), try await world.queue(), world.item())
            try await hand.put(item)
            let claim = try await hand.claimOne()
            let task = Task { try await hand.claim(wait: 300) }
            try await Task.sleep(for: .milliseconds(200))
            await hand.queue.close()
            await hand.queue.close()
            try await expectFailure(.closed, "a claim that waits") { _ = try await task.value }
            try await expectFailure(.closed, "putting") { try await hand.put(item) }
            try await expectFailure(.closed, "claiming") { _ = try await hand.claim() }
            try await expectFailure(.closed, "keeping") { _ = try await hand.queue.keep(claim, seconds: 1) }
            try await expectFailure(.closed, "finishing") { try await hand.queue.finish(claim) }
            try await expectFailure(.closed, "giving back") { try await hand.queue.giveBack(claim, afterSeconds: 0) }
            try expect(try await other.queue.keep(claim, seconds: 60), "for another process the claim is there")
            try await other.queue.giveBack(claim, afterSeconds: 0)
            try expectEqual(try await other.claimOne().item, item, "what was put stays")
        }
    ]
}
