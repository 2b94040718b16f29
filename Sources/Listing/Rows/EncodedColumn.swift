/// A column of all rows as numbers: each row's value is its place among the distinct values in order.
///
/// Sorting is then counting, comparing is comparing numbers, and a text is looked at once however often it occurs.
struct EncodedColumn: Sendable {
    /// The values that occur, in order, without `null`.
    let distinct: [Cell]
    /// By row: place among `distinct`, or `distinct.count` for `null`.
    let codes: [UInt32]

    init<Record: Sendable>(_ rows: [Record], _ value: (Record) -> Cell) {
        var places: [Cell: UInt32] = [:]
        var found: [Cell] = []
        var raw: [UInt32] = []
        raw.reserveCapacity(rows.count)
        for row in rows {
            let cell = value(row)
            if cell == .null {
                raw.append(UInt32.max)
            } else if let place = places[cell] {
                raw.append(place)
            } else {
                let place = UInt32(found.count)
                places[cell] = place
                found.append(cell)
                raw.append(place)
            }
        }
        let order = found.indices.sorted { found[$0] < found[$1] }
        var rank = [UInt32](repeating: 0, count: found.count)
        for (place, original) in order.enumerated() { rank[original] = UInt32(place) }
        let none = UInt32(found.count)
        distinct = order.map { found[$0] }
        codes = raw.map { $0 == .max ? none : rank[Int($0)] }
    }

    /// How many of the distinct values come before a value.
    func lowerBound(_ cell: Cell) -> Int {
        var (low, high) = (0, distinct.count)
        while low < high {
            let middle = (low + high) / 2
            if distinct[middle] < cell { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// How many of the distinct values come before a value or equal it.
    func upperBound(_ cell: Cell) -> Int {
        let bound = lowerBound(cell)
        return bound < distinct.count && distinct[bound] == cell ? bound + 1 : bound
    }
}
