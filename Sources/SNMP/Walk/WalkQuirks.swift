/// Allowances for agents that learning at run time does not cover.
///
/// None is made by default: each gives up a check.
public struct WalkQuirks: OptionSet, Hashable, Sendable {
    /// The bits, one for each allowance.
    public let rawValue: UInt8
    /// Makes a set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Rows need not increase, as long as none comes twice.
    ///
    /// What follows is asked from the last row in place of the greatest. A row seen before ends the column.
    public static let unorderedRows = WalkQuirks(rawValue: 1)
    /// The agent has no usable GETBULK: only GETNEXT is asked.
    public static let noGetBulk = WalkQuirks(rawValue: 2)
}
