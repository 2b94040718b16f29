import Testing

@testable import SNMP

@Suite("One request")
struct RequestStateMachineTests {
    private let policy = RetryPolicy(timeoutMilliseconds: 1000, timeoutMillisecondsMax: 3000, retries: 2)

    @Test("waits twice as long for each attempt, bounded, and then gives up")
    func backoff() {
        var request = RequestStateMachine(policy)
        #expect(request.started(at: 0, jitter: 0.5) == .send(deadline: 1000))
        #expect(request.timerFired(at: 999, jitter: 0.5) == .scheduleTimer(deadline: 1000))
        #expect(request.timerFired(at: 1000, jitter: 0.5) == .send(deadline: 3000))
        #expect(request.timerFired(at: 3000, jitter: 0.5) == .send(deadline: 6000))
        #expect(request.timerFired(at: 6000, jitter: 0.5) == .giveUp)
        #expect(request.attempts == 3)
        #expect(request.timerFired(at: 9000, jitter: 0.5) == .ignore)
    }

    @Test("jitter spreads by a tenth either way", arguments: [(0.0, UInt64(900)), (1.0, 1100)])
    func jitter(jitter: Double, deadline: UInt64) {
        var request = RequestStateMachine(policy)
        #expect(request.started(at: 0, jitter: jitter) == .send(deadline: deadline))
    }

    @Test("a round trip is known only when one attempt was made")
    func roundTrip() {
        var request = RequestStateMachine(policy)
        _ = request.started(at: 10, jitter: 0.5)
        let (first, second) = (request.responseReceived(), request.responseReceived())
        #expect(first && !second)
        var repeated = RequestStateMachine(policy)
        _ = repeated.started(at: 0, jitter: 0.5)
        _ = repeated.timerFired(at: 1000, jitter: 0.5)
        let isKnown = repeated.responseReceived()
        #expect(!isKnown)
        #expect(repeated.timerFired(at: 9000, jitter: 0.5) == .ignore)
    }

    @Test(
        "with known round trips a loss is noticed early, and the whole patience stays as configured",
        arguments: [
            (retries: 0, sent: [0], end: 1000), (1, [0, 200], 3000), (2, [0, 200, 1000], 6000),
            (3, [0, 200, 1000, 3000], 9000),
        ])
    func expected(retries: Int, sent: [UInt64], end: UInt64) {
        var policy = policy
        policy.retries = retries
        policy.expectedMilliseconds = 200
        var request = RequestStateMachine(policy)
        var (transmissions, now) = ([UInt64(0)], UInt64(0))
        var action = request.started(at: 0, jitter: 0.5)
        while case .send(let deadline) = action {
            now = deadline
            action = request.timerFired(at: now, jitter: 0.5)
            if case .send = action { transmissions.append(now) }
        }
        #expect(transmissions == sent)
        #expect(now == end)
        #expect(action == .giveUp)
    }

    @Test("a request that goes on from earlier attempts is as patient as the next one would have been")
    func attemptsBefore() {
        var policy = policy
        (policy.retries, policy.attemptsBefore, policy.expectedMilliseconds) = (0, 1, 200)
        var request = RequestStateMachine(policy)
        #expect(request.started(at: 0, jitter: 0.5) == .send(deadline: 2000))
    }

    @Test("an aborted request stays silent")
    func aborted() {
        var request = RequestStateMachine(policy)
        _ = request.started(at: 0, jitter: 0.5)
        request.aborted()
        #expect(request.timerFired(at: 9000, jitter: 0.5) == .ignore)
        #expect(request.attempts == 1)
    }
}
