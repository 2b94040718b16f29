import Inventory

/// Which ports belong to which aggregate: IEEE8023-LAG-MIB dot3adAggPortTable, else IF-MIB ifStackTable (RFC 2863).
enum LocalAggregates {
    private static let selected = NeighbourColumn("dot3adAggPortSelectedAggID", "1.2.840.10006.300.43.1.2.1.1.12")
    private static let attached = NeighbourColumn("dot3adAggPortAttachedAggID", "1.2.840.10006.300.43.1.2.1.1.13")
    private static let stack = NeighbourColumn("ifStackStatus", "1.3.6.1.2.1.31.1.2.1.3")
    private static let interfaceType = NeighbourColumn("ifType", "1.3.6.1.2.1.2.2.1.3")
    private static let ieee8023adLag: Int64 = 161
    private static let active: Int64 = 1

    /// What is asked for.
    static let columns = [selected, attached, stack, interfaceType]

    /// The aggregate of each member, both by ifIndex; `names` gives ifName.
    ///
    /// A port is attached to the aggregate it carries traffic for; where the agent does not say so, to the one it
    /// selected; where it says neither, to the interface of ifType 161 that stands on it.
    static func decode(_ answer: NeighbourAnswer, names: [Int64: String]) -> [Int64: Int64] {
        var aggregates = stacked(answer, names)
        for column in [selected, attached] {
            for row in answer[column].rows {
                guard row.index.count == 1, let aggregate = row.value.number, aggregate > 0 else { continue }
                let member = Int64(row.index[0])
                if member != aggregate { aggregates[member] = aggregate }
            }
        }
        return aggregates
    }

    private static func stacked(_ answer: NeighbourAnswer, _ names: [Int64: String]) -> [Int64: Int64] {
        let lags = Set(
            answer[interfaceType].rows.filter { $0.index.count == 1 && $0.value.number == ieee8023adLag }
                .map { Int64($0.index[0]) })
        guard !lags.isEmpty else { return [:] }
        var upper: [Int64: [Int64]] = [:]
        for row in answer[stack].rows where row.index.count == 2 && row.value.number == active {
            let (higher, lower) = (Int64(row.index[0]), Int64(row.index[1]))
            if higher > 0, lower > 0, higher != lower { upper[lower, default: []].append(higher) }
        }
        // Two aggregates on one interface decide as little as more of them.
        let standing = upper.mapValues { above in
            above.reduce(into: Set<Int64>()) { found, higher in
                if found.count < 2, lags.contains(higher) { found.insert(higher) }
            }
        }
        var aggregates: [Int64: Int64] = [:]
        for (lower, above) in upper where !lags.contains(lower) {
            var found = standing[lower] ?? []
            for unit in above where found.count < 2 && isUnit(unit, of: lower, names) {
                found.formUnion(standing[unit] ?? [])
            }
            if found.count == 1 { aggregates[lower] = found.first }
        }
        return aggregates
    }

    /// Whether an interface is a logical unit of a port (`xe-0/0/0.0` of `xe-0/0/0`), which an aggregate may stand on.
    private static func isUnit(_ unit: Int64, of port: Int64, _ names: [Int64: String]) -> Bool {
        guard let name = names[unit], let carrier = names[port], !carrier.isEmpty else { return false }
        return name.hasPrefix(carrier + ".")
    }
}
