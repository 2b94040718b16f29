import SNMP

extension Engine {
    /// What this engine learnt of agents, encoded, by address.
    var encodedMemories: [String: [UInt8]] {
        Dictionary(memories().map { ($0.address.description, $0.encoded) }) { _, last in last }
    }

    /// Takes over what was learnt before; what cannot be read, as of another release, is passed over.
    func recall(encoded: [[UInt8]]) {
        recall(encoded.compactMap { AgentMemory(decoding: $0) })
    }

    /// Whether two memories say the same of an agent, whenever they were noted.
    @Sendable static func isSameMemory(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left != right else { return true }
        guard var old = AgentMemory(decoding: left), let new = AgentMemory(decoding: right) else { return false }
        old.savedAtUnixMilliseconds = new.savedAtUnixMilliseconds
        return old == new
    }
}
