#if Redis
    import Cluster

    /// Why a command has no answer.
    enum RedisFailure: Error, Sendable, Equatable {
        /// The connection could not be made or was lost; what is known of it.
        case broken(String)
        /// The server answered with an error; the connection goes on.
        case refused(String)
        /// The link was closed.
        case closed
        /// The task was cancelled.
        case cancelled

        /// Errors of a server that answers but cannot do its work now: one that loads its data, is full, or is a replica.
        private static let passing: Set<Substring> = [
            "LOADING", "BUSY", "MASTERDOWN", "READONLY", "OOM", "MISCONF", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS",
            "NOAUTH", "NOPERM", "WRONGPASS", "MOVED", "ASK",
        ]

        /// Whether a server's error is one of those; within scripts, older servers put theirs before it.
        private static func isPassing(_ message: String) -> Bool {
            passing.contains(kind(of: message)) || passing.contains { message.contains("-\($0) ") }
        }

        /// The first word of a server's error, which says its kind.
        static func kind(of message: String) -> Substring { message.prefix { $0 != " " } }

        /// What callers of the cluster's parts are told.
        ///
        /// - Parameter target: the server, without secrets.
        func forCallers(_ target: String) -> ClusterError {
            switch self {
            case .broken(let message): ClusterError(.unavailable, "Redis at \(target): \(message)")
            case .refused(let message) where Self.isPassing(message):
                ClusterError(.unavailable, "Redis at \(target) cannot do its work: \(message)")
            case .refused(let message): ClusterError(.refused, "Redis at \(target) refused: \(message)")
            case .closed: ClusterError(.closed, "the connection to Redis at \(target) was closed by this process")
            case .cancelled: ClusterError(.cancelled, "the task was cancelled while it waited for Redis at \(target)")
            }
        }
    }
#endif
