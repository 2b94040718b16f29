import SNMP

/// Keeps what was learnt of the agents over a restart.
struct RememberAgents {
    /// Before the process ends: an array of octets for each agent, to be kept in a file or a database.
    static func save(_ engine: Engine) -> [[UInt8]] { engine.memories().map(\.encoded) }

    /// After it starts again: what is damaged or of another version of the form is left out.
    static func restore(_ saved: [[UInt8]], to engine: Engine) {
        engine.recall(saved.compactMap { AgentMemory(decoding: $0) })
    }
}
