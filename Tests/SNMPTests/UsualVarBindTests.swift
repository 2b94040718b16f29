import Testing

@testable import SNMP

/// The quick reading of table rows agrees with the general one, on whatever octets.
@Suite struct UsualVarBindTests {
    static let column = ObjectIdentifier("1.3.6.1.2.1.31.1.1.1.6")

    @Test(arguments: [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 268_435_456, UInt32.max])
    func everyIndexOfOneSubIdentifierIsRead(index: UInt32) throws {
        let octets = encoded(VarBind(Self.column.appending([index]), .counter64(UInt64.max >> 1)))
        let row = try #require(usual(octets))
        #expect(row.index == index)
        #expect(row.end == octets.count)
        #expect(row.tag == BERTag.counter64)
        #expect(row.isNumber)
        #expect(row.payload == UInt64.max >> 1)
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

    @Test(
        "numbers of every length are read as the general reader reads them",
        arguments: [BERTag.integer, BERTag.counter32, BERTag.gauge32, BERTag.timeTicks, BERTag.counter64])
    func numbers(tag: UInt8) throws {
        for count in 0...10 {
            for first in [0x00, 0x01, 0x7F, 0x80, 0xFF] as [UInt8] {
                let contents = (0..<count).map { $0 == 0 ? first : UInt8(0x91 &+ $0 &* 7) }
                let octets = rowOctets(tag, contents)
                guard let row = usual(octets), row.isNumber else { continue }
                let (general, anomalies) = try generalNumber(octets)
                #expect(row.payload == general, "\(tag) \(contents)")
                #expect(anomalies.isEmpty, "\(tag) \(contents)")
            }
        }
    }

    @Test("ordinary numbers are usual", arguments: [0, 1, 127, 128, 255, 65_536, 1 << 31, UInt32.max] as [UInt32])
    func ordinary(number: UInt32) throws {
        for value in [SNMPValue.counter32(number), .gauge32(number), .timeTicks(number), .counter64(UInt64(number))] {
            let row = try #require(usual(encoded(VarBind(Self.column.appending([3]), value))))
            #expect(row.isNumber)
            #expect(row.payload == UInt64(number))
        }
        let negative = Int32(bitPattern: number)
        let row = try #require(usual(encoded(VarBind(Self.column.appending([3]), .integer(negative)))))
        #expect(row.isNumber)
        #expect(Int64(bitPattern: row.payload) == Int64(negative))
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
            guard let row = usual(octets), row.tag & 0x1F != 0x1F else { continue }
            let general = try octets.withUnsafeBytes { bytes in
                var reader = BERReader(bytes)
                let view = try reader.readVarBindView()
                return (Array(view.name), view.value.tag, view.value.start, view.value.end, reader.offset)
            }
            let name = Self.column.appending([row.index]).encoded
            #expect(general == (name, row.tag, row.valueStart, row.end, row.end), "seed \(seed)")
            guard row.isNumber else { continue }
            let (payload, anomalies) = try generalNumber(octets)
            #expect(payload == row.payload && anomalies.isEmpty, "seed \(seed)")
        }
    }

    private func rowOctets(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        let name = Self.column.appending([3]).encoded
        let inner = [BERTag.objectIdentifier, UInt8(name.count)] + name + [tag, UInt8(contents.count)] + contents
        return [BERTag.sequence, UInt8(inner.count)] + inner
    }

    private func generalNumber(_ octets: [UInt8]) throws -> (UInt64, DecodeAnomalies) {
        try octets.withUnsafeBytes { bytes in
            var reader = BERReader(bytes)
            let value = try reader.readVarBindView().value
            let number =
                switch value.tag {
                case BERTag.integer: UInt64(bitPattern: Int64(try reader.integer32(value)))
                case BERTag.counter64: try reader.unsigned64(value)
                default: UInt64(try reader.unsigned32(value))
                }
            return (number, reader.anomalies)
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
            guard let base = bytes.baseAddress else { return nil }
            var row = UsualVarBind()
            return row.read(base, 0, bytes.count, of: prefix) ? row : nil
        }
    }
}
