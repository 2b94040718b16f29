import Inventory

/// What one neighbour table brought: the common shape of all its decoders.
struct NeighbourTableReading: Sendable, Hashable {
    /// The neighbours in the order of the table.
    var neighbours: [NeighbourReading] = []
    /// Rows that are no neighbours, by reason.
    var dropped: [NeighbourDrop: Int] = [:]
    /// Why the table was not read to its end: the column and the reason; nil where it was.
    var failure: String?

    /// Counts rows that are no neighbours.
    mutating func drop(_ reason: NeighbourDrop, count: Int = 1) {
        if count > 0 { dropped[reason, default: 0] += count }
    }
}

extension NeighbourAnswer {
    /// The first of the columns that was not read to its end, with the reason; nil where all were.
    func failure(of columns: [NeighbourColumn]) -> String? {
        for column in columns {
            if let failure = self[column].failure { return "\(column.name): \(failure)" }
        }
        return nil
    }
}
