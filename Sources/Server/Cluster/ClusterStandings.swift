import Cluster
import Inventory
import Pipelines
import Synchronization

/// How the collections of other processes stand, as they told last.
final class ClusterStandings: Sendable {
    /// Words older than this do not count, seconds: the process is gone, or its words are.
    private static let secondsMax = 30.0

    private let told = Mutex<[NodeID: (counts: CollectionStatistics, at: Double)]>([:])
    private let seconds: @Sendable () -> Double

    init(seconds: @escaping @Sendable () -> Double = ClusterKeeper.Time.host.seconds) {
        self.seconds = seconds
    }

    /// Takes another process's word.
    func take(_ counts: CollectionStatistics, from node: NodeID) {
        let now = seconds()
        told.withLock { $0[node] = (counts, now) }
    }

    /// This process's own collection and those of all others.
    func total(_ own: CollectionStatistics) -> CollectionStatistics {
        let now = seconds()
        return told.withLock { told in
            told = told.filter { now - $0.value.at <= Self.secondsMax }
            return told.values.reduce(into: own) { $0.add($1.counts) }
        }
    }
}
