extension NeighbourAnswer {
    /// What a reading of the interfaces already tells: the columns that name them, read to their end.
    public init(_ interfaces: TableAnswer) {
        let names: [(InterfaceColumn, NeighbourColumn)] = [
            (.ifIndex, LocalSystemColumns.ifIndex), (.ifDescr, LocalSystemColumns.ifDescr),
            (.ifPhysAddress, LocalSystemColumns.ifPhysAddress), (.ifName, LocalSystemColumns.ifName),
            (.ifAlias, LocalSystemColumns.ifAlias),
        ]
        self.init()
        for (column, own) in names {
            guard let answer = interfaces.columns[column], answer.failure == nil else { continue }
            let rows = zip(answer.indexes, answer.values).compactMap { index, value -> NeighbourRows.Row? in
                guard let index, let number = UInt32(exactly: index) else { return nil }
                return NeighbourRows.Row(index: [number], value: value)
            }
            columns[own] = NeighbourRows(rows: rows)
        }
    }
}
