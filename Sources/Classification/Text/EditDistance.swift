/// Misspellings: how many keys were struck wrong.
enum EditDistance {
    /// Whether two words are at most `limit` inserted, dropped, replaced or swapped letters apart.
    ///
    /// Optimal string alignment in a band of `2 * limit + 1`; words here are at most 24 letters, so time is bounded.
    static func isWithin(_ limit: Int, _ left: ArraySlice<UInt8>, _ right: [UInt8]) -> Bool {
        guard abs(left.count - right.count) <= limit else { return false }
        let width = right.count + 1
        var beforeLast = [Int](repeating: 0, count: width)
        var last = Array(0..<width)
        var current = [Int](repeating: 0, count: width)
        let start = left.startIndex - 1
        for row in 1..<(left.count + 1) {
            current[0] = row
            var best = row
            for column in 1..<width {
                let same = left[start + row] == right[column - 1]
                var cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
                let isSwap = row > 1 && column > 1 && left[start + row] == right[column - 2]
                if isSwap, left[start + row - 1] == right[column - 1] {
                    cost = min(cost, beforeLast[column - 2] + 1)
                }
                current[column] = cost
                best = min(best, cost)
            }
            if best > limit { return false }
            (beforeLast, last, current) = (last, current, beforeLast)
        }
        return last[width - 1] <= limit
    }
}
