import Testing

@testable import SNMP

@Suite("Values")
struct SNMPValueTests {
    private func decode(_ hexadecimal: String) throws -> (SNMPValue, DecodeAnomalies) {
        try octets(hexadecimal).withUnsafeBytes { buffer in
            var reader = BERReader(buffer)
            let element = try reader.readElement()
            return (try reader.decodeValue(element), reader.anomalies)
        }
    }

    @Test(
        "numbers in every form agents send",
        arguments: [
            ("02 01 80", .integer(-128), []), ("02 02 00 80", .integer(128), []),
            ("02 04 00 00 00 05", .integer(5), []), ("02 00", .integer(0), .emptyInteger),
            ("02 05 00 ff ff ff ff", .integer(-1), .wideInteger), ("41 01 7f", .counter32(127), []),
            ("41 05 00 ff ff ff ff", .counter32(UInt32.max), []),
            ("41 04 ff ff ff ff", .counter32(UInt32.max), .negativeUnsigned),
            ("42 01 ff", .gauge32(UInt32.max), .negativeUnsigned),
            ("43 05 01 00 00 00 07", .timeTicks(7), .wideInteger),
            ("46 09 00 ff ff ff ff ff ff ff ff", .counter64(UInt64.max), []),
            ("46 08 ff ff ff ff ff ff ff fe", .counter64(UInt64.max - 1), .negativeUnsigned),
            ("46 00", .counter64(0), .emptyInteger), ("05 00", .null, []),
            ("81 02 01 02", .noSuchInstance, .unexpectedContent),
            ("06 00", .objectIdentifier("0.0"), .emptyObjectIdentifier),
        ] as [(String, SNMPValue, DecodeAnomalies)])
    func numbers(element: String, value: SNMPValue, anomalies: DecodeAnomalies) throws {
        let (decoded, found) = try decode(element)
        #expect(decoded == value)
        #expect(found == anomalies)
    }

    @Test(
        "what no type allows is refused",
        arguments: [
            "40 03 01 02 03", "46 09 01 00 00 00 00 00 00 00 00", "06 02 2b 80", "45 01 00",
            "02 0a 00 00 00 00 00 00 00 00 00 00",
        ])
    func refusedValues(element: String) {
        #expect(throws: SNMPDecodeError.self) { try decode(element) }
    }

    @Test("descriptions say type and value")
    func descriptions() {
        #expect("\(VarBind("1.3.6.1", .octetString(Array("eth0".utf8))))" == "1.3.6.1 = OCTET STRING \"eth0\"")
        #expect("\(SNMPValue.octetString([0, 0x1A]))" == "OCTET STRING 00 1a")
        #expect("\(SNMPValue.ipAddress([10, 0, 0, 1]))" == "IpAddress 10.0.0.1")
        #expect(
            "\(ErrorStatus.authorizationError) \(ErrorStatus(rawValue: 77))" == "authorizationError error-status 77")
    }
}
