import CSNMPIO
import Glibc
import Synchronization

/// The listener's thread: sockets in, notifications out; a thin shell around the state machine.
final class NotificationLoop: @unchecked Sendable {
    // Proof for `@unchecked Sendable`: only `mailbox`, `published`, `queue` and the immutable `wake` and `addresses`
    // are used by other threads, the first two under their locks. All else is touched by the thread that runs `run`,
    // and by `init` before that thread exists.
    private struct Mailbox {
        var access: NotificationAccess?
        var isShutdown = false
    }

    let queue: NotificationQueue
    let addresses: [TransportAddress]
    let published: Mutex<NotificationStatistics>
    private let mailbox = Mutex(Mailbox())
    private let wake: Int32
    private let epoll: Int32
    private let sockets: [NotificationSocket]
    private let batch = DatagramBatch(receives: true)
    private var machine: NotificationStateMachine

    init(_ configuration: NotificationConfiguration) throws(SNMPError) {
        sockets = try Self.open(configuration)
        addresses = sockets.map(\.address)
        queue = NotificationQueue(
            capacity: configuration.waitingMax, octetsMax: configuration.waitingOctetsMax)
        machine = NotificationStateMachine(
            configuration, engineBoots: configuration.engineBoots ?? Self.secondsSince2000(), at: Self.now())
        let granted = sockets.map(\.receiveBufferOctets).min() ?? 0
        machine.note { $0.receiveBufferOctets = granted }
        published = Mutex(machine.statistics)
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wake = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard epoll >= 0, wake >= 0 else { throw SNMPError(.system("epoll_create1", errno: errno), operation: .start) }
        _ = csnmpio_watch(epoll, EPOLL_CTL_ADD, wake, EPOLLIN.rawValue, UInt64(sockets.count))
        for (number, socket) in sockets.enumerated() {
            _ = csnmpio_watch(epoll, EPOLL_CTL_ADD, socket.descriptor, EPOLLIN.rawValue, UInt64(number))
        }
    }

    deinit {
        if epoll >= 0 { close(epoll) }
        if wake >= 0 { close(wake) }
    }

    /// Opens all sockets; on a host without IPv6 the wildcard of both families is that of IPv4.
    private static func open(_ configuration: NotificationConfiguration) throws(SNMPError) -> [NotificationSocket] {
        var sockets: [NotificationSocket] = []
        for address in configuration.addresses {
            let port = address.port == 0 ? sockets.first?.address.port ?? 0 : address.port
            do throws(SNMPError) {
                sockets.append(
                    try NotificationSocket(
                        address.withPort(port), receiveBufferOctets: configuration.receiveBufferOctets))
            } catch {
                guard address.isIPv6, !sockets.isEmpty, isWithoutIPv6(error) else { throw error }
            }
        }
        return sockets
    }

    private static func isWithoutIPv6(_ error: SNMPError) -> Bool {
        guard case .system(_, let number) = error.code else { return false }
        return number == EAFNOSUPPORT || number == EADDRNOTAVAIL
    }

    private static func now() -> UInt64 { csnmpio_monotonic_nanoseconds() / 1_000_000 }

    private static func unixMilliseconds() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }

    /// snmpEngineBoots without a file: a number that is higher at every start, below the highest allowed until 2068.
    private static func secondsSince2000() -> Int32 {
        Int32(clamping: min(max(1, unixMilliseconds() / 1000 - 946_684_800), Int64(Int32.max) - 1))
    }

    /// Runs until `shutdown`.
    ///
    /// Called once, on the listener's thread.
    func run() {
        var events = [epoll_event](repeating: epoll_event(), count: 32)
        while true {
            let count = epoll_wait(epoll, &events, Int32(events.count), -1)
            guard takeMail() else { break }
            for event in events.prefix(Int(max(count, 0))) { handle(event) }
            let current = machine.statistics
            published.withLock { $0 = current }
            // First the counters: who reads a notification finds it counted.
            queue.announce()
        }
        queue.finish()
    }

    private func handle(_ event: epoll_event) {
        var event = event
        let number = Int(csnmpio_event_token(&event))
        guard number < sockets.count else {
            var counter: UInt64 = 0
            _ = read(wake, &counter, 8)
            return
        }
        receive(from: sockets[number])
    }

    /// Receives until nothing is there, at most eight batches: then another socket has its turn.
    private func receive(from socket: NotificationSocket) {
        for _ in 0..<8 {
            let count = batch.receive(socket.descriptor, flags: Int32(MSG_DONTWAIT))
            guard count > 0 else { return }
            let (now, unix) = (Self.now(), Self.unixMilliseconds())
            for place in 0..<count { datagramReceived(place, socket, now, unix) }
            batch.recycle(count)
            if count < DatagramBatch.size { return }
        }
    }

    private func datagramReceived(_ place: Int, _ socket: NotificationSocket, _ now: UInt64, _ unix: Int64) {
        let control = batch.control(place)
        let drops = socket.newDrops(control)
        if drops > 0 { machine.note { $0.kernelDrops += drops } }
        guard let source = batch.address(place) else { return }
        guard !batch.isTruncated(place) else {
            machine.note {
                $0.received += 1
                $0.truncated += 1
            }
            return
        }
        let octets = UnsafeMutableRawBufferPointer(mutating: batch.octets(place))
        let reply = machine.datagramReceived(octets, from: source, at: now, receivedAtUnixMilliseconds: unix) {
            queue.offer($0)
        }
        guard let reply else { return }
        if !socket.send(reply, to: source, from: control.local) { machine.note { $0.sendFailures += 1 } }
    }
}

extension NotificationLoop {
    /// From now on these are believed.
    ///
    /// Called from any thread.
    func change(_ access: NotificationAccess) {
        mailbox.withLock { $0.access = access }
        signal()
    }

    /// Ends the thread.
    ///
    /// Called from any thread.
    func shutdown() {
        mailbox.withLock { $0.isShutdown = true }
        signal()
    }

    private func signal() {
        var one: UInt64 = 1
        _ = write(wake, &one, 8)
    }

    /// Does what other threads asked for; false if the loop is to end.
    private func takeMail() -> Bool {
        let (access, isShutdown) = mailbox.withLock { box in
            defer { box.access = nil }
            return (box.access, box.isShutdown)
        }
        if let access { machine.accessChanged(access) }
        return !isShutdown
    }
}
