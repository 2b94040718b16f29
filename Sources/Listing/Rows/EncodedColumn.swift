/// A column of all rows as numbers: each row's value is its place among the distinct values in order.
///
/// Sorting is then counting, comparing is comparing numbers, and a text is looked at once however often it occurs.
struct EncodedColumn: Sendable {
    /// The values that occur, in order, without `null`.
    let distinct: [Cell]
    /// By row: place among `distinct`, or `distinct.count` for `null`.
    let codes: [UInt32]

    private init(distinct: [Cell], codes: [UInt32]) {
        self.distinct = distinct
        self.codes = codes
    }

    init(count: Int, _ value: (Int) -> Cell) {
        var places: [Cell: UInt32] = [:]
        var found: [Cell] = []
        var raw: [UInt32] = []
        raw.reserveCapacity(count)
        for row in 0..<count {
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

    /// The value of a row.
    func cell(at row: Int) -> Cell {
        let code = Int(codes[row])
        return code < distinct.count ? distinct[code] : .null
    }

    /// The same column with another value in one row; a value that occurs no more stays among the distinct ones.
    func replacing(_ row: Int, with cell: Cell) -> EncodedColumn {
        var (distinct, codes) = (distinct, codes)
        let place = cell == .null ? distinct.count : lowerBound(cell)
        if cell != .null, place == distinct.count || distinct[place] != cell {
            distinct.insert(cell, at: place)
            for other in codes.indices where codes[other] >= UInt32(place) { codes[other] += 1 }
        }
        codes[row] = UInt32(place)
        return EncodedColumn(distinct: distinct, codes: codes)
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
