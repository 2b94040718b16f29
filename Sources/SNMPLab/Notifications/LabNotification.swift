/// One thing a device tells of its own accord (RFC 3418 section 2, RFC 2863 section 6).
struct LabNotification: Sendable, Equatable {
    /// The last sub-identifier of snmpTraps; generic-trap of version 1 is one less.
    enum Kind: UInt32, Sendable {
        case coldStart = 1
        case warmStart, linkDown, linkUp, authenticationFailure
    }

    /// The interface of linkDown and linkUp.
    struct Link: Sendable, Equatable {
        var index: UInt32
        var adminStatus: Int32
        var operStatus: Int32
    }

    var kind: Kind
    var device: Int
    /// sysUpTime in hundredths of a second.
    var upTime: UInt32
    /// sysObjectID, the enterprise of version 1.
    var systemObjectID: [UInt32]
    var link: Link?

    private static let snmpTraps: [UInt32] = [1, 3, 6, 1, 6, 3, 1, 1, 5]

    /// SNMPv2-Trap-PDU, or InformRequest-PDU (RFC 3416 section 4.2.6).
    func pdu(requestID: UInt32, isInform: Bool) -> [UInt8] {
        let upTime = Self.varBind([1, 3, 6, 1, 2, 1, 1, 3, 0], BER.unsigned(BER.timeTicks, UInt64(upTime)))
        let trap = BER.element(BER.objectIdentifier, ObjectName.encode(Self.snmpTraps + [kind.rawValue]) ?? [])
        let name = Self.varBind([1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0], trap)
        let fields = BER.signed(Int64(requestID)) + BER.signed(0) + BER.signed(0)
        return BER.element(isInform ? 0xA6 : 0xA7, fields + BER.element(BER.sequence, upTime + name + linkVarBinds))
    }

    /// Trap-PDU (RFC 1157 section 4.1.6); the agent's address is 0.0.0.0 where it is not one of IPv4.
    func trapPDU(agentAddress: UInt32) -> [UInt8] {
        let octets = (0..<4).map { UInt8(truncatingIfNeeded: agentAddress >> UInt32(24 - 8 * $0)) }
        let fields =
            BER.element(BER.objectIdentifier, ObjectName.encode(systemObjectID) ?? [])
            + BER.element(BER.ipAddress, octets) + BER.signed(Int64(kind.rawValue) - 1) + BER.signed(0)
            + BER.unsigned(BER.timeTicks, UInt64(upTime))
        return BER.element(0xA4, fields + BER.element(BER.sequence, linkVarBinds))
    }

    /// ifIndex, ifAdminStatus and ifOperStatus of the interface.
    private var linkVarBinds: [UInt8] {
        guard let link else { return [] }
        let entry: [UInt32] = [1, 3, 6, 1, 2, 1, 2, 2, 1]
        return Self.varBind(entry + [1, link.index], BER.signed(Int64(link.index)))
            + Self.varBind(entry + [7, link.index], BER.signed(Int64(link.adminStatus)))
            + Self.varBind(entry + [8, link.index], BER.signed(Int64(link.operStatus)))
    }

    private static func varBind(_ name: [UInt32], _ value: [UInt8]) -> [UInt8] {
        BER.element(BER.sequence, BER.element(BER.objectIdentifier, ObjectName.encode(name) ?? []) + value)
    }
}

extension LabNotification {
    /// What a fault makes devices tell.
    static func caused(
        by fault: LabFault, _ changes: [LabFaults.Change], _ faults: LabFaults, _ network: SimulatedNetwork,
        at now: Int64
    ) -> [LabNotification] {
        changes.compactMap { change in
            let own = faults.devices[change.device] ?? DeviceFaults()
            guard !own.condition.isSilent else { return nil }
            let device = network.devices[change.device]
            let link = change.position.flatMap { place in
                own.present(in: device).first { $0.position == place }.map { Link(interface: $0.interface) }
            }
            guard let kind = kind(of: fault, change, link) else { return nil }
            return LabNotification(
                kind: kind, device: change.device, upTime: own.upTime(of: device, at: now),
                systemObjectID: device.systemObjectID, link: link)
        }
    }

    private static func kind(of fault: LabFault, _ change: LabFaults.Change, _ link: Link?) -> Kind? {
        switch fault {
        case .reboot: .coldStart
        case .warmStart: .warmStart
        case .linkDown where link != nil: .linkDown
        case .linkUp where link != nil: .linkUp
        case .power: change.isStart ? .coldStart : link.map { $0.operStatus == 1 ? .linkUp : .linkDown }
        default: nil
        }
    }
}

extension LabNotification.Link {
    init(interface: SimulatedInterface) {
        self.init(
            index: interface.index, adminStatus: interface.adminStatus, operStatus: interface.operStatus)
    }
}
