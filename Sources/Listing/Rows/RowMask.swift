/// Which rows a query chooses.
struct RowMask: Sendable {
    private(set) var isChosen: [Bool]

    init(all count: Int) {
        isChosen = [Bool](repeating: true, count: count)
    }

    /// How many rows are chosen.
    var count: Int { isChosen.count { $0 } }

    /// Keeps the rows whose code is allowed.
    mutating func keep(_ column: EncodedColumn, where isAllowed: [Bool]) {
        column.codes.withUnsafeBufferPointer { codes in
            isAllowed.withUnsafeBufferPointer { allowed in
                isChosen.withUnsafeMutableBufferPointer { chosen in
                    for row in codes.indices where !allowed[Int(codes[row])] { chosen[row] = false }
                }
            }
        }
    }

    /// Adds the rows of another mask whose code is allowed: for one word in any of several columns.
    static func any(_ columns: [(column: EncodedColumn, isAllowed: [Bool])], count: Int) -> RowMask {
        var mask = RowMask(all: count)
        for row in 0..<count {
            mask.isChosen[row] = columns.contains { $0.isAllowed[Int($0.column.codes[row])] }
        }
        return mask
    }

    /// Keeps the rows that another mask chooses too.
    mutating func formIntersection(_ other: RowMask) {
        for row in isChosen.indices where !other.isChosen[row] { isChosen[row] = false }
    }
}

extension EncodedColumn {
    /// By code, `null` last: whether a filter lets it pass.
    func allowed(by filter: Filter, searchText: () -> SearchText) -> [Bool] {
        switch filter.operation {
        case .equals: return marks(ranges: filter.values.flatMap(placesEqual), others: false)
        case .notEquals: return marks(ranges: filter.values.flatMap(placesEqual), others: true)
        case .greater: return marks(ranges: filter.values.map { upperBound($0)..<distinct.count }, others: false)
        case .atLeast: return marks(ranges: filter.values.map { lowerBound($0)..<distinct.count }, others: false)
        case .less: return marks(ranges: filter.values.map { 0..<lowerBound($0) }, others: false)
        case .atMost: return marks(ranges: filter.values.map { 0..<upperBound($0) }, others: false)
        case .contains: return holding(filter.values, in: searchText())
        case .isNull:
            let wanted = filter.values.first == .boolean(true)
            return [Bool](repeating: !wanted, count: distinct.count) + [wanted]
        }
    }

    /// Places of the distinct values that equal `cell`; of lists, those that hold it.
    private func placesEqual(_ cell: Cell) -> [Range<Int>] {
        if case .text(let text) = cell, case .list = distinct.first {
            return distinct.indices.filter {
                if case .list(let texts) = distinct[$0] { texts.contains(text) } else { false }
            }.map { $0..<$0 + 1 }
        }
        return [lowerBound(cell)..<upperBound(cell)]
    }

    private func marks(ranges: [Range<Int>], others: Bool) -> [Bool] {
        var marks = [Bool](repeating: others, count: distinct.count + 1)
        for range in ranges {
            for place in range { marks[place] = !others }
        }
        return marks
    }

    private func holding(_ values: [Cell], in searchText: SearchText) -> [Bool] {
        var marks = [Bool](repeating: false, count: distinct.count + 1)
        for case .text(let text) in values {
            for (place, holds) in searchText.holding(text).enumerated() where holds { marks[place] = true }
        }
        return marks
    }
}
