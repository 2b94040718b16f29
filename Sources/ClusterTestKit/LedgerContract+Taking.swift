import Cluster
import Inventory

extension LedgerContract {
    /// Who takes what.
    static let takingChecks: [Check] = [
        Check("what nobody ever took is taken at epoch 1, and told by name") { world in
            let hand = try await world.livingProcess()
            let taken = try await hand.ledger.take(["b", "a/1", "a"], for: hand.id, onlyFree: true)
            try expectEqual(taken.epochs, ["a": 1, "a/1": 1, "b": 1], "what was taken")
            let standing = try await hand.beat()
            try expectEqual(standing.held.map(\.name), ["a", "a/1", "b"], "what it holds, in order")
            try expectEqual(standing.held.epochs, taken.epochs, "its epochs")
            try expectEqual(standing.free, [], "what nobody holds")
        },
        Check("each change of hands raises the epoch by one, and nothing else does") { world in
            let (first, second) = (try await world.livingProcess(), try await world.livingProcess())
            for round in 0..<5 {
                let hand = round % 2 == 0 ? first : second
                let epoch = Int64(round + 1)
                try expectEqual(try await hand.take("a"), ["a": epoch], "the epoch after change \(round)")
                try expectEqual(try await hand.take("a"), ["a": epoch], "the epoch, taken by its holder")
                try expectEqual(try await hand.take("a", onlyFree: true), ["a": epoch], "the same, if free")
                try expectEqual(try await hand.beat().held.epochs, ["a": epoch], "what the holder holds")
            }
            try expectEqual(try await second.beat().held, [], "what the other holds in the end")
        },
        Check("only what is named is answered, a name that is given twice once") { world in
            let hand = try await world.livingProcess()
            try await hand.take("a", "b")
            try expectEqual(try await hand.take("b", "c", "c"), ["b": 1, "c": 1], "what was taken")
        },
        Check("what a living process holds is left alone where only free leases are wanted") { world in
            let (holder, other) = (try await world.livingProcess(), try await world.livingProcess())
            try await holder.take("a", "b")
            try expectEqual(try await other.take("a", "b", "c", onlyFree: true), ["c": 1], "what was free")
            try expectEqual(try await holder.beat().held.epochs, ["a": 1, "b": 1], "what the holder holds")
            try expectEqual(try await other.take("a"), ["a": 2], "what was taken from the living")
            try expectEqual(try await holder.beat().held.epochs, ["b": 1], "what is left to the holder")
        },
        Check("what a dead process holds is free, and may be taken") { world in
            let (dead, other) = (try await world.livingProcess(), try await world.livingProcess())
            try await dead.take("a", "b")
            try expectEqual(try await other.beat().free, [], "free, while its holder lives")
            try await world.outlive()
            try expectEqual(try await other.beat().free, ["a", "b"], "free, once it is dead")
            try expectEqual(try await other.take("a", onlyFree: true), ["a": 2], "what was taken")
            let standing = try await dead.beat()
            try expectEqual(standing.held.epochs, ["b": 1], "what is left to the one that came back")
            try expectEqual(try await other.beat().free, [], "free, once it lives again")
        },
        Check("who was silent holds what nobody took, at the same epoch") { world in
            let hand = try await world.livingProcess()
            try await hand.take("a", "b")
            for _ in 0..<3 { try await world.outlive() }
            try expectEqual(try await hand.beat().held.epochs, ["a": 1, "b": 1], "what it holds")
            try expectEqual(try await hand.take("a", "b"), ["a": 1, "b": 1], "the same, taken again")
        },
        Check("who has not said that it lives takes nothing") { world in
            let (unknown, silent, gone) = (
                try await world.process(), try await world.livingProcess(), try await world.livingProcess()
            )
            try await silent.take("held")
            try await world.outlive()
            try await gone.beat()
            try await gone.leave()
            for hand in [unknown, silent, gone] {
                try expectEqual(try await hand.take("a", "held"), [:], "what it took")
            }
            let other = try await world.livingProcess()
            try expectEqual(try await other.take("a", "held"), ["a": 1, "held": 2], "what another takes then")
        },
    ]
}
