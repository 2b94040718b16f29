import CSNMPIO
import Glibc
import Synchronization

/// One I/O thread: sockets, slots, timers, and the polls it owns.
///
/// A thin shell: what to ask and when to repeat is decided by the state machines.
///
/// Proof: unchecked exclusivity, because no access to one of these properties is held while another part of the loop
/// runs that could begin a second one: they are values, changed by their own methods, which know nothing of the loop.
/// The checks at run time cost a fifth of the processor time of a response.
final class IOLoop: @unchecked Sendable {
    // Proof for `@unchecked Sendable`: only `mailbox`, `published`, `afterlife`, the atomic `thread` and the
    // immutable `wake` are used by other threads. Everything else is touched by the thread that runs `run`, by `init`
    // before that thread exists, and after it has ended by those that hold `afterlife`.
    /// A poll on its way to its I/O thread.
    struct Submission: @unchecked Sendable {
        // Proof for `@unchecked Sendable`: the sender keeps no reference to the poll.
        let poll: Poll
    }

    struct Mailbox {
        var submissions: [Submission] = []
        var cancellations: [UInt64] = []
        var commands: [ScheduleCommand] = []
        var questions: [@Sendable (IOLoop) -> Void] = []
        /// Those that are answered when no receiver is being called.
        var endings: [@Sendable (IOLoop) -> Void] = []
        var isShutdown = false
        /// The thread has ended: nobody takes the mail any more.
        var hasEnded = false
        var isSignalled = false
    }

    /// What the loop knows of a slot in use.
    struct Flight {
        var poll: Poll?
        /// The poll's target.
        var address = TransportAddress(ipv4: 0, port: 0)
        var token = 0
        /// The slot's use: entries of the send queue with another belong to an earlier one.
        var requestID: Int32 = 0
        var request = RequestStateMachine(RetryPolicy())
        var isQueued = false
        /// When it was sent last, in microseconds.
        var sentAt: UInt64 = 0
        var buffer: UnsafeMutableRawPointer?
        var start = 0
    }

    static let requestOctetsMax = 4096
    /// Of up to 512 datagrams each: twice as many as there can be requests.
    private static let turnsWithoutTimersMax = 2 * SlotTable.capacityMax / 512

    let mailbox = Mutex(Mailbox())
    let published: Mutex<EngineStatistics>
    let wake: Int32
    /// The thread, while it runs; 0 before and after.
    let thread = Atomic<UInt>(0)
    /// Held by whoever uses the loop when its thread has ended.
    let afterlife = Mutex(())

    let epoll: Int32
    let sockets: [DatagramSocket]
    private let socketIPv4: DatagramSocket
    private let socketIPv6: DatagramSocket?
    let received = DatagramBatch(receives: true)
    let errors = DatagramBatch(receives: true)
    let sending = DatagramBatch(receives: false)
    /// For each datagram in `sending`: its slot, and how far the queue was read up to it.
    @exclusivity(unchecked) var places: [(slot: Int, taken: Int)] = Array(
        repeating: (0, 0), count: DatagramBatch.datagramsMax)

    @exclusivity(unchecked) var random: SplitMix64
    @exclusivity(unchecked) var slots: SlotTable
    @exclusivity(unchecked) var flights: FixedMemory<Flight>
    @exclusivity(unchecked) var wheel: TimerWheel
    @exclusivity(unchecked) var fired: [Int] = []
    @exclusivity(unchecked) private var turnsWithoutTimers = 0
    @exclusivity(unchecked) var polls: [UInt64: Poll] = [:]
    @exclusivity(unchecked) var ready: [Poll] = []
    @exclusivity(unchecked) var readyHead = 0
    @exclusivity(unchecked) var finished: [(Poll.Completion, Result<PollResult, SNMPError>)] = []
    /// Datagrams that did not count, by source, so that an error can tell of them.
    ///
    /// Bounded.
    @exclusivity(unchecked) var tolerated: [TransportAddress: SNMPError.Tolerated] = [:]
    @exclusivity(unchecked) var statistics = EngineStatistics()
    /// Engines, keys and requests of version 3.
    @exclusivity(unchecked) var security: LoopSecurity
    /// The engine's clock, read once in each turn, in milliseconds.
    @exclusivity(unchecked) var now: UInt64 = 0
    /// The same in microseconds.
    @exclusivity(unchecked) var nowMicroseconds: UInt64 = 0

    @exclusivity(unchecked) var agents: AgentTable
    /// Polls that wait until their agent's budget allows a request, by agent; few agents have any.
    @exclusivity(unchecked) var parked: [Int: [Poll]] = [:]
    /// When the agents whose pace is limited may be asked again; only grown where there are any.
    @exclusivity(unchecked) var paceWheel: TimerWheel
    @exclusivity(unchecked) var schedule: PollSchedule
    @exclusivity(unchecked) var groups: [PollGroup?] = []
    @exclusivity(unchecked) var profiles = SharedValues<Target>()
    /// The keys of each profile, by its place.
    @exclusivity(unchecked) var processings: [CommunityProcessing] = []
    @exclusivity(unchecked) var reported: [ScheduledPoll] = []
    /// From the engine's clock to milliseconds since 1970.
    @exclusivity(unchecked) var unixOffsetMilliseconds: Int64 = 0

    init(_ configuration: EngineConfiguration, seed: UInt64) throws(SNMPError) {
        var sockets = [try DatagramSocket(isIPv6: false, configuration)]
        socketIPv4 = sockets[0]
        socketIPv6 = try? DatagramSocket(isIPv6: true, configuration)
        if let socketIPv6 { sockets.append(socketIPv6) }
        self.sockets = sockets
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wake = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        random = SplitMix64(seed: seed)
        let granted = sockets.map(\.receiveBufferOctets).min() ?? 0
        // A full-size response takes about 2.3 KB of kernel memory: more requests than that would only lose answers.
        let window = max(1, min(configuration.window, granted / 2304))
        slots = SlotTable(capacity: window, random: &random)
        flights = FixedMemory(repeating: Flight(), count: window)
        security = LoopSecurity(capacity: window)
        let start = csnmpio_monotonic_nanoseconds() / 1_000_000
        now = start
        wheel = TimerWheel(capacity: window, now: start)
        paceWheel = TimerWheel(capacity: 0, now: start)
        agents = AgentTable(idleMax: configuration.agentsRememberedMax / configuration.threads)
        schedule = PollSchedule(now: start)
        statistics.window = window
        statistics.receiveBufferOctets = granted
        published = Mutex(statistics)
        guard epoll >= 0, wake >= 0 else { throw SNMPError(.system("epoll_create1", errno: errno), operation: .start) }
        _ = csnmpio_watch(epoll, EPOLL_CTL_ADD, wake, EPOLLIN.rawValue, UInt64(sockets.count))
        for (number, socket) in sockets.enumerated() {
            _ = csnmpio_watch(epoll, EPOLL_CTL_ADD, socket.descriptor, EPOLLIN.rawValue, UInt64(number))
        }
    }

    deinit {
        for slot in flights.indices { flights[slot].buffer?.deallocate() }
        if epoll >= 0 { close(epoll) }
        if wake >= 0 { close(wake) }
    }

    /// Runs until `shutdown`.
    ///
    /// Called once, on the I/O thread.
    func run() {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        var events = [epoll_event](repeating: epoll_event(), count: 4)
        var isShutdown = false
        while !isShutdown {
            let count = epoll_wait(epoll, &events, Int32(events.count), waitMilliseconds())
            readClock()
            var isMoreLeft = false
            for event in events.prefix(Int(max(count, 0))) where handle(event) { isMoreLeft = true }
            isShutdown = takeMail()
            if isShutdown { endAllPolls() }
            fireTimers(unless: isMoreLeft)
            // Reading may have taken long: what is sent now gets its full time.
            readClock()
            advanceSchedule()
            grantSlots()
            for socket in sockets { flush(socket) }
            // A message refused while flushing may have ended its poll's last request.
            grantSlots()
            // First the counters: who gets a result finds it counted.
            publish()
            deliver()
        }
        answerLastQuestions()
    }

    /// Whether this host has a socket for an address.
    @inline(__always)
    func hasSocket(for address: TransportAddress) -> Bool { !address.isIPv6 || socketIPv6 != nil }

    /// Puts a slot's request at the end of its socket's queue.
    @inline(__always)
    func queue(_ slot: Int) {
        flights[slot].isQueued = true
        if flights[slot].address.isIPv6 {
            socketIPv6?.sendQueue.append(flights[slot].requestID)
        } else {
            socketIPv4.sendQueue.append(flights[slot].requestID)
        }
    }

    private func readClock() {
        let nanoseconds = csnmpio_monotonic_nanoseconds()
        now = nanoseconds / 1_000_000
        nowMicroseconds = nanoseconds / 1000
    }

    private func waitMilliseconds() -> Int32 {
        let hasWork = (readyHead < ready.count || schedule.hasDue) && slots.freeCount > 0
        if hasWork || sockets.contains(where: { $0.hasRequestsToSend && !$0.isBlocked }) { return 0 }
        var wait = UInt64(Int32.max)
        if let request = wheel.millisecondsToNext(from: now) { wait = min(wait, request) }
        if let device = schedule.millisecondsToNext(from: now) { wait = min(wait, device) }
        if let pace = paceWheel.millisecondsToNext(from: now) { wait = min(wait, pace) }
        return wait == UInt64(Int32.max) ? -1 : Int32(clamping: wait)
    }

    /// Fires what is due; but not while answers that came in time may wait in a socket, after this thread was held up.
    ///
    /// Bounded: by then more was read than can have been waited for, and the datagrams are something else.
    private func fireTimers(unless isMoreLeft: Bool) {
        turnsWithoutTimers = isMoreLeft ? turnsWithoutTimers + 1 : 0
        guard !isMoreLeft || turnsWithoutTimers > Self.turnsWithoutTimersMax else { return }
        turnsWithoutTimers = 0
        fireTimers()
    }

    /// True where datagrams may be left to read.
    private func handle(_ event: epoll_event) -> Bool {
        var event = event
        let number = Int(csnmpio_event_token(&event))
        let bits = csnmpio_event_bits(&event)
        guard number < sockets.count else {
            var counter: UInt64 = 0
            _ = read(wake, &counter, 8)
            return false
        }
        let socket = sockets[number]
        if bits & EPOLLERR.rawValue != 0 { drainErrors(socket) }
        if bits & EPOLLOUT.rawValue != 0 { setBlocked(socket, false) }
        return bits & (EPOLLIN.rawValue | EPOLLERR.rawValue) != 0 && receive(from: socket)
    }

    func setBlocked(_ socket: DatagramSocket, _ isBlocked: Bool) {
        guard socket.isBlocked != isBlocked, let number = sockets.firstIndex(where: { $0 === socket }) else { return }
        socket.isBlocked = isBlocked
        let events = isBlocked ? EPOLLIN.rawValue | EPOLLOUT.rawValue : EPOLLIN.rawValue
        _ = csnmpio_watch(epoll, EPOLL_CTL_MOD, socket.descriptor, events, UInt64(number))
    }

    private func deliver() {
        if !reported.isEmpty {
            reportOutcomes()
            // Devices that had been taken out are gone now: the next turn may be far.
            publish()
        }
        guard !finished.isEmpty else { return }
        let all = finished
        finished.removeAll(keepingCapacity: true)
        for (completion, result) in all { completion(result) }
    }

    private func publish() {
        statistics.inFlight = slots.pendingCount
        statistics.waitingPolls = ready.count - readyHead
        statistics.scheduledDevices = schedule.count
        statistics.oldestOverdueMilliseconds = schedule.oldestOverdueMilliseconds(at: now)
        let current = statistics
        published.withLock { $0 = current }
    }
}

extension IOLoop {
    /// Hands a poll over; false after shutdown.
    ///
    /// Called from any thread.
    func submit(_ submission: Submission) -> Bool {
        let (isAccepted, mustSignal) = mailbox.withLock { box -> (Bool, Bool) in
            guard !box.isShutdown else { return (false, false) }
            box.submissions.append(submission)
            defer { box.isSignalled = true }
            return (true, !box.isSignalled)
        }
        if mustSignal { signal() }
        return isAccepted
    }

    /// Ends a poll early.
    ///
    /// Called from any thread.
    func cancel(_ id: UInt64) {
        let mustSignal = mailbox.withLock { box -> Bool in
            box.cancellations.append(id)
            defer { box.isSignalled = true }
            return !box.isSignalled
        }
        if mustSignal { signal() }
    }

    /// Ends all polls and then the thread.
    ///
    /// Called from any thread.
    func shutdown() {
        mailbox.withLock { $0.isShutdown = true }
        signal()
    }

    func signal() {
        var one: UInt64 = 1
        _ = write(wake, &one, 8)
    }

    /// Takes over what other threads asked for; true if the loop is to end.
    func takeMail() -> Bool {
        let box = mailbox.withLock { box -> Mailbox in
            let taken = box
            box.submissions = []
            box.cancellations = []
            box.commands = []
            box.questions = []
            box.endings = []
            box.isSignalled = false
            return taken
        }
        for submission in box.submissions { accept(submission.poll) }
        for id in box.cancellations {
            if let poll = polls[id] { finish(poll, .failure(poll.error(.cancelled, now))) }
        }
        for command in box.commands { carryOut(command) }
        for question in box.questions + box.endings { question(self) }
        return box.isShutdown
    }

    private func accept(_ poll: Poll) {
        statistics.pollsStarted += 1
        polls[poll.ticket.id] = poll
        engage(poll, agent: agents.acquire(poll.target.address))
        enqueue(poll)
    }

    func endAllPolls() {
        for poll in polls.values.sorted(by: { $0.ticket.id < $1.ticket.id }) {
            finish(poll, .failure(poll.error(.shutdown, now)))
        }
    }
}
