/// Rows of a table out of its columns, joined by their whole index.
struct NeighbourRowSet: Sendable {
    /// The index of each row.
    private(set) var indexes: [[UInt32]] = []
    private var rows: [[UInt32]: [NeighbourColumn: MIBValue]] = [:]

    /// A row exists where any column has its index; of two values of one instance the first holds.
    init(_ answer: NeighbourAnswer, _ columns: [NeighbourColumn]) {
        for column in columns {
            for row in answer[column].rows {
                if rows[row.index] == nil { indexes.append(row.index) }
                if rows[row.index]?[column] == nil { rows[row.index, default: [:]][column] = row.value }
            }
        }
    }

    /// Puts the rows in the order of their indexes.
    mutating func sort() {
        indexes.sort { $0.lexicographicallyPrecedes($1) }
    }

    /// The values of a row.
    func values(at position: Int) -> [NeighbourColumn: MIBValue] {
        rows[indexes[position]] ?? [:]
    }

    /// The values of the row with this index.
    subscript(index: [UInt32]) -> [NeighbourColumn: MIBValue] {
        rows[index] ?? [:]
    }
}
