#if Redis
    public import Cluster
    import Inventory
    import Synchronization

    /// A bus in Redis: one stream of messages for each topic.
    ///
    /// Streams, not pub/sub: a listener that lost its connection goes on where it was. Each message has a number, one higher than
    /// the one before it on its topic, so a listener sees what it missed. Each listener has a connection of its own and reads
    /// when it is asked for more, so one that is slow costs nothing but its place in the stream.
    public final class RedisBus: EventBus {
        private let configuration: RedisConfiguration
        private let keys: RedisBusKeys
        private let link: RedisLink
        /// Connections of those that listen; nil once it is closed.
        private let listeners = Mutex<[Listener]?>([])

        private struct Listener {
            weak var link: RedisLink?
        }

        /// A bus that connects when it is used; throws `refused` for a URL that cannot be used.
        public init(_ configuration: RedisConfiguration) throws(ClusterError) {
            self.configuration = configuration
            keys = RedisBusKeys(prefix: configuration.prefix)
            link = try configuration.link()
        }

        /// Publishes messages, at most 16 in one step: either all of those are published, or none.
        public func publish(_ messages: [BusMessage]) async throws(ClusterError) {
            for message in messages { try Self.require(message) }
            if listeners.withLock({ $0 == nil }) { throw RedisFailure.closed.forCallers(link.settings.target) }
            for start in stride(from: 0, to: messages.count, by: 16) {
                let step = messages[start..<min(start + 16, messages.count)]
                do throws(RedisFailure) {
                    _ = try await link.call(keys.publishing(step, length: configuration.topicLength))
                } catch {
                    throw error.forCallers(link.settings.target)
                }
            }
        }

        private static func require(_ message: BusMessage) throws(ClusterError) {
            guard (1...100).contains(message.topic.count) else {
                throw ClusterError(.refused, "a topic has 1 to 100 characters, not \(message.topic.count)")
            }
            guard message.body.count <= BusMessage.octetsMax else {
                throw ClusterError(
                    .refused, "a message has at most \(BusMessage.octetsMax) octets, not \(message.body.count)")
            }
        }

        /// What is published from now on; while Redis is away it waits, and says so by a gap where something was lost.
        public func listen(to topics: Set<String>) -> AsyncStream<BusEvent> {
            let own = RedisLink(link.settings, link.timeouts)
            let isClosed = listeners.withLock { listeners in
                listeners?.removeAll { $0.link == nil }
                listeners?.append(Listener(link: own))
                return listeners == nil
            }
            guard !isClosed else { return AsyncStream { $0.finish() } }
            let listener = RedisListener(own, keys, topics: topics)
            return AsyncStream { await listener.next() }
        }

        /// Ends all streams and the connections.
        public func close() async {
            let ended = listeners.withLock { listeners in
                defer { listeners = nil }
                return listeners ?? []
            }
            for listener in ended { await listener.link?.close() }
            await link.close()
        }
    }
#endif
