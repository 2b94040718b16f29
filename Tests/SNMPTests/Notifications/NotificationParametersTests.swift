import Testing

@testable import SNMP

@Suite("Notification parameters (RFC 3584 section 3)")
struct NotificationParametersTests {
    static let cisco: ObjectIdentifier = "1.3.6.1.4.1.9.1.516"

    static func trapV1(
        _ generic: Int32, _ specific: Int32 = 0, enterprise: ObjectIdentifier = cisco,
        address: [UInt8] = [192, 0, 2, 7], varBinds: [VarBind] = []
    ) -> PDU {
        var pdu = PDU(type: .trapV1, requestID: 0, varBinds: varBinds)
        pdu.trapV1 = TrapV1Header(
            enterprise: enterprise, agentAddress: address, genericTrap: generic, specificTrap: specific, timestamp: 4711
        )
        return pdu
    }

    static func trapV2(_ name: ObjectIdentifier, _ rest: [VarBind] = [], type: PDUType = .trapV2) -> PDU {
        PDU(
            type: type, requestID: 99,
            varBinds: [
                VarBind("1.3.6.1.2.1.1.3.0", .timeTicks(4711)),
                VarBind("1.3.6.1.6.3.1.1.4.1.0", .objectIdentifier(name)),
            ] + rest)
    }

    private func notification(_ pdu: PDU, _ version: SNMPVersion = .v2c) throws -> SNMPNotification {
        try SNMPNotification(
            pdu, from: TransportAddress(127, 0, 0, 1, port: 4000), version: version, sender: .community(isKnown: true),
            receivedAtUnixMilliseconds: 1)
    }

    @Test(
        "generic traps become those below snmpTraps, others enterprise.0.specific",
        arguments: [
            (0, 0, "1.3.6.1.6.3.1.1.5.1", "coldStart"), (1, 0, "1.3.6.1.6.3.1.1.5.2", "warmStart"),
            (2, 0, "1.3.6.1.6.3.1.1.5.3", "linkDown"), (3, 0, "1.3.6.1.6.3.1.1.5.4", "linkUp"),
            (4, 0, "1.3.6.1.6.3.1.1.5.5", "authenticationFailure"),
            (5, 0, "1.3.6.1.6.3.1.1.5.6", "1.3.6.1.6.3.1.1.5.6"),
            (6, 42, "1.3.6.1.4.1.9.1.516.0.42", "1.3.6.1.4.1.9.1.516.0.42"),
            // The specific-trap of a generic trap says nothing.
            (2, 42, "1.3.6.1.6.3.1.1.5.3", "linkDown"),
            // Numbers no standard has.
            (7, 3, "1.3.6.1.4.1.9.1.516.0.3", "1.3.6.1.4.1.9.1.516.0.3"),
            (-1, 3, "1.3.6.1.4.1.9.1.516.0.3", "1.3.6.1.4.1.9.1.516.0.3"),
            (6, -1, "1.3.6.1.4.1.9.1.516.0.4294967295", "1.3.6.1.4.1.9.1.516.0.4294967295"),
        ] as [(Int32, Int32, String, String)])
    func generic(number: Int32, specific: Int32, name: String, kind: String) throws {
        let found = try notification(Self.trapV1(number, specific), .v1)
        #expect(found.trapOID.description == name)
        #expect(found.kind.description == kind)
        #expect(found.sysUpTime == 4711)
        #expect(found.enterprise == Self.cisco)
        #expect(found.agentAddress?.host == "192.0.2.7")
        #expect(!found.isInform)
    }

    @Test("a link trap names its interface; what the vendor added is kept")
    func link() throws {
        // A switch of Cisco: ifIndex, ifDescr, ifType, locIfReason.
        let varBinds = [
            VarBind("1.3.6.1.2.1.2.2.1.1.10101", .integer(10101)),
            VarBind("1.3.6.1.2.1.2.2.1.2.10101", .octetString(Array("GigabitEthernet0/1".utf8))),
            VarBind("1.3.6.1.2.1.2.2.1.3.10101", .integer(6)),
            VarBind("1.3.6.1.4.1.9.2.2.1.1.20.10101", .octetString(Array("down".utf8))),
        ]
        for pdu in [Self.trapV1(2, varBinds: varBinds), Self.trapV2("1.3.6.1.6.3.1.1.5.3", varBinds)] {
            let found = try notification(pdu)
            guard case .linkDown(let change) = found.kind else {
                Issue.record("\(found.kind)")
                continue
            }
            #expect(change.ifIndex == 10101)
            #expect(change.ifDescr == Array("GigabitEthernet0/1".utf8))
            #expect(change.adminStatus == nil && change.operStatus == nil)
            #expect(found.varBinds == varBinds)
        }
    }

    @Test("ifIndex is known by its value, else by the instance of another column")
    func ifIndex() throws {
        let status = VarBind("1.3.6.1.2.1.2.2.1.8.7", .integer(2))
        #expect(LinkChange([status]).ifIndex == 7)
        #expect(LinkChange([status]).operStatus == 2)
        #expect(LinkChange([VarBind("1.3.6.1.2.1.31.1.1.1.1.9", .octetString([0x61]))]).ifIndex == 9)
        // An agent that leaves the instance out of the name.
        #expect(LinkChange([VarBind("1.3.6.1.2.1.2.2.1.1", .integer(5))]).ifIndex == 5)
        #expect(LinkChange([status, VarBind("1.3.6.1.2.1.2.2.1.1.3", .integer(3))]).ifIndex == 3)
        #expect(LinkChange([VarBind("1.3.6.1.2.1.1.5.0", .integer(5))]).ifIndex == nil)
        #expect(LinkChange([VarBind("1.3.6.1.2.1.2.2.1.1.3", .integer(-3))]).ifIndex == 3)
    }

    @Test("sysUpTime and snmpTrapOID are found wherever they stand; the first may be missing, the second not")
    func order() throws {
        var pdu = Self.trapV2("1.3.6.1.6.3.1.1.5.1")
        pdu.varBinds.reverse()
        #expect(try notification(pdu).kind == .coldStart)
        #expect(try notification(pdu).sysUpTime == 4711)
        pdu.varBinds.removeAll { $0.name == "1.3.6.1.2.1.1.3.0" }
        #expect(try notification(pdu).sysUpTime == nil)
        pdu.varBinds = []
        #expect(throws: NotificationContentFault.trapOIDMissing) { try notification(pdu) }
        let wrong = VarBind("1.3.6.1.6.3.1.1.4.1.0", .integer(1))
        pdu.varBinds = [wrong]
        #expect(throws: NotificationContentFault.trapOIDMissing) { try notification(pdu) }
    }

    @Test("a proxy's words for address and enterprise are taken, its community is not kept")
    func proxy() throws {
        let pdu = Self.trapV2(
            "1.3.6.1.6.3.1.1.5.1",
            [
                VarBind("1.3.6.1.6.3.18.1.3.0", .ipAddress([192, 0, 2, 9])),
                VarBind("1.3.6.1.6.3.18.1.4.0", .octetString(Array("secret".utf8))),
                VarBind("1.3.6.1.6.3.1.1.4.3.0", .objectIdentifier(Self.cisco)),
            ])
        let found = try notification(pdu)
        #expect(found.agentAddress?.host == "192.0.2.9")
        #expect(found.enterprise == Self.cisco)
        #expect(found.varBinds.map(\.name) == ["1.3.6.1.6.3.18.1.3.0", "1.3.6.1.6.3.1.1.4.3.0"])
    }

    @Test("an agent-addr of 0.0.0.0, or one that is no address, says nothing")
    func agentAddress() throws {
        #expect(try notification(Self.trapV1(0, address: [0, 0, 0, 0])).agentAddress == nil)
        #expect(try notification(Self.trapV1(0, address: [10, 0, 0])).agentAddress == nil)
    }

    @Test("an enterprise too long for a name is a fault, not a trap of the program")
    func longEnterprise() throws {
        let base = Array(repeating: UInt32(1), count: 126)
        #expect(try notification(Self.trapV1(6, 5, enterprise: ObjectIdentifier(base))).trapOID.count == 128)
        let long = ObjectIdentifier(base + [1])
        #expect(throws: NotificationContentFault.trapOIDTooLong) {
            try notification(Self.trapV1(6, 5, enterprise: long))
        }
        #expect(try notification(Self.trapV1(0, enterprise: long)).kind == .coldStart)
    }

    @Test("requests and responses are no notifications", arguments: [PDUType.get, .response, .set, .getBulk, .report])
    func otherTypes(type: PDUType) {
        #expect(throws: NotificationContentFault.otherType(type)) {
            try notification(Self.trapV2("1.3.6.1.6.3.1.1.5.1", type: type))
        }
    }
}
