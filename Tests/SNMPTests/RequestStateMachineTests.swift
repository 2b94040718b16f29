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

    @Test("a round trip is measured only when one attempt was made")
    func roundTrip() {
        var request = RequestStateMachine(policy)
        _ = request.started(at: 10, jitter: 0.5)
        #expect(request.responseReceived(at: 35) == 25)
        #expect(request.responseReceived(at: 36) == nil)
        var repeated = RequestStateMachine(policy)
        _ = repeated.started(at: 0, jitter: 0.5)
        _ = repeated.timerFired(at: 1000, jitter: 0.5)
        #expect(repeated.responseReceived(at: 1001) == nil)
        #expect(repeated.timerFired(at: 9000, jitter: 0.5) == .ignore)
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
