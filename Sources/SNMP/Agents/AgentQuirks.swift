/// Deviations of an agent that are better known beforehand.
///
/// Set them in `Target.quirks`. Most are also found out while polling, by requests that fail; `unorderedRows` and
/// `answersFromOtherAddress` give up a check, and are never assumed.
public struct AgentQuirks: OptionSet, Hashable, Sendable {
    /// The bits, stable across versions of this library.
    public let rawValue: UInt32

    /// Makes a set from its bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// GETBULK fails or is answered wrongly: GETNEXT is used.
    public static let noGetBulk = AgentQuirks(rawValue: 1)
    /// Only the first variable binding of a request is answered: each is asked alone.
    public static let oneVarBindPerRequest = AgentQuirks(rawValue: 2)
    /// Rows come in another order than that of their indexes, and are all there.
    ///
    /// What follows is asked from the last row in place of the greatest. A row seen before ends the column.
    public static let unorderedRows = AgentQuirks(rawValue: 4)
    /// Answers come from another of its addresses than the one asked.
    public static let answersFromOtherAddress = AgentQuirks(rawValue: 8)
    /// Answers over 484 octets, the least an agent must be able to send, are lost (RFC 3417 section 3.2).
    public static let smallResponses = AgentQuirks(rawValue: 16)
}

extension Target {
    /// The target with what its quirks ask for.
    var withQuirksApplied: Target {
        guard !quirks.isEmpty else { return self }
        var target = self
        if quirks.contains(.answersFromOtherAddress) { target.sourcePolicy = .anyAddress }
        if quirks.contains(.smallResponses) { target.responseOctetsMax = 484 }
        return target
    }
}
