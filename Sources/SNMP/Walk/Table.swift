/// What one table poll brought.
public struct Table: Sendable {
    /// The scalars in the order they were asked; nil where the agent has no such instance.
    public internal(set) var scalars: [SNMPValue?]
    /// The columns in the order they were asked.
    public internal(set) var columns: [Column]
    /// sysUpTime in hundredths of a second, when `1.3.6.1.2.1.1.3.0` was among the scalars and was answered.
    public internal(set) var sysUpTime: UInt32?
    /// When that sysUpTime arrived, in milliseconds after the poll began.
    public internal(set) var sysUpTimeArrivalMilliseconds: UInt64
    /// The poll's duration, in milliseconds.
    public internal(set) var elapsedMilliseconds: UInt64
    /// Requests sent, without retransmissions.
    public internal(set) var requests: Int
    /// Retransmissions.
    public internal(set) var retransmissions: Int
    /// Deviations from the standards that were tolerated in the responses.
    public internal(set) var anomalies: DecodeAnomalies
    /// What the agent did against the standards, and was tolerated, in any column or in the messages themselves.
    public internal(set) var tolerated: ToleratedDeviations

    /// The column with the given object identifier, nil if it was not asked.
    public func column(_ oid: ObjectIdentifier) -> Column? { columns.first { $0.oid == oid } }

    /// Whether every column is complete or absent.
    public var isComplete: Bool { columns.allSatisfy { $0.status == .complete || $0.status == .absent } }

    /// The values of one row, in the order of the columns; nil where a column has no such row.
    public subscript(row index: UInt32) -> [SNMPValue?] { columns.map { $0[index] } }

    /// The values of one row, in the order of the columns; nil where a column has no such row.
    public subscript(row index: [UInt32]) -> [SNMPValue?] { columns.map { $0[index] } }
}
