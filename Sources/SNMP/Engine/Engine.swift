import CSNMPIO
import Glibc
import Synchronization

/// Asks SNMP agents, any number at a time, from few threads.
///
/// One engine serves a whole process. It owns its I/O threads and their sockets; every operation may be called from
/// any task. An operation ends by its result, by an `SNMPError`, or by the cancellation of its task.
///
/// ```swift
/// let engine = try Engine()
/// let agent = Target(TransportAddress(127, 0, 0, 1), .v2c(community: Community("public")))
/// let system = try await engine.get(["1.3.6.1.2.1.1.1.0"], from: agent)
/// ```
public final class Engine: Sendable {
    let loops: [IOLoop]
    private let threads: Mutex<[pthread_t]>
    private let nextID = Atomic<UInt64>(1)
    private let activePolls = ActivePolls()
    private let pollsMax: Int

    /// Opens the sockets and starts the threads.
    ///
    /// Throws `invalidArgument` for a value out of its range, `system` where no socket or thread can be had.
    public init(_ configuration: EngineConfiguration = EngineConfiguration()) throws(SNMPError) {
        if let fault = configuration.fault { throw SNMPError(.invalidArgument(fault), operation: .start) }
        var system = SystemRandomNumberGenerator()
        let seed = configuration.seed ?? system.next()
        var loops: [IOLoop] = []
        for number in 0..<configuration.threads {
            loops.append(try IOLoop(configuration, seed: seed &+ UInt64(number)))
        }
        self.loops = loops
        pollsMax = configuration.pollsMax
        threads = Mutex([])
        for loop in loops {
            do throws(SNMPError) {
                let thread = try SystemThread.start { loop.run() }
                threads.withLock { $0.append(thread) }
            } catch {
                shutdown()
                throw error
            }
        }
    }

    deinit { shutdown() }

    /// Ends all polls with the error `shutdown`, and the threads.
    ///
    /// Returns when they have ended; may be called again.
    public func shutdown() {
        for loop in loops { loop.shutdown() }
        let running = threads.withLock { threads -> [pthread_t] in
            defer { threads = [] }
            return threads
        }
        for thread in running { pthread_join(thread, nil) }
    }

    /// What the engine did since it was started, and what is going on, all threads together.
    public var statistics: EngineStatistics {
        var sum = EngineStatistics()
        for loop in loops { sum = sum + loop.published.withLock { $0 } }
        sum.processorNanoseconds = threads.withLock { $0.reduce(0) { $0 + csnmpio_thread_nanoseconds($1) } }
        return sum
    }

    /// The I/O thread an address belongs to.
    func loop(of address: TransportAddress) -> IOLoop { loops[IOLoop.home(of: address, among: loops.count)] }

    /// Opens a subscription on all I/O threads; each gets a group of its own.
    func subscribe(_ makeGroup: (UInt64) -> PollGroup) -> PollSubscription {
        let id = nextID.wrappingAdd(1, ordering: .relaxed).oldValue
        for loop in loops { loop.post(.open(makeGroup(id))) }
        return PollSubscription(id: id, loops: loops)
    }

    /// Runs one poll on the I/O thread its address belongs to.
    func run(
        _ target: Target, _ operation: SNMPError.Operation,
        _ makePoll: (PollTicket, @escaping Poll.Completion) -> Poll
    ) async throws(SNMPError) -> PollResult {
        if let fault = target.fault {
            throw SNMPError(.invalidArgument(fault), operation: operation, target: target.address)
        }
        guard activePolls.enter(limit: pollsMax) else {
            throw SNMPError(.overloaded, operation: operation, target: target.address)
        }
        defer { activePolls.leave() }
        let ticket = PollTicket(id: nextID.wrappingAdd(1, ordering: .relaxed).oldValue)
        let loop = loop(of: target.address)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Result<PollResult, SNMPError>, Never>) in
                let poll = makePoll(ticket) { continuation.resume(returning: $0) }
                if !loop.submit(IOLoop.Submission(poll: poll)) {
                    continuation.resume(returning: .failure(poll.error(.shutdown, 0)))
                }
            }
        } onCancel: {
            ticket.cancel()
            loop.cancel(ticket.id)
        }
        return try result.get()
    }
}

/// Counts the polls that have been accepted and have not ended.
private final class ActivePolls: Sendable {
    private let count = Atomic<Int>(0)

    func enter(limit: Int) -> Bool {
        guard count.wrappingAdd(1, ordering: .relaxed).newValue <= limit else {
            leave()
            return false
        }
        return true
    }

    func leave() { count.wrappingSubtract(1, ordering: .relaxed) }
}
