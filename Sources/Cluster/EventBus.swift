public import Inventory

/// Carries what happens in one process to all others: a news channel, not a store.
///
/// Messages of one process on one topic arrive in the order in which they were published. One may arrive twice, or, after trouble,
/// not at all; then a `gap` says so, and whoever needs to be complete looks at the catalog. Every implementation passes the same
/// contract suite.
public protocol EventBus: Sendable {
    /// Publishes messages, in order; those that listen get them within a second.
    ///
    /// Throws `refused` for a body above `BusMessage.octetsMax`, or a topic that is not 1 to 100 characters.
    func publish(_ messages: [BusMessage]) async throws(ClusterError)

    /// What is published on some topics from now on, by all processes, the own one too; ends when the bus is closed.
    ///
    /// Begins with `.gap` once it listens: what was published before that is not heard.
    func listen(to topics: Set<String>) -> AsyncStream<BusEvent>

    /// Ends all streams; calls after it throw `closed`.
    func close() async
}

/// A message of the bus.
public struct BusMessage: Sendable, Hashable {
    /// Octets that a body can have: 1 MiB.
    public static let octetsMax = 1 << 20

    /// What it is about.
    public var topic: String
    /// Who says it.
    public var sender: NodeID
    /// What is said.
    public var body: [UInt8]

    /// A message.
    public init(topic: String, sender: NodeID, body: [UInt8]) {
        self.topic = topic
        self.sender = sender
        self.body = body
    }
}

/// What one who listens gets.
public enum BusEvent: Sendable, Hashable {
    /// A message.
    case message(BusMessage)
    /// Messages may have been missed before this.
    case gap
}
