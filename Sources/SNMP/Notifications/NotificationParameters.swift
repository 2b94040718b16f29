/// Why a data unit is not a notification.
public enum NotificationContentFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// Neither a trap nor an inform.
    case otherType(PDUType)
    /// No snmpTrapOID.0 with an object identifier among the variable bindings.
    case trapOIDMissing
    /// The object identifier of a version 1 trap would have more than 128 sub-identifiers.
    case trapOIDTooLong

    /// A sentence.
    public var description: String {
        switch self {
        case .otherType(let type): "the data unit is a \(type), neither a trap nor an inform"
        case .trapOIDMissing: "the message does not say what happened: snmpTrapOID.0 is missing"
        case .trapOIDTooLong: "enterprise and specific-trap make an object identifier of more than 128 sub-identifiers"
        }
    }
}

/// The notification parameters of RFC 3584 section 3, one form for all versions.
struct NotificationParameters: Hashable, Sendable {
    /// snmpTraps (RFC 3418): coldStart and its like are below it.
    static let snmpTraps: ObjectIdentifier = "1.3.6.1.6.3.1.1.5"
    /// snmpTrapOID.0.
    static let snmpTrapOID: ObjectIdentifier = "1.3.6.1.6.3.1.1.4.1.0"
    /// snmpTrapEnterprise.0.
    static let snmpTrapEnterprise: ObjectIdentifier = "1.3.6.1.6.3.1.1.4.3.0"
    /// snmpTrapAddress.0 (RFC 3584): the agent's address, added by proxies.
    static let snmpTrapAddress: ObjectIdentifier = "1.3.6.1.6.3.18.1.3.0"
    /// snmpTrapCommunity.0 (RFC 3584), a secret.
    static let snmpTrapCommunity: ObjectIdentifier = "1.3.6.1.6.3.18.1.4.0"
    /// Generic traps end below this number; it is enterpriseSpecific (RFC 1157 section 4.1.6).
    static let enterpriseSpecific: Int32 = 6

    var sysUpTime: UInt32?
    var trapOID: ObjectIdentifier
    var enterprise: ObjectIdentifier?
    var agentAddress: TransportAddress?
    var varBinds: [VarBind]

    /// Reads a trap of any version or an inform.
    init(_ pdu: PDU) throws(NotificationContentFault) {
        switch pdu.type {
        case .trapV1:
            guard let header = pdu.trapV1 else { throw .trapOIDMissing }
            try self.init(header, pdu.varBinds)
        case .trapV2, .inform: try self.init(pdu.varBinds)
        case .get, .getNext, .response, .set, .getBulk, .report: throw .otherType(pdu.type)
        }
    }

    /// Translates a trap of version 1 (RFC 3584 section 3.1).
    private init(_ header: TrapV1Header, _ varBinds: [VarBind]) throws(NotificationContentFault) {
        sysUpTime = header.timestamp
        trapOID = try Self.trapOID(of: header)
        enterprise = header.enterprise
        agentAddress = Self.address(header.agentAddress)
        self.varBinds = varBinds.filter { $0.name != Self.snmpTrapCommunity }
    }

    /// Rules (2) and (3): generic traps are below snmpTraps, all others are enterprise, 0, specific-trap.
    private static func trapOID(of header: TrapV1Header) throws(NotificationContentFault) -> ObjectIdentifier {
        if (0..<enterpriseSpecific).contains(header.genericTrap) {
            return snmpTraps.appending(UInt32(header.genericTrap) + 1)
        }
        guard header.enterprise.count <= ObjectIdentifier.subIdentifierCountMax - 2 else { throw .trapOIDTooLong }
        return header.enterprise.appending(0, UInt32(bitPattern: header.specificTrap))
    }

    /// Reads a trap of version 2 or an inform (RFC 3416 section 4.2.6).
    ///
    /// The first two names are found wherever they stand: agents exist that put them elsewhere, or leave sysUpTime out.
    private init(_ varBinds: [VarBind]) throws(NotificationContentFault) {
        var trapOID: ObjectIdentifier?
        var rest: [VarBind] = []
        rest.reserveCapacity(varBinds.count)
        for varBind in varBinds {
            switch (varBind.name, varBind.value) {
            case (Self.snmpTrapOID, .objectIdentifier(let name)) where trapOID == nil: trapOID = name
            case (WellKnown.sysUpTime, let value) where sysUpTime == nil && value.uint64 != nil:
                sysUpTime = value.uint64.flatMap { UInt32(exactly: $0) }
            case (Self.snmpTrapCommunity, _): break
            default: rest.append(varBind)
            }
        }
        guard let trapOID else { throw .trapOIDMissing }
        self.trapOID = trapOID
        for case (Self.snmpTrapEnterprise, .objectIdentifier(let name)) in rest.map({ ($0.name, $0.value) }) {
            enterprise = name
        }
        for case (Self.snmpTrapAddress, .ipAddress(let octets)) in rest.map({ ($0.name, $0.value) }) {
            agentAddress = Self.address(octets)
        }
        self.varBinds = rest
    }

    /// Four octets as an address; nil for 0.0.0.0, which agents without a fixed address send (RFC 3584 section 3.1).
    private static func address(_ octets: [UInt8]) -> TransportAddress? {
        guard octets.count == 4, octets.contains(where: { $0 != 0 }) else { return nil }
        return TransportAddress(octets[0], octets[1], octets[2], octets[3])
    }
}
