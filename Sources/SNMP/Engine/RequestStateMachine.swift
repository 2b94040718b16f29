/// How patiently one request is repeated.
struct RetryPolicy: Hashable, Sendable {
    var timeoutMilliseconds: UInt32 = 1500
    var timeoutMillisecondsMax: UInt32 = 8000
    var retries = 2
    /// Attempts made before by another request for the same: the back-off goes on from there.
    var attemptsBefore = 0
    /// After this time the agent would have answered, going by its round trips; nil where they are not known.
    var expectedMilliseconds: UInt32?

    /// How long an attempt, counted from 0, waits by configuration: doubled each time.
    private func configured(_ attempt: Int) -> UInt64 {
        let doubled = UInt64(timeoutMilliseconds) << UInt64(min(attemptsBefore + attempt, 16))
        return min(doubled, UInt64(max(timeoutMillisecondsMax, timeoutMilliseconds)))
    }

    /// How long an attempt waits, when `elapsed` milliseconds went by since the first one.
    ///
    /// - Where round trips are known, the first repetition follows soon: a lost packet costs a few round trips. Later
    ///   ones wait as long as the attempts before them were given by configuration, so that they outlast an interruption.
    /// - The last attempt waits for what remains of all configured waits together. So a slow agent has as long to answer
    ///   as it always had: the answer to any attempt counts.
    ///
    /// Varied by a tenth either way, so that requests sent together are not repeated together; `jitter` runs from 0 to 1.
    func patience(attempt: Int, elapsed: UInt64, jitter: Double) -> UInt64 {
        let isLast = attempt >= retries
        let planned = (0..<(isLast ? attempt + 1 : attempt)).reduce(UInt64(0)) { $0 + configured($1) }
        let longest = configured(attempt)
        let expected = expectedMilliseconds.map { min(UInt64($0) << UInt64(min(attempt, 16)), longest) } ?? longest
        let wait = max(expected, planned - min(elapsed, planned))
        return max(1, UInt64(Double(wait) * (0.9 + 0.2 * jitter)))
    }
}

/// One request from its first transmission to its end.
///
/// Pure: the time is an argument.
///
/// All attempts carry the same request-id, so the answer to any of them counts (RFC 3416 section 4.2).
struct RequestStateMachine: Hashable, Sendable {
    enum State: Hashable, Sendable {
        /// Not sent yet.
        case idle
        /// Sent `attempts` times, first at `startedAt`; the next step is due at `deadline`.
        case waiting(attempts: Int, startedAt: UInt64, deadline: UInt64)
        /// Ended, one way or another.
        case finished(attempts: Int)
    }

    enum Action: Hashable, Sendable {
        /// Transmit it, and call `timerFired` at the deadline.
        case send(deadline: UInt64)
        /// The timer came early: call `timerFired` at the deadline.
        case scheduleTimer(deadline: UInt64)
        /// No attempt is left.
        case giveUp
        /// The request has ended already.
        case ignore
    }

    let policy: RetryPolicy
    private(set) var state = State.idle

    init(_ policy: RetryPolicy) { self.policy = policy }

    /// Transmissions so far.
    var attempts: Int {
        switch state {
        case .idle: 0
        case .waiting(let attempts, _, _), .finished(let attempts): attempts
        }
    }

    /// A place in the window was granted.
    mutating func started(at now: UInt64, jitter: Double) -> Action {
        guard case .idle = state else { return .ignore }
        return transmit(attempts: 0, startedAt: now, now, jitter)
    }

    /// The deadline came.
    mutating func timerFired(at now: UInt64, jitter: Double) -> Action {
        guard case .waiting(let attempts, let startedAt, let deadline) = state else { return .ignore }
        if now < deadline { return .scheduleTimer(deadline: deadline) }
        guard attempts <= policy.retries else {
            state = .finished(attempts: attempts)
            return .giveUp
        }
        return transmit(attempts: attempts, startedAt: startedAt, now, jitter)
    }

    private mutating func transmit(attempts: Int, startedAt: UInt64, _ now: UInt64, _ jitter: Double) -> Action {
        let deadline = now + policy.patience(attempt: attempts, elapsed: now - min(startedAt, now), jitter: jitter)
        state = .waiting(attempts: attempts + 1, startedAt: startedAt, deadline: deadline)
        return .send(deadline: deadline)
    }

    /// The answer came.
    ///
    /// Returns whether the round trip is known: not where several attempts were made, since nothing says which of them
    /// was answered (Karn's rule).
    mutating func responseReceived() -> Bool {
        guard case .waiting(let attempts, _, _) = state else { return false }
        state = .finished(attempts: attempts)
        return attempts == 1
    }

    /// The network or this host said that there will be no answer, or nobody waits for it any more.
    mutating func aborted() { state = .finished(attempts: attempts) }
}
