/// A column of a neighbour table, or a scalar, by its object identifier.
public struct NeighbourColumn: Sendable, Hashable {
    /// Its name in the MIB, for messages.
    public var name: String
    /// Its object identifier, dotted, without an instance.
    public var dotted: String

    /// A column.
    public init(_ name: String, _ dotted: String) {
        self.name = name
        self.dotted = dotted
    }
}

/// What a device answered for one column.
public struct NeighbourRows: Sendable, Hashable {
    /// One instance.
    public struct Row: Sendable, Hashable {
        /// All parts of the instance behind the column's identifier.
        public var index: [UInt32]
        /// Its value.
        public var value: MIBValue

        /// An instance with its value.
        public init(index: [UInt32], value: MIBValue) {
            self.index = index
            self.value = value
        }
    }

    /// The instances in the order of the answer.
    public var rows: [Row]
    /// Why the column was not read to its end; nil where it was, or where the device has no such column.
    public var failure: String?

    /// A column as answered.
    public init(rows: [Row] = [], failure: String? = nil) {
        self.rows = rows
        self.failure = failure
    }
}

/// What a device answered about itself, its ports and its neighbours: the input of `NeighbourDecoding`.
public struct NeighbourAnswer: Sendable, Hashable {
    /// The columns that were asked for.
    public var columns: [NeighbourColumn: NeighbourRows]

    /// An answer.
    public init(columns: [NeighbourColumn: NeighbourRows] = [:]) {
        self.columns = columns
    }

    /// A column; empty and complete where it was not asked for.
    public subscript(column: NeighbourColumn) -> NeighbourRows {
        columns[column] ?? NeighbourRows()
    }
}
