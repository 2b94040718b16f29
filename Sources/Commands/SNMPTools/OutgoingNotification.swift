import SNMP

/// A notification to send, in the form of each version.
struct OutgoingNotification: Hashable, Sendable {
    /// What happened (snmpTrapOID.0).
    var trapOID: ObjectIdentifier
    /// sysUpTime at the event, in hundredths of a second.
    var upTime: UInt32
    /// All that follows sysUpTime.0 and snmpTrapOID.0.
    var varBinds: [VarBind] = []
    /// agent-addr of version 1, four octets.
    var agentAddress: [UInt8] = [0, 0, 0, 0]

    private static let sysUpTime: ObjectIdentifier = "1.3.6.1.2.1.1.3.0"
    private static let snmpTrapOID: ObjectIdentifier = "1.3.6.1.6.3.1.1.4.1.0"
    private static let snmpTrapEnterprise: ObjectIdentifier = "1.3.6.1.6.3.1.1.4.3.0"
    private static let snmpTraps: ObjectIdentifier = "1.3.6.1.6.3.1.1.5"

    init(trapOID: ObjectIdentifier, upTime: UInt32) {
        self.trapOID = trapOID
        self.upTime = upTime
    }

    /// The data unit of versions 2c and 3 (RFC 3416 section 4.2.6 and 4.2.7).
    func pdu(requestID: Int32, isInform: Bool) -> PDU {
        let first = [
            VarBind(Self.sysUpTime, .timeTicks(upTime)), VarBind(Self.snmpTrapOID, .objectIdentifier(trapOID)),
        ]
        return PDU(type: isInform ? .inform : .trapV2, requestID: requestID, varBinds: first + varBinds)
    }

    /// The data unit of version 1 (RFC 3584 section 3.2).
    var pduV1: PDU {
        var pdu = PDU(type: .trapV1, requestID: 0, varBinds: varBinds.filter { $0.name != Self.snmpTrapEnterprise })
        pdu.trapV1 = header
        return pdu
    }

    private var header: TrapV1Header {
        let last = trapOID.subIdentifiers.last ?? 0
        var header = TrapV1Header(
            enterprise: Self.snmpTraps, agentAddress: agentAddress, genericTrap: 6, specificTrap: 0, timestamp: upTime)
        if trapOID.parent == Self.snmpTraps, (1...6).contains(last) {
            header.genericTrap = Int32(last) - 1
            let named = varBinds.first { $0.name == Self.snmpTrapEnterprise }?.value
            if case .objectIdentifier(let enterprise) = named { header.enterprise = enterprise }
            return header
        }
        header.specificTrap = Int32(bitPattern: last)
        let above = trapOID.parent ?? trapOID
        header.enterprise = above.subIdentifiers.last == 0 ? above.parent ?? above : above
        return header
    }
}
