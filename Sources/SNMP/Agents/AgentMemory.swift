/// What is worth knowing of an agent after a restart: its round trip, what it can take, and what it can carry.
///
/// Made by `Engine.memories()`, given back to `Engine.recall(_:)`. Keep `encoded` wherever the process keeps its state.
/// It holds no secret: neither communities, nor users, nor keys.
public struct AgentMemory: Hashable, Sendable {
    /// The agent.
    public let address: TransportAddress
    /// When this was noted, in milliseconds since 1970.
    public var savedAtUnixMilliseconds: Int64
    /// The smoothed round trip, in microseconds; 0 for none measured.
    public internal(set) var smoothedRoundTripMicroseconds: UInt32 = 0
    /// The variation of the round trip, in microseconds.
    public internal(set) var roundTripVariationMicroseconds: UInt32 = 0
    /// The requests that may be under way at one time, as learnt.
    public internal(set) var window: UInt16 = 0
    /// What walks learnt, by the request they made.
    var knowledge: [KnowledgeShelf.Entry] = []
    /// What the security model of version 3 remembers: engineID, boots and time.
    var security: [UInt8] = []

    init(_ address: TransportAddress, savedAtUnixMilliseconds: Int64) {
        self.address = address
        self.savedAtUnixMilliseconds = savedAtUnixMilliseconds
    }

    /// `security` is what the security model of version 3 remembers of the agent, opaque here.
    init(_ state: AgentState, security: [UInt8], savedAtUnixMilliseconds: Int64) {
        self.init(state.address, savedAtUnixMilliseconds: savedAtUnixMilliseconds)
        smoothedRoundTripMicroseconds = state.roundTrip.smoothedMicroseconds
        roundTripVariationMicroseconds = state.roundTrip.variationMicroseconds
        window = state.window.size
        knowledge = state.knowledge.entries
        self.security = security
    }
}

extension AgentState {
    /// Takes over what is remembered of the agent, where nothing newer was learnt.
    mutating func recall(_ memory: AgentMemory) {
        if !roundTrip.hasSample, memory.smoothedRoundTripMicroseconds > 0 {
            roundTrip = RoundTripEstimator(
                smoothedMicroseconds: memory.smoothedRoundTripMicroseconds,
                variationMicroseconds: memory.roundTripVariationMicroseconds)
            window = window.recalled(size: memory.window)
        }
        for entry in memory.knowledge where knowledge[entry.key] == nil {
            knowledge.store(entry.knowledge, for: entry.key)
        }
    }
}
