public import Inventory

/// What was decided: which stored interface is which row of a new reading.
public struct IdentityDecision: Sendable, Hashable {
    /// One interface found again.
    public struct Pair: Sendable, Hashable {
        /// Its place among the stored interfaces.
        public var stored: Int
        /// Its place among the new facts.
        public var new: Int
        /// Why; empty where all fields that tell interfaces apart are equal.
        public var evidence: [IdentityEvidence]
    }

    /// Interfaces found again, ordered by place among the new facts; no place occurs twice on either side.
    public var pairs: [Pair] = []
    /// Places of the new facts that are no stored interface, ascending.
    public var unknown: [Int] = []
    /// Places of the stored interfaces that are not in the new facts, ascending.
    public var absent: [Int] = []
}

/// Decides which stored interface each row of a new reading is (`docs/identity.md`).
///
/// Evidence is weighed per pair; pairs are accepted from the strongest down, each interface once, so two interfaces
/// are never merged. What falls short of `IdentityEvidence.weightMin` is a new interface. Ties are broken by state
/// (present before missing before removed), then stored ifIndex, then id, then new ifIndex: the decision depends on the
/// values only, not on their order. Time grows as n log n, also where all names are equal.
public enum InterfaceIdentity {
    /// Matches stored interfaces, live and removed, with the rows of a reading.
    ///
    /// - Parameters:
    ///   - stored: live interfaces of one device, missing ones too, followed by removed ones.
    ///   - liveCount: how many of `stored` are live.
    ///   - facts: the new rows, ordered by ifIndex.
    public static func decide(stored: [Interface], liveCount: Int, facts: [InterfaceFacts]) -> IdentityDecision {
        var matcher = IdentityMatcher(stored: stored, liveCount: liveCount, facts: facts)
        matcher.acceptUnchanged()
        if matcher.isUndecided {
            matcher.weighEvidence()
            matcher.pairRenumberedEquals()
        }
        return matcher.decision
    }
}
