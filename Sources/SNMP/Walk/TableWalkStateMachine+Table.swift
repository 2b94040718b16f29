/// What a walk brought.
extension TableWalkStateMachine {
    /// Lends the table as far as it was read.
    ///
    /// Nothing is copied or allocated: the rows change hands for the call and come back, for the next poll's use. A
    /// receiver that keeps the table, or a column, causes a copy then.
    mutating func withTable<R>(
        elapsedMilliseconds: UInt64, retransmissions: Int, _ body: (borrowing Table) -> R
    ) -> R {
        var table = takeTable(elapsedMilliseconds: elapsedMilliseconds, retransmissions: retransmissions)
        let result = body(table)
        exchangeRows(with: &table)
        lent = consume table
        return result
    }

    /// The table as far as it was read, for good.
    ///
    /// The machine's rows are gone: `reset` begins anew.
    mutating func finish(elapsedMilliseconds: UInt64, retransmissions: Int) -> Table {
        takeTable(elapsedMilliseconds: elapsedMilliseconds, retransmissions: retransmissions)
    }

    private mutating func takeTable(elapsedMilliseconds: UInt64, retransmissions: Int) -> Table {
        var kept: Table?
        swap(&kept, &lent)
        var table = kept ?? emptyTable()
        kept = nil
        for position in scalars.indices { table.scalars[position] = scalars[position] }
        table.sysUpTime = sysUpTime?.value
        table.sysUpTimeArrivalMilliseconds = sysUpTime?.arrivalMilliseconds ?? 0
        table.elapsedMilliseconds = elapsedMilliseconds
        table.requests = requestCount
        table.retransmissions = retransmissions
        table.anomalies = anomalies
        table.tolerated = tolerated.union(ToleratedDeviations(anomalies))
        for position in columns.indices {
            table.columns[position].status = columns[position].status ?? .failed(.timeout)
            table.columns[position].tolerated = columns[position].facts.tolerated
            table.tolerated.formUnion(columns[position].facts.tolerated)
        }
        exchangeRows(with: &table)
        return table
    }

    private mutating func exchangeRows(with table: inout Table) {
        for position in columns.indices { columns[position].exchangeRows(with: &table.columns[position]) }
    }

    private func emptyTable() -> Table {
        Table(
            scalars: Array(repeating: nil, count: scalars.count),
            columns: columns.indices.map {
                Column(oid: columns[$0].oid, status: .failed(.timeout), tolerated: [], storage: ColumnStorage())
            },
            sysUpTime: nil, sysUpTimeArrivalMilliseconds: 0, elapsedMilliseconds: 0, requests: 0, retransmissions: 0,
            anomalies: [], tolerated: [])
    }
}
