import Testing

@testable import SNMP

@Suite("Messages")
struct CommunityMessageTests {
    /// snmpget -v1 -c public … 1.3.6.1.2.1.1.3.0, as net-snmp writes it.
    static let getRequest = octets(
        "30 26 02 01 00 04 06 70 75 62 6c 69 63 a0 19 02 01 26 02 01 00 02 01 00 "
            + "30 0e 30 0c 06 08 2b 06 01 02 01 01 03 00 05 00"
    )

    /// The GetBulkRequest of RFC 3416's fields: non-repeaters 1, max-repetitions 2.
    static let getBulk = CommunityMessage(
        version: .v2c, community: Array("private".utf8),
        pdu: .getBulk(
            requestID: 0x4000_0000, nonRepeaters: 1, maxRepetitions: 2,
            varBinds: [VarBind("1.3.6.1.2.1.1.3"), VarBind("1.3.6.1.2.1.4.22.1.2")]))

    static let everyType = CommunityMessage(
        version: .v2c, community: [],
        pdu: PDU(
            type: .response, requestID: -2_147_483_648, errorStatus: .genErr, errorIndex: 3,
            varBinds: [
                VarBind("1.3.1", .integer(-129)), VarBind("1.3.2", .octetString([])),
                VarBind("1.3.3", .octetString(Array(repeating: 0xAB, count: 300))), VarBind("1.3.4", .null),
                VarBind("1.3.5", .objectIdentifier("2.999.4294967295")), VarBind("1.3.6", .ipAddress([127, 0, 0, 1])),
                VarBind("1.3.7", .counter32(UInt32.max)), VarBind("1.3.8", .gauge32(0)),
                VarBind("1.3.9", .timeTicks(1 << 31)), VarBind("1.3.10", .opaque([0x9F, 0x78, 4, 0, 0, 0, 0])),
                VarBind("1.3.11", .counter64(UInt64.max)), VarBind("1.3.12", .noSuchObject),
                VarBind("1.3.13", .noSuchInstance), VarBind("1.3.14", .endOfMibView),
            ]))

    static var trap: CommunityMessage {
        var pdu = PDU(type: .trapV1, requestID: 0, varBinds: [VarBind("1.3.6.1.2.1.2.2.1.1.3", .integer(3))])
        pdu.trapV1 = TrapV1Header(
            enterprise: "1.3.6.1.4.1.9", agentAddress: [127, 0, 0, 1], genericTrap: 2, specificTrap: 0, timestamp: 77)
        return CommunityMessage(version: .v1, community: Array("public".utf8), pdu: pdu)
    }

    static let fixtures = [getRequest, getBulk.encode(), everyType.encode(), trap.encode()]

    @Test("a GetRequest is what RFC 1157 says")
    func knownRequest() throws {
        let message = try CommunityMessage(decoding: Self.getRequest)
        #expect(message.version == .v1)
        #expect(message.community == Array("public".utf8))
        #expect(message.pdu == PDU(type: .get, requestID: 38, varBinds: [VarBind("1.3.6.1.2.1.1.3.0")]))
        #expect(message.encode() == Self.getRequest)
    }

    @Test("encoding and decoding return the same message", arguments: [getBulk, everyType, trap])
    func roundTrip(message: CommunityMessage) throws {
        #expect(try CommunityMessage(decoding: message.encode()) == message)
    }

    @Test("random messages return the same", arguments: 1...30)
    func randomRoundTrip(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let message = Self.draw(&random)
        #expect(try CommunityMessage(decoding: message.encode()) == message, "seed \(seed)")
    }

    private static func draw(_ random: inout SeededGenerator) -> CommunityMessage {
        var varBinds: [VarBind] = []
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            let tail = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                UInt32.random(in: 0...UInt32.max, using: &random) >> UInt32.random(in: 0...31, using: &random)
            }
            let bits = UInt64.random(in: 0...UInt64.max, using: &random) >> UInt64.random(in: 0...63, using: &random)
            let text = [UInt8](repeating: 7, count: Int.random(in: 0...300, using: &random))
            let low = UInt32(truncatingIfNeeded: bits)
            let values: [SNMPValue] = [
                .integer(Int32(truncatingIfNeeded: bits)), .counter64(bits), .counter32(low), .gauge32(low),
                .timeTicks(low), .octetString(text), .opaque(text), .endOfMibView, .null,
                .objectIdentifier(ObjectIdentifier([1, 3] + tail)),
            ]
            varBinds.append(VarBind(ObjectIdentifier([1, 3] + tail), values.randomElement(using: &random) ?? .null))
        }
        let id = Int32.random(in: Int32.min...Int32.max, using: &random)
        return CommunityMessage(
            version: .v2c, community: [1, 2], pdu: PDU(type: .response, requestID: id, varBinds: varBinds))
    }

    @Test("every truncation is refused, and none traps", arguments: fixtures)
    func truncation(fixture: [UInt8]) {
        for length in 0..<fixture.count {
            #expect(throws: SNMPDecodeError.self) { try CommunityMessage(decoding: Array(fixture[..<length])) }
        }
    }

    @Test("mutations never trap, and what they decode to can be encoded again", arguments: 1...40)
    func mutation(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<400 {
            guard let fixture = Self.fixtures.randomElement(using: &random) else { continue }
            let spoilt = Mutations.mutate(fixture, &random)
            guard let message = try? CommunityMessage(decoding: spoilt) else { continue }
            #expect((try? CommunityMessage(decoding: message.encode())) != nil, "seed \(seed): \(spoilt)")
        }
    }

    @Test("trailing octets, non-minimal lengths and lists of no bindings are tolerated")
    func tolerated() throws {
        var anomalies: DecodeAnomalies = []
        let trailing = try CommunityMessage(decoding: Self.getRequest + [1, 2, 3, 4, 5, 6, 7], anomalies: &anomalies)
        #expect(trailing.pdu.requestID == 38)
        #expect(anomalies == .trailingOctets)
        let long = octets("30 84 00 00 00 18 02 01 01 04 81 01 70 a2 82 00 0d 02 01 05 02 01 00 02 01 00 30 82 00 00")
        let message = try CommunityMessage(decoding: long)
        #expect(message.pdu == PDU(type: .response, requestID: 5, varBinds: []))
    }

    @Test(
        "prohibited forms are refused with their place",
        arguments: [
            ("30 80 02 01 01 04 01 70 a2 0d", SNMPDecodeError.Code.indefiniteLength),
            ("30 84 7f ff ff ff 02 01 01", .lengthTooLarge), ("30 05 02 01 01 04 7f", .truncated),
            ("31 03 02 01 01", .unexpectedTag), ("30 03 02 01 02", .unsupportedVersion),
            ("30 0c 02 0a 00 00 00 00 00 00 00 00 00 01", .integerTooLarge),
            ("30 08 02 01 01 04 01 70 a9 00", .unexpectedTag), ("1f 01 00", .unexpectedTag),
        ])
    func refused(message: String, code: SNMPDecodeError.Code) {
        let error = #expect(throws: SNMPDecodeError.self) { try CommunityMessage(decoding: octets(message)) }
        #expect(error?.code == code)
        #expect(error?.description.isEmpty == false)
    }

    @Test("a community is in no description")
    func secrets() {
        let credential = Credential.v2c(community: Community("s3cret"))
        let target = Target(TransportAddress(127, 0, 0, 1), credential)
        var dumped = ""
        dump(target, to: &dumped)
        let texts = [
            "\(credential)", "\(target)", dumped, String(reflecting: credential),
            String(describing: credential.community),
        ]
        for text in texts {
            #expect(!text.contains("s3cret"))
        }
    }
}
