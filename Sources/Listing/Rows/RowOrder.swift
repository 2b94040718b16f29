/// All rows in one order, and where a cursor falls in it.
struct RowOrder: Sendable {
    /// One step of the order: a column as numbers, and its direction.
    struct Step: Sendable {
        let column: EncodedColumn
        let descending: Bool

        /// The sort key of a row: `null` is the largest in both directions.
        func key(_ row: Int) -> Int {
            let (code, none) = (Int(column.codes[row]), column.distinct.count)
            return descending && code < none ? none - 1 - code : code
        }

        /// Twice the key of a value, one off where the value does not occur: between its neighbours.
        func doubledKey(_ cell: Cell) -> Int {
            let none = column.distinct.count
            guard cell != .null else { return 2 * none }
            let (low, high) = (column.lowerBound(cell), column.upperBound(cell))
            if low < high { return 2 * (descending ? none - 1 - low : low) }
            return descending ? 2 * (none - 1 - low) + 1 : 2 * low - 1
        }
    }

    /// The steps, the first the most important.
    let steps: [Step]
    /// Row numbers in order; rows are numbered by identity.
    let rows: [UInt32]

    init(_ steps: [Step], rowCount: Int) {
        self.steps = steps
        var rows = (0..<UInt32(rowCount)).map { $0 }
        // Counting sort is stable: from the least important step to the most important one.
        for step in steps.reversed() { rows = Self.sorted(rows, by: step) }
        self.rows = rows
    }

    private init(steps: [Step], rows: [UInt32]) {
        self.steps = steps
        self.rows = rows
    }

    /// The same order after one row changed; `steps` hold the columns as they are now.
    func moving(_ row: Int, steps: [Step]) -> RowOrder {
        var rows = rows
        guard let place = rows.firstIndex(of: UInt32(row)) else { return self }
        rows.remove(at: place)
        let keys = steps.map { $0.key(row) }
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if Self.precedes(Int(rows[middle]), row, keys, steps) { low = middle + 1 } else { high = middle }
        }
        rows.insert(UInt32(row), at: low)
        return RowOrder(steps: steps, rows: rows)
    }

    private static func precedes(_ other: Int, _ row: Int, _ keys: [Int], _ steps: [Step]) -> Bool {
        for (step, key) in zip(steps, keys) {
            let own = step.key(other)
            if own != key { return own < key }
        }
        return other < row
    }

    private static func sorted(_ rows: [UInt32], by step: Step) -> [UInt32] {
        var starts = [Int](repeating: 0, count: step.column.distinct.count + 2)
        for row in rows { starts[step.key(Int(row)) + 1] += 1 }
        for key in 1..<starts.count { starts[key] += starts[key - 1] }
        var sorted = rows
        for row in rows {
            let key = step.key(Int(row))
            sorted[starts[key]] = row
            starts[key] += 1
        }
        return sorted
    }

    /// Position of the first row after a cursor; `firstNewer` is the number of the first row with a larger identity.
    func position(after cells: [Cell], firstNewer: Int) -> Int {
        let wanted = zip(steps, cells).map { $0.doubledKey($1) }
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if isAtOrBefore(Int(rows[middle]), wanted, firstNewer) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func isAtOrBefore(_ row: Int, _ wanted: [Int], _ firstNewer: Int) -> Bool {
        for (step, key) in zip(steps, wanted) {
            let own = 2 * step.key(row)
            if own != key { return own < key }
        }
        return row < firstNewer
    }
}
