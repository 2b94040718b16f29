import CSNMPIO
import Glibc
import Synchronization

/// Listens for traps and informs of versions 1, 2c and 3.
///
/// It owns its sockets and one thread. What is genuine, new and within its rate comes out of `notifications`; informs are
/// acknowledged from the address they were sent to. All that is not is counted in `statistics`.
///
/// ```swift
/// var configuration = NotificationConfiguration()
/// configuration.access.communities = [Community("public")]
/// let listener = try NotificationListener(configuration)
/// for await batch in listener.notifications { batch.forEach { print($0.source, $0.kind) } }
/// ```
public final class NotificationListener: Sendable {
    private let loop: NotificationLoop
    private let thread: Mutex<pthread_t?>

    /// Opens the sockets and starts the thread.
    ///
    /// Throws `invalidArgument` for a value out of its range, `system` where an address cannot be bound or no thread can
    /// be had; the error names the address and the errno. Ports below 1024 need the capability CAP_NET_BIND_SERVICE.
    public init(_ configuration: NotificationConfiguration) throws(SNMPError) {
        if let fault = configuration.fault { throw SNMPError(.invalidArgument(fault), operation: .start) }
        loop = try NotificationLoop(configuration)
        thread = Mutex(nil)
        let started = try SystemThread.start { [loop] in loop.run() }
        thread.withLock { $0 = started }
    }

    deinit { shutdown() }

    /// Where it listens, with the ports it got; IPv6 is missing on a host without it.
    public var addresses: [TransportAddress] { loop.addresses }

    /// The notifications as they come, in batches; for one reader.
    public var notifications: NotificationBatches { NotificationBatches(queue: loop.queue) }

    /// What it did since it was started.
    public var statistics: NotificationStatistics { loop.published.withLock { $0 } }

    /// From now on these communities and users are believed, and no others.
    ///
    /// Throws `invalidArgument` for a user that cannot be.
    public func change(_ access: NotificationAccess) throws(SNMPError) {
        if let fault = access.fault { throw SNMPError(.invalidArgument(fault), operation: .start) }
        loop.change(access)
    }

    /// Closes the sockets and ends `notifications` after what waits; may be called again.
    ///
    /// Returns when the thread has ended.
    public func shutdown() {
        loop.shutdown()
        let running = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        if let running { pthread_join(running, nil) }
    }
}
