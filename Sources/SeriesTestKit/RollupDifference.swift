import Traffic

/// Where two roll-ups of one hour differ by more than a store may lose.
///
/// Counts and sums of counters are exact; sums of rates hold within 1e-9, the lowest and highest within 2^-24 of their
/// sum, seconds within a millisecond in a million hours.
enum RollupDifference {
    /// The first difference in words; nil where there is none.
    static func first(_ found: HourlyRollup, _ expected: HourlyRollup, origins: Bool) -> String? {
        if found.readings != expected.readings { return "\(found.readings) readings, not \(expected.readings)" }
        if origins, found.origin != expected.origin {
            return "origin \(found.origin.names), not \(expected.origin.names)"
        }
        return first(found.inbound, expected.inbound).map { "inbound \($0)" }
            ?? first(found.outbound, expected.outbound).map { "outbound \($0)" }
    }

    private static func first(_ found: DirectionRollup, _ expected: DirectionRollup) -> String? {
        let counted: [(String, UInt64, UInt64)] = [
            ("count", UInt64(found.count), UInt64(expected.count)), ("octets", found.octets, expected.octets),
            ("packets", found.packets, expected.packets), ("errors", found.errors, expected.errors),
            ("discards", found.discards, expected.discards),
        ]
        for (name, found, expected) in counted where found != expected { return "\(name) \(found), not \(expected)" }
        let measured: [(String, Double, Double, Double)] = [
            ("sum", found.sum, expected.sum, 1e-9 * expected.sum),
            ("sumOfSquares", found.sumOfSquares, expected.sumOfSquares, 1e-9 * expected.sumOfSquares),
            ("min", found.min, expected.min, 0x1p-24 * expected.sum),
            ("max", found.max, expected.max, 0x1p-24 * expected.sum),
            ("seconds", found.seconds, expected.seconds, 1e-9 * expected.seconds),
        ]
        for (name, found, expected, allowed) in measured where !(abs(found - expected) <= allowed) {
            return "\(name) \(found), not \(expected)"
        }
        return nil
    }
}
