public import Cluster
import Inventory

/// What every ledger must do: the sentences of the `ClusterLedger` protocol as checks that any implementation can run.
///
/// ```swift
/// @Test(arguments: LedgerContract.all)
/// func keepsTheContract(_ check: LedgerContract.Check) async throws {
///     let world = MemoryLedger.World()
///     try await check.run { MemoryLedger(in: world) } advance: { world.advance(seconds: $0) }
/// }
/// ```
///
/// No check waits: time passes by `advance` alone.
public enum LedgerContract {
    /// One sentence of the contract.
    public struct Check: Sendable, CustomStringConvertible {
        /// What holds, as a sentence.
        public let name: String
        private let body: @Sendable (LedgerWorld) async throws -> Void

        /// A check of this name; `body` throws a `ContractViolation` where it does not hold.
        init(_ name: String, _ body: @escaping @Sendable (LedgerWorld) async throws -> Void) {
            self.name = name
            self.body = body
        }

        /// Runs the check on a fresh, empty store; throws `ContractViolation` or what a ledger threw.
        ///
        /// - Parameters:
        ///   - open: Opens another ledger on the store, as another process of the cluster would.
        ///   - advance: Moves the store's clock on by some seconds, or what it has written back by as many.
        public func run(
            on open: @escaping @Sendable () async throws -> any ClusterLedger,
            advance: @escaping @Sendable (_ seconds: Double) async throws -> Void
        ) async throws {
            do {
                try await body(LedgerWorld(open: open, advance: advance))
            } catch let violation as ContractViolation {
                throw violation
            } catch {
                throw ContractViolation("'\(name)' ended with an unexpected error: \(error)")
            }
        }

        /// The sentence.
        public var description: String { name }
    }

    /// All checks.
    public static let all: [Check] = livingChecks + takingChecks + givingChecks + meetingChecks
}

/// The store of one check, and its clock.
struct LedgerWorld: Sendable {
    /// Seconds that processes live after a beat: far longer than a check takes.
    static let leaseSeconds = 1_000.0

    let open: @Sendable () async throws -> any ClusterLedger
    let advance: @Sendable (Double) async throws -> Void

    /// Another process; it has not said that it lives.
    func process(_ name: String = "node", _ roles: Set<ClusterRole> = [.worker]) async throws -> LedgerHand {
        let node = ClusterNode(id: .random(), name: name, roles: roles, version: "1.0")
        return LedgerHand(ledger: try await open(), node: node)
    }

    /// Another process, which has said that it lives.
    func livingProcess(_ name: String = "node") async throws -> LedgerHand {
        let hand = try await process(name)
        try await hand.beat()
        return hand
    }

    /// Lets pass so much time that who has been silent is dead.
    func outlive() async throws { try await advance(Self.leaseSeconds + 1) }
}

/// One process of a check.
struct LedgerHand: Sendable {
    let ledger: any ClusterLedger
    var node: ClusterNode

    var id: NodeID { node.id }

    @discardableResult
    func beat(leaseSeconds: Double = LedgerWorld.leaseSeconds) async throws -> ClusterStanding {
        try await ledger.beat(node, leaseSeconds: leaseSeconds)
    }

    /// Takes leases; gives their epochs by name.
    @discardableResult
    func take(_ names: String..., onlyFree: Bool = false) async throws -> [String: Int64] {
        try await take(all: names, onlyFree: onlyFree)
    }

    @discardableResult
    func take(all names: [String], onlyFree: Bool = false) async throws -> [String: Int64] {
        try await ledger.take(names, for: id, onlyFree: onlyFree).epochs
    }

    func leave() async throws { try await ledger.leave(id) }
}

extension [ClusterLease] {
    /// The epochs by name; a name that is there twice gets none.
    var epochs: [String: Int64] { Dictionary(map { ($0.name, $0.epoch) }) { _, _ in -1 } }
}
