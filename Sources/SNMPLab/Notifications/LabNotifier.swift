import CSNMPIO
import Glibc
import Synchronization

/// Sends notifications, each from its device's own loopback address.
///
/// May be told of things from any thread; sending never blocks. Informs are watched over by a thread of their own.
final class LabNotifier: Sendable {
    private let plan: LabNotifications
    private let clock: @Sendable () -> Int64
    private let descriptor: Int32
    private let state: Mutex<State>
    private let isStopping = Atomic<Bool>(false)
    private let count = Atomic<UInt64>(0)
    private let thread = Mutex<pthread_t?>(nil)

    /// authenticationFailure: at most one a second from a device, and so many a second from all.
    private static let failuresMax = 20
    private static let waitMilliseconds: Int32 = 50

    private struct State {
        var nextID: UInt32 = 1
        var ledger: InformLedger
        var failures: [Int: Int64] = [:]
        let writer: NotificationWriter
    }

    init(_ plan: LabNotifications, users: [UserKeys], clock: @escaping @Sendable () -> Int64) throws(LabError) {
        guard plan.version != .three || !users.isEmpty else {
            throw LabError(.badNotifications, "notifications of version 3 need a user: give one")
        }
        self.plan = plan
        self.clock = clock
        let family = plan.address == "::1" ? AF_INET6 : AF_INET
        descriptor = socket(family, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            throw LabError(.badNotifications, "a UDP socket cannot be opened: \(String(cString: strerror(errno)))")
        }
        let ledger = InformLedger(needsReceiver: plan.version == .three)
        state = Mutex(State(ledger: ledger, writer: NotificationWriter(plan, users)))
    }

    deinit {
        stop()
        close(descriptor)
    }

    /// Datagrams sent.
    var sent: UInt64 { count.load(ordering: .relaxed) }

    /// Informs that were acknowledged.
    var acknowledged: UInt64 { state.withLock { $0.ledger.acknowledged } }

    // MARK: what is told

    /// Tells what a fault made happen.
    func note(_ fault: LabFault, _ changes: [LabFaults.Change], _ faults: LabFaults, _ network: SimulatedNetwork) {
        let now = clock()
        for notification in LabNotification.caused(by: fault, changes, faults, network, at: now) {
            let device = network.devices[notification.device]
            let own = faults.devices[notification.device] ?? DeviceFaults()
            send(notification, own.engine(of: device, at: now), now)
        }
    }

    /// Tells of a request with a wrong community, unless too many were told of.
    func noteWrongCommunity(_ ordinal: Int, _ device: ServedDevice, at now: Int64) {
        let isTold = state.withLock { state in
            if let last = state.failures[ordinal], now - last < 1_000 { return false }
            state.failures = state.failures.filter { now - $0.value < 1_000 }
            guard state.failures.count < Self.failuresMax else { return false }
            state.failures[ordinal] = now
            return true
        }
        guard isTold else { return }
        let notification = LabNotification(
            kind: .authenticationFailure, device: ordinal, upTime: device.upTime(at: now),
            systemObjectID: device.systemObjectID)
        send(notification, device.engine(at: now), now)
    }

    // MARK: sending

    private func send(_ notification: LabNotification, _ engine: EngineIdentity, _ now: Int64) {
        state.withLock { state in
            let id = state.nextID
            state.nextID = id % 0x7FFF_FFFF + 1
            guard plan.areInforms else {
                return transmit(state.writer.message(notification, id: id, engine), from: notification.device)
            }
            transmit(state.ledger.add(notification, id: id, at: now), &state, now)
        }
    }

    private func transmit(_ sendings: [InformLedger.Sending], _ state: inout State, _ now: Int64) {
        for sending in sendings {
            switch sending {
            case .probe(let id): transmit(state.writer.probe(id: id), from: nil)
            case .inform(let notification, let id):
                let engine =
                    state.ledger.receiver(at: now) ?? EngineIdentity(id: [], boots: 0, time: 0, device: nil)
                transmit(state.writer.message(notification, id: id, engine), from: notification.device)
            }
        }
    }

    private func transmit(_ message: [UInt8], from device: Int?) {
        var destination = Self.address(plan.address, port: plan.port)
        var name = sockaddr_storage()
        let nameOctets = csnmpio_write_address(&destination, &name)
        var octets = message
        var control = [UInt64](repeating: 0, count: Int(CSNMPIO_CONTROL_SIZE) / 8)
        let isSix = destination.is_ipv6 != 0
        let source = device.map { Self.address(LabAddress.text(LabAddress.number(ofDevice: $0)), port: 0) }
        let done = octets.withUnsafeMutableBytes { content in
            control.withUnsafeMutableBytes { control in
                withUnsafeMutableBytes(of: &name) { name in
                    var vector = iovec(iov_base: content.baseAddress, iov_len: content.count)
                    return withUnsafeMutablePointer(to: &vector) { vector in
                        var header = msghdr()
                        header.msg_name = name.baseAddress
                        header.msg_namelen = nameOctets
                        header.msg_iov = vector
                        header.msg_iovlen = 1
                        if !isSix, var source {
                            header.msg_controllen = csnmpio_write_source(&source, control.baseAddress)
                            header.msg_control = control.baseAddress
                        }
                        return sendmsg(descriptor, &header, Int32(MSG_DONTWAIT))
                    }
                }
            }
        }
        if done > 0 { count.add(1, ordering: .relaxed) }
    }

    private static func address(_ text: String, port: UInt16) -> csnmpio_address {
        var result = csnmpio_address()
        result.port = port
        result.is_valid = 1
        guard let number = LabAddress.parse(text) else {
            result.is_ipv6 = 1
            result.octets.15 = 1
            return result
        }
        withUnsafeBytes(of: number.bigEndian) { from in
            withUnsafeMutableBytes(of: &result.octets) { $0.copyMemory(from: from) }
        }
        return result
    }
}

extension LabNotifier {
    // MARK: informs

    /// Begins to wait for acknowledgements, where informs are sent.
    func start() throws(LabError) {
        guard plan.areInforms else { return }
        var made = pthread_t()
        let box = Unmanaged.passRetained(self)
        let failure = pthread_create(
            &made, nil,
            { argument in
                if let argument { Unmanaged<LabNotifier>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, box.toOpaque())
        guard failure == 0 else {
            box.release()
            throw LabError(.badNotifications, "no thread can be started: \(String(cString: strerror(failure)))")
        }
        thread.withLock { $0 = made }
    }

    /// Ends waiting.
    func stop() {
        isStopping.store(true, ordering: .releasing)
        thread.withLock { thread in
            if let running = thread { pthread_join(running, nil) }
            thread = nil
        }
    }

    private func run() {
        var octets = [UInt8](repeating: 0, count: 65_536)
        while !isStopping.load(ordering: .acquiring) {
            var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&watched, 1, Self.waitMilliseconds)
            let count = recv(descriptor, &octets, octets.count, Int32(MSG_DONTWAIT))
            let reply = count > 0 ? InformLedger.Reply.read(Array(octets.prefix(count))) : nil
            let now = clock()
            state.withLock { state in
                if let reply { transmit(state.ledger.received(reply, at: now), &state, now) }
                transmit(state.ledger.timePassed(at: now), &state, now)
            }
        }
    }
}
