import Cluster
import Inventory

extension WorkQueueContract {
    /// How long a claim lasts.
    static let keepingChecks: [Check] = [
        Check("a claim that ran out is another's, one attempt higher, and lost for the first") { world in
            let (dead, other, third) = (try await world.queue(), try await world.queue(), try await world.queue())
            let item = world.item()
            try await dead.put(item)
            let lost = try await dead.claimOne(seconds: 0.3)
            let claim = try await other.claimOne()
            try expectEqual(claim.item, item, "the same piece")
            try expectEqual(claim.attempt, 2, "its second claim")
            try expect(!(try await dead.queue.keep(lost, seconds: 60)), "the first cannot keep it")
            try await dead.queue.finish(lost)
            try await dead.queue.giveBack(lost, afterSeconds: 0)
            try expectEqual(
                try await third.claim().count, 0, "pieces for a third, after the first finished and gave back")
            try expect(try await other.queue.keep(claim, seconds: 60), "the second can keep it")
        },
        Check("a process that lost a claim and claims again has two different claims") { world in
            let hand = try await world.queue()
            try await hand.put(world.item())
            let lost = try await hand.claimOne(seconds: 0.2)
            let claim = try await hand.claimOne()
            try expectEqual([lost.attempt, claim.attempt], [1, 2], "attempts")
            try expect(!(try await hand.queue.keep(lost, seconds: 60)), "the first is lost")
            try await hand.queue.finish(lost)
            try expect(try await hand.queue.keep(claim, seconds: 60), "the second is not")
        },
        Check("keeping prolongs a claim beyond its time") { world in
            let (hand, other) = (try await world.queue(), try await world.queue())
            try await hand.put(world.item())
            let claim = try await hand.claimOne(seconds: 1)
            guard try await hand.queue.keep(claim, seconds: 60) else {
                throw ContractViolation("a claim that nobody else took can be kept")
            }
            try expectEqual(try await other.claim(wait: 1.5).count, 0, "pieces for another after its first time")
        },
        Check("keeping counts from now, so it can shorten too") { world in
            let (hand, other) = (try await world.queue(), try await world.queue())
            try await hand.put(world.item())
            let claim = try await hand.claimOne(seconds: 600)
            try expect(try await hand.queue.keep(claim, seconds: 0.2), "it is kept")
            try expectEqual(try await other.claimOne().attempt, 2, "the attempt after it")
        },
        Check("each claim has its own time") { world in
            let (hand, other) = (try await world.queue(), try await world.queue())
            let (short, long) = (world.item("short"), world.item("long"))
            try await hand.put(long, short)
            try expectEqual(try await hand.claimOne(seconds: 600).item, long, "the first")
            try expectEqual(try await hand.claimOne(seconds: 0.2).item, short, "the second")
            try expectEqual(try await other.claimOne().item, short, "the one that ran out")
            try expectEqual(try await other.claim().count, 0, "others")
        },
    ]

    /// How a piece ends or comes back.
    static let finishingChecks: [Check] = [
        Check("a finished piece never comes back, and may be put anew") { world in
            let (hand, other, item) = (try await world.queue(), try await world.queue(), world.item())
            try await hand.put(item)
            let claim = try await hand.claimOne(seconds: 0.5)
            try await hand.queue.finish(claim)
            try await hand.queue.finish(claim)
            try expect(!(try await hand.queue.keep(claim, seconds: 60)), "a finished piece cannot be kept")
            try await hand.queue.giveBack(claim, afterSeconds: 0)
            try expectEqual(try await other.claim(wait: 1).count, 0, "pieces after its time")
            try await other.put(item)
            let again = try await other.claimOne()
            try expectEqual(again.item, item, "put anew")
            try expectEqual(again.attempt, 1, "its first claim")
            try await hand.queue.finish(claim)
            try expect(try await other.queue.keep(again, seconds: 60), "the old claim does not end the new piece")
        },
        Check("what is given back is the next one's at once, one attempt higher") { world in
            let (hand, other, item) = (try await world.queue(), try await world.queue(), world.item())
            try await hand.put(item)
            let claim = try await hand.claimOne()
            try await hand.queue.giveBack(claim, afterSeconds: 0)
            try expect(!(try await hand.queue.keep(claim, seconds: 60)), "it is not the first one's any more")
            let next = try await other.claimOne()
            try expectEqual(next.item, item, "the piece")
            try expectEqual(next.attempt, 2, "its second claim")
            try await hand.queue.finish(claim)
            try expect(try await other.queue.keep(next, seconds: 60), "the first one's claim ends nothing")
        },
        Check("what is given back for later is not claimed before") { world in
            let (hand, other) = (try await world.queue(), try await world.queue())
            try await hand.put(world.item())
            let claim = try await hand.claimOne()
            let began = ContinuousClock.now
            try await hand.queue.giveBack(claim, afterSeconds: 1)
            try expectEqual(try await other.claimOne().attempt, 2, "the next attempt")
            try expect(began.duration(to: .now) > .seconds(0.95), "it came after \(began.duration(to: .now))")
        },
    ]
}
