/// How the API answers.
public struct APISettings: Sendable, Hashable {
    /// Whether every request of the network needs a bearer token.
    public var requiresToken = false
    /// Whether the server is bound to loopback: then the Host field must name it.
    public var isLoopbackOnly = true
    /// The longest body taken, in octets.
    public var bodyBytesMax = 10_000_000
    /// Seconds for which lists may show an older state while something else writes; 0 for never.
    ///
    /// What this API itself changes is shown at once.
    public var staleSecondsMax = 1.0
    /// Anomalies, incidents, alerts or deliveries that are read for an order or a filter the catalog does not know.
    public var orderedRowsMax = 20_000
    /// Seconds between two signs of life of an event stream.
    public var heartbeatSeconds = 5.0
    /// Event streams open at a time.
    public var eventStreamsMax = 256

    /// The defaults.
    public init() {}
}
