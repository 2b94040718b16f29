import CSNMPIO
import Glibc
import Synchronization

/// What other threads ask of this one.
extension IOLoop {
    /// The loop an address belongs to, the same in every process.
    static func home(of address: TransportAddress, among count: Int) -> Int {
        count == 1 ? 0 : Int(address.stableHash & 0xFFFF_FFFF) % count
    }

    /// Milliseconds since 1970.
    static func unixMilliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Has a command carried out soon, after those posted before.
    ///
    /// Called from any thread.
    func post(_ command: ScheduleCommand) {
        let mustSignal = mailbox.withLock { box -> Bool in
            guard !box.hasEnded else { return false }
            box.commands.append(command)
            defer { box.isSignalled = true }
            return !box.isSignalled
        }
        if mustSignal { signal() }
    }

    /// Runs a body on the I/O thread, after the commands posted before, and waits for its answer.
    ///
    /// Called from any thread; on the I/O thread itself, and after it has ended, the body runs at once. Where one of
    /// `loops` waits for another, it goes on answering: two may ask each other. With `afterReports` it does not, unless it is
    /// one of them that asks: so the answer comes when no receiver is being called.
    func ask<Answer: Sendable>(
        among loops: [IOLoop], afterReports: Bool = false, _ body: @escaping @Sendable (IOLoop) -> Answer
    ) -> Answer {
        if isCurrentThread {
            takeCommands()
            return body(self)
        }
        let reply = Reply<Answer>()
        let asking = loops.first(where: \.isCurrentThread)
        let (hasEnded, mustSignal) = mailbox.withLock { box -> (Bool, Bool) in
            guard !box.hasEnded else { return (true, false) }
            if afterReports, asking == nil {
                box.endings.append { reply.give(body($0)) }
            } else {
                box.questions.append { reply.give(body($0)) }
            }
            defer { box.isSignalled = true }
            return (false, !box.isSignalled)
        }
        if hasEnded { return afterlife.withLock { _ in body(self) } }
        if mustSignal { signal() }
        guard let asking else { return reply.wait() }
        while true {
            if let answer = reply.given { return answer }
            asking.answerQuestions()
            sched_yield()
        }
    }

    private var isCurrentThread: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

    private func takeCommands() {
        let commands = mailbox.withLock { box -> [ScheduleCommand] in
            defer { box.commands = [] }
            return box.commands
        }
        for command in commands { carryOut(command) }
    }

    private func answerQuestions() {
        takeCommands()
        let questions = mailbox.withLock { box -> [@Sendable (IOLoop) -> Void] in
            defer { box.questions = [] }
            return box.questions
        }
        for question in questions { question(self) }
    }

    /// The thread ends: questions that came meanwhile are answered, later ones by whoever asks.
    func answerLastQuestions() {
        afterlife.withLock { _ in
            let questions = mailbox.withLock { box -> [@Sendable (IOLoop) -> Void] in
                box.hasEnded = true
                box.commands = []
                defer { (box.questions, box.endings) = ([], []) }
                return box.questions + box.endings
            }
            for question in questions { question(self) }
            for group in groups { group?.close() }
            thread.store(0, ordering: .relaxed)
        }
    }
}

/// A place for one answer, and a semaphore that says it is there.
private final class Reply<Answer: Sendable>: @unchecked Sendable {
    // Proof for `@unchecked Sendable`: the answer is under its lock, and the semaphore is made for several threads
    // and lives as long as this object, which both sides hold.
    private let answer = Mutex<Answer?>(nil)
    private let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        semaphore = .allocate(capacity: 1)
        semaphore.initialize(to: sem_t())
        sem_init(semaphore, 0, 0)
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func give(_ value: Answer) {
        answer.withLock { $0 = value }
        sem_post(semaphore)
    }

    var given: Answer? { answer.withLock { $0 } }

    func wait() -> Answer {
        while true {
            // A signal may interrupt the wait: then there is no answer yet.
            sem_wait(semaphore)
            if let given { return given }
        }
    }
}
