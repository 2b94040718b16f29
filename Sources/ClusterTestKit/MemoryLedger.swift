public import Cluster
public import Inventory
import Synchronization

/// A ledger in memory: for tests, with as many "processes" as share its world.
public final class MemoryLedger: ClusterLedger {
    /// What ledgers in memory share; its clock stands still but for `advance`.
    public final class World: Sendable {
        fileprivate let book = Mutex(Book())

        /// A world of which nobody has heard.
        public init() {}

        /// Moves the clock by some seconds; back where they are negative.
        public func advance(seconds: Double) {
            book.withLock { $0.now += seconds }
        }
    }

    fileprivate struct Life {
        var node: ClusterNode
        var end: Double
        var leaseSeconds: Double
        var hasLeft = false
    }

    fileprivate struct Holding {
        var node: NodeID?
        var epoch: Int64
    }

    fileprivate struct Book {
        var now = 0.0
        var lives: [NodeID: Life] = [:]
        var leases: [String: Holding] = [:]
    }

    private static let daySeconds = 86_400.0
    private let world: World

    /// The ledger of one process.
    public init(in world: World = World()) {
        self.world = world
    }

    /// Says that a process lives, and tells how the cluster stands.
    public func beat(
        _ node: ClusterNode, leaseSeconds: Double
    ) async throws(ClusterError) -> ClusterStanding {
        world.book.withLock { book in
            book.lives[node.id] = Life(node: node, end: book.now + leaseSeconds, leaseSeconds: leaseSeconds)
            book.lives = book.lives.filter { $0.value.end >= book.now - Self.daySeconds }
            return book.standing(for: node.id)
        }
    }

    /// Takes leases for a process.
    public func take(
        _ names: [String], for node: NodeID, onlyFree: Bool
    ) async throws(ClusterError) -> [ClusterLease] {
        guard names.allSatisfy({ (1...100).contains($0.count) }) else {
            throw ClusterError(.refused, "the name of a lease has 1 to 100 characters")
        }
        return world.book.withLock { book in
            guard book.lives(node) else { return [] }
            let names = Set(names).sorted()
            for name in names { book.take(name, for: node, onlyFree: onlyFree) }
            return names.compactMap { name in
                guard let found = book.leases[name], found.node == node else { return nil }
                return ClusterLease(name: name, epoch: found.epoch)
            }
        }
    }

    /// Gives back all that a process holds.
    public func leave(_ node: NodeID) async throws(ClusterError) {
        world.book.withLock { book in
            book.lives[node]?.hasLeft = true
            book.lives[node]?.end = book.now
            for (name, holding) in book.leases where holding.node == node { book.leases[name]?.node = nil }
        }
    }
}

extension MemoryLedger.Book {
    /// Whether a process lives; an end far ahead is from before the clock was set back.
    func lives(_ node: NodeID) -> Bool {
        guard let life = lives[node], !life.hasLeft else { return false }
        return life.end > now && life.end <= now + 2 * life.leaseSeconds
    }

    mutating func take(_ name: String, for node: NodeID, onlyFree: Bool) {
        guard let found = leases[name] else {
            leases[name] = MemoryLedger.Holding(node: node, epoch: 1)
            return
        }
        if found.node == node { return }
        if onlyFree, let holder = found.node, lives(holder) { return }
        leases[name] = MemoryLedger.Holding(node: node, epoch: found.epoch + 1)
    }

    func standing(for node: NodeID) -> ClusterStanding {
        var standing = ClusterStanding()
        standing.nodes = lives.values.map(\.node).filter { lives($0.id) }.sorted { $0.id < $1.id }
        standing.left = Set(lives.values.filter(\.hasLeft).map(\.node.id))
        for (name, holding) in leases.sorted(by: { $0.key < $1.key }) {
            if holding.node == node {
                standing.held.append(ClusterLease(name: name, epoch: holding.epoch))
            } else if !(holding.node.map { lives($0) } ?? false) {
                standing.free.append(name)
            }
        }
        return standing
    }
}
