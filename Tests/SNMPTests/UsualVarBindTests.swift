import Testing

@testable import SNMP

/// The quick reading of table rows agrees with the general one, on whatever octets.
@Suite struct UsualVarBindTests {
    static let column = ObjectIdentifier("1.3.6.1.2.1.31.1.1.1.6")

    @Test(arguments: [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 268_435_456, UInt32.max])
    func everyIndexOfOneSubIdentifierIsRead(index: UInt32) throws {
        let octets = encoded(VarBind(Self.column.appending([index]), .counter64(UInt64.max)))
        let row = try #require(usual(octets))
        #expect(row.index == index)
        #expect(row.octetCount == octets.count)
        #expect(row.value.tag == BERTag.counter64)
        #expect(row.value.end == octets.count)
    }

    @Test(arguments: [
        VarBind("1.3.6.1.2.1.31.1.1.1.6", .null),  // no index
        VarBind("1.3.6.1.2.1.31.1.1.1.6.1.2", .null),  // two sub-identifiers
        VarBind("1.3.6.1.2.1.31.1.1.1.7.1", .null),  // another column
        VarBind("1.3.6.1.2.1.31.1.1.1.6.1", .octetString(Array(repeating: 65, count: 200))),  // a length of two octets
    ])
    func otherShapesAreLeftToTheGeneralReader(varBind: VarBind) {
        #expect(usual(encoded(varBind)) == nil)
    }

    @Test(arguments: [5, 17, 17 << 30] as [UInt64])
    func whatItReadsOfMutatedOctetsTheGeneralReaderReadsAlike(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<4000 {
            let index = UInt32.random(in: 0...UInt32.max, using: &random) >> UInt32.random(in: 0...31, using: &random)
            var octets = encoded(VarBind(Self.column.appending([index]), .gauge32(index)))
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                octets[Int.random(in: 0..<octets.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            octets.removeLast(Int.random(in: 0...2, using: &random))
            guard let row = usual(octets) else { continue }
            let general = try octets.withUnsafeBytes { bytes in
                var reader = BERReader(bytes)
                let view = try reader.readVarBindView()
                return (Array(view.name), view.value.tag, view.value.start, view.value.end, reader.offset)
            }
            let name = Self.column.appending([row.index]).encoded
            #expect(general == (name, row.value.tag, row.value.start, row.value.end, row.octetCount), "seed \(seed)")
        }
    }

    private func encoded(_ varBind: VarBind) -> [UInt8] {
        let message = CommunityMessage(
            version: .v2c, community: [], pdu: PDU(type: .response, requestID: 1, varBinds: [varBind]))
        let octets = message.encode()
        // The list of variable bindings ends the message; its only element is the variable binding.
        return octets.withUnsafeBytes { bytes in
            guard let view = try? MessageView(bytes) else { return [] }
            return Array(bytes[view.varBinds.offset..<view.varBinds.end])
        }
    }

    private func usual(_ octets: [UInt8]) -> UsualVarBind? {
        guard let prefix = ColumnPrefix(Self.column.encoded) else { return nil }
        return octets.withUnsafeBytes { bytes in
            var reader = BERReader(bytes)
            return reader.readUsualVarBind(of: prefix)
        }
    }
}
