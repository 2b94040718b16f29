import CSNMPIO
import Glibc
import Synchronization

/// One serving thread as the rest of the program sees it: letters in, figures out.
final class LabThread: Sendable {
    let socket: LabSocket
    let world: LabWorld
    let configuration: LabConfiguration
    let figures = LabFigures()
    let users: [UserKeys]
    let notifier: LabNotifier?
    private let inbox = Mutex<[LabNews]>([])
    private let hasMail = Atomic<Bool>(false)
    private let isStopping = Atomic<Bool>(false)
    private let handle = Mutex<pthread_t?>(nil)

    init(
        _ socket: LabSocket, _ world: LabWorld, _ configuration: LabConfiguration, users: [UserKeys] = [],
        notifier: LabNotifier? = nil
    ) {
        self.socket = socket
        self.world = world
        self.configuration = configuration
        self.users = users
        self.notifier = notifier
    }

    func start() throws(LabError) {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(self)
        let failure = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let own = Unmanaged<LabThread>.fromOpaque(argument).takeRetainedValue()
                LabLoop(own).run()
                return nil
            }, box.toOpaque())
        guard failure == 0 else {
            box.release()
            throw LabError(.cannotBind, "no thread can be started: \(String(cString: strerror(failure)))")
        }
        handle.withLock { $0 = thread }
    }

    /// Asks the thread to end, waits for it and closes the socket.
    func stop() {
        isStopping.store(true, ordering: .releasing)
        handle.withLock { thread in
            guard let running = thread else { return }
            pthread_join(running, nil)
            thread = nil
            socket.close()
        }
    }

    var shouldStop: Bool {
        isStopping.load(ordering: .acquiring)
    }

    /// Leaves news of devices for the thread; it reads them before it looks at the next request.
    func tell(_ news: [LabNews]) {
        inbox.withLock { $0 += news }
        hasMail.store(true, ordering: .releasing)
    }

    /// The news since the last time.
    func mail() -> [LabNews] {
        guard hasMail.exchange(false, ordering: .acquiringAndReleasing) else { return [] }
        return inbox.withLock { letters in
            defer { letters = [] }
            return letters
        }
    }

    var statistics: LabStatistics {
        var statistics = figures.read()
        handle.withLock { thread in
            guard let running = thread else { return }
            let live = Double(csnmpio_thread_nanoseconds(running)) * 1e-9
            statistics.cpuSeconds = max(statistics.cpuSeconds, live)
        }
        return statistics
    }
}

/// What has become of a device, or of the network.
enum LabNews: Sendable {
    case device(Int, DeviceFaults)
    case network(NetworkFaults)
}

/// A thread's figures, written by it after each batch and read by anyone.
final class LabFigures: Sendable {
    private let requests = Atomic<UInt64>(0)
    private let responses = Atomic<UInt64>(0)
    private let varBinds = Atomic<UInt64>(0)
    private let malformed = Atomic<UInt64>(0)
    private let unknown = Atomic<UInt64>(0)
    private let suppressed = Atomic<UInt64>(0)
    private let foreign = Atomic<UInt64>(0)
    private let unsent = Atomic<UInt64>(0)
    private let secure = Atomic<UInt64>(0)
    private let batches = Atomic<UInt64>(0)
    private let cpuNanoseconds = Atomic<UInt64>(0)

    func publish(_ statistics: LabStatistics) {
        requests.store(statistics.requests, ordering: .relaxed)
        responses.store(statistics.responses, ordering: .relaxed)
        varBinds.store(statistics.varBinds, ordering: .relaxed)
        malformed.store(statistics.malformed, ordering: .relaxed)
        unknown.store(statistics.unknown, ordering: .relaxed)
        suppressed.store(statistics.suppressed, ordering: .relaxed)
        foreign.store(statistics.foreign, ordering: .relaxed)
        unsent.store(statistics.unsent, ordering: .relaxed)
        secure.store(statistics.secure, ordering: .relaxed)
        batches.store(statistics.batches, ordering: .relaxed)
    }

    /// The last figure, when the thread ends.
    func publishProcessorTime(_ nanoseconds: UInt64) {
        cpuNanoseconds.store(nanoseconds, ordering: .relaxed)
    }

    func read() -> LabStatistics {
        var statistics = LabStatistics()
        statistics.requests = requests.load(ordering: .relaxed)
        statistics.responses = responses.load(ordering: .relaxed)
        statistics.varBinds = varBinds.load(ordering: .relaxed)
        statistics.malformed = malformed.load(ordering: .relaxed)
        statistics.unknown = unknown.load(ordering: .relaxed)
        statistics.suppressed = suppressed.load(ordering: .relaxed)
        statistics.foreign = foreign.load(ordering: .relaxed)
        statistics.unsent = unsent.load(ordering: .relaxed)
        statistics.secure = secure.load(ordering: .relaxed)
        statistics.batches = batches.load(ordering: .relaxed)
        statistics.cpuSeconds = Double(cpuNanoseconds.load(ordering: .relaxed)) * 1e-9
        return statistics
    }
}
