import ObjectNames
import SNMP
import Testing

@testable import Commands

@Suite struct ValueTextTests {
    private static let name: ObjectIdentifier = "1.3.6.1.2.1.1.5.0"
    private static let numeric = ValueText(names: nil)
    private static let named = ValueText(names: .standard)

    @Test(
        arguments: [
            (.integer(-7), "INTEGER: -7"), (.octetString(Array("sw1".utf8)), "STRING: \"sw1\""),
            (.octetString([]), "\"\""), (.octetString([0, 0x1A, 0xFF]), "Hex-STRING: 00 1A FF "),
            (
                .octetString(Array(0..<18)),
                "Hex-STRING: 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F \n10 11 "
            ),
            (.octetString(Array("a\"b\\".utf8)), "STRING: \"a\\\"b\\\\\""),
            (.objectIdentifier("1.3.6.1"), "OID: .1.3.6.1"),
            (.ipAddress([10, 0, 0, 1]), "IpAddress: 10.0.0.1"), (.counter32(4_294_967_295), "Counter32: 4294967295"),
            (.gauge32(5), "Gauge32: 5"), (.counter64(.max), "Counter64: 18446744073709551615"),
            (.timeTicks(123), "Timeticks: (123) 0:00:01.23"),
            (.timeTicks(8_640_000 + 360_000), "Timeticks: (9000000) 1 day, 1:00:00.00"),
            (.timeTicks(.max), "Timeticks: (4294967295) 497 days, 2:27:52.95"),
            (.noSuchInstance, "No Such Instance currently exists at this OID"),
        ] as [(SNMPValue, String)])
    func `values are written as snmpwalk writes them without MIBs`(value: SNMPValue, text: String) {
        #expect(Self.numeric.line(VarBind(Self.name, value)) == ".1.3.6.1.2.1.1.5.0 = \(text)")
    }

    @Test(
        arguments: [
            ("ifDescr.3", .octetString(Array("Gi0/3".utf8)), "IF-MIB::ifDescr.3 = STRING: \"Gi0/3\""),
            ("ifOperStatus.3", .integer(1), "IF-MIB::ifOperStatus.3 = INTEGER: up(1)"),
            ("ifOperStatus.3", .integer(99), "IF-MIB::ifOperStatus.3 = INTEGER: 99"),
            ("ifType.3", .integer(161), "IF-MIB::ifType.3 = INTEGER: ieee8023adLag(161)"),
            ("ifMtu.3", .integer(1500), "IF-MIB::ifMtu.3 = INTEGER: 1500"),
            (
                "ifPhysAddress.3", .octetString([0, 0x1A, 0x2B, 0x3C, 0x4D, 0x5E]),
                "IF-MIB::ifPhysAddress.3 = STRING: 00:1a:2b:3c:4d:5e"
            ),
            ("ifPhysAddress.3", .octetString([]), "IF-MIB::ifPhysAddress.3 = STRING: \"\""),
            (
                "ifAlias.3", .octetString(Array("მაგთი".utf8)), "IF-MIB::ifAlias.3 = STRING: \"მაგთი\""
            ),
            ("ifAlias.3", .octetString([0xFF, 0x41]), "IF-MIB::ifAlias.3 = Hex-STRING: FF 41 "),
            ("sysUpTime.0", .timeTicks(123), "SNMPv2-MIB::sysUpTime.0 = Timeticks: (123) 0:00:01.23"),
            (
                "sysObjectID.0", .objectIdentifier("1.3.6.1.4.1.8072.3.2.10"),
                "SNMPv2-MIB::sysObjectID.0 = OID: NET-SNMP-MIB::netSnmp.3.2.10"
            ),
            (
                "hrSystemDate.0", .octetString([7, 0xEA, 3, 1, 4, 30, 9, 5, 0x2B, 2, 0]),
                "HOST-RESOURCES-MIB::hrSystemDate.0 = STRING: 2026-3-1,4:30:9.5,+2:0"
            ),
            (
                "hrSystemDate.0", .octetString([7, 0xEA, 3, 1, 4, 30, 9, 5]),
                "HOST-RESOURCES-MIB::hrSystemDate.0 = STRING: 2026-3-1,4:30:9.5"
            ),
            (
                "lldpRemSysCapEnabled.0.1.1", .octetString([0x28]),
                "LLDP-MIB::lldpRemSysCapEnabled.0.1.1 = BITS: 28 bridge(2) router(4)"
            ),
            ("ifConnectorPresent.3", .integer(2), "IF-MIB::ifConnectorPresent.3 = INTEGER: false(2)"),
        ] as [(String, SNMPValue, String)])
    func `known objects are written with names`(name: String, value: SNMPValue, line: String) throws {
        let oid = try #require(ObjectNames.standard.identifier(of: name))
        #expect(Self.named.line(VarBind(oid, value)) == line)
    }

    @Test func `text cannot steer a terminal`() {
        let line = Self.named.line(VarBind("1.3.6.1.2.1.31.1.1.1.18.1", .octetString(Array("a\u{202E}b".utf8))))
        #expect(line == "IF-MIB::ifAlias.1 = STRING: \"a\u{FFFD}b\"")
        let escape = Self.named.line(VarBind("1.3.6.1.2.1.31.1.1.1.18.1", .octetString([0x1B, 0x5B])))
        #expect(escape == "IF-MIB::ifAlias.1 = Hex-STRING: 1B 5B ")
    }

    @Test(
        arguments: [
            (
                .counter64(.max),
                #"{"oid":"1.3.6.1.2.1.1.5.0","name":"SNMPv2-MIB::sysName.0","type":"Counter64","value":18446744073709551615}"#
            ),
            (
                .octetString([0, 255]),
                #"{"oid":"1.3.6.1.2.1.1.5.0","name":"SNMPv2-MIB::sysName.0","type":"OCTET STRING","value":"00FF","hex":true}"#
            ),
            (
                .octetString(Array("sw".utf8)),
                #"{"oid":"1.3.6.1.2.1.1.5.0","name":"SNMPv2-MIB::sysName.0","type":"OCTET STRING","value":"sw"}"#
            ),
            (
                .noSuchInstance,
                #"{"oid":"1.3.6.1.2.1.1.5.0","name":"SNMPv2-MIB::sysName.0","type":"noSuchInstance","value":null}"#
            ),
            (
                .integer(-1),
                #"{"oid":"1.3.6.1.2.1.1.5.0","name":"SNMPv2-MIB::sysName.0","type":"INTEGER","value":-1}"#
            ),
        ] as [(SNMPValue, String)])
    func `JSON always has the four members`(value: SNMPValue, json: String) {
        #expect(JSONWriter.compact(ValueText.json(VarBind(Self.name, value))) == json)
    }
}
