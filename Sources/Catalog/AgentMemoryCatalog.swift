public import Inventory

/// What was learnt of SNMP agents, kept across restarts: rows of `agent_memories`.
///
/// Nothing depends on it: an agent that is forgotten is learnt again.
public protocol AgentMemoryCatalog: Sendable {
    /// All memories, ordered by address.
    func agentMemories() async throws(CatalogError) -> [StoredAgentMemory]

    /// Adds memories or replaces those of the same addresses, and removes those of other ones; unknown ones are ignored.
    func reviseAgentMemories(
        saving saved: [StoredAgentMemory], removing addresses: [String]
    ) async throws(CatalogError)
}

/// What was learnt of one agent.
public struct StoredAgentMemory: Sendable, Hashable {
    /// Address and port, `10.0.0.1:161` or `[2001:db8::1]:161`; unique.
    public var address: String
    /// What was learnt, as the SNMP engine encodes it; no secrets.
    public var memory: [UInt8]
    /// When it last changed.
    public var updatedAt: Timestamp

    /// A memory as read from or written to a catalog.
    public init(address: String, memory: [UInt8], updatedAt: Timestamp) {
        self.address = address
        self.memory = memory
        self.updatedAt = updatedAt
    }
}
