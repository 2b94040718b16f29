/// What one I/O thread knows of one agent, whichever polls ask it.
///
/// Pure: times are arguments, in microseconds of the engine's clock where not said otherwise.
struct AgentState: Sendable {
    /// What was counted of one agent.
    struct Counters: Hashable, Sendable {
        var requests: UInt32 = 0
        var retransmissions: UInt32 = 0
        var responses: UInt32 = 0
        var timeouts: UInt32 = 0
        var late: UInt32 = 0
        var duplicate: UInt32 = 0
    }

    let address: TransportAddress
    var roundTrip = RoundTripEstimator()
    var window = RequestWindow()
    var pace = RequestPace()
    /// The place of its first device in the schedule; negative for none.
    var firstDevice: Int32 = -1
    /// Its devices whose last poll was not answered.
    var failingDevices: Int32 = 0
    var counters = Counters()
    /// What walks learnt of the agent, one entry for each request.
    var knowledge = KnowledgeShelf()
    /// When it answered last; 0 for never.
    private(set) var lastAnswerAt: UInt64 = 0
    /// When a request was last found to be lost: those sent before that tell nothing new.
    private var lossNotedAt: UInt64 = 0

    init(_ address: TransportAddress) { self.address = address }

    /// Whether anything was learnt that would have to be learnt again.
    var isWorthKeeping: Bool { roundTrip.hasSample || !knowledge.isEmpty }

    /// Whether one more request may be sent now, within the budget of the target.
    func admits(_ target: Target, at now: UInt64, atLeast least: Int = 1) -> Bool {
        window.hasRoom(limit: target.inFlight, atLeast: least)
            && (target.requestsPerSecondMax == 0 || pace.allows(at: now))
    }

    /// A request is sent for the first time; `perSecondMax` is the target's, 0 for no limit.
    mutating func requestSent(perSecondMax: Int, at now: UInt64) {
        window.requestStarted()
        pace.requestSent(at: now, perSecond: perSecondMax)
        counters.requests &+= 1
    }

    /// A request that was last sent at `sentAt` is sent again.
    mutating func requestRepeated(_ target: Target, sentAt: UInt64, at now: UInt64) {
        counters.retransmissions &+= 1
        pace.requestSent(at: now, perSecond: target.requestsPerSecondMax)
        lossNoted(sentAt: sentAt, at: now)
    }

    /// A request that was last sent at `sentAt` ended without an answer.
    mutating func requestTimedOut(sentAt: UInt64, at now: UInt64) {
        counters.timeouts &+= 1
        lossNoted(sentAt: sentAt, at: now)
    }

    /// Requests lost together are one event, as in TCP: the window is halved and the timeout doubled once.
    private mutating func lossNoted(sentAt: UInt64, at now: UInt64) {
        guard sentAt >= lossNotedAt else { return }
        lossNotedAt = now
        window.requestLost()
        roundTrip.expired()
    }

    /// A response that counts came; `isSample` when its request was sent once only.
    mutating func responseReceived(sentAt: UInt64, isSample: Bool, at now: UInt64) {
        counters.responses &+= 1
        lastAnswerAt = max(now, 1)
        if isSample { roundTrip.sampled(microseconds: now - min(sentAt, now)) }
    }
}

/// What walks learnt of one agent, by the request they made.
///
/// Bounded: an agent is asked by few different requests over and over.
struct KnowledgeShelf: Hashable, Sendable {
    /// One request's knowledge.
    struct Entry: Hashable, Sendable {
        let key: UInt64
        var knowledge: WalkKnowledge
    }

    static let entriesMax = 4

    /// The entry last stored comes last.
    private(set) var entries: [Entry] = []

    var isEmpty: Bool { entries.isEmpty }

    subscript(key: UInt64) -> WalkKnowledge? { entries.first { $0.key == key }?.knowledge }

    /// Keeps what a walk learnt, in place of the request's older entry, or of the oldest of all.
    mutating func store(_ knowledge: WalkKnowledge, for key: UInt64) {
        update(key, isNew: true) { $0 = knowledge }
    }

    /// Changes a request's entry in its memory; one that is not there yet is made only where `isNew` allows it.
    mutating func update(_ key: UInt64, isNew: Bool, _ body: (inout WalkKnowledge) -> Void) {
        if let place = entries.firstIndex(where: { $0.key == key }) {
            body(&entries[place].knowledge)
        } else if isNew {
            if entries.count == Self.entriesMax { entries.removeFirst() }
            var entry = Entry(key: key, knowledge: WalkKnowledge())
            body(&entry.knowledge)
            entries.append(entry)
        }
    }
}

extension TableRequest {
    /// Tells requests for different names apart, the same in every process: FNV-1a over the names.
    var knowledgeKey: UInt64 {
        var hash = StableHash()
        for name in scalars { hash.combine(name.encoded) }
        hash.combine([0])
        for name in columns { hash.combine(name.encoded) }
        return hash.value
    }
}
