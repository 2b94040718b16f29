import Testing

@testable import SNMP

@Suite("Object identifiers")
struct ObjectIdentifierTests {
    @Test(
        "encode as X.690 8.19 and RFC 2578 say",
        arguments: [
            ("1.3.6.1.2.1.1.1.0", "2b 06 01 02 01 01 01 00"), ("0.0", "00"), ("1.39", "4f"), ("2.0", "50"),
            ("2.39", "77"), ("2.40", "78"), ("2.47", "7f"), ("2.48", "81 00"), ("2.999.3", "88 37 03"),
            ("2.4294967215", "8f ff ff ff 7f"), ("1.3.127.128.16383.16384", "2b 7f 81 00 ff 7f 81 80 00"),
            ("1.3.2097151.2097152.4294967295", "2b ff ff 7f 81 80 80 00 8f ff ff ff 7f"),
        ])
    func encoding(dotted: String, octets: String) throws {
        let oid = try #require(ObjectIdentifier(dotted))
        let expected = octets.split(separator: " ").compactMap { UInt8($0, radix: 16) }
        #expect(oid.encoded == expected)
        #expect(oid.description == dotted)
        #expect(ObjectIdentifier("." + dotted) == oid)
        #expect(ObjectIdentifier(encoded: expected) == oid)
        #expect(oid.count == oid.subIdentifiers.count)
    }

    @Test(
        "refuse text that is no object identifier",
        arguments: ["", ".", "1", "1.", "1..3", ".1.3.", "3.1", "1.40", "0.40", "1.3.4294967296", "1.3.a", "1.3. 6"])
    func refusedText(text: String) {
        #expect(ObjectIdentifier(text) == nil)
    }

    @Test("refuse more than 128 sub-identifiers")
    func tooMany() {
        #expect(ObjectIdentifier(validating: [1, 3] + Array(repeating: 1, count: 126)) != nil)
        #expect(ObjectIdentifier(validating: [1, 3] + Array(repeating: 1, count: 127)) == nil)
    }

    @Test(
        "refuse malformed octets",
        arguments: [
            [0x80], [0x2B, 0x80, 0x01], [0x2B, 0x86], [0x2B, 0x90, 0x80, 0x80, 0x80, 0x00],
            [0x2B, 0x81, 0x80, 0x80, 0x80, 0x80, 0x00],
        ] as [[UInt8]])
    func refusedOctets(octets: [UInt8]) {
        #expect(ObjectIdentifier(encoded: octets) == nil)
    }

    @Test("no octets at all are 0.0")
    func empty() {
        #expect(ObjectIdentifier(encoded: []) == "0.0")
    }

    @Test("order is that of the sub-identifiers", arguments: 1...20)
    func order(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let edges: [UInt32] = [0, 1, 39, 127, 128, 255, 16_383, 16_384, 2_097_151, 2_097_152, UInt32.max]
        func draw() -> [UInt32] {
            let tail = (0..<Int.random(in: 0...4, using: &random)).map { _ in edges.randomElement(using: &random) ?? 0 }
            return [1, 3] + tail
        }
        for _ in 0..<500 {
            let (left, right) = (draw(), draw())
            let isBefore = ObjectIdentifier(left) < ObjectIdentifier(right)
            #expect(isBefore == left.lexicographicallyPrecedes(right), "seed \(seed): \(left) and \(right)")
        }
    }

    @Test("prefix, suffix, appending and parent agree")
    func parts() {
        let column: ObjectIdentifier = "1.3.6.1.2.1.2.2.1.10"
        let instance = column.appending(300)
        #expect(instance == "1.3.6.1.2.1.2.2.1.10.300")
        #expect(instance.hasPrefix(column))
        #expect(!column.hasPrefix(instance))
        #expect(instance.suffix(after: column) == [300])
        #expect(instance.suffix(after: "1.3.6.1.4") == nil)
        #expect(instance.parent == column)
        #expect(("1.3" as ObjectIdentifier).parent == nil)
        #expect(("1.3.6.1.2.1.2.2.1.100" as ObjectIdentifier).hasPrefix(column) == false)
    }
}
