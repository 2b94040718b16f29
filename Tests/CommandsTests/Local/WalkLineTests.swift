import SNMP
import Testing

@testable import Commands

@Suite struct WalkLineTests {
    private static let name = ObjectIdentifier([1, 3, 6, 1, 2, 1, 1, 5, 0])

    @Test(
        arguments: [
            (.integer(-7), "INTEGER: -7"), (.octetString(Array("sw1".utf8)), "STRING: \"sw1\""),
            (.octetString([]), "\"\""), (.octetString([0, 0x1A, 0xFF]), "Hex-STRING: 00 1A FF "),
            (.octetString(Array("a\"b\\".utf8)), "STRING: \"a\\\"b\\\\\""),
            (.objectIdentifier(ObjectIdentifier([1, 3, 6, 1])), "OID: .1.3.6.1"),
            (.ipAddress([10, 0, 0, 1]), "IpAddress: 10.0.0.1"), (.counter32(4_294_967_295), "Counter32: 4294967295"),
            (.gauge32(5), "Gauge32: 5"), (.counter64(.max), "Counter64: 18446744073709551615"),
            (.timeTicks(123), "Timeticks: (123) 0:00:01.23"),
            (.timeTicks(8_640_000 + 360_000), "Timeticks: (9000000) 1 day, 1:00:00.00"),
            (.timeTicks(.max), "Timeticks: (4294967295) 497 days, 2:27:52.95"),
            (.noSuchInstance, "No Such Instance currently exists at this OID"),
        ] as [(SNMPValue, String)])
    func `values are written as snmpwalk writes them`(value: SNMPValue, text: String) {
        #expect(WalkLine.text(VarBind(Self.name, value)) == ".1.3.6.1.2.1.1.5.0 = \(text)")
    }

    @Test func `JSON keeps 64 bits and gives octets that are no text as hex`() {
        #expect(
            JSONWriter.compact(WalkLine.json(VarBind(Self.name, .counter64(.max))))
                == #"{"oid":"1.3.6.1.2.1.1.5.0","type":"Counter64","value":18446744073709551615}"#)
        #expect(
            JSONWriter.compact(WalkLine.json(VarBind(Self.name, .octetString([0, 255]))))
                == #"{"oid":"1.3.6.1.2.1.1.5.0","type":"OCTET STRING","hex":"00FF"}"#)
    }
}
