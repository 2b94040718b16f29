/// What to read from one device in one poll: scalars and table columns.
public struct TableRequest: Hashable, Sendable {
    /// Instances, such as `1.3.6.1.2.1.1.3.0`.
    ///
    /// They travel with the first columns, as non-repeaters.
    public var scalars: [ObjectIdentifier] {
        didSet { layout = TableLayout(scalars: scalars, columns: columns) }
    }
    /// Columns, such as ifHCInOctets `1.3.6.1.2.1.31.1.1.1.6`; any subtree is accepted.
    public var columns: [ObjectIdentifier] {
        didSet { layout = TableLayout(scalars: scalars, columns: columns) }
    }
    /// The most rows of a column, up to 268,435,456; a column that has more ends as partial.
    public var rowLimit: Int
    /// The most octets of results, all columns together; columns still unfinished then end as partial.
    public var octetLimit: Int
    /// The most requests, without retransmissions; columns still unfinished then end as partial.
    public var requestLimit: Int
    /// What follows from the names; make a request once and ask many devices with it.
    private(set) var layout: TableLayout

    /// Makes a request; the limits' defaults fit the largest devices known.
    public init(
        scalars: [ObjectIdentifier] = [], columns: [ObjectIdentifier] = [], rowLimit: Int = 100_000,
        octetLimit: Int = 64 << 20, requestLimit: Int = 100_000
    ) {
        self.scalars = scalars
        self.columns = columns
        self.rowLimit = rowLimit
        self.octetLimit = octetLimit
        self.requestLimit = requestLimit
        layout = TableLayout(scalars: scalars, columns: columns)
    }
}

/// How reading a column ended.
///
/// Only `complete` and `absent` say that nothing is missing.
public enum ColumnStatus: Hashable, Sendable {
    /// All rows were read: the agent itself led past the end of the column.
    ///
    /// A row in which the agent gave an exception, such as noSuchInstance, has no value and is none: `Column.tolerated`
    /// tells of it.
    case complete
    /// The rows read are right, but some are missing, or may be.
    case partial(ColumnFault)
    /// No row could be read.
    case failed(ColumnFault)
    /// The agent has no row of this column.
    case absent
}

/// Why a column was not read to its end.
public enum ColumnFault: Hashable, Sendable, CustomStringConvertible {
    /// No answer to the last attempt, even to the smallest request.
    case timeout
    /// Nothing listens at the address any more (ICMP port unreachable).
    case refused
    /// The address cannot be reached, by the word of the network or of this host; the number is the errno.
    case unreachable(Int32)
    /// The request for this column alone is longer than the agent takes (msgMaxSize), or than 4096 octets.
    case requestTooLarge
    /// The agent answered with an error, even to the smallest request.
    case errorStatus(ErrorStatus)
    /// The agent answered without any row, even to the smallest request.
    case emptyResponse
    /// The agent's answer could not be decoded, even to the smallest request; or the value of a row could not, and all
    /// other rows are there.
    case undecodable
    /// The agent named a row that does not follow the one before; going on might never end.
    case nonIncreasing(ObjectIdentifier)
    /// More rows than `TableRequest.rowLimit`.
    case rowLimit
    /// More octets than `TableRequest.octetLimit`.
    case octetLimit
    /// More requests than `TableRequest.requestLimit`.
    case requestLimit
    /// The poll's deadline passed.
    case deadline
    /// The engine was shut down.
    case shutdown
    /// Version 3 came in the way.
    case security(SecurityFault)

    /// A clause that says what happened.
    public var description: String {
        switch self {
        case .timeout: "the agent stopped answering"
        case .refused: "the port was closed meanwhile"
        case .unreachable(let number): "the address became unreachable (errno \(number))"
        case .requestTooLarge: "the request is longer than the agent takes"
        case .errorStatus(let status): "the agent answered \(status)"
        case .emptyResponse: "the agent answered without any variable binding"
        case .undecodable: "what the agent answered cannot be decoded"
        case .nonIncreasing(let name): "the agent went back to \(name)"
        case .rowLimit: "the row limit was reached"
        case .octetLimit: "the octet limit was reached"
        case .requestLimit: "the request limit was reached"
        case .deadline: "the poll's deadline passed"
        case .shutdown: "the engine was shut down"
        case .security(let fault): fault.description
        }
    }
}
