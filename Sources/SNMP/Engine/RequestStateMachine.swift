/// How patiently one request is repeated.
struct RetryPolicy: Hashable, Sendable {
    var timeoutMilliseconds: UInt32 = 1500
    var timeoutMillisecondsMax: UInt32 = 8000
    var retries = 2
    /// Attempts made before by another request for the same: the back-off goes on from there.
    var attemptsBefore = 0

    /// How long an attempt, counted from 0, waits: doubled each time, varied by a tenth either way so that requests
    /// sent together are not repeated together.
    ///
    /// `jitter` runs from 0 to 1.
    func patience(attempt: Int, jitter: Double) -> UInt64 {
        let doubled = UInt64(timeoutMilliseconds) << UInt64(min(attempt, 16))
        let bounded = min(doubled, UInt64(max(timeoutMillisecondsMax, timeoutMilliseconds)))
        return max(1, UInt64(Double(bounded) * (0.9 + 0.2 * jitter)))
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
        /// Sent `attempts` times, last at `sentAt`; the next step is due at `deadline`.
        case waiting(attempts: Int, sentAt: UInt64, deadline: UInt64)
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
        return transmit(attempts: 0, now, jitter)
    }

    /// The deadline came.
    mutating func timerFired(at now: UInt64, jitter: Double) -> Action {
        guard case .waiting(let attempts, _, let deadline) = state else { return .ignore }
        if now < deadline { return .scheduleTimer(deadline: deadline) }
        guard attempts <= policy.retries else {
            state = .finished(attempts: attempts)
            return .giveUp
        }
        return transmit(attempts: attempts, now, jitter)
    }

    private mutating func transmit(attempts: Int, _ now: UInt64, _ jitter: Double) -> Action {
        let deadline = now + policy.patience(attempt: policy.attemptsBefore + attempts, jitter: jitter)
        state = .waiting(attempts: attempts + 1, sentAt: now, deadline: deadline)
        return .send(deadline: deadline)
    }

    /// The answer came.
    ///
    /// Returns the round trip, only where one attempt was made: else it is not known which one was answered (Karn's
    /// rule).
    mutating func responseReceived(at now: UInt64) -> UInt64? {
        guard case .waiting(let attempts, let sentAt, _) = state else { return nil }
        state = .finished(attempts: attempts)
        return attempts == 1 && now >= sentAt ? now - sentAt : nil
    }

    /// The network or this host said that there will be no answer, or nobody waits for it any more.
    mutating func aborted() { state = .finished(attempts: attempts) }
}
