package import Catalog
package import Inventory

/// The baselines of one interface by hour of the week.
package struct LearntWeek {
    /// Each hour once, in the order in which they came first.
    package private(set) var rows: [Baseline] = []
    private var places = [Int?](repeating: nil, count: 168)

    private mutating func take(_ row: Baseline) {
        if let place = places[row.hourOfWeek] {
            rows[place] = row
        } else {
            places[row.hourOfWeek] = rows.count
            rows.append(row)
        }
    }

    /// Sound rows by interface, each hour of the week once: of equal ones the last stays.
    ///
    /// Throws `invalidValue` where a row is not sound, or of an interface that is not named.
    package static func grouped(
        _ baselines: [Baseline], named: Set<InterfaceID>
    ) throws(CatalogError) -> [InterfaceID: LearntWeek] {
        var learnt: [InterfaceID: LearntWeek] = [:]
        learnt.reserveCapacity(named.count)
        var week = LearntWeek()
        var interface: InterfaceID?
        // Rows of an interface usually stand together: its week is put away when another one's begin.
        for baseline in baselines {
            try baseline.requireSound()
            if baseline.interfaceID != interface {
                guard named.contains(baseline.interfaceID) else { throw unnamed(baseline.interfaceID) }
                if let interface { learnt[interface] = week }
                interface = baseline.interfaceID
                week = learnt[baseline.interfaceID] ?? LearntWeek()
            }
            week.take(baseline)
        }
        if let interface { learnt[interface] = week }
        return learnt
    }

    private static func unnamed(_ interface: InterfaceID) -> CatalogError {
        CatalogError(
            .invalidValue, operation: "saving baselines",
            message: "interface \(interface) is not among those whose baselines are replaced; name it")
    }
}
