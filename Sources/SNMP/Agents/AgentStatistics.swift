/// What the engine knows and has counted of one agent.
///
/// Kept while the agent is polled or scheduled, and after that for as long as there is room.
public struct AgentStatistics: Hashable, Sendable {
    /// The smoothed round trip, in microseconds; nil before the first sample (RFC 6298).
    public let smoothedRoundTripMicroseconds: UInt32?
    /// The variation of the round trip, in microseconds; nil before the first sample.
    public let roundTripVariationMicroseconds: UInt32?
    /// The requests that may be under way at one time, before the target's own limit.
    public let window: Int
    /// The requests under way.
    public let inFlight: Int
    /// How long ago it answered last, in milliseconds; nil for never.
    public let lastAnswerAgeMilliseconds: UInt64?
    /// Scheduled polls and probes in a row that were not answered, of the subscription that fares worst.
    public let consecutiveFailures: Int
    /// Whether scheduled polls of a subscription are held back and the agent is only probed for it.
    public let isBreakerOpen: Bool
    /// Requests sent, without retransmissions.
    public let requests: UInt32
    /// Requests sent again with the same request-id.
    public let retransmissions: UInt32
    /// Responses that matched a request under way.
    public let responses: UInt32
    /// Requests that ended without an answer.
    public let timeouts: UInt32
    /// Responses to a request that had already ended without an answer.
    public let late: UInt32
    /// Further responses to a request that was already answered: it was repeated too early, or the network doubles.
    public let duplicate: UInt32
    /// Times another engine ID of version 3 proved itself at the address and took over: the device was replaced, or
    /// somebody else has the user's pass phrase.
    public let enginesReplaced: UInt32

    init(_ state: AgentState, consecutiveFailures: Int, enginesReplaced: UInt32 = 0, nowMicroseconds: UInt64) {
        self.enginesReplaced = enginesReplaced
        let isMeasured = state.roundTrip.hasSample
        smoothedRoundTripMicroseconds = isMeasured ? state.roundTrip.smoothedMicroseconds : nil
        roundTripVariationMicroseconds = isMeasured ? state.roundTrip.variationMicroseconds : nil
        window = Int(state.window.size)
        inFlight = Int(state.window.inFlight)
        let age = nowMicroseconds - min(state.lastAnswerAt, nowMicroseconds)
        lastAnswerAgeMilliseconds = state.lastAnswerAt > 0 ? age / 1000 : nil
        self.consecutiveFailures = consecutiveFailures
        isBreakerOpen = consecutiveFailures >= Int(PollBreaker.failuresToOpen)
        requests = state.counters.requests
        retransmissions = state.counters.retransmissions
        responses = state.counters.responses
        timeouts = state.counters.timeouts
        late = state.counters.late
        duplicate = state.counters.duplicate
    }
}
