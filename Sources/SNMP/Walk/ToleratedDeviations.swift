/// What an agent did against the standards, or against custom, that was tolerated while a table was read.
///
/// The rows delivered are right all the same; where a deviation cost a value, its description says so.
public struct ToleratedDeviations: OptionSet, Hashable, Sendable {
    /// The bits, one for each kind of deviation.
    public let rawValue: UInt32
    /// Makes a set from its bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Octets followed the message, a data unit or a variable binding.
    public static let trailingOctets = ToleratedDeviations(rawValue: 1 << 0)
    /// An integer had no content octets and was read as 0.
    public static let emptyInteger = ToleratedDeviations(rawValue: 1 << 1)
    /// An integer was wider than its type; its low bits were kept, as net-snmp does.
    public static let wideInteger = ToleratedDeviations(rawValue: 1 << 2)
    /// An unsigned type was encoded as a negative number; its bit pattern was kept.
    public static let negativeUnsigned = ToleratedDeviations(rawValue: 1 << 3)
    /// A NULL or an exception carried content octets, which were ignored.
    public static let unexpectedContent = ToleratedDeviations(rawValue: 1 << 4)
    /// An object identifier had no content octets and was read as 0.0.
    public static let emptyObjectIdentifier = ToleratedDeviations(rawValue: 1 << 5)
    /// A row held an exception in place of a value: the agent has none there, and the row is left out.
    public static let exceptionRow = ToleratedDeviations(rawValue: 1 << 8)
    /// The column's end was told by noSuchObject or noSuchInstance.
    public static let exceptionAtEnd = ToleratedDeviations(rawValue: 1 << 9)
    /// A value of an unknown type or of an impossible length: the row is left out, and its column is not complete.
    public static let undecodableValue = ToleratedDeviations(rawValue: 1 << 10)
    /// Rows of one response were not in order; they were sorted.
    public static let swappedRows = ToleratedDeviations(rawValue: 1 << 11)
    /// Rows did not increase, which is allowed for this agent; they were sorted.
    public static let unorderedRows = ToleratedDeviations(rawValue: 1 << 12)
    /// Variable bindings stood in the place of another column, or were left out; the columns were asked apart.
    public static let misplacedVarBinds = ToleratedDeviations(rawValue: 1 << 13)
    /// A response held more variable bindings than were asked for.
    public static let surplusVarBinds = ToleratedDeviations(rawValue: 1 << 14)
    /// A GETBULK was answered as a GETNEXT: one row, with room for more.
    public static let bulkAsNext = ToleratedDeviations(rawValue: 1 << 15)
    /// A GETBULK was answered tooBig in place of a shorter response; fewer rows were asked.
    public static let tooBig = ToleratedDeviations(rawValue: 1 << 16)
    /// A response without variable bindings; fewer were asked.
    public static let emptyResponse = ToleratedDeviations(rawValue: 1 << 17)
    /// A response whose variable bindings could not be decoded to their end; fewer were asked.
    public static let undecodableResponse = ToleratedDeviations(rawValue: 1 << 18)
    /// A request was answered by another error; less was asked.
    public static let errorStatus = ToleratedDeviations(rawValue: 1 << 19)
    /// A request was not answered at all, and a smaller one for the same was.
    public static let silentlyDropped = ToleratedDeviations(rawValue: 1 << 20)

    private static let allNames = [
        "trailingOctets", "emptyInteger", "wideInteger", "negativeUnsigned", "unexpectedContent",
        "emptyObjectIdentifier", "", "", "exceptionRow", "exceptionAtEnd", "undecodableValue", "swappedRows",
        "unorderedRows", "misplacedVarBinds", "surplusVarBinds", "bulkAsNext", "tooBig", "emptyResponse",
        "undecodableResponse", "errorStatus", "silentlyDropped",
    ]

    /// The names of the deviations in the set, in a fixed order.
    ///
    /// They are the names of the constants and will not change: programs may rely on them.
    public var names: [String] {
        Self.allNames.indices.filter { rawValue >> UInt32($0) & 1 == 1 && !Self.allNames[$0].isEmpty }
            .map { Self.allNames[$0] }
    }

    /// What the decoder tolerated: its bits are the lowest of this set.
    init(_ anomalies: DecodeAnomalies) { rawValue = UInt32(anomalies.rawValue) }
}

extension ToleratedDeviations: CustomStringConvertible {
    /// The names with commas between them.
    public var description: String { names.joined(separator: ", ") }
}
