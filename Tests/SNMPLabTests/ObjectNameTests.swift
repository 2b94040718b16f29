import Testing

@testable import SNMPLab

@Suite struct ObjectNameTests {
    @Test(arguments: [
        ("1.3.6.1.2.1.1.1.0", [0x2B, 6, 1, 2, 1, 1, 1, 0] as [UInt8]),
        (".1.3.6.1.4.1.8072", [0x2B, 6, 1, 4, 1, 0xBF, 0x08]),
        ("2.999.3", [0x88, 0x37, 0x03]),
        ("1.3.4294967295", [0x2B, 0x8F, 0xFF, 0xFF, 0xFF, 0x7F]),
        ("0.0", [0]),
        ("1", [40]),
    ])
    func namesAreEncodedAsX690Says(text: String, octets: [UInt8]) {
        #expect(ObjectName.parse(text.utf8) == octets)
    }

    @Test(arguments: ["", ".", "1..3", "1.3.", "3.1", "1.40", "1.3.4294967296", "1.3.x", "1.-3", "a"])
    func whatIsNoNameIsRefused(text: String) {
        #expect(ObjectName.parse(text.utf8) == nil)
    }

    @Test func textComesBackAsItWent() {
        for text in ["1.3.6.1.2.1.2.2.1.10.436207616", "2.999.3", "0.0", "1.0.8802.1.1.2"] {
            #expect(ObjectName.parse(text.utf8).map { ObjectName.text($0) } == text)
        }
    }

    /// Every pair of a seeded set compares as its sub-identifiers do.
    @Test func orderIsThatOfSubidentifiers() {
        var random = SeededRandom(seed: 7)
        let values: [UInt32] = [0, 1, 39, 127, 128, 129, 255, 16_383, 16_384, 2_097_151, 2_097_152, .max]
        let names = (0..<120).map { _ in [1, 3] + (0..<random.below(5)).map { _ in random.pick(values) } }
        for left in names {
            for right in names {
                let octets = (ObjectName.encode(left) ?? [], ObjectName.encode(right) ?? [])
                let order = ObjectName.compare(octets.0, octets.1)
                #expect((order < 0) == left.lexicographicallyPrecedes(right), "\(left) \(right)")
                #expect((order == 0) == (left == right), "\(left) \(right)")
            }
        }
    }
}

@Suite struct BERTests {
    @Test(
        arguments: [
            (0, [2, 1, 0]), (127, [2, 1, 127]), (128, [2, 2, 0, 128]), (-1, [2, 1, 255]), (-128, [2, 1, 128]),
            (-129, [2, 2, 255, 127]), (Int64(Int32.min), [2, 4, 128, 0, 0, 0]),
        ] as [(Int64, [UInt8])])
    func integersTakeTheirShortestForm(value: Int64, octets: [UInt8]) {
        #expect(BER.signed(value) == octets)
    }

    @Test(
        arguments: [
            (0, [70, 1, 0]), (127, [70, 1, 127]), (128, [70, 2, 0, 128]), (65_535, [70, 3, 0, 255, 255]),
            (UInt64.max, [70, 9, 0, 255, 255, 255, 255, 255, 255, 255, 255]),
        ] as [(UInt64, [UInt8])])
    func unsignedNumbersTakeTheirShortestForm(value: UInt64, octets: [UInt8]) {
        #expect(BER.unsigned(BER.counter64, value) == octets)
    }

    @Test(arguments: [0, 1, 127, 128, 255, 256, 65_535, 65_536])
    func lengthsHaveDefiniteForm(count: Int) {
        let element = BER.element(4, [UInt8](repeating: 1, count: count))
        #expect(element.count == 1 + BER.lengthOctets(count) + count)
        #expect(element[1] == (count < 128 ? UInt8(count) : 0x80 | UInt8(BER.lengthOctets(count) - 1)))
    }
}
