/// What a device answered for one column.
public struct ColumnAnswer: Sendable, Hashable {
    /// Instances of the rows, one for each value: the ifIndex, or nil where the instance is not one number.
    public var indexes: [Int64?]
    /// Values of the rows, in the order of `indexes`.
    public var values: [MIBValue]
    /// Why the column was not read to its end; nil where it was.
    ///
    /// A column the device lacks is complete and empty.
    public var failure: String?

    /// A column as answered; both lists have the same length.
    public init(indexes: [Int64?] = [], values: [MIBValue] = [], failure: String? = nil) {
        self.indexes = indexes
        self.values = values
        self.failure = failure
    }
}

/// What a device answered to the questions of discovery: the input of `InterfaceReading`.
public struct TableAnswer: Sendable, Hashable {
    /// The scalars it has.
    public var scalars: [SystemScalar: MIBValue]
    /// The columns; one that is not in here was not asked for.
    public var columns: [InterfaceColumn: ColumnAnswer]

    /// An answer.
    public init(scalars: [SystemScalar: MIBValue] = [:], columns: [InterfaceColumn: ColumnAnswer] = [:]) {
        self.scalars = scalars
        self.columns = columns
    }
}
