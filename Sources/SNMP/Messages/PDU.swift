/// The kinds of protocol data unit; the raw value is the identifier octet (RFC 3416 section 3, RFC 1157 section 4.1).
public enum PDUType: UInt8, Hashable, Sendable, CaseIterable {
    /// GetRequest.
    case get = 0xA0
    /// GetNextRequest.
    case getNext = 0xA1
    /// Response; GetResponse in version 1.
    case response = 0xA2
    /// SetRequest.
    case set = 0xA3
    /// The Trap of version 1, which has a shape of its own.
    case trapV1 = 0xA4
    /// GetBulkRequest, not in version 1.
    case getBulk = 0xA5
    /// InformRequest.
    case inform = 0xA6
    /// SNMPv2-Trap.
    case trapV2 = 0xA7
    /// Report.
    case report = 0xA8
}

/// A protocol data unit.
///
/// In a GetBulkRequest the two numbers after the request-id mean non-repeaters and max-repetitions; they have
/// names of their own here and share storage with `errorStatus` and `errorIndex`, as they do on the wire.
public struct PDU: Hashable, Sendable {
    /// The kind.
    public var type: PDUType
    /// Matches a response to its request; 0 in a trap of version 1.
    public var requestID: Int32
    /// What went wrong, `noError` in requests.
    public var errorStatus: ErrorStatus
    /// Which variable binding went wrong, counted from 1; 0 for none.
    public var errorIndex: Int32
    /// The variable bindings.
    public var varBinds: [VarBind]
    /// The header of a trap of version 1, nil in all other kinds.
    public var trapV1: TrapV1Header?

    /// Makes a data unit of any kind except getBulk and trapV1.
    public init(
        type: PDUType, requestID: Int32, errorStatus: ErrorStatus = .noError, errorIndex: Int32 = 0,
        varBinds: [VarBind]
    ) {
        self.type = type
        self.requestID = requestID
        self.errorStatus = errorStatus
        self.errorIndex = errorIndex
        self.varBinds = varBinds
    }

    /// Makes a GetBulkRequest: the first `nonRepeaters` names are asked once, the others `maxRepetitions` times.
    public static func getBulk(
        requestID: Int32, nonRepeaters: Int32, maxRepetitions: Int32, varBinds: [VarBind]
    ) -> PDU {
        PDU(
            type: .getBulk, requestID: requestID, errorStatus: ErrorStatus(rawValue: nonRepeaters),
            errorIndex: maxRepetitions, varBinds: varBinds)
    }

    /// The number of names asked only once, in a GetBulkRequest; a negative one counts as 0.
    public var nonRepeaters: Int32 {
        get { max(0, errorStatus.rawValue) }
        set { errorStatus = ErrorStatus(rawValue: newValue) }
    }

    /// How often the other names are asked, in a GetBulkRequest; a negative one counts as 0.
    public var maxRepetitions: Int32 {
        get { max(0, errorIndex) }
        set { errorIndex = newValue }
    }
}

/// What a trap of version 1 says before its variable bindings (RFC 1157 section 4.1.6).
public struct TrapV1Header: Hashable, Sendable {
    /// The kind of device.
    public var enterprise: ObjectIdentifier
    /// The sender's IPv4 address, four octets.
    public var agentAddress: [UInt8]
    /// The generic trap number; 6 is enterpriseSpecific.
    public var genericTrap: Int32
    /// The enterprise's own trap number.
    public var specificTrap: Int32
    /// sysUpTime at the event, in hundredths of a second.
    public var timestamp: UInt32

    /// Makes a header.
    public init(
        enterprise: ObjectIdentifier, agentAddress: [UInt8], genericTrap: Int32, specificTrap: Int32, timestamp: UInt32
    ) {
        self.enterprise = enterprise
        self.agentAddress = agentAddress
        self.genericTrap = genericTrap
        self.specificTrap = specificTrap
        self.timestamp = timestamp
    }
}

/// What went wrong, by the agent's word (RFC 3416 section 3).
///
/// Unknown numbers are kept.
public struct ErrorStatus: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number on the wire.
    public let rawValue: Int32
    /// Makes a status from its number.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// No error.
    public static let noError = ErrorStatus(rawValue: 0)
    /// The response would not fit the agent's message size.
    public static let tooBig = ErrorStatus(rawValue: 1)
    /// Version 1 only: a name does not exist.
    public static let noSuchName = ErrorStatus(rawValue: 2)
    /// Version 1 only: a value is not accepted.
    public static let badValue = ErrorStatus(rawValue: 3)
    /// Version 1 only: a value may not be written.
    public static let readOnly = ErrorStatus(rawValue: 4)
    /// Any other failure.
    public static let genErr = ErrorStatus(rawValue: 5)
    /// The view does not allow it.
    public static let noAccess = ErrorStatus(rawValue: 6)
    /// A resource was not available.
    public static let resourceUnavailable = ErrorStatus(rawValue: 13)
    /// The community or user may not do this.
    public static let authorizationError = ErrorStatus(rawValue: 16)

    private static let names = [
        "noError", "tooBig", "noSuchName", "badValue", "readOnly", "genErr", "noAccess", "wrongType", "wrongLength",
        "wrongEncoding", "wrongValue", "noCreation", "inconsistentValue", "resourceUnavailable", "commitFailed",
        "undoFailed", "authorizationError", "notWritable", "inconsistentName",
    ]

    /// The standard's name, or the number.
    public var description: String {
        rawValue >= 0 && rawValue < Self.names.count ? Self.names[Int(rawValue)] : "error-status \(rawValue)"
    }
}
