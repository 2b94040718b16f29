/// What follows from the names of a request alone: worked out once, however many devices are asked.
struct TableLayout: Hashable, Sendable {
    /// For each column the number of its group; columns of a group are expected to have equally many rows.
    let groups: [Int]
    /// The group that ifNumber speaks of, if a requested column is in it.
    let interfaceGroup: Int?
    /// Where sysUpTime.0 stands among the scalars, if it is asked.
    let sysUpTime: Int?
    /// Where ifNumber.0 stands among the scalars, if it is asked.
    let ifNumber: Int?
    /// For each column its name in the form that is quick to compare, where it has one.
    let prefixes: [ColumnPrefix?]
    /// For each scalar what GETNEXT must name to be answered with it.
    let scalarPredecessors: [[UInt8]]

    init(scalars: [ObjectIdentifier], columns: [ObjectIdentifier]) {
        let groups = WellKnown.groups(of: columns)
        self.groups = groups
        let interfaces =
            columns.firstIndex { $0.hasPrefix(WellKnown.ifEntry) }
            ?? columns.firstIndex { $0.hasPrefix(WellKnown.ifXEntry) }
        interfaceGroup = interfaces.map { groups[$0] }
        sysUpTime = scalars.firstIndex(of: WellKnown.sysUpTime)
        ifNumber = scalars.firstIndex(of: WellKnown.ifNumber)
        prefixes = columns.map { ColumnPrefix($0.encoded) }
        scalarPredecessors = scalars.map { WellKnown.predecessor(of: $0) }
    }
}
