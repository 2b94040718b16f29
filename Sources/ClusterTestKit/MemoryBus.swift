public import Cluster
import Inventory
import Synchronization

/// A bus in memory: for tests, with as many "processes" as share its world.
public final class MemoryBus: EventBus {
    /// What buses in memory share.
    public final class World: Sendable {
        fileprivate struct Listener {
            var bus: ObjectIdentifier
            var topics: Set<String>
            var mailbox: BusMailbox
        }

        fileprivate let listeners = Mutex<[Listener]>([])

        /// A world without listeners.
        public init() {}
    }

    private let world: World
    private let isClosed = Mutex(false)

    /// A bus of one process.
    public init(in world: World = World()) {
        self.world = world
    }

    /// Hands messages to all that listen.
    public func publish(_ messages: [BusMessage]) async throws(ClusterError) {
        if isClosed.withLock({ $0 }) { throw ClusterError(.closed, "the bus in memory was closed") }
        for message in messages {
            guard (1...100).contains(message.topic.count), message.body.count <= BusMessage.octetsMax else {
                throw ClusterError(.refused, "a topic has 1 to 100 characters, a body at most 1 MiB")
            }
        }
        // Under the lock, so that all hear in the same order.
        world.listeners.withLock { listeners in
            for message in messages {
                for listener in listeners where listener.topics.contains(message.topic) {
                    listener.mailbox.put(.message(message))
                }
            }
        }
    }

    /// What is published from now on.
    public func listen(to topics: Set<String>) -> AsyncStream<BusEvent> {
        let mailbox = BusMailbox()
        mailbox.put(.gap)
        world.listeners.withLock { listeners in
            listeners.removeAll { $0.mailbox.isOver }
            listeners.append(World.Listener(bus: ObjectIdentifier(self), topics: topics, mailbox: mailbox))
        }
        if isClosed.withLock({ $0 }) { mailbox.finish() }
        return mailbox.stream()
    }

    /// Ends all streams.
    public func close() async {
        isClosed.withLock { $0 = true }
        let ended = world.listeners.withLock { listeners in
            defer { listeners.removeAll { $0.bus == ObjectIdentifier(self) } }
            return listeners.filter { $0.bus == ObjectIdentifier(self) }
        }
        for listener in ended { listener.mailbox.finish() }
    }
}
