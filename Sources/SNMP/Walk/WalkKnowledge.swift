/// What one walk learnt of an agent that the next one for the same request can use.
struct WalkKnowledge: Hashable, Sendable {
    /// Its octets, for the memory kept across restarts.
    var encoded: [UInt8] { [] }

    init() {}

    /// Reads octets of `encoded`; nil for any others.
    init?(decoding octets: some Collection<UInt8>) { if !octets.isEmpty { return nil } }
}
