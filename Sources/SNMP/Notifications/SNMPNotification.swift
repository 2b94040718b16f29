/// A trap or inform, in one form for all versions of the protocol.
///
/// Traps of version 1 are translated as RFC 3584 section 3.1 says; what they alone carry, the agent's address and the
/// enterprise, is kept beside. Variable bindings a vendor added (locIfReason, ifDescr, ifType) are kept as they came.
public struct SNMPNotification: Hashable, Sendable {
    /// Who says to have sent it, and how far that was checked.
    public enum Sender: Hashable, Sendable {
        /// Version 1 or 2c: whether the community is one of the configured ones.
        case community(isKnown: Bool)
        /// Version 3: the user, the level of this message, and the sender's engine.
        ///
        /// The engine ID is as sure as the user's key: who has the pass phrase can claim any. Of an inform, and at level
        /// noAuthNoPriv, it is the sender's word alone.
        case user(name: String, level: SecurityLevel, engineID: [UInt8])
    }

    /// Where the datagram came from, which behind a proxy or address translation is not the agent.
    public var source: TransportAddress
    /// The agent's own word for its address: agent-addr of version 1, else snmpTrapAddress.0; nil where it says none.
    ///
    /// Its port has no meaning.
    public var agentAddress: TransportAddress?
    /// The version of the message.
    public var version: SNMPVersion
    /// Who says to have sent it.
    public var sender: Sender
    /// Whether it is an InformRequest, which the listener acknowledges; else a trap.
    public var isInform: Bool
    /// sysUpTime of the agent at the event, in hundredths of a second; nil where the message lacks it.
    public var sysUpTime: UInt32?
    /// What happened (snmpTrapOID.0).
    public var trapOID: ObjectIdentifier
    /// The kind of device or MIB that defines it: enterprise of version 1, else snmpTrapEnterprise.0.
    public var enterprise: ObjectIdentifier?
    /// What happened, as a noun.
    public var kind: NotificationKind
    /// All that follows sysUpTime.0 and snmpTrapOID.0, in the order of the message.
    public var varBinds: [VarBind]
    /// When it was received, in milliseconds since 1970.
    public var receivedAtUnixMilliseconds: Int64

    /// Makes a notification of a data unit; throws where it is none.
    public init(
        _ pdu: PDU, from source: TransportAddress, version: SNMPVersion, sender: Sender,
        receivedAtUnixMilliseconds: Int64
    ) throws(NotificationContentFault) {
        let parameters = try NotificationParameters(pdu)
        self.source = source
        agentAddress = parameters.agentAddress
        self.version = version
        self.sender = sender
        isInform = pdu.type == .inform
        sysUpTime = parameters.sysUpTime
        trapOID = parameters.trapOID
        enterprise = parameters.enterprise
        kind = NotificationKind(parameters)
        varBinds = parameters.varBinds
        self.receivedAtUnixMilliseconds = receivedAtUnixMilliseconds
    }
}

extension SNMPNotification {
    /// About what it takes in memory.
    var octetsOfMemory: Int {
        var octets = MemoryLayout<Self>.stride + 128
        for varBind in varBinds {
            octets +=
                MemoryLayout<VarBind>.stride + varBind.name.encoded.count + (varBind.value.octets?.count ?? 0) + 64
        }
        return octets
    }
}

/// What a notification says, as far as the standards name it (RFC 3418 section 2, RFC 2863 section 6).
public enum NotificationKind: Hashable, Sendable, CustomStringConvertible {
    /// The agent started anew, and its configuration may have changed.
    case coldStart
    /// The agent started anew, with its configuration unchanged.
    case warmStart
    /// An interface went down.
    case linkDown(LinkChange)
    /// An interface came up.
    case linkUp(LinkChange)
    /// The agent was asked with a wrong community or key.
    case authenticationFailure
    /// Anything else, by its snmpTrapOID.
    case other(ObjectIdentifier)

    /// The standard's name, or the object identifier in dotted decimal.
    public var description: String {
        switch self {
        case .coldStart: "coldStart"
        case .warmStart: "warmStart"
        case .linkDown: "linkDown"
        case .linkUp: "linkUp"
        case .authenticationFailure: "authenticationFailure"
        case .other(let name): "\(name)"
        }
    }

    init(_ parameters: NotificationParameters) {
        switch parameters.trapOID {
        case NotificationParameters.snmpTraps.appending(1): self = .coldStart
        case NotificationParameters.snmpTraps.appending(2): self = .warmStart
        case NotificationParameters.snmpTraps.appending(3): self = .linkDown(LinkChange(parameters.varBinds))
        case NotificationParameters.snmpTraps.appending(4): self = .linkUp(LinkChange(parameters.varBinds))
        case NotificationParameters.snmpTraps.appending(5): self = .authenticationFailure
        case let other: self = .other(other)
        }
    }
}

/// What a linkDown or linkUp tells of its interface; texts as octets, in the agent's own encoding.
public struct LinkChange: Hashable, Sendable {
    /// ifIndex, by its value or by the instance of another column; nil where the message names no interface.
    public var ifIndex: UInt32?
    /// ifAdminStatus.
    public var adminStatus: Int32?
    /// ifOperStatus.
    public var operStatus: Int32?
    /// ifDescr.
    public var ifDescr: [UInt8]?
    /// ifName.
    public var ifName: [UInt8]?
    /// ifAlias.
    public var ifAlias: [UInt8]?

    /// Nothing is known.
    public init() {}

    /// Reads the columns of ifTable and ifXTable among variable bindings.
    public init(_ varBinds: [VarBind]) {
        for varBind in varBinds {
            if let (column, index) = Self.place(varBind.name, WellKnown.ifEntry) {
                readEntry(column, index, varBind.value)
            } else if let (column, index) = Self.place(varBind.name, WellKnown.ifXEntry) {
                readExtension(column, index, varBind.value)
            }
        }
    }

    /// Column and instance; an instance the agent left out is nil, as some do.
    private static func place(_ name: ObjectIdentifier, _ entry: ObjectIdentifier) -> (UInt32, UInt32?)? {
        guard let rest = name.suffix(after: entry), let column = rest.first, rest.count <= 2 else { return nil }
        return (column, rest.count == 2 ? rest[1] : nil)
    }

    private mutating func readEntry(_ column: UInt32, _ index: UInt32?, _ value: SNMPValue) {
        switch column {
        case 1: ifIndex = value.int64.flatMap { UInt32(exactly: $0) } ?? ifIndex ?? index
        case 2: ifDescr = value.octets
        case 7: adminStatus = value.int64.flatMap { Int32(exactly: $0) }
        case 8: operStatus = value.int64.flatMap { Int32(exactly: $0) }
        default: break
        }
        if ifIndex == nil { ifIndex = index }
    }

    private mutating func readExtension(_ column: UInt32, _ index: UInt32?, _ value: SNMPValue) {
        switch column {
        case 1: ifName = value.octets
        case 18: ifAlias = value.octets
        default: break
        }
        if ifIndex == nil { ifIndex = index }
    }
}
