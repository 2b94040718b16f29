/// How readings are sent to a VictoriaMetrics server.
public struct VictoriaConfiguration: Sendable, Hashable {
    /// Which of the server's ways in is used.
    public enum Route: String, Sendable, Hashable, CaseIterable {
        /// `/api/v1/import/prometheus`: the default.
        case prometheus
        /// `/api/v1/import/csv`: the same metrics and labels with a fraction of the work for both.
        case csv
    }

    /// Its address, such as `http://localhost:8428`, with user and password before the host where it asks for them.
    public var url: String
    /// The folder of the outbox; made where there is none.
    public var directory: String
    /// Which of the server's ways in is used.
    public var route = Route.prometheus
    /// Octets the outbox may take on disk; beyond them the oldest readings are dropped and counted.
    public var outboxOctetsMax: Int64 = 1 << 30
    /// Seconds readings are kept after the server took them, because it forgets some when it is killed; 0 to 3600.
    public var settleSeconds = 60
    /// Whether uptime, speed and status go along as metrics of their own, so that resets can be told when they are read back.
    public var sendsContext = true
    /// Octets that must stay free on the file system of the outbox: below them nothing is appended.
    public var reserveOctets: Int64 = 64 << 20

    /// The defaults, for a server.
    public init(url: String = "http://localhost:8428", directory: String) {
        self.url = url
        self.directory = directory
    }
}
