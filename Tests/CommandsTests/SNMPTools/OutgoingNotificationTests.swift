import SNMP
import Testing

@testable import Commands

@Suite struct OutgoingNotificationTests {
    @Test(
        arguments: [
            ("1.3.6.1.6.3.1.1.5.1", "1.3.6.1.6.3.1.1.5", 0, 0), ("1.3.6.1.6.3.1.1.5.3", "1.3.6.1.6.3.1.1.5", 2, 0),
            ("1.3.6.1.6.3.1.1.5.6", "1.3.6.1.6.3.1.1.5", 5, 0), ("1.3.6.1.4.1.9.0.99", "1.3.6.1.4.1.9", 6, 99),
            ("1.3.6.1.4.1.9.7.99", "1.3.6.1.4.1.9.7", 6, 99), ("1.3.6.1.6.3.1.1.5.7", "1.3.6.1.6.3.1.1.5", 6, 7),
        ] as [(ObjectIdentifier, ObjectIdentifier, Int32, Int32)])
    func `version 1 has the header that RFC 3584 makes of the name`(
        trapOID: ObjectIdentifier, enterprise: ObjectIdentifier, generic: Int32, specific: Int32
    ) throws {
        let pdu = OutgoingNotification(trapOID: trapOID, upTime: 42).pduV1
        let header = try #require(pdu.trapV1)
        #expect(header.enterprise == enterprise && header.genericTrap == generic && header.specificTrap == specific)
        #expect(header.timestamp == 42 && header.agentAddress == [0, 0, 0, 0])
    }

    @Test(arguments: ["1.3.6.1.6.3.1.1.5.4", "1.3.6.1.4.1.9.0.99", "1.3.6.1.4.1.9.7.99"] as [ObjectIdentifier])
    func `what is sent in any version is read as the same notification`(trapOID: ObjectIdentifier) throws {
        var sent = OutgoingNotification(trapOID: trapOID, upTime: 42)
        sent.varBinds = [VarBind("1.3.6.1.2.1.2.2.1.1.3", .integer(3))]
        for pdu in [sent.pdu(requestID: 5, isInform: false), sent.pdu(requestID: 5, isInform: true), sent.pduV1] {
            let read = try SNMPNotification(
                pdu, from: TransportAddress(127, 0, 0, 1), version: .v2c, sender: .community(isKnown: true),
                receivedAtUnixMilliseconds: 0)
            #expect(read.sysUpTime == 42 && read.varBinds == sent.varBinds)
            // A name whose last but one arc is not 0 cannot be told in version 1.
            let isTellable = pdu.type != .trapV1 || trapOID != "1.3.6.1.4.1.9.7.99"
            #expect(read.trapOID == trapOID || !isTellable)
        }
    }
}
